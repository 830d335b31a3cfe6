"""A process in which several people answer the same key results at once, through the ritual that records answers."""

import asyncio
from collections.abc import Iterable
from decimal import Decimal

from bot import logs
from faults.town import DUE
from okr.authority import Actor
from okr.checkins import Answer, Via
from okr.confidence import Confidence
from rituals.checkins import Checkins
from storage import key_results, people
from storage.database import Database

WRITERS = 8


def write(database_url: str, workspace: str, numbers: range) -> None:
    """Record an answer for each number on every key result, so many writers at a time; any error ends the process."""
    logs.configure("CRITICAL")
    asyncio.run(_write(database_url, workspace, numbers))


async def _write(database_url: str, workspace: str, numbers: range) -> None:
    database = Database(database_url)
    checkins = Checkins(database)
    async with database.reading() as tx:
        everybody = await people.every(tx, workspace)
        ids = [one.id for one in await key_results.active(tx, workspace)]
    admin = Actor("U0ADMIN", next(iter(everybody.values())), admin=True)

    async def writer(mine: Iterable[int]) -> None:
        for number in mine:
            answers = [Answer(id, Decimal(number), Confidence.GREEN.given) for id in ids]
            await checkins.record(workspace, admin, answers, via=Via.MODAL, source=f"form {number}", now=DUE)

    await asyncio.gather(*(writer(numbers[first::WRITERS]) for first in range(WRITERS)))
    await database.close()
