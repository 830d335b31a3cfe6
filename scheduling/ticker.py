"""One tick: run each step until there is no more."""

import asyncio
from datetime import datetime

from rituals.bundle import Rituals


class Ticker:
    """Due times are rows; a tick only asks for those that have come."""

    def __init__(self, rituals: Rituals) -> None:
        self.rituals = rituals
        self._one_at_a_time = asyncio.Lock()

    async def tick(self, now: datetime) -> None:
        """Open what opens, close what closes, send what is due."""
        async with self._one_at_a_time:
            while await self.rituals.rounds.open_next(now):
                pass
            while await self.rituals.rounds.close_next(now):
                pass
            await self.rituals.deliverer.deliver_all(now)

    async def finished(self) -> None:
        """Wait for a tick that is under way."""
        async with self._one_at_a_time:
            pass
