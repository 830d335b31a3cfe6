"""Envelopes and events: who hears of what, and what happens when nobody acknowledges."""

import asyncio
import time
from typing import Any

import pytest
from aiohttp import ClientSession
from freezegun import freeze_time
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from playground import Channel, InstalledApp, Person, Playground
from tests.playground.conftest import StillClock
from tests.playground.echo import MANIFEST, Bot
from tests.playground.forms import actions, plain

Json = dict[str, Any]


async def connect(playground: Playground, app: InstalledApp, session: ClientSession) -> Any:
    """A bare connection, its hello already read."""
    client = AsyncWebClient(base_url=playground.api_url, session=session)
    opened = await client.apps_connections_open(app_token=app.app_token)
    socket = await session.ws_connect(opened["url"])
    assert (await socket.receive_json())["type"] == "hello"
    return socket


async def test_an_unacknowledged_envelope_is_sent_again_and_then_no_more(
    playground: Playground, installed: InstalledApp, dana: Person
) -> None:
    async with ClientSession() as session:
        socket = await connect(playground, installed, session)
        await dana.types("hello?")
        tries = [await socket.receive_json(timeout=1) for _ in range(3)]
        with pytest.raises(TimeoutError):
            await socket.receive_json(timeout=0.5)

    assert [envelope["retry_attempt"] for envelope in tries] == [0, 1, 2]
    assert tries[1]["retry_reason"] == "timeout"
    assert len({envelope["payload"]["event_id"] for envelope in tries}) == 1


async def test_an_envelope_acknowledged_at_the_second_try_is_done(
    playground: Playground, installed: InstalledApp, dana: Person
) -> None:
    async with ClientSession() as session:
        socket = await connect(playground, installed, session)
        command = asyncio.create_task(dana.types("/echo hi"))
        await socket.receive_json()
        again = await socket.receive_json()
        answer = {"envelope_id": again["envelope_id"], "payload": {"text": "late"}}
        await socket.send_json(answer)
        await command

    assert again["accepts_response_payload"] is True
    assert [message.text for message in dana.sees_ephemerals()] == ["late"]


async def test_a_dropped_connection_comes_back_and_nothing_is_lost(
    playground: Playground, bot: Bot, dana: Person
) -> None:
    @bot.app.command("/echo")
    async def echo(ack: Any) -> None:
        await ack("still here")

    await playground.drop_connections()
    await dana.types("/echo")

    assert [message.text for message in dana.sees_ephemerals()] == ["still here"]


async def test_the_home_tab_is_opened_drawn_and_opened_again(playground: Playground, bot: Bot, dana: Person) -> None:
    opened: list[Json] = []
    pressed: list[Json] = []

    @bot.app.event("app_home_opened")
    async def draw(event: Any, client: Any) -> None:
        opened.append(event)
        blocks = [{"type": "header", "text": plain("Your week")}, actions("Check")]
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    @bot.app.action("check")
    async def check(ack: Any, body: Any) -> None:
        await ack()
        pressed.append(body)

    assert dana.home is None
    await dana.opens_home()
    assert dana.home is not None
    assert dana.home.text == "Your week\n[Check]"
    await dana.opens_home()
    await dana.clicks("Check")

    assert "view" not in opened[0]
    assert opened[1]["view"]["hash"]
    assert opened[0]["channel"].startswith("D")
    assert pressed[0]["container"] == {"type": "view", "view_id": dana.home.id}
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await bot.client.views_publish(
            user_id=dana.id, hash=opened[0]["event_ts"], view={"type": "home", "blocks": [actions("A")]}
        )


async def test_changes_of_people_and_channels_are_told(
    playground: Playground, bot: Bot, dana: Person, growth: Channel
) -> None:
    heard: list[Json] = []
    for name in ("user_change", "team_join", "channel_archive", "member_left_channel"):

        @bot.app.event(name)
        async def hear(event: Any) -> None:
            heard.append(event)

    await playground.settle()
    heard.clear()
    await playground.change(dana, tz="Asia/Tokyo", locale="ja-JP")
    await playground.deactivate(dana)
    playground.person("new")
    growth.archive()
    await growth.kick(bot.installed)

    assert [event["type"] for event in heard] == [
        "user_change",
        "user_change",
        "team_join",
        "channel_archive",
        "member_left_channel",
    ]
    assert (heard[0]["user"]["tz"], heard[0]["user"]["tz_offset"]) == ("Asia/Tokyo", 9 * 3600)
    assert heard[1]["user"]["deleted"] is True
    assert "email" not in heard[2]["user"]["profile"]
    assert heard[4]["user"] == bot.installed.bot_user_id


async def test_only_what_was_subscribed_and_granted_is_told(playground: Playground, clock: StillClock) -> None:
    app = playground.install(MANIFEST, scopes=["chat:write"])
    dana = playground.person("dana")
    async with ClientSession() as session:
        socket = await connect(playground, app, session)
        await dana.types("nobody may read this")
        await playground.change(dana, tz="Asia/Tokyo")
        dana.client.open_home(app)
        envelope = await socket.receive_json(timeout=1)
        await socket.send_json({"envelope_id": envelope["envelope_id"]})
        await playground.settle()

    assert envelope["payload"]["event"]["type"] == "app_home_opened"


async def test_the_world_settles_after_every_act(playground: Playground, bot: Bot, dana: Person) -> None:
    class World:
        settled = 0

        async def settle(self) -> None:
            self.settled += 1

        async def next_event(self, after: object) -> None:
            return None

    world = World()
    playground.world = world
    await dana.types("hello")

    assert world.settled == 1


async def test_a_whole_exchange_under_a_frozen_clock() -> None:
    with freeze_time("2026-11-16 08:00:00", real_asyncio=True):
        playground = Playground(StillClock())
        await playground.start()
        app = playground.install(MANIFEST)
        dana = playground.person("dana")
        async with Bot(playground, app) as bot:

            @bot.app.command("/echo")
            async def echo(ack: Any) -> None:
                await ack("frozen, but alive")

            await dana.types("/echo")
        await playground.stop()

    assert [message.text for message in dana.reads()] == ["frozen, but alive"]


async def test_uninstalling_closes_the_door(playground: Playground, bot: Bot, dana: Person) -> None:
    heard: list[str] = []

    @bot.app.event("app_uninstalled")
    async def hear(event: Any) -> None:
        heard.append(event["type"])

    await playground.uninstall(bot.installed)

    assert heard == ["app_uninstalled"]
    with pytest.raises(SlackApiError, match="account_inactive"):
        await bot.client.chat_postMessage(channel=dana.id, text="Still there?")


async def test_starting_and_stopping_are_quick_while_people_wait(clock: StillClock) -> None:
    began = time.perf_counter()
    playground = Playground(clock)
    await playground.start()
    started = time.perf_counter() - began
    app = playground.install(MANIFEST)
    dana = playground.person("dana")
    async with ClientSession() as session:
        await connect(playground, app, session)
        waiting = asyncio.create_task(dana.types("/echo"))
        await asyncio.sleep(0.05)
        began = time.perf_counter()
        await playground.stop()
        stopped = time.perf_counter() - began
        await waiting

    assert started < 0.05
    assert stopped < 0.3


async def test_a_wrong_token_and_a_used_ticket_open_nothing(playground: Playground, installed: InstalledApp) -> None:
    client = AsyncWebClient(base_url=playground.api_url)
    with pytest.raises(SlackApiError, match="invalid_auth"):
        await client.apps_connections_open(app_token="xapp-wrong")
    with pytest.raises(SlackApiError, match="not_allowed_token_type"):
        await client.apps_connections_open(app_token=installed.bot_token)


async def test_a_silent_connection_swallows_and_a_copy_comes_twice(
    playground: Playground, installed: InstalledApp, dana: Person
) -> None:
    async with ClientSession() as session:
        await connect(playground, installed, session)
        playground.silence_connections()
        await dana.types("into the void")
        speaking = await connect(playground, installed, session)
        playground.deliver_twice()
        await dana.types("twice")
        envelopes = [await speaking.receive_json(timeout=1) for _ in range(3)]

    texts = [envelope["payload"]["event"]["text"] for envelope in envelopes]
    assert texts.count("twice") >= 2
