"""The scheduler of a bot in one process: what stops it or holds it up is noticed, and it goes on."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from freezegun import freeze_time
from structlog.testing import capture_logs

from bot.health import BEAT_SECONDS
from bot.metrics import Metrics
from scheduling.local import LocalScheduler, Watchdog

EVERY = 0.05
HASTY = Watchdog(look=0.02, stopped=0.3, hung=0.2)


class Steps:
    """In the place of a ticker: `act` is what each tick does."""

    def __init__(self, act: Callable[[int], object] = lambda number: None) -> None:
        self.act = act
        self.moved_at = 0.0
        self.ticks = 0
        self.now_and_then = asyncio.Condition()

    async def tick(self, now: datetime) -> None:
        self.ticks += 1
        async with self.now_and_then:
            self.now_and_then.notify_all()
        acted = self.act(self.ticks)
        if isinstance(acted, asyncio.Event):
            await acted.wait()

    async def until(self, ticks: int) -> None:
        async with asyncio.timeout(5), self.now_and_then:
            await self.now_and_then.wait_for(lambda: self.ticks >= ticks)

    async def finished(self) -> None:
        pass

    def stop_soon(self) -> None:
        pass

    def start_anew(self) -> None:
        pass


@asynccontextmanager
async def running(
    steps: Steps, counted: Metrics | None = None, *, every: float = EVERY, watchdog: Watchdog = HASTY
) -> AsyncIterator[LocalScheduler]:
    scheduler = LocalScheduler(
        steps,  # type: ignore[arg-type]
        lambda: datetime.now(UTC),
        every=every,
        watchdog=watchdog,
        counting=counted,
    )
    scheduler.start()
    yield scheduler
    await scheduler.stop()


async def test_a_tick_that_hangs_is_cut_off_and_the_next_ones_come() -> None:
    never, counted = asyncio.Event(), Metrics()
    steps = Steps(lambda number: never if number == 1 else None)
    async with running(steps, counted) as scheduler:
        await steps.until(1)
        await steps.until(3)
        assert scheduler.beat_age < BEAT_SECONDS
    assert b'okrbot_scheduler_restarts_total{why="hung"} 1.0' in counted.page()


async def test_while_a_tick_hangs_its_last_sign_of_life_grows_old() -> None:
    never = asyncio.Event()
    steps = Steps(lambda number: never)
    async with running(steps) as scheduler:
        await steps.until(1)
        before = scheduler.beat_age
        await asyncio.wait({asyncio.ensure_future(never.wait())}, timeout=0.1)
        assert scheduler.beat_age >= before + 0.1
        never.set()


async def test_a_long_tick_that_moves_is_left_alone() -> None:
    counted, finished = Metrics(), asyncio.Event()
    steps = Steps(lambda number: finished)
    async with running(steps, counted):
        await steps.until(1)
        for _ in range(10):
            counted.moved_at = asyncio.get_running_loop().time()
            await asyncio.sleep(HASTY.hung / 4)
        finished.set()
        await steps.until(2)
    assert b"okrbot_scheduler_restarts_total{" not in counted.page()


async def test_a_scheduler_that_dies_without_a_word_is_started_anew() -> None:
    counted, steps = Metrics(), Steps()
    async with running(steps, counted) as scheduler:
        await steps.until(1)
        scheduler.scheduler.remove_all_jobs()
        dead = steps.ticks
        await steps.until(dead + 3)
    assert b'okrbot_scheduler_restarts_total{why="stopped"} 1.0' in counted.page()


async def test_a_tick_that_fails_is_logged_and_the_next_one_comes() -> None:
    def fail(number: int) -> None:
        if number == 1:
            raise ValueError

    steps = Steps(fail)
    with capture_logs() as logs:
        async with running(steps):
            await steps.until(3)
    assert "tick failed" in [one["event"] for one in logs]


async def test_a_tick_under_way_ends_before_the_scheduler_has_stopped() -> None:
    done = asyncio.Event()
    steps = Steps(lambda number: done)
    scheduler = LocalScheduler(steps, lambda: datetime.now(UTC), every=EVERY)  # type: ignore[arg-type]
    scheduler.start()
    await steps.until(1)
    stopping = asyncio.create_task(scheduler.stop())
    await asyncio.wait({stopping}, timeout=0.1)
    assert not stopping.done()
    done.set()
    await asyncio.wait_for(stopping, 1)
    assert steps.ticks == 1


def test_in_daily_use_all_of_this_is_noticed_within_a_minute() -> None:
    usual = Watchdog()
    assert usual.stopped + usual.look < 60
    assert BEAT_SECONDS < 60


@pytest.mark.parametrize(
    ("jump", "every"),
    [
        pytest.param(timedelta(hours=-1), EVERY, id="an hour back"),
        pytest.param(timedelta(days=-1), EVERY, id="a day back"),
        pytest.param(timedelta(hours=1), EVERY, id="an hour on"),
        pytest.param(timedelta(days=1), 20 * EVERY, id="a day on"),
    ],
)
async def test_a_clock_that_jumps_neither_stops_the_ticks_nor_makes_a_storm_of_them(
    jump: timedelta, every: float
) -> None:
    steps, watchdog = Steps(), Watchdog(look=0.02, stopped=6 * every, hung=60)
    with freeze_time(datetime.now(UTC), tick=True, real_asyncio=True, ignore=["asyncio"]) as frozen:
        async with running(steps, every=every, watchdog=watchdog):
            await steps.until(1)
            frozen.move_to(datetime.now(UTC) + jump)
            jumped, before = asyncio.get_running_loop().time(), steps.ticks
            await steps.until(before + 3)
            assert asyncio.get_running_loop().time() - jumped > every, "as far apart as ever"
