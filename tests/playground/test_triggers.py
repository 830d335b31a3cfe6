"""What opens a modal and keeps two acts from crossing: triggers, the stack, the hash."""

import asyncio
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from playground import Person, Playground
from tests.playground.conftest import StillClock
from tests.playground.echo import MANIFEST, Bot
from tests.playground.forms import actions, form, text_input


async def test_the_stack_is_three_views_deep(bot: Bot, dana: Person) -> None:
    errors: list[str] = []

    @bot.app.command("/echo")
    async def open_form(ack: Any, body: Any, client: Any) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=form(actions("Deeper"), title="1"))

    @bot.app.action("deeper")
    async def deeper(ack: Any, body: Any, client: Any) -> None:
        await ack()
        title = str(int(body["view"]["title"]["text"]) + 1)
        try:
            await client.views_push(trigger_id=body["trigger_id"], view=form(actions("Deeper"), title=title))
        except SlackApiError as refusal:
            errors.append(refusal.response["error"])

    await dana.types("/echo")
    for _ in range(3):
        await dana.clicks("Deeper")

    assert dana.modal is not None
    assert (dana.modal.title, errors) == ("3", ["push_limit_reached"])


async def test_a_stale_hash_is_a_conflict(bot: Bot, dana: Person, opened: list[Any]) -> None:
    await dana.types("/echo")
    assert dana.modal is not None
    view = await bot.client.views_update(view_id=dana.modal.id, view=form(text_input("A", "a")))

    await bot.client.views_update(view_id=dana.modal.id, hash=view["view"]["hash"], view=form(text_input("B", "b")))
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await bot.client.views_update(view_id=dana.modal.id, hash=view["view"]["hash"], view=form(text_input("C", "c")))

    assert dana.modal.labels == ["B"]


async def test_a_trigger_opens_one_modal(bot: Bot, dana: Person, opened: list[Any]) -> None:
    await dana.types("/echo")

    with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
        await bot.client.views_open(trigger_id=opened[0]["trigger_id"], view=form(actions("A")))


async def test_a_trigger_expires(bot: Bot, playground: Playground, dana: Person) -> None:
    given: list[str] = []

    @bot.app.command("/echo")
    async def remember(ack: Any, body: Any) -> None:
        await ack()
        given.append(body["trigger_id"])

    await dana.types("/echo")
    playground.expire_triggers()

    with pytest.raises(SlackApiError, match="expired_trigger_id"):
        await bot.client.views_open(trigger_id=given[0], view=form(actions("A")))


async def test_a_trigger_expires_by_itself_in_real_seconds(clock: StillClock) -> None:
    playground = Playground(clock, trigger_lifetime=0.1)
    await playground.start()
    app = playground.install(MANIFEST)
    dana = playground.person("dana")
    errors: list[str] = []
    async with Bot(playground, app) as bot:

        @bot.app.command("/echo")
        async def dawdle(ack: Any, body: Any, client: Any) -> None:
            await ack()
            await asyncio.sleep(0.15)
            try:
                await client.views_open(trigger_id=body["trigger_id"], view=form(actions("A")))
            except SlackApiError as refusal:
                errors.append(refusal.response["error"])

        await dana.types("/echo")
    await playground.stop()

    assert errors == ["expired_trigger_id"]
