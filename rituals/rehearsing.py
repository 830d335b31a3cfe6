"""Living through the days to come in a copy of the memory, with the very rituals that keep them: nothing is sent, and
nothing is written where it lasts.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from blocks.message import Message
from rituals.agenda import Agenda
from rituals.deliverer import Deliverer
from rituals.looks import Looks
from rituals.messenger import Attachment, Channel, Insiders, Member, Posted
from rituals.pacing import Limits
from rituals.rounds import Rounds
from storage import rehearsal
from storage.claims import Patience
from storage.database import Database
from storage.rehearsal import Copy

UNHURRIED = Limits(posts_per_minute=1e9, updates_per_minute=1e9, channel_per_second=1e9)
PATIENT = Patience(lease=timedelta(days=1))


@dataclass(frozen=True)
class Rehearsed:
    """The memory as it would be, and what would have been said, by delivery."""

    database: Database
    said: Mapping[str, Message]


@asynccontextmanager
async def rehearsed(copy: Copy, now: datetime, until: datetime) -> AsyncIterator[Rehearsed]:
    """Live from one moment to another, as if nobody answered and nothing changed."""
    async with rehearsal.opened(copy) as database:
        notebook = Notebook()
        await _live(database, notebook, now, until)
        yield Rehearsed(database, notebook.said)


async def _live(database: Database, notebook: "Notebook", now: datetime, until: datetime) -> None:
    """Stop at every due moment, as a tick would that is never late."""
    rounds, looks, agenda = Rounds(database), Looks(database), Agenda(database)
    deliverer = Deliverer(database, notebook, patience=PATIENT, limits=UNHURRIED, connections=1)
    moment: datetime | None = now
    while moment and moment <= until:
        while await rounds.open_next(moment):
            pass
        while await rounds.close_next(moment):
            pass
        while await looks.look_next(moment):
            pass
        async with database.transaction() as tx:
            await rehearsal.leave_as_they_are(tx)
        await deliverer.deliver_some(moment)
        upcoming = await agenda.next(moment)
        moment = upcoming.at if upcoming else None


class Notebook:
    """A messenger that keeps what it is given instead of sending it."""

    def __init__(self) -> None:
        self.said: dict[str, Message] = {}

    async def post(
        self, workspace: str, channel: str, message: Message, *, delivery: str, thread: str | None = None
    ) -> Posted:
        self.said[delivery] = message
        return Posted(channel, f"{len(self.said)}.000000")

    async def update(self, workspace: str, at: Posted, message: Message) -> None:
        pass

    async def find(
        self, workspace: str, channel: str, *, delivery: str, since: float, thread: str | None = None
    ) -> list[Posted]:
        return []

    async def delete(self, workspace: str, at: Posted) -> None:
        pass

    async def send_file(self, workspace: str, slack_id: str, file: Attachment, message: Message) -> Posted:
        return await self.post(workspace, slack_id, message, delivery=file.name)

    async def publish_home(self, workspace: str, slack_id: str, view: Mapping[str, Any]) -> None:
        pass

    async def member(self, workspace: str, slack_id: str) -> Member | None:
        return None

    async def members(self, workspace: str) -> list[Member]:
        return []

    async def channels(self, workspace: str) -> list[Channel]:
        return []

    async def channel(self, workspace: str, slack_id: str) -> Channel | None:
        return None

    async def inside(self, workspace: str, slack_id: str) -> list[str]:
        return []

    async def insiders(self, workspace: str, slack_id: str) -> Insiders:
        return Insiders(frozenset(), private=False)
