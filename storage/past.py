"""What was known earlier: definitions as their revisions tell them, and the answers behind each key result."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from okr.checkins import CheckIn
from okr.definitions import KEY_RESULT, OBJECTIVE, KeyResultDefinition, ObjectiveDefinition
from okr.history import Change, Fields, Past, Revised, rewound, steps
from storage import definitions, key_results
from storage.checkins import checkin_of
from storage.tables import CheckInRow, CycleRow, KeyResultRow, ObjectiveRow, RevisionRow

Row = TypeVar("Row", CycleRow, ObjectiveRow, KeyResultRow)
CYCLE = "cycle"


@dataclass(frozen=True)
class Recorded:
    """Key results and all objectives they were ever under: as they are, and each one's changes, the newest first."""

    key_results: Mapping[str, KeyResultDefinition]
    objectives: Mapping[str, ObjectiveDefinition]
    revised: Mapping[str, Sequence[Revised]]


async def begins(tx: AsyncSession, workspace: str) -> datetime | None:
    """When the first thing became known."""
    found = await tx.exec(select(func.min(RevisionRow.at)).where(RevisionRow.workspace_id == workspace))
    return found.one()


async def as_of(tx: AsyncSession, workspace: str, until: datetime) -> list[Past]:
    """All key results there were just before `until`, as they are and as they were, whatever their state. What was
    under an objective that is private today is private.
    """
    cycles = await _rows_then(tx, workspace, CycleRow, CYCLE, until)
    objectives = await _rows_then(tx, workspace, ObjectiveRow, OBJECTIVE, until)
    found = await _rows_then(tx, workspace, KeyResultRow, KEY_RESULT, until)
    now = {one.id: one for one in await key_results.every(tx, workspace)}
    secret = await tx.exec(
        select(ObjectiveRow.id).where(ObjectiveRow.workspace_id == workspace, col(ObjectiveRow.private))
    )
    private = set(secret.all())
    pasts = []
    for row in found.values():
        objective = objectives.get(row.objective_id)
        cycle = cycles.get(objective.cycle_id) if objective else None
        if objective and cycle:
            then = key_results.key_result_of(row, objective, cycle)
            pasts.append(Past(now[row.id], replace(then, private=then.private or objective.id in private)))
    return pasts


async def recorded(tx: AsyncSession, workspace: str, key_result_ids: Collection[str]) -> Recorded:
    """Everything that is remembered of the definitions of these key results."""
    rows = await _rows(tx, workspace, KeyResultRow, key_result_ids)
    changes = await _changes(tx, workspace, KEY_RESULT, ids=key_result_ids)
    revised = {id: _revised(row, changes.get(id, []), definitions.key_result_of) for id, row in rows.items()}
    above = {row.objective_id for row in rows.values()}
    for before in (one.before for each in revised.values() for one in each):
        if isinstance(before, KeyResultDefinition):
            above.add(before.objective_id)
    objective_rows = await _rows(tx, workspace, ObjectiveRow, above)
    changes = await _changes(tx, workspace, OBJECTIVE, ids=above)
    revised |= {id: _revised(row, changes.get(id, []), definitions.objective_of) for id, row in objective_rows.items()}
    return Recorded(
        key_results={id: definitions.key_result_of(row) for id, row in rows.items()},
        objectives={id: definitions.objective_of(row) for id, row in objective_rows.items()},
        revised=revised,
    )


async def answers(
    tx: AsyncSession, workspace: str, since: Mapping[str, datetime | None], *, most: int
) -> tuple[list[tuple[CheckIn, CheckIn | None, bool]], int]:
    """The newest answers of these key results, each with the one before it and whether it edits that one, and how
    many there are. Of each key result what was said up to `since` is left out.
    """
    which = and_(col(CheckInRow.workspace_id) == workspace, _after(since))
    order = (col(CheckInRow.at), col(CheckInRow.id))
    before = func.lag(CheckInRow.id).over(partition_by=col(CheckInRow.key_result_id), order_by=order)
    newest = select(CheckInRow, before).where(which).order_by(*(column.desc() for column in order)).limit(most)
    found = (await tx.exec(newest)).all()
    count = (await tx.exec(select(func.count()).select_from(CheckInRow).where(which))).one()
    earlier = await tx.exec(
        select(CheckInRow).where(
            CheckInRow.workspace_id == workspace, col(CheckInRow.id).in_({id for _, id in found if id})
        )
    )
    by_id = {row.id: checkin_of(row) for row in earlier}
    return [(checkin_of(row), by_id.get(id or ""), row.supersedes_id is not None) for row, id in found], count


def _after(since: Mapping[str, datetime | None]) -> ColumnElement[bool]:
    whole = [id for id, moment in since.items() if moment is None]
    parts = [
        and_(col(CheckInRow.key_result_id) == id, col(CheckInRow.at) > moment) for id, moment in since.items() if moment
    ]
    return or_(col(CheckInRow.key_result_id).in_(whole), *parts)


async def _rows(tx: AsyncSession, workspace: str, table: type[Row], ids: Collection[str]) -> dict[str, Row]:
    found = await tx.exec(select(table).where(col(table.workspace_id) == workspace, col(table.id).in_(ids)))
    return {row.id: row for row in found}


async def _rows_then(tx: AsyncSession, workspace: str, table: type[Row], noun: str, until: datetime) -> dict[str, Row]:
    """All rows of a table as they were just before `until`."""
    later = await _changes(tx, workspace, noun, since=until)
    found = await tx.exec(select(table).where(col(table.workspace_id) == workspace).order_by(col(table.id)))
    then = {}
    for row in found:
        if row.id not in later:
            then[row.id] = row
        elif fields := rewound(row.model_dump(), later[row.id], until):
            then[row.id] = _row(table, fields)
    return then


async def _changes(
    tx: AsyncSession,
    workspace: str,
    noun: str,
    *,
    ids: Collection[str] | None = None,
    since: datetime | None = None,
) -> dict[str, list[Change]]:
    """The changes of things of one kind by their ids, the newest first."""
    which: list[ColumnElement[bool]] = [] if ids is None else [col(RevisionRow.noun_id).in_(ids)]
    if since is not None:
        which.append(col(RevisionRow.at) >= since)
    found = await tx.exec(
        select(RevisionRow)
        .where(RevisionRow.workspace_id == workspace, RevisionRow.noun == noun, *which)
        .order_by(col(RevisionRow.at).desc(), col(RevisionRow.id).desc())
    )
    changes: dict[str, list[Change]] = {}
    for row in found:
        change = Change(row.noun_id, row.at, row.by, json.loads(row.before), row.why)
        changes.setdefault(row.noun_id, []).append(change)
    return changes


def _revised(
    row: Row, changes: Sequence[Change], definition_of: Callable[[Row], KeyResultDefinition | ObjectiveDefinition]
) -> list[Revised]:
    return [
        Revised(
            id=row.id,
            at=one.change.at,
            by=one.change.by,
            why=one.change.why,
            before=definition_of(_row(type(row), one.before)) if one.before is not None else None,
            after=definition_of(_row(type(row), one.after)),
        )
        for one in steps(row.model_dump(), changes)
    ]


def _row(table: type[Row], fields: Fields) -> Row:
    """A row that is in no table, from its fields as they are kept in a revision."""
    return table.model_validate(dict(fields))
