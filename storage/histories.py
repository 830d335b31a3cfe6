"""All that was ever answered, for whoever takes it along."""

from datetime import date
from typing import Any

from sqlalchemy import exists
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from okr.confidence import Given
from okr.exports import Entry
from storage.tables import CheckInRow, KeyResultRow, PersonRow, RoundRow

LATER: Any = aliased(CheckInRow)


async def checkins(tx: AsyncSession, workspace: str) -> tuple[Entry, ...]:
    """Every check-in, the oldest first, those that were edited later too."""
    replaced = exists().where(
        col(LATER.workspace_id) == col(CheckInRow.workspace_id), col(LATER.supersedes_id) == col(CheckInRow.id)
    )
    keys, people = await _key_results(tx, workspace), await _people(tx, workspace)
    days = await _days(tx, workspace)
    found = await tx.exec(
        select(CheckInRow, replaced)
        .where(CheckInRow.workspace_id == workspace)
        .order_by(col(CheckInRow.at), col(CheckInRow.id))
    )
    return tuple(
        Entry(
            key_result=keys[row.key_result_id],
            at=row.at,
            round=days.get(row.round_id or ""),
            by=people[row.author_id],
            value=row.value,
            given=Given(row.level, row.scale),
            note=row.note,
            win=row.win,
            blocker=row.blocker,
            via=row.via,
            replaced=is_replaced,
        )
        for row, is_replaced in found
    )


async def _key_results(tx: AsyncSession, workspace: str) -> dict[str, str]:
    found = await tx.exec(select(KeyResultRow.id, KeyResultRow.key).where(KeyResultRow.workspace_id == workspace))
    return dict(found.all())


async def _people(tx: AsyncSession, workspace: str) -> dict[str, str]:
    found = await tx.exec(select(PersonRow.id, PersonRow.key).where(PersonRow.workspace_id == workspace))
    return dict(found.all())


async def _days(tx: AsyncSession, workspace: str) -> dict[str, date]:
    found = await tx.exec(select(col(RoundRow.id), col(RoundRow.date)).where(RoundRow.workspace_id == workspace))
    return dict(found.all())
