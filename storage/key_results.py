"""Key results with the objective and the dates they live under, and their actions."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from okr.alignment import COUNTED
from okr.goals import Action, CycleState, KeyResult, State
from okr.measures import Measure, Step, Unit
from storage.alignments import objective_of
from storage.revisions import Revising
from storage.tables import ActionRow, CycleRow, KeyResultRow, ObjectiveRow


async def active(
    tx: AsyncSession,
    workspace: str,
    *,
    team_ids: Iterable[str] | None = None,
    asked_ids: Iterable[str] | None = None,
    of_person: str | None = None,
) -> list[KeyResult]:
    """Everything that is asked: active key results of active objectives in active or closing cycles.

    `team_ids` and `asked_ids` narrow it to some teams, or to what some persons answer for; `of_person` to what one
    owns or answers for.
    """
    asked: list[ColumnElement[bool]] = [
        col(KeyResultRow.state) == State.ACTIVE,
        col(ObjectiveRow.state) == State.ACTIVE,
        col(CycleRow.state).in_([CycleState.ACTIVE, CycleState.CLOSING]),
    ]
    if team_ids is not None:
        asked.append(col(ObjectiveRow.team_id).in_(set(team_ids)))
    if asked_ids is not None:
        asked.append(col(KeyResultRow.check_in_owner_id).in_(set(asked_ids)))
    if of_person is not None:
        asked.append(or_(col(KeyResultRow.check_in_owner_id) == of_person, col(KeyResultRow.owner_id) == of_person))
    return await _find(tx, workspace, asked)


async def some(tx: AsyncSession, workspace: str, ids: Sequence[str]) -> list[KeyResult]:
    """These key results, whatever their state, in the order asked for; unknown ids are left out."""
    found = {one.id: one for one in await _find(tx, workspace, [col(KeyResultRow.id).in_(ids)])}
    return [found[id] for id in ids if id in found]


async def every(tx: AsyncSession, workspace: str) -> list[KeyResult]:
    """All key results, whatever their state and their cycle's."""
    return await _find(tx, workspace, [])


async def by_key(tx: AsyncSession, workspace: str) -> dict[str, KeyResult]:
    """All there are, whatever their state, by their keys in the company file."""
    found = await tx.exec(select(KeyResultRow.id, KeyResultRow.key).where(KeyResultRow.workspace_id == workspace))
    keys = dict(found.all())
    return {keys[one.id]: one for one in await every(tx, workspace)}


async def done(tx: AsyncSession, workspace: str) -> list[KeyResult]:
    """What was reached in cycles that are not closed."""
    reached = or_(col(KeyResultRow.state) == State.DONE, col(ObjectiveRow.state) == State.DONE)
    found = await _find(tx, workspace, [col(CycleRow.state) != CycleState.CLOSED, reached])
    return [one for one in found if one.is_done]


async def shares(tx: AsyncSession, workspace: str, key_result_id: str) -> list[KeyResult]:
    """Those with a share of this one's number: confirmed, and not given up, whatever their cycle's state."""
    counted = [col(KeyResultRow.state).in_(COUNTED), col(ObjectiveRow.state).in_(COUNTED)]
    return await _find(tx, workspace, [col(KeyResultRow.parent_key_result_id) == key_result_id, *counted])


async def every_share(tx: AsyncSession, workspace: str) -> list[KeyResult]:
    """Everything that has a share of some number, as `shares` counts it."""
    counted = [col(KeyResultRow.state).in_(COUNTED), col(ObjectiveRow.state).in_(COUNTED)]
    return await _find(tx, workspace, [col(KeyResultRow.parent_key_result_id).is_not(None), *counted])


async def lock(tx: AsyncSession, workspace: str, ids: Iterable[str] | None = None) -> None:
    """Let others who answer for these key results, or for any, wait until this transaction has ended.

    SQLite lets one transaction write at a time anyway. Always in the same order: nobody waits for each other.
    """
    which = [] if ids is None else [col(KeyResultRow.id).in_(set(ids))]
    await tx.exec(
        select(KeyResultRow.id)
        .where(KeyResultRow.workspace_id == workspace, *which)
        .order_by(col(KeyResultRow.id))
        .with_for_update(key_share=True)
    )


async def open_actions(tx: AsyncSession, workspace: str, ids: Iterable[str]) -> dict[str, list[Action]]:
    """Actions still to do, by key result, the oldest first."""
    actions: dict[str, list[Action]] = defaultdict(list)
    found = await tx.exec(
        select(ActionRow)
        .where(
            ActionRow.workspace_id == workspace,
            col(ActionRow.key_result_id).in_(set(ids)),
            col(ActionRow.done_at).is_(None),
        )
        .order_by(col(ActionRow.id))
    )
    for row in found:
        actions[row.key_result_id].append(
            Action(row.id, row.key_result_id, row.title, row.assignee_id, row.due, row.done_at)
        )
    return actions


async def count_open_actions(tx: AsyncSession, workspace: str, ids: Iterable[str]) -> dict[str, int]:
    found = await tx.exec(
        select(ActionRow.key_result_id, func.count())
        .where(
            ActionRow.workspace_id == workspace,
            col(ActionRow.key_result_id).in_(set(ids)),
            col(ActionRow.done_at).is_(None),
        )
        .group_by(col(ActionRow.key_result_id))
    )
    return dict(found.all())


async def finish_actions(
    tx: AsyncSession, workspace: str, key_result_id: str, ids: Iterable[str], *, by: str, now: datetime
) -> None:
    """Tick actions of this key result, and write it down; one that was ticked before keeps its first date."""
    wanted = set(ids)
    if not wanted:
        return
    ticked = await tx.exec(
        update(ActionRow)
        .where(
            col(ActionRow.workspace_id) == workspace,
            col(ActionRow.key_result_id) == key_result_id,
            col(ActionRow.id).in_(wanted),
            col(ActionRow.done_at).is_(None),
        )
        .values(done_at=now, done_by_id=by)
        .returning(col(ActionRow.id))
        .execution_options(synchronize_session=False)
    )
    revising = Revising(tx, workspace, now, by=by)
    for (id,) in ticked.all():
        revising.note("action", id, {"done_at": None}, {"done_at": now})
    await revising.finish()


async def _find(tx: AsyncSession, workspace: str, conditions: list[ColumnElement[bool]]) -> list[KeyResult]:
    found = await tx.exec(
        select(KeyResultRow, ObjectiveRow, CycleRow)
        .join(
            ObjectiveRow,
            (col(ObjectiveRow.workspace_id) == col(KeyResultRow.workspace_id))
            & (col(ObjectiveRow.id) == col(KeyResultRow.objective_id)),
        )
        .join(
            CycleRow,
            (col(CycleRow.workspace_id) == col(ObjectiveRow.workspace_id))
            & (col(CycleRow.id) == col(ObjectiveRow.cycle_id)),
        )
        .where(KeyResultRow.workspace_id == workspace, *conditions)
        .order_by(col(KeyResultRow.id))
    )
    return [key_result_of(*rows) for rows in found]


def key_result_of(row: KeyResultRow, objective: ObjectiveRow, cycle: CycleRow) -> KeyResult:
    return KeyResult(
        id=row.id,
        team_id=objective.team_id,
        objective=objective_of(objective, cycle),
        title=row.title,
        owner_id=row.owner_id,
        check_in_owner_id=row.check_in_owner_id,
        measure=measure(row),
        starts=row.starts or objective.starts or cycle.starts,
        ends=row.ends or objective.ends or cycle.ends,
        weight=row.weight,
        source=row.source,
        state=row.state,
        priority=objective.priority if row.priority is None else row.priority,
        private=row.private or objective.private,
        parent_objective_id=row.parent_objective_id,
        parent_key_result_id=row.parent_key_result_id,
    )


def measure(row: KeyResultRow) -> Measure:
    return Measure(
        kind=row.measure,
        unit=Unit(row.unit_kind, row.unit_label),
        baseline=row.baseline,
        target=row.target,
        low=row.low,
        high=row.high,
        steps=tuple(Step(one["title"], one["percent"]) for one in json.loads(row.steps)),
    )
