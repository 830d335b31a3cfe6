"""*Undo*, for ten minutes after something was saved."""

from dataclasses import dataclass
from datetime import timedelta

from okr.alignment import rings
from okr.definitions import OBJECTIVE
from okr.errors import NotFound, TooLate
from rituals.definitions import Act, key_result_of, objective_of, require_sight
from rituals.rounds import replan
from storage import alignments, definitions, teams, undoing
from storage.database import Database, Transaction
from storage.revisions import brought_by
from storage.undoing import Undoable

UNDOABLE = timedelta(minutes=10)


@dataclass(frozen=True)
class Undone:
    """What was taken back; `whole` says that it was an objective, so that nothing more can be written under it."""

    title: str
    team_id: str
    whole: bool


class Undoing:
    """Each method is one transaction."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def undo(self, act: Act, source: str) -> Undone:
        """Take back what the act with this source has changed; answers what is as it was.

        Raises NotFound for somebody else's, and TooLate after ten minutes or once something else has changed it.
        """
        async with self.database.transaction() as tx:
            await teams.lock_planning(tx, act.workspace)
            found = await undoing.find(tx, act.workspace, source)
            person = act.reader.actor.person
            if found is None or person is None or found.by != person.id:
                raise NotFound("not_found.definition")
            if await brought_by(tx, act.workspace, act.source):
                return await _undone(tx, act.workspace, found)
            await _require_sight(tx, act, found)
            if not found.newest:
                raise TooLate("undo.changed")
            if act.now - found.at > UNDOABLE:
                raise TooLate("undo.late")
            revising = act.revising(tx)
            await undoing.undo(revising, source)
            await revising.finish()
            if any(rings(await alignments.onward(tx, act.workspace))):
                raise TooLate("undo.changed")
            undone = await _undone(tx, act.workspace, found)
            await replan(tx, act.workspace, act.now, team_ids=[undone.team_id])
        return undone


async def _require_sight(tx: Transaction, act: Act, found: Undoable) -> None:
    """By the rights of now: whoever wrote it may have left the channel of what is private meanwhile."""
    if found.noun == OBJECTIVE:
        objective, team = await objective_of(tx, act.workspace, found.id)
        owners, private = [objective.owner_id], objective.private
    else:
        key_result, objective, team = await key_result_of(tx, act.workspace, found.id)
        owners, private = [objective.owner_id, key_result.owner_id], objective.private or key_result.private
    require_sight(act.reader.actor, team, owners, private=private)


async def _undone(tx: Transaction, workspace: str, found: Undoable) -> Undone:
    key_result = None if found.noun == OBJECTIVE else await definitions.key_result(tx, workspace, found.id)
    objective = await definitions.objective(tx, workspace, key_result.objective_id if key_result else found.id)
    assert objective is not None  # noqa: S101 - every key result has one, and nothing is deleted
    title = key_result.title if key_result else objective.title
    return Undone(title, objective.team_id, whole=key_result is None)
