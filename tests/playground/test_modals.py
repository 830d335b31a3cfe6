"""Modals from opening to closing, as a person and as the app meet them."""

import asyncio
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from playground import CannotDoError, Person, Playground
from playground.acks import TROUBLE
from tests.playground.echo import Bot
from tests.playground.forms import actions, colour_input, form, option, plain, text_input


async def test_errors_stand_under_the_field_until_the_answer_is_good(
    playground: Playground, bot: Bot, dana: Person, opened: list[Any]
) -> None:
    submitted: list[Any] = []

    @bot.app.view("form")
    async def submit(ack: Any, view: Any) -> None:
        submitted.append(view)
        if view["state"]["values"]["value"]["v"]["value"] == "lots":
            await ack(response_action="errors", errors={"value": "Write a number"})
        else:
            await ack()

    await dana.types("/echo")
    assert dana.modal is not None
    assert (dana.modal.title, dana.modal.labels) == ("Check-in", ["Value", "Confidence"])

    await dana.submits()
    assert submitted == []  # Slack's client asks for required fields by itself
    assert list(dana.modal.errors) == ["Value", "Confidence"]

    await dana.fills("Value", "lots")
    await dana.chooses("Confidence", "Red")
    await dana.submits()
    assert dana.modal.errors == {"Value": "Write a number"}
    assert dana.modal.values == {"Value": "lots", "Confidence": "Red"}

    await dana.submits({"Value": "42"})
    assert dana.modal is None
    assert submitted[-1]["private_metadata"] == "kr:12"
    assert submitted[-1]["state"]["values"]["colour"]["v"]["selected_option"] == option("Red")
    assert playground.refusals == []


async def test_an_update_in_the_answer_keeps_what_was_typed_where_the_ids_are_the_same(
    bot: Bot, dana: Person, opened: list[Any]
) -> None:
    @bot.app.view("form")
    async def submit(ack: Any) -> None:
        view = form(text_input("Value", "value"), text_input("Note", "note"), title="Page 2")
        await ack(response_action="update", view=view)

    await dana.types("/echo")
    await dana.submits({"Value": "42", "Confidence": "Green"})

    assert dana.modal is not None
    assert (dana.modal.title, dana.modal.values) == ("Page 2", {"Value": "42", "Note": None})


async def test_a_pushed_view_lies_on_top_and_closing_it_is_told(
    playground: Playground, bot: Bot, dana: Person, opened: list[Any]
) -> None:
    closed: list[Any] = []

    @bot.app.view("form")
    async def submit(ack: Any) -> None:
        await ack(
            response_action="push",
            view=form(actions("Deeper"), title="Second", callback_id="second", notify_on_close=True),
        )

    @bot.app.view_closed("second")
    async def tell(ack: Any, body: Any) -> None:
        await ack()
        closed.append(body)

    await dana.types("/echo")
    await dana.submits(Value="1", Confidence="Green")
    assert dana.modal is not None
    assert dana.modal.title == "Second"

    await dana.closes()
    assert dana.modal.title == "Check-in"
    assert closed[0]["is_cleared"] is False
    assert closed[0]["view"]["previous_view_id"] == closed[0]["view"]["root_view_id"]
    assert playground.refusals == []


async def test_a_form_whose_answer_never_comes_says_so(bot: Bot, dana: Person, opened: list[Any]) -> None:
    @bot.app.view("form")
    async def submit(ack: Any) -> None:
        await asyncio.sleep(1.5)
        await ack()

    await dana.types("/echo")
    await dana.submits(Value="1", Confidence="Green")

    assert dana.modal is not None
    assert dana.modal.trouble == TROUBLE


async def test_errors_for_a_field_that_is_not_there_are_refused(
    playground: Playground, bot: Bot, dana: Person, opened: list[Any]
) -> None:
    @bot.app.view("form")
    async def submit(ack: Any) -> None:
        await ack(response_action="errors", errors={"elsewhere": "Wrong"})

    await dana.types("/echo")
    await dana.submits(Value="1", Confidence="Green")

    assert dana.modal is not None
    assert dana.modal.trouble == TROUBLE
    [refusal] = playground.refusals
    assert (refusal.kind, refusal.error) == ("ack", "invalid_ack")
    playground.refusals.clear()


async def test_a_dispatching_field_tells_the_app_at_once(bot: Bot, dana: Person) -> None:
    @bot.app.command("/echo")
    async def open_form(ack: Any, body: Any, client: Any) -> None:
        await ack()
        view = form(text_input("Value", "value"), colour_input(dispatch_action=True))
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    @bot.app.action({"block_id": "colour", "action_id": "v"})
    async def ask_why(ack: Any, body: Any, client: Any) -> None:
        await ack()
        chosen = body["actions"][0]["selected_option"]["text"]["text"]
        note = text_input(f"Why {chosen}?", "note", multiline=True)
        await client.views_update(
            view_id=body["view"]["id"],
            hash=body["view"]["hash"],
            view=form(text_input("Value", "value"), colour_input(dispatch_action=True), note),
        )

    await dana.types("/echo")
    await dana.fills("Value", "7")
    await dana.chooses("Confidence", "Yellow")

    assert dana.modal is not None
    assert dana.modal.values == {"Value": "7", "Confidence": "Yellow", "Why Yellow?": None}


async def test_people_choose_only_what_is_offered(bot: Bot, dana: Person, opened: list[Any]) -> None:
    await dana.types("/echo")

    with pytest.raises(CannotDoError, match=r"does not offer 'Blue'\. It offers: 'Green', 'Yellow', 'Red'"):
        await dana.chooses("Confidence", "Blue")
    with pytest.raises(CannotDoError, match=r"nothing called 'Nmae'\. There is: 'Value'"):
        await dana.fills("Nmae", "x")
    with pytest.raises(CannotDoError, match="takes at most 3000 characters"):
        await dana.fills("Value", "x" * 3001)


async def test_repeated_labels_are_numbered(bot: Bot, dana: Person) -> None:
    @bot.app.command("/echo")
    async def open_form(ack: Any, body: Any, client: Any) -> None:
        await ack()
        view = form(text_input("Value", "one"), text_input("Value", "two"))
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    await dana.types("/echo")
    await dana.fills("Value", "1")
    await dana.fills("Value", "2", nth=2)

    assert dana.modal is not None
    assert dana.modal.values == {"Value": "1", "Value (2)": "2"}
    await dana.clicks("Not now")
    assert dana.modal is None


async def test_an_invalid_view_is_refused_with_its_place(bot: Bot, playground: Playground, dana: Person) -> None:
    with pytest.raises(SlackApiError) as refusal:
        await bot.client.views_publish(
            user_id=dana.id, view={"type": "home", "blocks": [{"type": "header", "text": plain("x" * 151)}]}
        )

    assert refusal.value.response["error"] == "invalid_arguments"
    assert "/blocks/0/text" in refusal.value.response["response_metadata"]["messages"][0]


async def test_what_slacks_client_checks_never_reaches_the_app(bot: Bot, dana: Person) -> None:
    @bot.app.command("/echo")
    async def open_form(ack: Any, body: Any, client: Any) -> None:
        await ack()
        number = {
            "type": "number_input",
            "action_id": "v",
            "is_decimal_allowed": False,
            "min_value": "0",
            "max_value": "10",
        }
        fields = [
            {"type": "input", "block_id": "n", "label": plain("Number"), "element": number},
            text_input("Note", "note", min_length=5),
            {**text_input("Aside", "aside"), "optional": True},
        ]
        await client.views_open(trigger_id=body["trigger_id"], view=form(*fields))

    await dana.types("/echo")
    assert dana.modal is not None
    complaints = []
    for number in ("1,5", "1.5", "-1", "11"):
        await dana.submits(Number=number, Note="four")
        complaints.append(dana.modal.errors["Number"])

    assert complaints == [
        "Enter a number",
        "Enter a whole number",
        "Enter a number that is at least 0",
        "Enter a number that is at most 10",
    ]
    assert dana.modal.errors["Note"] == "Enter at least 5 characters"
    assert "Aside" not in dana.modal.errors


async def test_closing_everything_tells_every_view_that_asked(bot: Bot, dana: Person, opened: list[Any]) -> None:
    closed: list[Any] = []

    @bot.app.view("form")
    async def submit(ack: Any) -> None:
        view = form(actions("A"), callback_id="second", notify_on_close=True, external_id="only-one")
        await ack(response_action="push", view=view)

    @bot.app.view_closed("second")
    async def tell(ack: Any, body: Any) -> None:
        await ack()
        closed.append(body["is_cleared"])

    await dana.types("/echo")
    await dana.submits(Value="1", Confidence="Green")
    with pytest.raises(SlackApiError, match="duplicate_external_id"):
        await bot.client.views_publish(
            user_id=dana.id, view={"type": "home", "external_id": "only-one", "blocks": [actions("A")]}
        )
    await dana.closes_all()

    assert (dana.modal, closed) == (None, [True])
