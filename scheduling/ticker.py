"""One tick: run each step until there is no more."""

import asyncio
from datetime import datetime

from rituals.bundle import Rituals


class Ticker:
    """Due times are rows; a tick only asks for those that have come. `moved_at` is when a step was last done, on
    the event loop's clock.
    """

    def __init__(self, rituals: Rituals) -> None:
        self.rituals = rituals
        self.moved_at = 0.0
        self._one_at_a_time = asyncio.Lock()

    async def tick(self, now: datetime) -> None:
        """Learn who may read what, open what opens, close what closes, send what is due."""
        async with self._one_at_a_time:
            await self.look(now)
            await self.plan(now)
            await self.rituals.deliverer.deliver_all(now)
            await self.read(now)

    async def look(self, now: datetime) -> None:
        """Who is in the channels of what is private: known before anything is written for them."""
        await self.rituals.channels.read_some(now)
        self._moved()

    async def plan(self, now: datetime) -> None:
        """All of a tick but the sending."""
        while await self.rituals.rounds.open_next(now):
            self._moved()
        while await self.rituals.rounds.close_next(now):
            self._moved()

    async def read(self, now: datetime) -> None:
        """Calendars come last, a few at a time: what a slow one holds up is the next tick alone."""
        await self.rituals.calendars.read_some(now)
        self._moved()

    async def finished(self) -> None:
        """Wait for a tick that is under way."""
        async with self._one_at_a_time:
            pass

    def stop_soon(self) -> None:
        """Send what is on its way and claim nothing more: the rest is for whoever ticks next."""
        self.rituals.deliverer.wind_down()
        self.rituals.calendars.wind_down()
        self.rituals.channels.wind_down()

    def start_anew(self) -> None:
        """Leave a tick that hangs to itself: the ledger's leases keep it and the next one apart."""
        self._one_at_a_time = asyncio.Lock()

    def _moved(self) -> None:
        self.moved_at = asyncio.get_running_loop().time()
