"""The clock of a bot that runs in one process: APScheduler asks every few seconds, and keeps nothing itself."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil
from typing import Protocol

import structlog
from apscheduler.schedulers import SchedulerNotRunningError
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from scheduling.ticker import Ticker

STOPPED, HUNG = "stopped", "hung"
LONGEST_BEAT = 15.0
log = structlog.get_logger()


@dataclass(frozen=True)
class Watchdog:
    """In seconds of the event loop's clock: how often it looks, and after how long without a beat, or without a move
    of the tick under way, it starts the scheduler anew.
    """

    look: float = 5
    stopped: float = 40
    hung: float = 120


class Counting(Protocol):
    """Where ticks are counted. `moved_at` is when a delivery last ended, on the event loop's clock."""

    moved_at: float

    def ticked(self, seconds: float, *, failed: bool) -> None: ...

    def restarted(self, why: str) -> None: ...


class NotCounting:
    moved_at = 0.0

    def ticked(self, seconds: float, *, failed: bool) -> None:
        pass

    def restarted(self, why: str) -> None:
        pass


class LocalScheduler:
    """Ticks never overlap, and a late tick is made up for by one, not by many. A tick that fails is logged, and the
    next one takes up what it left. A scheduler that stops or a tick that hangs is noticed and started anew: the
    watchdog runs on the event loop's clock, so not even the clock on the wall going back stops the ticks for long.
    """

    def __init__(
        self,
        ticker: Ticker,
        clock: Callable[[], datetime],
        *,
        every: float,
        watchdog: Watchdog | None = None,
        counting: Counting | None = None,
    ) -> None:
        self.ticker = ticker
        self.clock = clock
        self.every = every
        self.watchdog = watchdog or Watchdog()
        self.counting = counting or NotCounting()
        self.scheduler = AsyncIOScheduler(timezone=UTC)
        self._beats_per_tick = ceil(every / LONGEST_BEAT)
        self._beats = 0
        self._beat_at = self._tick_began = 0.0
        self._tick: asyncio.Task[None] | None = None
        self._watching: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Tick at once, for what came due while nobody was running, then every few seconds."""
        self._begin()
        self._watching = asyncio.create_task(self._watch(), name="scheduler's watchdog")

    async def stop(self) -> None:
        """Let the tick under way come to the end of its step: shutting APScheduler down would cut it off."""
        if self._watching:
            self._watching.cancel()
        self.scheduler.pause()
        self.ticker.stop_soon()
        try:
            if self._tick and not self._tick.done():
                await asyncio.wait({self._tick})
            await self.ticker.finished()
        finally:
            self._end()

    @property
    def beat_age(self) -> float:
        """How many seconds ago it gave a sign of life. Meant for a scheduler that was started."""
        return _now() - min(self._beat_at, self._moved_at)

    @property
    def _moved_at(self) -> float:
        """When the tick under way last got on; now, when there is none."""
        if self._tick is None or self._tick.done():
            return _now()
        return max(self._tick_began, self.ticker.moved_at, self.counting.moved_at)

    def _begin(self) -> None:
        self._beats = 0
        self._beat_at = _now()
        self.scheduler.add_job(
            self._beat,
            "interval",
            seconds=self.every / self._beats_per_tick,
            next_run_time=datetime.now(UTC),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
        self.scheduler.start()

    def _end(self) -> None:
        if self._tick:
            self._tick.cancel()
        with suppress(SchedulerNotRunningError):
            self.scheduler.shutdown(wait=False)

    async def _beat(self) -> None:
        """A sign of life; every so many of them a tick, unless the last one is still under way."""
        self._beat_at = _now()
        self._beats += 1
        if (self._beats - 1) % self._beats_per_tick == 0 and (self._tick is None or self._tick.done()):
            self._tick_began = _now()
            self._tick = asyncio.create_task(self.ticker.tick(self.clock()), name="tick")
            self._tick.add_done_callback(self._ticked)

    def _ticked(self, tick: asyncio.Task[None]) -> None:
        error = None if tick.cancelled() else tick.exception()
        if error:
            log.error("tick failed", exc_info=error)
        self.counting.ticked(_now() - self._tick_began, failed=tick.cancelled() or error is not None)

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(self.watchdog.look)
            if _now() - self._beat_at > self.watchdog.stopped:
                self._restart(STOPPED)
            elif _now() - self._moved_at > self.watchdog.hung:
                self._restart(HUNG)

    def _restart(self, why: str) -> None:
        log.error("scheduler is started anew", why=why)
        self.counting.restarted(why)
        self._end()
        self._tick = None
        self.ticker.start_anew()
        self.scheduler = AsyncIOScheduler(timezone=UTC)
        self._begin()


def _now() -> float:
    return asyncio.get_running_loop().time()
