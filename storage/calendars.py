"""Whose calendar is to be read next; only one worker reads it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import literal_column, or_, tuple_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import PersonRow

HAS_CALENDAR = col(PersonRow.calendar) != literal_column("''")
"""With the empty word as a literal: a partial index is only used where the statement itself says so."""


@dataclass(frozen=True)
class Due:
    """A person whose calendar is due. The address is a secret."""

    workspace: str
    person_id: str
    address: str

    def __repr__(self) -> str:
        return f"Due({self.person_id})"


async def claim(tx: AsyncSession, now: datetime, *, every: timedelta, most: int) -> list[Due]:
    """Calendars that were not read for so long; whatever comes of it, they are not due again until then."""
    due = or_(col(PersonRow.calendar_due).is_(None), col(PersonRow.calendar_due) <= now)
    candidates = (
        select(PersonRow.workspace_id, PersonRow.id)
        .where(HAS_CALENDAR, ~col(PersonRow.deactivated), due)
        .order_by(col(PersonRow.calendar_due), col(PersonRow.id))
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    claimed = await tx.exec(
        update(PersonRow)
        .where(tuple_(col(PersonRow.workspace_id), col(PersonRow.id)).in_(candidates))
        .values(calendar_due=now + every)
        .returning(col(PersonRow.workspace_id), col(PersonRow.id), col(PersonRow.calendar))
        .execution_options(synchronize_session=False)
    )
    return [Due(*row) for row in claimed.all()]
