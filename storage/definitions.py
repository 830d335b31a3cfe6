"""Definitions of objectives and key results: read whole, added and changed one at a time, each change remembered."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from okr.definitions import KEY_RESULT, OBJECTIVE, KeyResultDefinition, ObjectiveDefinition, Titled
from okr.goals import Cycle, CycleState, State
from okr.measures import Measure
from storage.key_results import measure
from storage.revisions import Revising, last_by, written_by
from storage.tables import ActionRow, CycleRow, KeyResultRow, ObjectiveRow, RevisionRow

ACTION = "action"
RUNNING = (CycleState.PLANNING, CycleState.ACTIVE)
COLUMNS = {"measure": ("measure", "unit_kind", "unit_label", "baseline", "target", "low", "high", "steps")}
"""The columns of a field that has several."""


async def cycles(tx: AsyncSession, workspace: str, today: date) -> list[Cycle]:
    """What is being planned or worked on and has not ended, the one that ends first in front."""
    found = await tx.exec(
        select(CycleRow)
        .where(CycleRow.workspace_id == workspace, col(CycleRow.state).in_(RUNNING), col(CycleRow.ends) >= today)
        .order_by(col(CycleRow.ends), col(CycleRow.starts))
    )
    return [Cycle(row.id, row.name, row.starts, row.ends) for row in found]


async def cycle_names(tx: AsyncSession, workspace: str) -> dict[str, str]:
    """The names of all cycles by their ids."""
    found = await tx.exec(select(CycleRow.id, CycleRow.name).where(CycleRow.workspace_id == workspace))
    return dict(found.all())


async def titles(tx: AsyncSession, workspace: str, team_ids: Iterable[str] | None = None) -> list[Titled]:
    """Objectives, each followed by its key results, of cycles that are not over; `team_ids` narrows it."""
    which = [] if team_ids is None else [col(ObjectiveRow.team_id).in_(set(team_ids))]
    objectives = await tx.exec(
        select(ObjectiveRow)
        .join(
            CycleRow,
            (col(CycleRow.workspace_id) == col(ObjectiveRow.workspace_id))
            & (col(CycleRow.id) == col(ObjectiveRow.cycle_id)),
        )
        .where(ObjectiveRow.workspace_id == workspace, col(CycleRow.state) != CycleState.CLOSED, *which)
        .order_by(col(ObjectiveRow.id))
    )
    rows = objectives.all()
    found = await tx.exec(
        select(KeyResultRow)
        .where(KeyResultRow.workspace_id == workspace, col(KeyResultRow.objective_id).in_([one.id for one in rows]))
        .order_by(col(KeyResultRow.id))
    )
    under: dict[str, list[KeyResultRow]] = {one.id: [] for one in rows}
    for key_result in found:
        under[key_result.objective_id].append(key_result)
    drafts = [(OBJECTIVE, row.id) for row in rows if row.state is State.DRAFT]
    drafts += [(KEY_RESULT, one.id) for some in under.values() for one in some if one.state is State.DRAFT]
    by = await written_by(tx, workspace, drafts) if drafts else {}
    return [titled for row in rows for titled in (_titled(row, by), *(_titled(row, by, one) for one in under[row.id]))]


async def drafted_in(tx: AsyncSession, workspace: str, person_id: str) -> set[str]:
    """The teams in which something this person owns, or has written down, is still a draft."""
    objectives = await tx.exec(
        select(ObjectiveRow.team_id).where(
            ObjectiveRow.workspace_id == workspace,
            (col(ObjectiveRow.owner_id) == person_id) | _written(OBJECTIVE, ObjectiveRow, person_id),
            col(ObjectiveRow.state) == State.DRAFT,
        )
    )
    under = select(KeyResultRow.objective_id).where(
        KeyResultRow.workspace_id == workspace,
        (col(KeyResultRow.owner_id) == person_id) | _written(KEY_RESULT, KeyResultRow, person_id),
        col(KeyResultRow.state) == State.DRAFT,
    )
    of_key_results = await tx.exec(
        select(ObjectiveRow.team_id).where(ObjectiveRow.workspace_id == workspace, col(ObjectiveRow.id).in_(under))
    )
    return {*objectives, *of_key_results}


async def objective(tx: AsyncSession, workspace: str, objective_id: str) -> ObjectiveDefinition | None:
    row = await tx.get(ObjectiveRow, (workspace, objective_id))
    return objective_of(row) if row else None


async def key_result(tx: AsyncSession, workspace: str, key_result_id: str) -> KeyResultDefinition | None:
    row = await tx.get(KeyResultRow, (workspace, key_result_id))
    return key_result_of(row) if row else None


async def objectives_in(tx: AsyncSession, workspace: str, cycle_id: str) -> list[ObjectiveDefinition]:
    """All objectives of a cycle, whatever their state."""
    found = await tx.exec(
        select(ObjectiveRow).where(ObjectiveRow.workspace_id == workspace, ObjectiveRow.cycle_id == cycle_id)
    )
    return [objective_of(row) for row in found]


async def key_results_under(tx: AsyncSession, workspace: str, objective_id: str) -> list[KeyResultDefinition]:
    """All key results of an objective, whatever their state."""
    found = await tx.exec(
        select(KeyResultRow).where(KeyResultRow.workspace_id == workspace, KeyResultRow.objective_id == objective_id)
    )
    return [key_result_of(row) for row in found]


def objective_of(row: ObjectiveRow) -> ObjectiveDefinition:
    return ObjectiveDefinition(**{name: getattr(row, name) for name in _names(ObjectiveDefinition)})


def key_result_of(row: KeyResultRow) -> KeyResultDefinition:
    plain = {name: getattr(row, name) for name in _names(KeyResultDefinition) if name != "measure"}
    return KeyResultDefinition(**plain, measure=measure(row))


async def add_objective(revising: Revising, key: str, definition: ObjectiveDefinition) -> str:
    """A new objective; answers its id."""
    free = await revising.free_key(ObjectiveRow, key or OBJECTIVE)
    return revising.add(ObjectiveRow, OBJECTIVE, free, _columns(definition)).id


async def add_key_result(
    revising: Revising, key: str, definition: KeyResultDefinition, actions: Sequence[str] = ()
) -> str:
    """A new key result with its actions; answers its id."""
    free = await revising.free_key(KeyResultRow, key or "key-result")
    id = revising.add(KeyResultRow, KEY_RESULT, free, _columns(definition)).id
    await revising.tx.flush()
    await add_actions(revising, id, free, actions)
    return id


async def add_actions(revising: Revising, key_result_id: str, key: str, titles: Sequence[str]) -> None:
    """More lines for the checklist under a key result."""
    for title in titles:
        free = await revising.free_key(ActionRow, f"{key[:50]}-action")
        revising.add(ActionRow, ACTION, free, {"key_result_id": key_result_id, "title": title})
        await revising.tx.flush()


async def change_objective(revising: Revising, objective_id: str, definition: ObjectiveDefinition) -> None:
    row = await revising.tx.get_one(ObjectiveRow, (revising.workspace, objective_id))
    revising.change(OBJECTIVE, row, _columns(definition))


async def change_key_result(
    revising: Revising, key_result_id: str, definition: KeyResultDefinition, actions: Sequence[str] = ()
) -> None:
    row = await revising.tx.get_one(KeyResultRow, (revising.workspace, key_result_id))
    revising.change(KEY_RESULT, row, _columns(definition))
    await add_actions(revising, row.id, row.key, actions)


async def changed_by(tx: AsyncSession, workspace: str, noun: str, id: str, fields: Iterable[str]) -> str:
    """Who changed one of these fields of a definition last: a person's id, or a word such as "import"."""
    columns = [column for name in fields for column in COLUMNS.get(name, (name,))]
    return await last_by(tx, workspace, noun, id, columns)


def _written(noun: str, table: type[ObjectiveRow] | type[KeyResultRow], person_id: str) -> ColumnElement[bool]:
    """Whether this person wrote the row down first."""
    return (
        select(RevisionRow.id)
        .where(
            col(RevisionRow.workspace_id) == col(table.workspace_id),
            RevisionRow.noun == noun,
            col(RevisionRow.noun_id) == col(table.id),
            RevisionRow.by == person_id,
            RevisionRow.before == "null",
        )
        .exists()
    )


def _titled(row: ObjectiveRow, by: Mapping[str, str], key_result: KeyResultRow | None = None) -> Titled:
    """`by` is who wrote down what is still a draft, by its id."""
    rows = (row, key_result) if key_result else (row,)
    owners = frozenset(one.owner_id for one in rows if one.owner_id)
    wrote = frozenset(by[one.id] for one in rows if one.id in by)
    if key_result is None:
        return Titled(row.id, row.title, row.team_id, owners, row.state, row.private, written_by=wrote)
    private, named = row.private or key_result.private, (key_result.id, key_result.title)
    return Titled(row.id, row.title, row.team_id, owners, key_result.state, private, *named, written_by=wrote)


def _names(definition: type[ObjectiveDefinition] | type[KeyResultDefinition]) -> tuple[str, ...]:
    return tuple(definition.__dataclass_fields__)


def _columns(definition: ObjectiveDefinition | KeyResultDefinition) -> dict[str, Any]:
    plain = {name: getattr(definition, name) for name in _names(type(definition)) if name != "measure"}
    return plain | (measure_columns(definition.measure) if isinstance(definition, KeyResultDefinition) else {})


def measure_columns(of: Measure) -> dict[str, Any]:
    """How a measure is kept."""
    steps = [{"title": step.title, "percent": step.percent} for step in of.steps]
    return {
        "measure": of.kind,
        "unit_kind": of.unit.kind,
        "unit_label": of.unit.label,
        "baseline": of.baseline,
        "target": of.target,
        "low": of.low,
        "high": of.high,
        "steps": json.dumps(steps, ensure_ascii=False),
    }
