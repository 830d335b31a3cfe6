"""What contributes to what, as the memory has it."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from okr.goals import CycleState, Objective, State
from storage.tables import CycleRow, KeyResultRow, ObjectiveRow

RUNNING = (CycleState.ACTIVE, CycleState.CLOSING)


async def onward(tx: AsyncSession, workspace: str) -> dict[str, tuple[str, ...]]:
    """Where everything leads, by ids: an objective to what it contributes to, a key result to its objective as well."""
    objectives = await tx.exec(
        select(ObjectiveRow.id, ObjectiveRow.parent_objective_id, ObjectiveRow.parent_key_result_id).where(
            ObjectiveRow.workspace_id == workspace
        )
    )
    key_results = await tx.exec(
        select(
            KeyResultRow.id,
            KeyResultRow.objective_id,
            KeyResultRow.parent_objective_id,
            KeyResultRow.parent_key_result_id,
        ).where(KeyResultRow.workspace_id == workspace)
    )
    found: dict[str, tuple[str, ...]] = {}
    for id, *above in (*objectives.all(), *key_results.all()):
        found[id] = tuple(filter(None, above))
    return found


async def objectives(tx: AsyncSession, workspace: str) -> list[Objective]:
    """What is worked on, or was reached, in cycles that run: what may have a place in the tree, with key results or
    without.
    """
    found = await tx.exec(
        select(ObjectiveRow, CycleRow)
        .join(
            CycleRow,
            (col(CycleRow.workspace_id) == col(ObjectiveRow.workspace_id))
            & (col(CycleRow.id) == col(ObjectiveRow.cycle_id)),
        )
        .where(
            ObjectiveRow.workspace_id == workspace,
            col(ObjectiveRow.state).in_([State.ACTIVE, State.DONE]),
            col(CycleRow.state).in_(RUNNING),
        )
        .order_by(col(ObjectiveRow.priority).is_(None), col(ObjectiveRow.priority), col(ObjectiveRow.id))
    )
    return [objective_of(row, cycle) for row, cycle in found]


def objective_of(row: ObjectiveRow, cycle: CycleRow) -> Objective:
    return Objective(
        id=row.id,
        team_id=row.team_id,
        title=row.title,
        cycle=cycle.name,
        cycle_state=cycle.state,
        state=row.state,
        ambition=row.ambition,
        private=row.private,
        owner_id=row.owner_id,
        parent_objective_id=row.parent_objective_id,
        parent_key_result_id=row.parent_key_result_id,
    )
