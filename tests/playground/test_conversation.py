"""Commands, messages and buttons, between people and an app on Slack's own library."""

import re
from typing import Any

import pytest

from playground import CannotDoError, Channel, Person, Playground
from tests.playground.echo import Bot
from tests.playground.forms import option, plain

GREETING = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "Ready for *Monday*, <@U0PG00002>?"}},
    {
        "type": "actions",
        "elements": [
            {
                "type": "button",
                "action_id": "hello",
                "value": "12",
                "text": {"type": "plain_text", "text": "Hello"},
                "accessibility_label": "Say hello",
            }
        ],
    },
]


async def test_a_command_is_acknowledged_and_answered_by_its_response_url(
    playground: Playground, bot: Bot, dana: Person, sam: Person, growth: Channel
) -> None:
    @bot.app.command("/echo")
    async def echo(ack: Any, respond: Any, command: Any) -> None:
        await ack()
        await respond(f"You said {command['text']}")

    growth.invite(sam)
    await dana.types("/echo hi @sam & <all>", growth)

    [answer] = dana.sees_ephemerals(growth)
    assert answer.text == f"You said hi <@{sam.id}|sam> &amp; &lt;all&gt;"
    assert answer.shown == "You said hi @sam & <all>"
    assert sam.reads(growth) == []
    assert growth.reads() == []
    assert playground.refusals == []


async def test_a_button_in_a_direct_message_replaces_the_message(
    playground: Playground, bot: Bot, dana: Person
) -> None:
    pressed: list[Any] = []

    @bot.app.action("hello")
    async def hello(ack: Any, body: Any, client: Any) -> None:
        await ack()
        pressed.append(body)
        await client.chat_update(channel=body["channel"]["id"], ts=body["message"]["ts"], text="Hello Dana")

    posted = await bot.client.chat_postMessage(channel=dana.id, text="Ready?", blocks=GREETING)
    assert posted["channel"].startswith("D")
    [message] = dana.reads()
    assert message.shown == "Ready for Monday, @Dana Rossi?\n[Hello]"
    assert message.buttons == ["Hello"]

    await dana.clicks("Say hello")

    [message] = dana.reads()
    assert (message.text, message.blocks, message.edited) == ("Hello Dana", [], True)
    action = pressed[0]["actions"][0]
    assert (action["value"], action["action_id"]) == ("12", "hello")
    assert pressed[0]["container"]["is_ephemeral"] is False
    assert playground.refusals == []


async def test_a_command_nobody_acknowledges_fails_before_the_persons_eyes(
    playground: Playground, bot: Bot, dana: Person
) -> None:
    await bot.handler.close_async()
    await dana.types("/echo hi")

    [notice] = dana.sees_ephemerals()
    assert notice.text == '/echo failed with the error "dispatch_failed"'
    assert notice.author == "Slackbot"


async def test_a_button_nobody_acknowledges_is_marked(bot: Bot, dana: Person) -> None:
    await bot.client.chat_postMessage(channel=dana.id, text="Ready?", blocks=GREETING)
    await bot.handler.close_async()
    await dana.clicks("Hello")

    assert dana.reads()[0].failed == "⚠️ Echo did not respond"


async def test_a_command_may_answer_in_its_acknowledgement_and_in_the_channel(
    bot: Bot, dana: Person, growth: Channel
) -> None:
    @bot.app.command("/echo")
    async def echo(ack: Any, command: Any) -> None:
        await ack(text=f"You said {command['text']}", response_type="in_channel")

    await dana.types("/echo hi", growth)

    assert [str(message) for message in growth.reads()] == ["Dana Rossi: /echo hi", "Echo: You said hi"]


async def test_a_response_url_replaces_deletes_and_wears_out(playground: Playground, bot: Bot, dana: Person) -> None:
    urls: list[Any] = []

    @bot.app.command("/echo")
    async def echo(ack: Any, respond: Any) -> None:
        await ack()
        await respond(text="Ready?", blocks=GREETING)

    @bot.app.action("hello")
    async def hello(ack: Any, respond: Any) -> None:
        await ack()
        urls.append(respond)
        await respond("Hello yourself", replace_original=True)

    await dana.types("/echo")
    await dana.clicks("Hello")
    [answer] = dana.sees_ephemerals()
    assert answer.text == "Hello yourself"

    answers = [await urls[0](f"Answer {n}") for n in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 404]
    assert [refusal.error for refusal in playground.refusals] == ["used_url"]


async def test_people_type_messages_and_the_app_hears_those_meant_for_it(
    playground: Playground, bot: Bot, dana: Person, growth: Channel
) -> None:
    heard: list[Any] = []

    @bot.app.event("message")
    async def hear(event: Any) -> None:
        heard.append(event)

    @bot.app.event("app_mention")
    async def hear_mention(event: Any, say: Any) -> None:
        heard.append(event)
        await say(text="At your service", thread_ts=event["ts"])

    await dana.types("1 < 2")
    await dana.types("nobody listens", growth)
    await dana.types("@echo wake up", growth)

    assert [event["type"] for event in heard] == ["message", "app_mention"]
    assert (heard[0]["channel_type"], heard[0]["text"]) == ("im", "1 &lt; 2")
    assert heard[1]["text"].startswith(f"<@{bot.installed.bot_user_id}>")
    question = dana.reads(growth)[-1]
    assert question.shown == "@Echo wake up"
    assert [reply.text for reply in question.thread] == ["At your service"]
    assert playground.refusals == []


async def test_what_a_person_cannot_do_is_said_with_what_they_can(
    playground: Playground, bot: Bot, dana: Person, sam: Person, growth: Channel
) -> None:
    await bot.client.chat_postMessage(channel=dana.id, text="Ready?", blocks=GREETING)
    [greeting] = dana.reads()

    with pytest.raises(CannotDoError, match=r"click called 'Goodbye'\. There is: 'Hello \(Say hello\)'"):
        await dana.clicks("Goodbye")
    with pytest.raises(CannotDoError, match="not supported in threads"):
        await dana.types("/echo", thread=greeting)
    with pytest.raises(CannotDoError, match="/nope is not a valid command"):
        await dana.types("/nope")
    with pytest.raises(CannotDoError, match="Sam Okafor is not in #growth"):
        sam.reads(growth)
    with pytest.raises(CannotDoError, match="is not in #directmessage"):
        await sam.clicks("Hello", message=greeting)
    playground.deactivate(dana)
    with pytest.raises(CannotDoError, match="Dana Rossi is deactivated"):
        await dana.clicks("Hello")


async def test_selects_in_messages_tell_the_app_what_was_chosen(bot: Bot, dana: Person, sam: Person) -> None:
    chosen: list[Any] = []

    @bot.app.options("owner")
    async def owners(ack: Any, payload: Any) -> None:
        await ack(options=[option(f"{payload['value']} {n}") for n in range(3)])

    @bot.app.action(re.compile(".*"))
    async def choose(ack: Any, action: Any) -> None:
        await ack()
        chosen.append(action)

    elements = [
        {"type": "users_select", "action_id": "who", "placeholder": plain("Who")},
        {"type": "external_select", "action_id": "owner", "placeholder": plain("Owner")},
        {"type": "checkboxes", "action_id": "done", "options": [option("Write"), option("Send")]},
        {"type": "overflow", "action_id": "more", "options": [option("Edit"), option("Delete")]},
        {"type": "datepicker", "action_id": "day", "placeholder": plain("Day")},
    ]
    await bot.client.chat_postMessage(
        channel=dana.id, text="Choose", blocks=[{"type": "actions", "elements": elements}]
    )

    await dana.chooses("Who", sam)
    await dana.chooses("Who", "Dana Rossi")
    await dana.clicks("Delete")
    await dana.chooses("Day", "2026-11-20")
    await dana.chooses("checkboxes", "Write", "Send")
    with pytest.raises(CannotDoError, match=r"does not offer 'Sam'\. It offers: 'Sam 0'"):
        await dana.chooses("Owner", "Sam")

    assert [action.get("selected_user") for action in chosen[:2]] == [sam.id, dana.id]
    assert chosen[2]["selected_option"]["value"] == "delete"
    assert chosen[3]["selected_date"] == "2026-11-20"
    assert len(chosen[4]["selected_options"]) == 2
    assert "[x] Write  [x] Send" in dana.reads()[0].shown


async def test_shortcuts_from_the_menu_and_on_a_message(bot: Bot, dana: Person) -> None:
    seen: list[Any] = []

    @bot.app.shortcut(re.compile(".*"))
    async def run(ack: Any, body: Any) -> None:
        await ack()
        seen.append(body)

    await dana.types("Remember this")
    await dana.uses_shortcut("Say it")
    await dana.uses_shortcut("quote", on=dana.reads()[0])

    assert [body["type"] for body in seen] == ["shortcut", "message_action"]
    assert seen[1]["message"]["text"] == "Remember this"
