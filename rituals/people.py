"""Keeping the company's people as Slack knows them, and telling a lead when an owner has left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from okr.goals import Person
from rituals.absences import note_status, settle
from rituals.messenger import Member, Messenger
from rituals.owners import contact
from rituals.refusals import tell_leads
from rituals.rounds import replan
from storage import flags, people, teams
from storage.database import Database, Transaction


class People:
    """Each method is one transaction."""

    def __init__(self, database: Database, messenger: Messenger) -> None:
        self.database = database
        self.messenger = messenger
        self._heard_of = set[tuple[str, str]]()
        """Those of whom there was news: what a list that was being read says of them is older."""

    async def refresh(self, workspace: str, member: Member, now: datetime) -> None:
        """One person has changed in Slack: zone, locale, name, deactivated. Strangers are not kept."""
        self._heard_of.add((workspace, member.slack_id))
        async with self.database.transaction() as tx:
            await teams.lock_planning(tx, workspace)
            await _refresh(tx, workspace, [member], now)

    async def refresh_all(self, workspace: str, now: datetime) -> None:
        """Bring everybody up to date, at start: events may have been lost while nobody was listening.

        Whatever was planned is reckoned anew: the rules of a zone may be others than when it was.
        """
        self._heard_of.clear()
        members = await self.messenger.members(workspace)
        async with self.database.transaction() as tx:
            await teams.lock_planning(tx, workspace)
            latest = [one for one in members if (workspace, one.slack_id) not in self._heard_of]
            await _refresh(tx, workspace, latest, now, replanned=True)

    async def note_home(self, workspace: str, person_id: str) -> None:
        """Remember that this person has opened the Home tab."""
        async with self.database.transaction() as tx:
            await people.note_home(tx, workspace, person_id)

    async def has_home(self, workspace: str, person_id: str) -> bool:
        async with self.database.reading() as tx:
            return await people.has_home(tx, workspace, person_id)


@dataclass(frozen=True)
class _News:
    """Somebody's leave has changed, or they `moved`: their hours lie elsewhere, or there are none any more."""

    person_id: str
    moved: bool


async def _refresh(
    tx: Transaction, workspace: str, members: Sequence[Member], now: datetime, *, replanned: bool = False
) -> None:
    """Keep what Slack says of those the company names, and decide anew what follows from it."""
    told = {one.slack_id: one for one in members if not one.is_bot}
    news = [
        await _note(tx, workspace, before, after, told[after.slack_id], now)
        for before, after in await people.refresh(tx, workspace, [contact(one) for one in told.values()])
    ]
    found = [one for one in news if one]
    moved = replanned or any(one.moved for one in found)
    if moved:
        await replan(tx, workspace, now, moved=True)
    for one in found:
        await settle(tx, workspace, one.person_id, now, planned=moved)


async def _note(
    tx: Transaction, workspace: str, before: Person, after: Person, member: Member, now: datetime
) -> _News | None:
    """None when nothing of it matters to anybody's hours."""
    if after.deactivated and not before.deactivated:
        await tell_leads(tx, workspace, flags.OWNER_LEFT, after, now)
    leave = await note_status(tx, workspace, after, member, now)
    moved = (before.zone, before.deactivated) != (after.zone, after.deactivated)
    return _News(after.id, moved) if moved or leave else None
