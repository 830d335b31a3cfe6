"""Rounds and the asks in them."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from functools import cache

from sqlalchemy import ColumnElement, bindparam, literal_column, union_all, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from okr.rounds import Round, RoundState
from storage.columns import UTCDateTime, new_id
from storage.inserts import insert_new
from storage.tables import RoundRow, TeamRow
from storage.teams import is_company
from storage.walks import in_eights, names

OPEN: ColumnElement[str] = literal_column("'open'")
"""A literal: the partial index of open rounds is only used where the statement itself says so."""
NEWEST = 10
"""How many rounds of a team are looked at for staleness: those of a daily rhythm within the grace, and one before."""


async def by_id(tx: AsyncSession, workspace: str, round_id: str) -> Round:
    return round_of(await tx.get_one(RoundRow, (workspace, round_id)))


async def some(tx: AsyncSession, workspace: str, ids: Iterable[str]) -> dict[str, Round]:
    """These rounds by id; those that are gone are left out."""
    found = await tx.exec(select(RoundRow).where(RoundRow.workspace_id == workspace, col(RoundRow.id).in_(set(ids))))
    return {row.id: round_of(row) for row in found}


async def of_team(tx: AsyncSession, workspace: str, team_id: str, day: date) -> Round | None:
    found = await tx.exec(
        select(RoundRow).where(RoundRow.workspace_id == workspace, RoundRow.team_id == team_id, RoundRow.date == day)
    )
    row = found.one_or_none()
    return round_of(row) if row else None


async def put(
    tx: AsyncSession,
    workspace: str,
    team_id: str,
    day: date,
    state: RoundState,
    *,
    opens_at: datetime,
    closes_at: datetime,
    missed: bool = False,
) -> Round:
    """Make the round of a team's nominal day, or move the one that an early answer made on to `state`.

    A round that has opened never goes back: whoever planned it a moment too late gets it as it is.
    """
    made = RoundRow(
        workspace_id=workspace,
        id=new_id(),
        team_id=team_id,
        date=day,
        state=state,
        opens_at=opens_at,
        closes_at=closes_at,
        missed=missed,
    )
    if await insert_new(tx, made, ("workspace_id", "team_id", "date")):
        return round_of(made)
    found = await tx.exec(
        select(RoundRow)
        .where(RoundRow.workspace_id == workspace, RoundRow.team_id == team_id, RoundRow.date == day)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    row = found.one()
    if row.state is RoundState.PLANNED:
        row.state, row.opens_at, row.closes_at, row.missed = state, opens_at, closes_at, missed
        await tx.flush()
    return round_of(row)


async def move_planned(
    tx: AsyncSession, workspace: str, team_id: str, day: date, to: date, *, opens_at: datetime, closes_at: datetime
) -> None:
    """What was answered early stays answered when the round comes on another day, unless that day has one."""
    if await of_team(tx, workspace, team_id, to):
        return
    await tx.exec(
        update(RoundRow)
        .where(
            col(RoundRow.workspace_id) == workspace,
            col(RoundRow.team_id) == team_id,
            col(RoundRow.date) == day,
            col(RoundRow.state) == RoundState.PLANNED,
        )
        .values(date=to, opens_at=opens_at, closes_at=closes_at)
        .execution_options(synchronize_session="fetch")
    )


async def newest(
    tx: AsyncSession,
    workspace: str,
    team_ids: Iterable[str],
    *,
    until: datetime | None = None,
    opened_by: datetime | None = None,
) -> dict[str, list[Round]]:
    """The newest rounds of each team that have opened, the newest first; one limited index walk per team.

    With `until` those that had opened by then, as they were; with `opened_by` the same ones, as they are now.
    """
    found: dict[str, list[Round]] = {}
    bound = until or opened_by
    past = {"until": bound} if bound else {}
    for few in in_eights(sorted(set(team_ids))):
        walks = _walks(len(few), past=bound is not None)
        for row in await tx.exec(walks, params={"of_workspace": workspace, **past, **few}):
            one = round_of(row)
            found.setdefault(row.team_id, []).append(one.as_of(until) if until else one)
    return found


@cache
def _walks(count: int, *, past: bool = False) -> SelectOfScalar[RoundRow]:
    opened = [col(RoundRow.opens_at) <= bindparam("until", type_=UTCDateTime)] if past else []
    walks = [
        select(RoundRow.id)
        .where(
            col(RoundRow.workspace_id) == bindparam("of_workspace"),
            col(RoundRow.team_id) == bindparam(name),
            col(RoundRow.state) != RoundState.PLANNED,
            ~col(RoundRow.missed),
            *opened,
        )
        .order_by(col(RoundRow.date).desc())
        .limit(NEWEST)
        .subquery()
        for name in names(count)
    ]
    return (
        select(RoundRow)
        .where(
            col(RoundRow.workspace_id) == bindparam("of_workspace"),
            col(RoundRow.id).in_(union_all(*(select(walk.c.id) for walk in walks))),
        )
        .order_by(col(RoundRow.date).desc())
    )


async def missed_since(tx: AsyncSession, workspace: str, team_id: str, day: date) -> list[date]:
    """Nominal days before `day` on which nobody could be asked, back to the last round that took place."""
    found = await tx.exec(
        select(RoundRow)
        .where(RoundRow.workspace_id == workspace, RoundRow.team_id == team_id, col(RoundRow.date) < day)
        .order_by(col(RoundRow.date).desc())
        .limit(12)
    )
    days = []
    for row in found:
        if not row.missed:
            break
        days.append(row.date)
    return days[::-1]


async def to_close(tx: AsyncSession, now: datetime, *, but: Collection[str] = ()) -> tuple[str, Round] | None:
    """(workspace, round): the open one whose digest has been due the longest; `but` names rounds to pass over."""
    found = await tx.exec(
        select(RoundRow)
        .where(col(RoundRow.state) == OPEN, col(RoundRow.closes_at) <= now, col(RoundRow.id).not_in(but))
        .order_by(col(RoundRow.closes_at), col(RoundRow.id))
        .limit(1)
    )
    row = found.one_or_none()
    return (row.workspace_id, round_of(row)) if row else None


async def close(tx: AsyncSession, workspace: str, round_id: str) -> bool:
    """Close an open round; False when somebody else has just done so."""
    result = await tx.exec(
        update(RoundRow)
        .where(
            col(RoundRow.workspace_id) == workspace,
            col(RoundRow.id) == round_id,
            col(RoundRow.state) == OPEN,
        )
        .values(state=RoundState.CLOSED)
    )
    return bool(result.rowcount == 1)


async def newest_closed_of_company(tx: AsyncSession, workspace: str) -> Round | None:
    """The last round that took place and is over, of the team that stands for the company."""
    company = select(TeamRow.id).where(TeamRow.workspace_id == workspace, is_company()).scalar_subquery()
    found = await tx.exec(
        select(RoundRow)
        .where(
            RoundRow.workspace_id == workspace,
            col(RoundRow.team_id) == company,
            col(RoundRow.state) == RoundState.CLOSED,
            ~col(RoundRow.missed),
        )
        .order_by(col(RoundRow.date).desc())
        .limit(1)
    )
    row = found.one_or_none()
    return round_of(row) if row else None


async def every_open(tx: AsyncSession, workspace: str) -> list[Round]:
    """The rounds of all teams that are open, the one that closes first in front."""
    found = await tx.exec(
        select(RoundRow)
        .where(RoundRow.workspace_id == workspace, col(RoundRow.state) == OPEN)
        .order_by(col(RoundRow.closes_at), col(RoundRow.id))
    )
    return [round_of(row) for row in found]


async def next_closing(tx: AsyncSession, after: datetime) -> datetime | None:
    """When the next open round closes."""
    found = await tx.exec(
        select(RoundRow.closes_at)
        .where(col(RoundRow.state) == OPEN, col(RoundRow.closes_at) > after)
        .order_by(col(RoundRow.closes_at))
        .limit(1)
    )
    return found.one_or_none()


def round_of(row: RoundRow) -> Round:
    return Round(row.id, row.team_id, row.date, row.state, row.opens_at, row.closes_at)
