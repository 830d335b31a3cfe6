"""The page's protocol: what comes in as acts and goes out as pictures."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse

from playground import Channel, Person, Playground, PlaygroundClock
from tests.playground.echo import MANIFEST, Bot
from tests.playground.forms import actions, colour_input, form, text_input


class Tab:
    """A browser tab, without a browser."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self.socket = socket
        self.count = 0

    async def does(self, act: str, **fields: Any) -> str | None:
        """Perform an act; gives the error, if there was one."""
        self.count += 1
        await self.socket.send_json({"id": self.count, "act": act, **fields})
        while True:
            frame = await self.socket.receive_json(timeout=5)
            if frame["type"] == "result" and frame["id"] == self.count:
                return frame.get("error")

    async def sees(self) -> Any:
        """The picture after whatever just happened."""
        while True:
            frame = await self.socket.receive_json(timeout=5)
            if frame["type"] == "state":
                return frame["state"]


@pytest.fixture
async def tab(playground: Playground, dana: Person) -> AsyncIterator[Tab]:
    async with ClientSession() as session, session.ws_connect(f"{playground.url}/page/socket") as socket:
        tab = Tab(socket)
        await tab.sees()
        await tab.does("become", person=dana.id)
        yield tab


async def test_the_picture_has_everything_the_page_draws(bot: Bot, tab: Tab, dana: Person, growth: Channel) -> None:
    await bot.client.chat_postMessage(channel=dana.id, text="Ready?", blocks=[actions("Hello")])
    state = await tab.sees()
    while not state["dms"] or not state["dms"][0]["unread"]:
        state = await tab.sees()

    [app] = state["apps"]
    assert state["me"]["local_now"] == "2026-11-16T09:00:00+01:00"
    assert state["people"][0]["unread"] == 1
    assert (app["name"], app["connected"], app["dm"]) == ("Echo", True, state["dms"][0]["id"])
    assert app["commands"][0]["command"] == "/echo"
    assert state["channels"][0]["member"] is True
    [message] = state["messages"][app["dm"]]
    assert (message["name"], message["text"], message["is_bot"]) == ("Echo", "Ready?", True)
    assert message["blocks"][0]["elements"][0]["action_id"] == "hello"
    assert state["clock"] == {"movable": False, "moving": False, "next_event": None}
    assert {entry["name"] for entry in state["traffic"]} >= {"auth.test", "chat.postMessage"}


async def test_a_form_is_opened_filled_and_sent(bot: Bot, tab: Tab, dana: Person, growth: Channel) -> None:
    sent: list[Any] = []

    @bot.app.command("/echo")
    async def open_form(ack: Any, body: Any, client: Any) -> None:
        await ack()
        view = form(text_input("Value", "value"), colour_input())
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    @bot.app.view("form")
    async def submit(ack: Any, view: Any) -> None:
        sent.append(view["state"]["values"])
        await ack()

    assert await tab.does("type", channel=growth.id, text="/echo", thread_ts=None) is None
    state = await tab.sees()
    while not state["views"]:
        state = await tab.sees()
    where = {"kind": "view", "view_id": state["views"][0]["view_id"]}
    assert await tab.does("submit", view_id=where["view_id"]) is None
    await tab.does("input", where=where, block_id="value", action_id="v", value="42")
    state = await tab.sees()
    while state["views"][0]["values"]["value"]["v"] != "42":
        state = await tab.sees()
    assert list(state["views"][0]["errors"]) == ["colour"]
    await tab.does("input", where=where, block_id="colour", action_id="v", value="red")
    assert await tab.does("submit", view_id=where["view_id"]) is None

    assert dana.modal is None
    assert sent[0]["colour"]["v"]["selected_option"]["value"] == "red"
    assert await tab.does("submit", view_id=where["view_id"]) == "That form is no longer open"


async def test_buttons_home_and_reading(bot: Bot, tab: Tab, dana: Person) -> None:
    pressed: list[str] = []

    @bot.app.action("hello")
    async def hello(ack: Any, body: Any) -> None:
        await ack()
        pressed.append(body["container"]["type"])

    posted = await bot.client.chat_postMessage(channel=dana.id, text="Ready?", blocks=[actions("Hello")])
    home = {"type": "home", "blocks": [actions("Hello")]}
    await bot.client.views_publish(user_id=dana.id, view=home)
    app_id = bot.installed.app_id
    on_message = {"kind": "message", "channel": posted["channel"], "ts": posted["ts"]}
    press = {"block_id": "actions", "action_id": "hello", "value": None}

    assert await tab.does("interact", where=on_message, **press) is None
    assert await tab.does("home", app_id=app_id) is None
    assert await tab.does("interact", where={"kind": "home", "app_id": app_id}, **press) is None
    assert await tab.does("read", channel=posted["channel"]) is None

    assert pressed == ["message", "view"]


async def test_nonsense_is_answered_in_plain_words(bot: Bot, tab: Tab, growth: Channel) -> None:
    assert await tab.does("dance") == "There is no act 'dance'"
    assert await tab.does("type", channel="C404", text="x") == "There is no such conversation"
    assert await tab.does("type", channel=growth.id) == "The act lacks its text"
    assert await tab.does("interact") == "The act lacks its where"
    assert await tab.does("become", person="U404") == "There is no such person"
    assert await tab.does("clock", move="next_event") == "This clock cannot be moved"


async def test_the_clock_is_moved_from_the_page() -> None:
    clock = PlaygroundClock(datetime(2026, 11, 15, 12, 0, tzinfo=UTC))
    playground = Playground(clock)
    await playground.start()
    playground.install(MANIFEST)
    playground.person("dana", tz="Europe/Rome")
    async with ClientSession() as session:
        socket = await session.ws_connect(f"{playground.url}/page/socket")
        tab = Tab(socket)
        assert await tab.does("clock", move={"minutes": 15}) is None
        assert await tab.does("clock", move="next_monday") is None
        state = await tab.sees()
        assert state["now"].startswith("2026-11-16T07:59:00")
        assert state["clock"]["movable"] is True
    await playground.stop()


async def test_the_page_is_served_and_nothing_beside_it(playground: Playground) -> None:
    async with ClientSession() as session:
        page = await session.get(f"{playground.url}/")
        assert page.content_type == "text/html"
        beside = await session.get(f"{playground.url}/%2e%2e/server.py")
        assert beside.status == 404
