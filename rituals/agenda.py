"""What comes next by itself, and when."""

from dataclasses import dataclass
from datetime import datetime

from okr.deliveries import Kind
from storage import deliveries, rounds, teams
from storage.database import Database, Transaction


@dataclass(frozen=True)
class Upcoming:
    """`what` is plain English, for whoever looks after the bot."""

    at: datetime
    what: str


class Agenda:
    """Reads due times; they are rows, so this needs no reckoning."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def overdue(self, now: datetime) -> float:
        """For how many seconds the oldest message still to be sent has been due; 0 when none is."""
        async with self.database.reading() as tx:
            return await overdue(tx, now)

    async def next(self, after: datetime, *, looks: bool = True) -> Upcoming | None:
        """The first thing due strictly after a moment, in any workspace; without `looks` the first anybody sees."""
        async with self.database.reading() as tx:
            opening = await teams.next_opening(tx, after)
            closing = await rounds.next_closing(tx, after)
            message = await deliveries.next_due(tx, after)
            look = await teams.next_look(tx, after) if looks else None
        found = []
        if opening:
            found.append(Upcoming(opening, "a check-in opens"))
        if closing:
            found.append(Upcoming(closing, "a digest is posted"))
        if message:
            found.append(Upcoming(message[0], _MESSAGES[message[1]]))
        if look:
            found.append(Upcoming(look, "the key results of a team are looked at"))
        return min(found, key=lambda one: one.at, default=None)


async def overdue(tx: Transaction, now: datetime, workspace: str | None = None) -> float:
    """For how many seconds the oldest message still to be sent, in a workspace or in all, has been due."""
    oldest = await deliveries.oldest_due(tx, now, workspace)
    return (now - oldest).total_seconds() if oldest else 0


_MESSAGES = {
    Kind.PROMPT: "somebody is asked",
    Kind.REMINDER: "a reminder is due",
    Kind.DIGEST: "a digest is posted",
    Kind.NOTICE: "a lead gets a notice",
}
