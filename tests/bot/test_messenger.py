"""What every bad day of Slack's becomes in the rituals' words: refused, later, or unclear; and never said twice."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime

import aiohttp
import pytest
from aiohttp import web

from blocks.message import Message
from bot import slack
from bot.slack import SlackMessenger
from playground import Channel, InstalledApp, Person, Playground
from rituals.messenger import Posted, Refused, SendError, TryLater, Unclear
from tests.bot.conftest import MANIFEST
from tests.bot.servers import NOT_SLACK, serving

WORKSPACE = "T1"
HELLO = Message(text="Hello", blocks=[{"type": "section", "text": {"type": "mrkdwn", "text": "Hello"}}])
CHANGED = Message(text="Changed", blocks=[{"type": "section", "text": {"type": "mrkdwn", "text": "Changed"}}])
Happening = Callable[[Playground], None]


class RealClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


@pytest.fixture
async def playground() -> AsyncIterator[Playground]:
    playground = Playground(RealClock())
    await playground.start()
    yield playground
    await playground.stop()


@pytest.fixture
def app(playground: Playground) -> InstalledApp:
    return playground.install(MANIFEST)


@pytest.fixture
def dana(playground: Playground, app: InstalledApp) -> Person:
    return playground.person("dana", real_name="Dana Rossi", tz="Europe/Rome", email="dana@example.com")


@pytest.fixture
def growth(playground: Playground, dana: Person, app: InstalledApp) -> Channel:
    return playground.channel("growth", members=[dana, app])


@pytest.fixture
async def messenger(playground: Playground, app: InstalledApp) -> AsyncIterator[SlackMessenger]:
    async with slack.session() as http:
        yield SlackMessenger(app.bot_token, playground.api_url, http)


def calls(playground: Playground, method: str) -> int:
    return sum(entry.name == method for entry in playground.traffic)


def refuse(error: str) -> Happening:
    return lambda playground: playground.faults.refuse("chat.postMessage", error)


@pytest.mark.parametrize(
    "error", ["channel_not_found", "not_in_channel", "is_archived", "user_disabled", "invalid_auth", "msg_too_long"]
)
async def test_what_slack_refuses_is_refused_for_good(
    playground: Playground, messenger: SlackMessenger, dana: Person, error: str
) -> None:
    refuse(error)(playground)
    with pytest.raises(Refused, match=error):
        await messenger.post(WORKSPACE, dana.id, HELLO, delivery="d1")
    assert calls(playground, "chat.postMessage") == 1
    assert dana.reads() == []


async def test_too_many_messages_wait_as_long_as_slack_says(
    playground: Playground, messenger: SlackMessenger, dana: Person
) -> None:
    playground.faults.ratelimit("chat.postMessage", 30)
    with pytest.raises(TryLater) as later:
        await messenger.post(WORKSPACE, dana.id, HELLO, delivery="d1")
    assert later.value.after == 30
    assert calls(playground, "chat.postMessage") == 1
    assert dana.reads() == []


@pytest.mark.parametrize("error", ["ratelimited", "rate_limited", "team_added_to_org"])
async def test_not_now_without_a_time_waits_a_little(
    playground: Playground, messenger: SlackMessenger, dana: Person, error: str
) -> None:
    refuse(error)(playground)
    with pytest.raises(TryLater) as later:
        await messenger.post(WORKSPACE, dana.id, HELLO, delivery="d1")
    assert 0 < later.value.after <= 60


async def test_a_slack_that_cannot_be_reached_is_tried_later(unused_tcp_port: int) -> None:
    async with slack.session() as http:
        messenger = SlackMessenger("xoxb-1", f"http://127.0.0.1:{unused_tcp_port}/api/", http)
        with pytest.raises(TryLater) as later:
            await messenger.post(WORKSPACE, "U1", HELLO, delivery="d1")
    assert later.value.after > 0


async def test_a_message_that_never_got_a_connection_is_tried_later(
    playground: Playground, app: InstalledApp, dana: Person
) -> None:
    """Every connection is taken by slow calls; this one gave up waiting for its turn."""
    timeout = aiohttp.ClientTimeout(total=5, connect=0.1)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=1), timeout=timeout) as http:
        messenger = SlackMessenger(app.bot_token, playground.api_url, http)
        playground.faults.slow_down("chat.postMessage", 0.4)
        one, other = await asyncio.gather(
            messenger.post(WORKSPACE, dana.id, HELLO, delivery="d1"),
            messenger.post(WORKSPACE, dana.id, CHANGED, delivery="d2"),
            return_exceptions=True,
        )
    assert isinstance(one, Posted)
    assert isinstance(other, TryLater)
    assert [message.text for message in dana.reads()] == ["Hello"]


@pytest.mark.parametrize(
    ("happens", "posted"),
    [
        (refuse("internal_error"), 0),
        (refuse("fatal_error"), 0),
        (refuse("service_unavailable"), 0),
        (refuse("request_timeout"), 0),
        (lambda playground: playground.faults.break_down("chat.postMessage", 500), 0),
        (lambda playground: playground.faults.break_down("chat.postMessage", 503), 0),
        (lambda playground: playground.faults.break_down("chat.postMessage", 404), 0),
        (lambda playground: playground.faults.garble("chat.postMessage"), 1),
        (lambda playground: playground.faults.lose_answer("chat.postMessage"), 1),
    ],
    ids=["internal", "fatal", "unavailable", "timeout", "500", "503", "a page", "garbage", "dropped"],
)
async def test_an_answer_that_says_nothing_sure_is_unclear_and_not_asked_for_again(
    playground: Playground, messenger: SlackMessenger, dana: Person, happens: Happening, posted: int
) -> None:
    happens(playground)
    with pytest.raises(Unclear):
        await messenger.post(WORKSPACE, dana.id, HELLO, delivery="d1")
    assert calls(playground, "chat.postMessage") == 1
    assert len(dana.reads()) == posted


async def test_an_answer_that_takes_too_long_is_unclear(
    playground: Playground, app: InstalledApp, dana: Person
) -> None:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=0.2)) as http:
        messenger = SlackMessenger(app.bot_token, playground.api_url, http)
        playground.faults.slow_down("chat.postMessage", 0.5)
        with pytest.raises(Unclear):
            await messenger.post(WORKSPACE, dana.id, HELLO, delivery="d1")
    assert calls(playground, "chat.postMessage") == 1
    assert len(dana.reads()) == 1


@pytest.mark.parametrize("answer", NOT_SLACK.values(), ids=NOT_SLACK)
async def test_an_answer_that_is_not_slacks_is_unclear(answer: Callable[[], web.Response]) -> None:
    async with serving(answer) as url, slack.session() as http:
        messenger = SlackMessenger("xoxb-1", url, http)
        with pytest.raises(Unclear):
            await messenger.post(WORKSPACE, "U1", HELLO, delivery="d1")
        with pytest.raises(Unclear):
            await messenger.update(WORKSPACE, Posted("D1", "1.2"), HELLO)
        with pytest.raises(Unclear):
            await messenger.find(WORKSPACE, "D1", delivery="d1", since=0)
        with pytest.raises(Unclear):
            await messenger.member(WORKSPACE, "U1")
        with pytest.raises(Unclear):
            await messenger.members(WORKSPACE)


async def test_a_message_whose_answer_was_lost_is_found_again(
    playground: Playground, messenger: SlackMessenger, dana: Person
) -> None:
    began = datetime.now(UTC).timestamp() - 5
    playground.faults.lose_answer("chat.postMessage")
    with pytest.raises(Unclear):
        await messenger.post(WORKSPACE, dana.id, HELLO, delivery="d1")
    found = await messenger.find(WORKSPACE, dana.id, delivery="d1", since=began)
    assert found == [Posted(dana.reads()[0].channel, dana.reads()[0].ts)]
    assert await messenger.find(WORKSPACE, dana.id, delivery="d2", since=began) == []


async def test_a_message_that_was_not_posted_is_not_found(messenger: SlackMessenger, dana: Person) -> None:
    assert await messenger.find(WORKSPACE, dana.id, delivery="d1", since=0) == []


async def test_a_message_can_be_changed_where_it_stands(messenger: SlackMessenger, dana: Person) -> None:
    posted = await messenger.post(WORKSPACE, dana.id, HELLO, delivery="d1")
    await messenger.update(WORKSPACE, posted, CHANGED)
    assert [message.text for message in dana.reads()] == ["Changed"]


async def test_an_answer_lost_while_changing_is_unclear_too(
    playground: Playground, messenger: SlackMessenger, dana: Person
) -> None:
    posted = await messenger.post(WORKSPACE, dana.id, HELLO, delivery="d1")
    playground.faults.lose_answer("chat.update")
    with pytest.raises(Unclear):
        await messenger.update(WORKSPACE, posted, CHANGED)
    await messenger.update(WORKSPACE, posted, CHANGED)
    assert [message.text for message in dana.reads()] == ["Changed"]


async def test_people_and_channels_are_read_over_all_pages(
    playground: Playground, messenger: SlackMessenger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slack, "PAGE", 2)
    people = [playground.person(name, real_name=name.title()) for name in ("ada", "bob", "cyd", "dee", "eve")]
    rooms = [playground.channel(name, members=[people[0]]) for name in ("one", "two", "three")]
    members = {one.slack_id: one for one in await messenger.members(WORKSPACE)}
    assert {person.id for person in people} <= members.keys()
    assert {room.id for room in rooms} <= {one.slack_id for one in await messenger.channels(WORKSPACE)}
    assert calls(playground, "users.list") > 2


async def test_without_the_scope_for_private_channels_the_public_ones_are_read(playground: Playground) -> None:
    app = playground.install(MANIFEST, scopes=[one for one in SCOPES if one != "groups:read"])
    dana = playground.person("dana")
    playground.channel("open", members=[dana, app])
    playground.channel("secret", members=[dana, app], private=True)
    async with slack.session() as http:
        found = await SlackMessenger(app.bot_token, playground.api_url, http).channels(WORKSPACE)
    assert [one.name for one in found] == ["open"]


async def test_somebody_unknown_is_nobody_and_a_refusal_is_said(
    playground: Playground, messenger: SlackMessenger, dana: Person
) -> None:
    found = await messenger.member(WORKSPACE, dana.id)
    assert found is not None
    assert (found.name, found.zone, found.email) == ("Dana Rossi", "Europe/Rome", "dana@example.com")
    assert await messenger.member(WORKSPACE, "U0NOBODY") is None
    playground.faults.refuse("users.info", "account_inactive")
    with pytest.raises(SendError, match="account_inactive"):
        await messenger.member(WORKSPACE, dana.id)


SCOPES = MANIFEST["oauth_config"]["scopes"]["bot"]
