"""A machine so slow that a claim runs out before all of it is drawn: it claims less at once, and gets there."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.app import build
from bot.settings import Settings
from faults.town import DUE, Town
from okr.deliveries import Delivery, Kind
from rituals.deliverer import Deliverer
from rituals.drawing import Drawing, Drawn
from rituals.pacing import Limits
from storage.claims import Patience

PEOPLE = 60
SECONDS_EACH = 0.02


class Slow:
    """Draws as another does, and takes its time over each."""

    def __init__(self, drawing: Drawing) -> None:
        self.drawing = drawing

    async def draw(self, workspace: str, deliveries: Sequence[Delivery], now: datetime) -> Mapping[str, Drawn]:
        await asyncio.sleep(SECONDS_EACH * len(deliveries))
        return await self.drawing.draw(workspace, deliveries, now)


async def test_everybody_is_asked_by_a_machine_that_cannot_draw_a_whole_claim_in_time(sqlite_url: str) -> None:
    lease = timedelta(seconds=PEOPLE * SECONDS_EACH)
    async with Town(PEOPLE) as town:
        await town.open_in(sqlite_url)
        async with await build(Settings(_env_file=None, **town.settings(sqlite_url))) as bot:
            limits = Limits(posts_per_minute=60_000, channel_per_second=1000)
            patience = Patience(lease=lease, quarantine=lease)
            deliverer = Deliverer(bot.database, bot.rituals.messenger, patience=patience, limits=limits)
            slow = Slow(deliverer.drawings[Kind.PROMPT])
            deliverer.drawings = {**deliverer.drawings, Kind.PROMPT: slow}
            async with asyncio.timeout(30):
                await deliverer.deliver_all(DUE)
        assert [len(person.reads()) for person in town.people] == [1] * PEOPLE
