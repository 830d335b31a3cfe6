"""The clock of a bot that runs in one process: APScheduler asks every few seconds, and keeps nothing itself."""

from collections.abc import Callable
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from scheduling.ticker import Ticker


class LocalScheduler:
    """Ticks never overlap, and a late tick is made up for by one, not by many. A tick that fails is logged by
    APScheduler and the next one takes up what it left.
    """

    def __init__(self, ticker: Ticker, clock: Callable[[], datetime], *, every: float) -> None:
        self.ticker = ticker
        self.clock = clock
        self.every = every
        self.scheduler = AsyncIOScheduler(timezone=UTC)

    def start(self) -> None:
        """Tick at once, for what came due while nobody was running, then every few seconds."""
        self.scheduler.add_job(
            self._tick,
            "interval",
            seconds=self.every,
            next_run_time=datetime.now(UTC),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
        self.scheduler.start()

    async def stop(self) -> None:
        """Let the tick under way finish: shutting APScheduler down would cut it off."""
        self.scheduler.pause()
        await self.ticker.finished()
        self.scheduler.shutdown(wait=False)

    async def _tick(self) -> None:
        await self.ticker.tick(self.clock())
