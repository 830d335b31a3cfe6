"""Rounds and the asks in them."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from functools import cache

from sqlalchemy import bindparam, union_all, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from okr.rounds import Ask, Round, RoundState
from storage.columns import new_id
from storage.inserts import insert_new
from storage.tables import AskRow, RoundRow
from storage.walks import in_eights, names

NEWEST = 10
"""How many rounds of a team are looked at for staleness: those of a daily rhythm within the grace, and one before."""


async def by_id(tx: AsyncSession, workspace: str, round_id: str) -> Round:
    return _round(await tx.get_one(RoundRow, (workspace, round_id)))


async def some(tx: AsyncSession, workspace: str, ids: Iterable[str]) -> dict[str, Round]:
    """These rounds by id; those that are gone are left out."""
    found = await tx.exec(select(RoundRow).where(RoundRow.workspace_id == workspace, col(RoundRow.id).in_(set(ids))))
    return {row.id: _round(row) for row in found}


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
        return _round(made)
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
    return _round(row)


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


async def newest(tx: AsyncSession, workspace: str, team_ids: Iterable[str]) -> dict[str, list[Round]]:
    """The newest rounds of each team that have opened, the newest first; one limited index walk per team."""
    found: dict[str, list[Round]] = {}
    for few in in_eights(sorted(set(team_ids))):
        for row in await tx.exec(_walks(len(few)), params={"of_workspace": workspace, **few}):
            found.setdefault(row.team_id, []).append(_round(row))
    return found


@cache
def _walks(count: int) -> SelectOfScalar[RoundRow]:
    walks = [
        select(RoundRow.id)
        .where(
            col(RoundRow.workspace_id) == bindparam("of_workspace"),
            col(RoundRow.team_id) == bindparam(name),
            col(RoundRow.state) != RoundState.PLANNED,
            ~col(RoundRow.missed),
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
        .where(col(RoundRow.state) == RoundState.OPEN, col(RoundRow.closes_at) <= now, col(RoundRow.id).not_in(but))
        .order_by(col(RoundRow.closes_at), col(RoundRow.id))
        .limit(1)
    )
    row = found.one_or_none()
    return (row.workspace_id, _round(row)) if row else None


async def close(tx: AsyncSession, workspace: str, round_id: str) -> bool:
    """Close an open round; False when somebody else has just done so."""
    result = await tx.exec(
        update(RoundRow)
        .where(
            col(RoundRow.workspace_id) == workspace,
            col(RoundRow.id) == round_id,
            col(RoundRow.state) == RoundState.OPEN,
        )
        .values(state=RoundState.CLOSED)
    )
    return bool(result.rowcount == 1)


async def every_open(tx: AsyncSession, workspace: str) -> list[Round]:
    """The rounds of all teams that are open, the one that closes first in front."""
    found = await tx.exec(
        select(RoundRow)
        .where(RoundRow.workspace_id == workspace, RoundRow.state == RoundState.OPEN)
        .order_by(col(RoundRow.closes_at), col(RoundRow.id))
    )
    return [_round(row) for row in found]


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
            excuse=one.excuse,
            grace_ends=one.grace_ends,
        )
        for one in asks
    )
    await tx.flush()


async def change_ask(tx: AsyncSession, workspace: str, changed: Ask) -> None:
    """Ask somebody else, at another time, or nobody."""
    row = await tx.get_one(AskRow, (workspace, changed.round_id, changed.key_result_id))
    row.person_id, row.date, row.due_at = changed.person_id, changed.date, changed.due_at
    row.excuse, row.grace_ends = changed.excuse, changed.grace_ends
    await tx.flush()


async def asks_of_rounds(tx: AsyncSession, workspace: str, round_ids: Iterable[str]) -> dict[str, list[Ask]]:
    """The asks of these rounds, by round."""
    asked: dict[str, list[Ask]] = {id: [] for id in round_ids}
    for row in await tx.exec(
        select(AskRow).where(AskRow.workspace_id == workspace, col(AskRow.round_id).in_(set(asked)))
    ):
        asked[row.round_id].append(_ask(row))
    return asked


async def asks_of_round(tx: AsyncSession, workspace: str, round_id: str) -> list[Ask]:
    found = await tx.exec(select(AskRow).where(AskRow.workspace_id == workspace, AskRow.round_id == round_id))
    return [_ask(row) for row in found]


async def asks_of_person(tx: AsyncSession, workspace: str, person_id: str, day: date) -> list[tuple[Ask, Round]]:
    """What a person is asked on a local date, over all their teams."""
    return (await asks_of_people(tx, workspace, [(person_id, day)])).get((person_id, day), [])


async def excused_of_person(tx: AsyncSession, workspace: str, person_id: str, day: date) -> list[tuple[Ask, Round]]:
    """What a person would have been asked on a local date."""
    found = await tx.exec(
        select(AskRow, RoundRow)
        .join(
            RoundRow,
            (col(RoundRow.workspace_id) == col(AskRow.workspace_id)) & (col(RoundRow.id) == col(AskRow.round_id)),
        )
        .where(
            AskRow.workspace_id == workspace,
            AskRow.person_id == person_id,
            AskRow.date == day,
            col(AskRow.excuse).is_not(None),
        )
    )
    return [(_ask(one), _round(row)) for one, row in found]


async def asks_of_people(
    tx: AsyncSession, workspace: str, subjects: Sequence[tuple[str, date]]
) -> dict[tuple[str, date], list[tuple[Ask, Round]]]:
    """What these persons are asked on these local dates; what was excused is left out."""
    found = await tx.exec(
        select(AskRow, RoundRow)
        .join(
            RoundRow,
            (col(RoundRow.workspace_id) == col(AskRow.workspace_id)) & (col(RoundRow.id) == col(AskRow.round_id)),
        )
        .where(
            AskRow.workspace_id == workspace,
            col(AskRow.person_id).in_({person_id for person_id, _ in subjects}),
            col(AskRow.date).in_({day for _, day in subjects}),
            col(AskRow.excuse).is_(None),
        )
    )
    asked: dict[tuple[str, date], list[tuple[Ask, Round]]] = {}
    wanted = set(subjects)
    for one, row in found:
        if (one.person_id, one.date) in wanted:
            asked.setdefault((one.person_id, one.date), []).append((_ask(one), _round(row)))
    return asked


async def open_asks(tx: AsyncSession, workspace: str, person_id: str) -> list[str]:
    """The key results that open rounds ask this person for, also in somebody's place."""
    found = await tx.exec(
        select(AskRow.key_result_id)
        .join(
            RoundRow,
            (col(RoundRow.workspace_id) == col(AskRow.workspace_id)) & (col(RoundRow.id) == col(AskRow.round_id)),
        )
        .where(
            AskRow.workspace_id == workspace,
            AskRow.person_id == person_id,
            col(AskRow.excuse).is_(None),
            RoundRow.state == RoundState.OPEN,
        )
        .order_by(col(AskRow.key_result_id))
    )
    return list(found.all())


async def asked_in(
    tx: AsyncSession, workspace: str, round_ids: Iterable[str], key_result_ids: Iterable[str]
) -> dict[tuple[str, str], Ask]:
    """The asks of these key results in these rounds, by (round, key result), also those that were excused."""
    found = await tx.exec(
        select(AskRow).where(
            AskRow.workspace_id == workspace,
            col(AskRow.round_id).in_(set(round_ids)),
            col(AskRow.key_result_id).in_(set(key_result_ids)),
        )
    )
    return {(row.round_id, row.key_result_id): _ask(row) for row in found}


def _round(row: RoundRow) -> Round:
    return Round(row.id, row.team_id, row.date, row.state, row.opens_at, row.closes_at)


def _ask(row: AskRow) -> Ask:
    return Ask(
        round_id=row.round_id,
        key_result_id=row.key_result_id,
        person_id=row.person_id,
        date=row.date,
        due_at=row.due_at,
        excuse=row.excuse,
        grace_ends=row.grace_ends,
    )
