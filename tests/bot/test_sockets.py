"""Socket Mode on two connections: whatever befalls one, people are answered."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web
from freezegun.api import FrozenDateTimeFactory
from structlog.testing import capture_logs

from bot.line import DEAD, Line
from bot.sockets import Watch
from playground.traffic import Entry
from tests.stage import Stage

HASTY = Watch(silent=1, steady=0, first_delay=0.02)
OPEN = "apps.connections.open"


@pytest.fixture
async def stage(clock: FrozenDateTimeFactory, sqlite_url: str) -> AsyncIterator[Stage]:
    async with Stage(clock, sqlite_url) as stage:
        await stage.imports()
        yield stage


async def until(seen: Callable[[], bool]) -> None:
    """Wait, five seconds at most, until something has come about."""
    async with asyncio.timeout(5):
        while not seen():  # noqa: ASYNC110 - the playground tells nobody when an app connects
            await asyncio.sleep(0.01)


def openings(stage: Stage) -> list[Entry]:
    return [one for one in stage.playground.traffic if one.name == OPEN]


async def test_two_connections_are_open(stage: Stage) -> None:
    assert stage.running.sockets is not None
    assert stage.running.sockets.sight.open == 2
    assert len(openings(stage)) == 2


async def test_when_slack_asks_for_new_connections_nobody_has_to_wait(stage: Stage) -> None:
    people = (stage.dana, stage.luca, stage.marcus, stage.priya)
    talking = [asyncio.create_task(one.types("/okr help")) for one in people for _ in range(5)]
    await stage.playground.drop_connections()
    talking += [asyncio.create_task(one.types("/okr help")) for one in people for _ in range(5)]
    await asyncio.gather(*talking)
    assert [len(one.sees_ephemerals()) for one in people] == [10, 10, 10, 10]
    await until(lambda: len(openings(stage)) == 4)


async def test_connections_that_look_alive_and_bring_nothing_are_replaced(stage: Stage) -> None:
    await stage.stop_bot()
    await stage.start_bot(HASTY)
    stage.playground.silence_connections()
    await until(lambda: stage.playground.silent_connections(stage.slack_app) == 0)
    reply = await stage.asks(stage.dana, "/okr status")
    assert "Returning customers" in reply.shown


async def test_a_connection_that_answers_no_ping_is_dead_within_fifteen_seconds(stage: Stage) -> None:
    assert Watch().ping * 1.5 <= 15
    async with deaf_server() as address, aiohttp.ClientSession() as http:
        line = Line(stage.running.app, stage.running.metrics, lambda line, message: None)
        began = asyncio.get_running_loop().time()
        await line.open(http, address, ping=0.2)
        await asyncio.wait_for(line.worn.wait(), 5)
        assert line.why == DEAD
        assert asyncio.get_running_loop().time() - began < 1.5
        await line.finish(close=1)


@asynccontextmanager
async def deaf_server() -> AsyncIterator[str]:
    """Takes a connection and never answers on it."""

    async def listen(request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(autoping=False)
        await socket.prepare(request)
        async for _ in socket:
            pass
        return socket

    app = web.Application()
    app.router.add_get("/", listen)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    yield f"ws://{host}:{port}/"
    await runner.cleanup()


async def test_while_slack_refuses_it_tries_more_and_more_slowly_and_then_comes_back(stage: Stage) -> None:
    await stage.stop_bot()
    await stage.start_bot(HASTY)
    stage.playground.faults.refuse(OPEN, "internal_error", times=6)
    before = len(openings(stage))
    await stage.playground.drop_connections()
    assert stage.running.sockets
    await until(lambda: len(openings(stage)) == before + 8)
    assert "Returning customers" in (await stage.asks(stage.dana, "/okr status")).shown
    assert [Watch().delay(bad) for bad in range(10)] == [0, 0, 1, 2, 4, 8, 16, 32, 60, 60]


async def test_when_slack_asks_for_patience_it_does_not_ask_again_before(stage: Stage) -> None:
    stage.playground.faults.ratelimit(OPEN, retry_after=1, times=2)
    before = len(openings(stage))
    began = asyncio.get_running_loop().time()
    await stage.playground.drop_connections()
    await until(lambda: any(one.ok for one in openings(stage)[before:]))
    assert asyncio.get_running_loop().time() - began >= 1
    assert len([one for one in openings(stage)[before:] if not one.ok]) == 2


def test_the_quieter_the_workspace_the_longer_a_silent_connection_is_trusted() -> None:
    watch = Watch()
    assert watch.patience(0) == 120
    assert watch.patience(-600) == 120, "another connection has brought something since"
    assert watch.patience(300) == 300
    assert watch.patience(8 * 3600) == 960


async def test_connections_of_somebody_else_with_our_token_are_warned_about(stage: Stage) -> None:
    first = stage.running
    with capture_logs() as logs:
        await stage.start_bot()
    assert any("does another process use this app token?" in one["event"] for one in logs)
    await first.stop()
