"""Rounds and the asks in them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from okr.rounds import Ask, Round, RoundState
from storage.columns import new_id
from storage.tables import AskRow, RoundRow

REMEMBERED = timedelta(days=100)
"""How far back closed rounds are looked at for staleness: longer than any monthly rhythm with its grace."""


async def by_id(tx: AsyncSession, workspace: str, round_id: str) -> Round:
    return _round(await tx.get_one(RoundRow, (workspace, round_id)))


async def of_team(tx: AsyncSession, workspace: str, team_id: str, day: date) -> Round | None:
    found = await tx.exec(
        select(RoundRow).where(RoundRow.workspace_id == workspace, RoundRow.team_id == team_id, RoundRow.date == day)
    )
    row = found.one_or_none()
    return _round(row) if row else None


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
    """Make the round of a team's nominal day, or move the one that an early answer made on to `state`."""
    found = await tx.exec(
        select(RoundRow).where(RoundRow.workspace_id == workspace, RoundRow.team_id == team_id, RoundRow.date == day)
    )
    row = found.one_or_none() or RoundRow(
        workspace_id=workspace,
        id=new_id(),
        team_id=team_id,
        date=day,
        state=state,
        opens_at=opens_at,
        closes_at=closes_at,
    )
    row.state, row.opens_at, row.closes_at, row.missed = state, opens_at, closes_at, missed
    tx.add(row)
    await tx.flush()
    return _round(row)


async def newest(tx: AsyncSession, workspace: str, team_ids: Iterable[str]) -> dict[str, list[Round]]:
    """The remembered rounds of each team that have opened, the newest first."""
    found = await tx.exec(
        select(RoundRow)
        .where(
            RoundRow.workspace_id == workspace,
            col(RoundRow.team_id).in_(set(team_ids)),
            col(RoundRow.state) != RoundState.PLANNED,
            ~col(RoundRow.missed),
        )
        .order_by(col(RoundRow.date).desc())
        .limit(400)
    )
    rounds: dict[str, list[Round]] = {}
    for row in found:
        rounds.setdefault(row.team_id, []).append(_round(row))
    return {team: [one for one in many if one.date >= many[0].date - REMEMBERED] for team, many in rounds.items()}


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


async def close_due(tx: AsyncSession, now: datetime) -> tuple[str, Round] | None:
    """Close the open round, of any workspace, whose digest is due; only one caller gets it."""
    found = await tx.exec(
        select(RoundRow)
        .where(col(RoundRow.state) == RoundState.OPEN, col(RoundRow.closes_at) <= now)
        .order_by(col(RoundRow.closes_at))
        .limit(1)
    )
    row = found.one_or_none()
    if row is None:
        return None
    result = await tx.exec(
        update(RoundRow)
        .where(
            col(RoundRow.workspace_id) == row.workspace_id,
            col(RoundRow.id) == row.id,
            col(RoundRow.state) == RoundState.OPEN,
        )
        .values(state=RoundState.CLOSED)
    )
    return (row.workspace_id, _round(row)) if result.rowcount == 1 else None


async def next_closing(tx: AsyncSession, after: datetime) -> datetime | None:
    """When the next open round closes."""
    found = await tx.exec(
        select(RoundRow.closes_at)
        .where(col(RoundRow.state) == RoundState.OPEN, col(RoundRow.closes_at) > after)
        .order_by(col(RoundRow.closes_at))
        .limit(1)
    )
    return found.one_or_none()


async def ask(tx: AsyncSession, workspace: str, asks: Sequence[Ask]) -> None:
    tx.add_all(
        AskRow(
            workspace_id=workspace,
            round_id=one.round_id,
            key_result_id=one.key_result_id,
            person_id=one.person_id,
            date=one.date,
            due_at=one.due_at,
            excused=one.excused,
        )
        for one in asks
    )
    await tx.flush()


async def asks_of_round(tx: AsyncSession, workspace: str, round_id: str) -> list[Ask]:
    found = await tx.exec(select(AskRow).where(AskRow.workspace_id == workspace, AskRow.round_id == round_id))
    return [_ask(row) for row in found]


async def asks_of_person(tx: AsyncSession, workspace: str, person_id: str, day: date) -> list[tuple[Ask, Round]]:
    """What a person is asked on a local date, over all their teams."""
    found = await tx.exec(
        select(AskRow, RoundRow)
        .join(
            RoundRow,
            (col(RoundRow.workspace_id) == col(AskRow.workspace_id)) & (col(RoundRow.id) == col(AskRow.round_id)),
        )
        .where(AskRow.workspace_id == workspace, AskRow.person_id == person_id, AskRow.date == day)
    )
    return [(_ask(one), _round(row)) for one, row in found]


async def asked_in(
    tx: AsyncSession, workspace: str, round_ids: Iterable[str], key_result_ids: Iterable[str]
) -> dict[tuple[str, str], Ask]:
    """The asks of these key results in these rounds, by (round, key result); excused ones are left out."""
    found = await tx.exec(
        select(AskRow).where(
            AskRow.workspace_id == workspace,
            col(AskRow.round_id).in_(set(round_ids)),
            col(AskRow.key_result_id).in_(set(key_result_ids)),
            ~col(AskRow.excused),
        )
    )
    return {(row.round_id, row.key_result_id): _ask(row) for row in found}


def _round(row: RoundRow) -> Round:
    return Round(row.id, row.team_id, row.date, row.state, row.opens_at, row.closes_at)


def _ask(row: AskRow) -> Ask:
    return Ask(row.round_id, row.key_result_id, row.person_id, row.date, row.due_at, row.excused)
