"""One tick: run each step until there is no more."""

import asyncio
from datetime import datetime

import structlog

from rituals.bundle import Rituals

LOOKS = 100
"""Teams that are looked at in one tick."""
GIVING_BACK_SECONDS = 2.0
log = structlog.get_logger()


class Ticker:
    """Due times are rows; a tick only asks for those that have come. `moved_at` is when a step was last done, on
    the event loop's clock.
    """

    def __init__(self, rituals: Rituals) -> None:
        self.rituals = rituals
        self.moved_at = 0.0
        self._one_at_a_time = asyncio.Lock()
        self._keeping: asyncio.Task[None] | None = None

    async def tick(self, now: datetime) -> None:
        """Learn who may read what, open what opens, close what closes, send what is due."""
        async with self._one_at_a_time:
            await self.look(now)
            await self.plan(now)
            await self.rituals.deliverer.deliver_all(now)
            await self.read(now)
            self.keep(now)

    async def look(self, now: datetime) -> None:
        """Who is in the channels of what is private: known before anything is written for them."""
        await self.rituals.channels.read_some(now)
        self._moved()

    async def plan(self, now: datetime) -> None:
        """All of a tick but the sending."""
        await self.turn_rounds(now)
        for _ in range(LOOKS):  # what is left of a large company waits for the next tick, and holds up no message
            if not await self.rituals.looks.look_next(now):
                break
            self._moved()

    async def turn_rounds(self, now: datetime) -> None:
        """Open what opens, close what closes."""
        while await self.rituals.rounds.open_next(now):
            self._moved()
        while await self.rituals.rounds.close_next(now):
            self._moved()

    async def read(self, now: datetime) -> None:
        """Calendars come last, a few at a time: what a slow one holds up is the next tick alone."""
        await self.rituals.calendars.read_some(now)
        self._moved()

    def keep(self, now: datetime) -> None:
        """The archive is written beside the ticks: with years in it that takes long, and nobody should wait for it."""
        if self._keeping is None or self._keeping.done():
            self._keeping = asyncio.create_task(self._keep(now), name="archive")
            self._keeping.add_done_callback(_kept)

    async def finished(self) -> None:
        """Wait for a tick that is under way, and for an archive."""
        async with self._one_at_a_time:
            pass
        await self.kept()

    async def kept(self) -> None:
        """Wait for an archive that is being written."""
        if self._keeping:
            await asyncio.wait({self._keeping})

    async def cut_off(self) -> None:
        """An archive that is still being written is left to whoever comes next."""
        if self._keeping and not self._keeping.done():
            self._keeping.cancel()
            await asyncio.wait({self._keeping}, timeout=GIVING_BACK_SECONDS)

    def stop_soon(self) -> None:
        """Send what is on its way and claim nothing more: the rest is for whoever ticks next."""
        self.rituals.deliverer.wind_down()
        self.rituals.calendars.wind_down()
        self.rituals.channels.wind_down()
        self.rituals.archives.wind_down()

    def start_anew(self) -> None:
        """Leave a tick that hangs to itself: the ledger's leases keep it and the next one apart."""
        self._one_at_a_time = asyncio.Lock()

    async def _keep(self, now: datetime) -> None:
        while await self.rituals.archives.write_next(now):
            pass

    def _moved(self) -> None:
        self.moved_at = asyncio.get_running_loop().time()


def _kept(keeping: asyncio.Task[None]) -> None:
    error = None if keeping.cancelled() else keeping.exception()
    if error:
        log.error("archive failed", exc_info=error)
