"""Objectives as the nightly look sees them, with the key results under them."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, or_
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from okr.definitions import KEY_RESULT, OBJECTIVE
from okr.goals import Cycle, CycleState, KeyResult, Objective, State
from okr.nightly_look import Aim
from storage import people
from storage.key_results import key_result_of
from storage.tables import CycleRow, KeyResultRow, ObjectiveRow, RevisionRow

RUNNING = (CycleState.ACTIVE, CycleState.CLOSING)


@dataclass(frozen=True)
class Pursued:
    """An active objective with its active key results."""

    aim: Aim
    key_results: tuple[KeyResult, ...]


async def of_team(tx: AsyncSession, workspace: str, team_id: str, zone: str) -> list[Pursued]:
    """What a team pursues; days are read in `zone`."""
    rows = await _rows(tx, workspace, [col(ObjectiveRow.team_id) == team_id])
    return await _pursued(tx, workspace, rows, zone)


async def around(tx: AsyncSession, workspace: str, ids: Collection[str], zone: str) -> list[Pursued]:
    """The objectives with these ids, or with a key result that has one of them."""
    above = select(KeyResultRow.objective_id).where(
        KeyResultRow.workspace_id == workspace, col(KeyResultRow.id).in_(ids)
    )
    rows = await _rows(tx, workspace, [or_(col(ObjectiveRow.id).in_(ids), col(ObjectiveRow.id).in_(above))])
    return await _pursued(tx, workspace, rows, zone)


async def changed_since(
    tx: AsyncSession, workspace: str, ids: Collection[str], since: Mapping[str, datetime]
) -> set[str]:
    """Which of these objectives and key results somebody has changed after the moment that stands beside each."""
    found = await tx.exec(
        select(RevisionRow.noun_id, func.max(RevisionRow.at))
        .where(
            RevisionRow.workspace_id == workspace,
            col(RevisionRow.noun).in_([OBJECTIVE, KEY_RESULT]),
            col(RevisionRow.noun_id).in_(ids),
        )
        .group_by(col(RevisionRow.noun_id))
    )
    return {id for id, at in found if at > since[id]}


async def _rows(
    tx: AsyncSession, workspace: str, which: Sequence[ColumnElement[bool]]
) -> list[tuple[ObjectiveRow, CycleRow]]:
    found = await tx.exec(
        select(ObjectiveRow, CycleRow)
        .join(
            CycleRow,
            (col(CycleRow.workspace_id) == col(ObjectiveRow.workspace_id))
            & (col(CycleRow.id) == col(ObjectiveRow.cycle_id)),
        )
        .where(
            ObjectiveRow.workspace_id == workspace,
            col(ObjectiveRow.state) == State.ACTIVE,
            col(CycleRow.state).in_(RUNNING),
            *which,
        )
        .order_by(col(ObjectiveRow.id))
    )
    return [(objective, cycle) for objective, cycle in found]


async def _pursued(
    tx: AsyncSession, workspace: str, rows: Sequence[tuple[ObjectiveRow, CycleRow]], zone: str
) -> list[Pursued]:
    ids = [objective.id for objective, _ in rows]
    under: dict[str, list[KeyResultRow]] = {id: [] for id in ids}
    for one in await tx.exec(
        select(KeyResultRow)
        .where(KeyResultRow.workspace_id == workspace, col(KeyResultRow.objective_id).in_(ids))
        .order_by(col(KeyResultRow.id))
    ):
        under[one.objective_id].append(one)
    owners = await people.some(tx, workspace, {one.owner_id for one, _ in rows if one.owner_id})
    written = await _written(tx, workspace, ids)
    contributed = await _contributed(tx, workspace, ids, under)
    pursued = []
    for objective, cycle in rows:
        results = tuple(key_result_of(one, objective, cycle) for one in under[objective.id])
        active = tuple(one for one in results if one.state is State.ACTIVE)
        starts, ends = objective.starts or cycle.starts, objective.ends or cycle.ends
        aim = Aim(
            objective=_objective(objective, cycle),
            owner=owners.get(objective.owner_id or ""),
            cycle=Cycle(cycle.id, cycle.name, cycle.starts, cycle.ends),
            starts=starts,
            ends=ends,
            written=_day(written.get(objective.id), zone) or starts,
            active=len(active),
            others=sum(one.state not in (State.ACTIVE, State.ABANDONED) for one in results),
            contributed=objective.id in contributed,
        )
        pursued.append(Pursued(aim, active))
    return pursued


async def _written(tx: AsyncSession, workspace: str, ids: Collection[str]) -> dict[str, datetime]:
    """When these objectives were written down, or last came to count."""
    found = await tx.exec(
        select(RevisionRow).where(
            RevisionRow.workspace_id == workspace, RevisionRow.noun == OBJECTIVE, col(RevisionRow.noun_id).in_(ids)
        )
    )
    counted: dict[str, datetime] = {}
    for row in found:
        if row.before == "null" or "state" in json.loads(row.after):
            counted[row.noun_id] = max(row.at, counted.get(row.noun_id, row.at))
    return counted


async def _contributed(
    tx: AsyncSession, workspace: str, ids: Collection[str], under: Mapping[str, Sequence[KeyResultRow]]
) -> set[str]:
    """The objectives to which others contribute, or key results of others, that were not given up."""
    results = {one.id: id for id, many in under.items() for one in many}
    found = await tx.exec(
        select(ObjectiveRow.parent_objective_id, ObjectiveRow.parent_key_result_id).where(
            ObjectiveRow.workspace_id == workspace,
            col(ObjectiveRow.state) != State.ABANDONED,
            or_(col(ObjectiveRow.parent_objective_id).in_(ids), col(ObjectiveRow.parent_key_result_id).in_(results)),
        )
    )
    from_key_results = await tx.exec(
        select(KeyResultRow.parent_objective_id).where(
            KeyResultRow.workspace_id == workspace,
            col(KeyResultRow.state) != State.ABANDONED,
            col(KeyResultRow.parent_objective_id).in_(ids),
        )
    )
    by_objectives = {objective or results[str(result)] for objective, result in found}
    return by_objectives | {id for id in from_key_results if id}


def _objective(row: ObjectiveRow, cycle: CycleRow) -> Objective:
    return Objective(
        id=row.id,
        team_id=row.team_id,
        title=row.title,
        cycle=cycle.name,
        cycle_state=cycle.state,
        state=row.state,
        ambition=row.ambition,
        private=row.private,
    )


def _day(moment: datetime | None, zone: str) -> date | None:
    return moment.astimezone(ZoneInfo(zone)).date() if moment else None
