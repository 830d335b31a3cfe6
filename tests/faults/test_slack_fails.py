"""Slack answers wrongly, late or not at all: nothing is lost, nothing doubled, and only what must wait waits."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from bot import slack
from bot.app import Bot
from bot.slack import SlackMessenger
from playground import Playground
from rituals.messenger import Posted
from rituals.pacing import Limits, Pacing
from tests.stage import Stage

Happening = Callable[[Playground], None]


def garbled(playground: Playground) -> None:
    playground.faults.garble("chat.postMessage", times=3)


def lost(playground: Playground) -> None:
    playground.faults.lose_answer("chat.postMessage", times=3)


def broken(playground: Playground) -> None:
    playground.faults.break_down("chat.postMessage", 500, times=3)


def late(playground: Playground) -> None:
    """Later than anybody waits: the stage's patience is cut down to a third of a second."""
    playground.faults.slow_down("chat.postMessage", 0.6, times=3)


@pytest.mark.parametrize("happens", [garbled, lost, broken, late])
async def test_whatever_slack_answers_everybody_is_asked_once(stage: Stage, happens: Happening) -> None:
    stage.running.http._timeout = aiohttp.ClientTimeout(total=0.3)
    happens(stage.playground)
    await stage.comes("Mon 16 Nov 09:00")
    await waits(stage, seconds=130)
    await waits(stage, seconds=130)
    assert [len(one.reads()) for one in (stage.priya, stage.dana, stage.luca)] == [1, 1, 1]
    assert all("check" in one.reads()[0].buttons[0].lower() for one in (stage.priya, stage.dana, stage.luca))


async def test_a_message_is_found_though_our_clock_runs_an_hour_ahead_of_slacks(lite: Stage) -> None:
    lite.playground.faults.lose_answer("chat.postMessage", times=3)
    ahead = datetime(2026, 11, 16, 9, tzinfo=UTC)  # it is eight where Slack is
    lite.frozen.move_to(ahead - timedelta(hours=1))
    await lite.running.ticker.tick(ahead)
    await waits(lite, seconds=130)
    await lite.running.ticker.tick(ahead + timedelta(minutes=3))
    assert len(lite.dana.reads()) == 1


async def test_a_late_first_copy_is_deleted_and_the_one_that_is_known_is_kept_true(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await sends_twice(stage, monkeypatch)
    first, second = stage.dana.reads()
    await waits(stage, seconds=130)
    assert [one.ts for one in stage.dana.reads()] == [second.ts] != [first.ts]
    await stage.answers(stage.dana, {"Returning customers": ("45", "On track")})
    assert stage.dana.reads()[0].shown.startswith("1 key result to go")


async def test_when_only_the_first_copy_is_left_it_is_the_one_that_is_kept_true(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await sends_twice(stage, monkeypatch)
    first, second = stage.dana.reads()
    await stage.running.rituals.messenger.delete(stage.running.workspace.id, Posted(second.channel, second.ts))
    await waits(stage, seconds=130)
    assert [one.ts for one in stage.dana.reads()] == [first.ts]
    await stage.answers(stage.dana, {"Returning customers": ("45", "On track")})
    assert stage.dana.reads()[0].shown.startswith("1 key result to go")


async def sends_twice(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answers to three prompts are lost, and Slack shows them only after each was sent a second time."""

    async def sees_nothing(*_: object, **__: object) -> list[Posted]:
        return []

    stage.playground.faults.lose_answer("chat.postMessage", times=3)
    await stage.comes("Mon 16 Nov 09:00")
    with monkeypatch.context() as blind:
        blind.setattr(stage.running.rituals.messenger, "find", sees_nothing)
        await waits(stage, seconds=130)


async def test_a_long_retry_after_holds_back_new_messages_and_nothing_else(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 05:00")
    lite.playground.faults.ratelimit("chat.postMessage", retry_after=3600)
    await lite.comes("Mon 16 Nov 09:00")
    posts = calls(lite, "chat.postMessage")
    await waits(lite, seconds=60)
    assert calls(lite, "chat.postMessage") == posts, "nobody asks again before the hour has passed"
    status = await lite.asks(lite.priya, "/okr status")
    await lite.priya.clicks("Check in", message=lite.priya.reads()[0])
    assert status.shown
    assert lite.priya.modal.title
    await lite.priya.closes()
    await lite.stop_bot()
    await lite.wakes("Mon 16 Nov 10:05")
    assert [len(one.reads()) for one in (lite.dana, lite.luca)] == [1, 1]


async def test_we_keep_to_slacks_pace_by_ourselves() -> None:
    """Ten at once, then as many a second as a workspace may send; every channel has its own second."""
    pacing = Pacing(Limits(posts_per_minute=1200, channel_per_second=20))
    loop = asyncio.get_running_loop()
    began = loop.time()
    await asyncio.gather(*(pacing.turn("T1", "post", f"C{number}") for number in range(20)))
    assert loop.time() - began >= 0.4
    began = loop.time()
    await asyncio.gather(*(pacing.turn("T2", "post", "C1") for _ in range(5)))
    assert loop.time() - began >= 0.15


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/api/", "http://slack.invalid/api/", "a plain server as https"])
async def test_while_slack_is_out_of_reach_everything_waits_and_is_sent_once_afterwards(
    lite: Stage, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slack, "UNREACHABLE_SECONDS", 0.2)
    real = lite.playground.api_url
    elsewhere(lite.running, real.replace("http:", "https:") if address.startswith("a ") else address)
    await lite.comes("Mon 16 Nov 09:00")
    for _ in range(4):
        await waits(lite, seconds=1800)
    assert (lite.dana.reads(), lite.luca.reads()) == ([], [])
    assert await lite.running.rituals.agenda.overdue(datetime.now(UTC)) > 900, "which /healthz shows as down"
    elsewhere(lite.running, real)
    await waits(lite, seconds=60)
    await waits(lite, seconds=130)
    assert [len(one.reads()) for one in (lite.dana, lite.luca)] == [1, 1]


def elsewhere(bot: Bot, url: str) -> None:
    messenger = bot.rituals.messenger
    assert isinstance(messenger, SlackMessenger)
    messenger.sending.base_url = messenger.reading.base_url = url


def calls(stage: Stage, method: str) -> int:
    return sum(entry.name == method for entry in stage.playground.traffic)


async def waits(stage: Stage, *, seconds: int) -> None:
    await stage.moves_to(datetime.now(UTC) + timedelta(seconds=seconds))
