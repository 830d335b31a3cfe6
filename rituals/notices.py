"""What a lead is told on a Monday: everything that came up since, once."""

from datetime import datetime

from blocks import notice as words
from blocks.language import language
from blocks.message import Message
from okr import cadence
from okr.deliveries import Delivery
from rituals.prompts import Nothing
from storage import flags, key_results, people, standings
from storage.database import Database


class Notices:
    """Draws notices from today's data."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def message(self, delivery: Delivery, now: datetime) -> Message | Nothing:
        """The key results that lost their owner, as far as nobody has taken them over meanwhile."""
        assert delivery.person_id is not None  # noqa: S101 - notices are owed to a person
        assert delivery.date is not None  # noqa: S101 - about a date
        async with self.database.reading() as tx:
            lead = (await people.some(tx, delivery.workspace, [delivery.person_id]))[delivery.person_id]
            told = await flags.for_person(tx, delivery.workspace, lead.id, delivery.date)
            found = await key_results.some(tx, delivery.workspace, [id for _, id in told])
            today = cadence.local_date(now, lead.zone)
            all_of_them = await standings.gather(tx, delivery.workspace, found, now=now, today=today)
        left = [one for one in all_of_them if one.asked.deactivated]
        if not left or lead.deactivated:
            return Nothing("nothing left to tell")
        return words.render(left, language(lead.locale), lead.zone)

    async def address(self, delivery: Delivery) -> str:
        assert delivery.person_id is not None  # noqa: S101 - notices are owed to a person
        async with self.database.reading() as tx:
            return await people.address(tx, delivery.workspace, delivery.person_id)
