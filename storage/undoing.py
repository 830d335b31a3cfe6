"""Taking back one change of a definition, as long as nothing has changed since."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from okr.definitions import OBJECTIVE
from okr.goals import State
from storage.definitions import ACTION
from storage.revisions import FIRST, Revising
from storage.tables import ActionRow, KeyResultRow, ObjectiveRow, RevisionRow

Row = TypeVar("Row", ObjectiveRow, KeyResultRow)


@dataclass(frozen=True)
class Undoable:
    """A change that was made by one act; `newest` says that nothing has changed the same thing since."""

    noun: str
    id: str
    by: str
    at: datetime
    newest: bool


async def find(tx: AsyncSession, workspace: str, source: str) -> Undoable | None:
    """What the act with this source has changed."""
    row = await _revision(tx, workspace, source)
    if row is None:
        return None
    found = await tx.exec(
        select(RevisionRow.id)
        .where(RevisionRow.workspace_id == workspace, RevisionRow.noun == row.noun, RevisionRow.noun_id == row.noun_id)
        .order_by(col(RevisionRow.at).desc(), col(RevisionRow.id).desc())
        .limit(1)
    )
    return Undoable(row.noun, row.noun_id, row.by, row.at, newest=found.one() == row.id)


async def undo(revising: Revising, source: str) -> None:
    """Bring the fields back to what they were; what was new is abandoned, for others may have answered it, and
    actions that came with it go."""
    revision = await _revision(revising.tx, revising.workspace, source)
    assert revision is not None  # noqa: S101 - found by the caller
    if revision.noun == OBJECTIVE:
        await _restore(revising, ObjectiveRow, revision)
    else:
        await _restore(revising, KeyResultRow, revision)
        await _remove_actions(revising, source)


async def _restore(revising: Revising, table: type[Row], revision: RevisionRow) -> None:
    row = await revising.tx.get_one(table, (revising.workspace, revision.noun_id))
    before = json.loads(revision.before)
    if before is None:
        revising.change(revision.noun, row, {"state": State.ABANDONED})
        return
    restored = table.model_validate({**row.model_dump(), **before})
    revising.change(revision.noun, row, {name: getattr(restored, name) for name in before})


async def _remove_actions(revising: Revising, source: str) -> None:
    """Actions that came with the change; one that has been ticked since stays."""
    tx, workspace = revising.tx, revising.workspace
    came = select(RevisionRow.noun_id).where(
        RevisionRow.workspace_id == workspace,
        col(RevisionRow.source).startswith(f"{source}:", autoescape=True),
        RevisionRow.noun == ACTION,
    )
    found = await tx.exec(
        select(ActionRow).where(
            ActionRow.workspace_id == workspace, col(ActionRow.id).in_(came), col(ActionRow.done_at).is_(None)
        )
    )
    for row in found.all():
        revising.note(ACTION, row.id, {"title": row.title}, {"title": None})
        await tx.delete(row)


async def _revision(tx: AsyncSession, workspace: str, source: str) -> RevisionRow | None:
    found = await tx.exec(
        select(RevisionRow).where(RevisionRow.workspace_id == workspace, RevisionRow.source == f"{source}:{FIRST}")
    )
    return found.one_or_none()
