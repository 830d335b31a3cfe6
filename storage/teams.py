"""Teams, and when each opens its next round."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, literal, update
from sqlalchemy.orm import aliased
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from okr.absence import DayOff
from okr.cadence import Rhythm
from okr.goals import Team
from storage.columns import UTCDateTime
from storage.tables import TeamMemberRow, TeamRow, WorkspaceRow


class Due(NamedTuple):
    """A team whose round should open: `seen` is the value a claim must still find."""

    workspace: str
    team_id: str
    seen: datetime


async def every(tx: AsyncSession, workspace: str) -> dict[str, Team]:
    """All teams by id, parents and children alike, in the order of their names."""
    return await _find(tx, workspace, None)


async def some(tx: AsyncSession, workspace: str, ids: Iterable[str]) -> dict[str, Team]:
    """These teams by id, in the order of their names."""
    wanted = set(ids)
    return await _find(tx, workspace, wanted) if wanted else {}


async def upwards(tx: AsyncSession, workspace: str, of: Team) -> dict[str, Team]:
    """A team and those above it, up to the top; who works in those above is left out."""
    line = {of.id: of}
    above = of.parent_id
    while above and above not in line:
        row = await tx.get_one(TeamRow, (workspace, above))
        line[row.id] = team(row, (), is_company=row.parent_id is None)
        above = row.parent_id
    return line


async def _find(tx: AsyncSession, workspace: str, ids: set[str] | None) -> dict[str, Team]:
    which = [] if ids is None else [col(TeamRow.id).in_(ids)]
    whose = [] if ids is None else [col(TeamMemberRow.team_id).in_(ids)]
    members: dict[str, list[str]] = defaultdict(list)
    inside = await tx.exec(
        select(TeamMemberRow.team_id, TeamMemberRow.person_id)
        .where(TeamMemberRow.workspace_id == workspace, *whose)
        .order_by(col(TeamMemberRow.person_id))
    )
    for team_id, person_id in inside:
        members[team_id].append(person_id)
    rows = await tx.exec(
        select(TeamRow, is_company()).where(TeamRow.workspace_id == workspace, *which).order_by(col(TeamRow.name))
    )
    return {row.id: team(row, tuple(members[row.id]), is_company=is_company) for row, is_company in rows}


@cache
def is_company() -> ColumnElement[bool]:
    """Whether a team is the top one and has others below it: all teams form one tree. Built once, for an alias is
    costly and teams are read all the time.
    """
    below = aliased(TeamRow)
    others = select(below.id).where(
        col(below.workspace_id) == col(TeamRow.workspace_id), col(below.parent_id).is_not(None)
    )
    return and_(col(TeamRow.parent_id).is_(None), others.correlate(TeamRow).exists())


async def due(tx: AsyncSession, now: datetime, *, but: Collection[str] = ()) -> Due | None:
    """The team, of any workspace, that has waited longest for its round to open; `but` names teams to pass over."""
    found = await tx.exec(
        select(TeamRow)
        .where(col(TeamRow.opens_next) <= now, col(TeamRow.id).not_in(but))
        .order_by(col(TeamRow.opens_next), col(TeamRow.workspace_id), col(TeamRow.id))
        .limit(1)
    )
    row = found.one_or_none()
    return Due(row.workspace_id, row.id, row.opens_next) if row and row.opens_next else None


async def lock_planning(tx: AsyncSession, workspace: str) -> None:
    """Let others who plan rounds of this workspace, or decide who is asked in them, wait until this transaction has
    ended: they read what they plan from.

    SQLite lets one transaction write at a time anyway.
    """
    await tx.exec(select(WorkspaceRow.id).where(WorkspaceRow.id == workspace).with_for_update(key_share=True))


async def overdue(tx: AsyncSession, workspace: str, now: datetime) -> set[str]:
    """The teams whose round should have opened by now and has not."""
    found = await tx.exec(select(TeamRow.id).where(TeamRow.workspace_id == workspace, col(TeamRow.opens_next) <= now))
    return set(found.all())


async def claim(tx: AsyncSession, claimed: Due, *, next_date: date | None, opens_next: datetime | None) -> bool:
    """Move the team on to its next round; False when somebody else has just done so."""
    result = await tx.exec(
        update(TeamRow)
        .where(
            col(TeamRow.workspace_id) == claimed.workspace,
            col(TeamRow.id) == claimed.team_id,
            col(TeamRow.opens_next) == claimed.seen,
        )
        .values(next_date=next_date, opens_next=opens_next)
    )
    return bool(result.rowcount == 1)


async def schedule(
    tx: AsyncSession,
    workspace: str,
    team_id: str,
    *,
    next_date: date | None,
    opens_next: datetime | None,
    looks_first: datetime,
) -> None:
    """Say when the next round opens, and for a new team when it is looked at for the first time."""
    looks_next = func.coalesce(col(TeamRow.looks_next), literal(looks_first, UTCDateTime))
    await tx.exec(
        update(TeamRow)
        .where(col(TeamRow.workspace_id) == workspace, col(TeamRow.id) == team_id)
        .values(next_date=next_date, opens_next=opens_next, looks_next=looks_next)
        .execution_options(synchronize_session=False)
    )


async def to_look_at(tx: AsyncSession, now: datetime, *, but: Collection[str] = ()) -> Due | None:
    """The team, of any workspace, whose nightly look has been due the longest; `but` names teams to pass over."""
    found = await tx.exec(
        select(TeamRow)
        .where(col(TeamRow.looks_next) <= now, col(TeamRow.id).not_in(but))
        .order_by(col(TeamRow.looks_next), col(TeamRow.workspace_id), col(TeamRow.id))
        .limit(1)
    )
    row = found.one_or_none()
    return Due(row.workspace_id, row.id, row.looks_next) if row and row.looks_next else None


async def claim_look(tx: AsyncSession, claimed: Due, *, looks_next: datetime) -> bool:
    """Move the team on to its next night; False when somebody else has just done so."""
    result = await tx.exec(
        update(TeamRow)
        .where(
            col(TeamRow.workspace_id) == claimed.workspace,
            col(TeamRow.id) == claimed.team_id,
            col(TeamRow.looks_next) == claimed.seen,
        )
        .values(looks_next=looks_next)
        .execution_options(synchronize_session=False)
    )
    return bool(result.rowcount == 1)


async def next_look(tx: AsyncSession, after: datetime) -> datetime | None:
    """When the next team is looked at."""
    found = await tx.exec(
        select(TeamRow.looks_next).where(col(TeamRow.looks_next) > after).order_by(col(TeamRow.looks_next)).limit(1)
    )
    return found.one_or_none()


async def next_opening(tx: AsyncSession, after: datetime) -> datetime | None:
    """When the next round of any team opens."""
    found = await tx.exec(
        select(TeamRow.opens_next).where(col(TeamRow.opens_next) > after).order_by(col(TeamRow.opens_next)).limit(1)
    )
    return found.one_or_none()


def team(row: TeamRow, member_ids: tuple[str, ...], *, is_company: bool) -> Team:
    return Team(
        id=row.id,
        key=row.key,
        name=row.name,
        parent_id=row.parent_id,
        channel=row.channel,
        lead_id=row.lead_id,
        zone=row.zone,
        language=row.language,
        rhythm=Rhythm(
            rule=row.rule,
            at=row.at,
            whose=row.whose,
            anchor=row.anchor,
            digest_days=row.digest_days,
            digest_at=row.digest_at,
            reminders=row.reminders,
            reminder_at=row.reminder_at,
        ),
        member_ids=member_ids,
        next_date=row.next_date,
        days_off=tuple(
            DayOff(date.fromisoformat(one["first"]), date.fromisoformat(one["last"]), one["name"])
            for one in json.loads(row.days_off)
        ),
        is_company=is_company,
    )
