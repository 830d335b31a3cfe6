"""*Undo*, for ten minutes after something was saved."""

from datetime import timedelta

from okr.definitions import OBJECTIVE
from okr.errors import NotFound, TooLate
from rituals.definitions import Act, author
from rituals.rounds import replan
from storage import definitions, teams, undoing
from storage.database import Database, Transaction

UNDOABLE = timedelta(minutes=10)


class Undoing:
    """Each method is one transaction."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def undo(self, act: Act, source: str) -> str:
        """Take back what the act with this source has changed; answers the title of what is as it was.

        Raises NotFound for somebody else's, and TooLate after ten minutes or once something else has changed it.
        """
        async with self.database.transaction() as tx:
            await teams.lock_planning(tx, act.workspace)
            found = await undoing.find(tx, act.workspace, source)
            if found is None or found.by != author(act.reader.actor):
                raise NotFound("not_found.definition")
            if not found.newest:
                raise TooLate("undo.changed")
            if act.now - found.at > UNDOABLE:
                raise TooLate("undo.late")
            revising = act.revising(tx)
            await undoing.undo(revising, source)
            await revising.finish()
            title, team_id = await _about(tx, act.workspace, found.noun, found.id)
            await replan(tx, act.workspace, act.now, team_ids=[team_id])
        return title


async def _about(tx: Transaction, workspace: str, noun: str, id: str) -> tuple[str, str]:
    """(its title, its team)."""
    key_result = None if noun == OBJECTIVE else await definitions.key_result(tx, workspace, id)
    objective = await definitions.objective(tx, workspace, key_result.objective_id if key_result else id)
    assert objective is not None  # noqa: S101 - every key result has one, and nothing is deleted
    return key_result.title if key_result else objective.title, objective.team_id
