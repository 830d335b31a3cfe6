"""Teams as they are set up: where, when and in which language they are asked, and who works in them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from okr.cadence import Rhythm
from okr.goals import Cycle, CycleState
from storage.revisions import Revising
from storage.tables import CycleRow, TeamMemberRow, TeamRow, WorkspaceRow


@dataclass(frozen=True)
class Roster:
    """All that is decided about a team. `member_ids` are persons, `channel` is Slack's id."""

    name: str
    channel: str
    lead_id: str
    zone: str
    language: str
    rhythm: Rhythm
    member_ids: frozenset[str]


async def describe(tx: AsyncSession, workspace: str, now: datetime) -> None:
    """From now on the workspace has a company, imported or not."""
    row = await tx.get_one(WorkspaceRow, workspace)
    row.imported_at = row.imported_at or now


async def add(revising: Revising, key: str, roster: Roster, *, parent_id: str | None) -> str:
    """A new team; answers its id."""
    free = await revising.free_key(TeamRow, key)
    row = revising.add(TeamRow, "team", free, {**_columns(roster), "parent_id": parent_id})
    await revising.tx.flush()
    await set_members(revising, row.id, roster.member_ids)
    return row.id


async def change(revising: Revising, team_id: str, roster: Roster) -> None:
    row = await revising.tx.get_one(TeamRow, (revising.workspace, team_id))
    revising.change("team", row, _columns(roster))
    await set_members(revising, team_id, roster.member_ids)


async def add_cycle(revising: Revising, cycle: Cycle) -> str:
    """A cycle to work in from now on; answers its id."""
    fields = {"name": cycle.name, "starts": cycle.starts, "ends": cycle.ends, "state": CycleState.ACTIVE}
    row = revising.add(CycleRow, "cycle", await revising.free_key(CycleRow, cycle.id), fields)
    await revising.tx.flush()
    return row.id


async def set_members(revising: Revising, team_id: str, members: Collection[str]) -> None:
    """Who works in a team from now on."""
    tx, workspace, wanted = revising.tx, revising.workspace, set(members)
    which = [col(TeamMemberRow.workspace_id) == workspace, col(TeamMemberRow.team_id) == team_id]
    before = set((await tx.exec(select(TeamMemberRow.person_id).where(*which))).all())
    if before != wanted:
        revising.note("team", team_id, {"member_ids": sorted(before)}, {"member_ids": sorted(wanted)})
        await tx.exec(delete(TeamMemberRow).where(*which, col(TeamMemberRow.person_id).in_(before - wanted)))
        tx.add_all(
            TeamMemberRow(workspace_id=workspace, team_id=team_id, person_id=id) for id in sorted(wanted - before)
        )
        await tx.flush()


def rhythm_columns(rhythm: Rhythm) -> dict[str, Any]:
    """How a rhythm is kept."""
    return {
        "rule": rhythm.rule,
        "at": rhythm.at,
        "whose": rhythm.whose,
        "anchor": rhythm.anchor,
        "digest_days": rhythm.digest_days,
        "digest_at": rhythm.digest_at,
        "reminders": rhythm.reminders,
        "reminder_at": rhythm.reminder_at,
    }


def _columns(roster: Roster) -> dict[str, Any]:
    return {
        "name": roster.name,
        "channel": roster.channel,
        "lead_id": roster.lead_id,
        "zone": roster.zone,
        "language": roster.language,
        **rhythm_columns(roster.rhythm),
    }
