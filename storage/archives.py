"""Which nights have their archive; only one worker writes it."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, delete, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from okr.archives import Archive, Archiving
from storage.inserts import insert_new
from storage.tables import ArchiveRow


async def is_due(tx: AsyncSession, workspace: str, day: date, now: datetime) -> bool:
    """Whether the archive of this day is still to be written, and nobody is at it."""
    row = await tx.get(ArchiveRow, (workspace, day))
    return row is None or (row.written_at is None and row.due_at <= now)


async def claim(tx: AsyncSession, workspace: str, day: date, now: datetime, *, until: datetime) -> bool:
    """Take the archive of this day until then; False when somebody else has it, or has written it."""
    if await insert_new(tx, ArchiveRow(workspace_id=workspace, date=day, due_at=until), ("workspace_id", "date")):
        return True
    free = (col(ArchiveRow.written_at).is_(None), col(ArchiveRow.due_at) <= now)
    taken = await tx.exec(update(ArchiveRow).where(*_of(workspace, day), *free).values(due_at=until))
    return bool(taken.rowcount)


async def written(tx: AsyncSession, workspace: str, day: date, at: datetime, *, trouble: str = "") -> None:
    await tx.exec(update(ArchiveRow).where(*_of(workspace, day)).values(written_at=at, trouble=trouble))


async def failed(tx: AsyncSession, workspace: str, day: date, trouble: str, *, again_at: datetime) -> None:
    """It could not be written. Whoever has written it meanwhile is right."""
    unwritten = col(ArchiveRow.written_at).is_(None)
    await tx.exec(update(ArchiveRow).where(*_of(workspace, day), unwritten).values(due_at=again_at, trouble=trouble))


async def give_back(tx: AsyncSession, workspace: str, day: date, *, until: datetime, now: datetime) -> None:
    """Whoever had it until then leaves it to others. Whoever has taken it meanwhile keeps it."""
    own = (col(ArchiveRow.written_at).is_(None), col(ArchiveRow.due_at) == until)
    await tx.exec(update(ArchiveRow).where(*_of(workspace, day), *own).values(due_at=now))


async def older(tx: AsyncSession, workspace: str, day: date, *, keep: int) -> list[date]:
    """The days before this one that are remembered, but for the newest so many that have their archive, however long
    ago: a clock that was once far ahead must not cost all the others.
    """
    dates = select(col(ArchiveRow.date)).where(ArchiveRow.workspace_id == workspace)
    kept = dates.where(col(ArchiveRow.written_at).is_not(None)).order_by(col(ArchiveRow.date).desc())
    oldest = (await tx.exec(kept.offset(keep - 1).limit(1))).first()
    if oldest is None:
        return []
    return list(await tx.exec(dates.where(col(ArchiveRow.date) < min(oldest, day)).order_by(col(ArchiveRow.date))))


async def forget(tx: AsyncSession, workspace: str, days: Sequence[date]) -> None:
    await tx.exec(delete(ArchiveRow).where(col(ArchiveRow.workspace_id) == workspace, col(ArchiveRow.date).in_(days)))


async def look(tx: AsyncSession, workspace: str) -> Archiving:
    """The newest, and the newest that was written."""
    rows = select(ArchiveRow).where(ArchiveRow.workspace_id == workspace).order_by(col(ArchiveRow.date).desc()).limit(1)
    newest = (await tx.exec(rows)).first()
    last = (await tx.exec(rows.where(col(ArchiveRow.written_at).is_not(None)))).first()
    return Archiving(_archive(newest) if newest else None, _archive(last) if last else None)


def _of(workspace: str, day: date) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return col(ArchiveRow.workspace_id) == workspace, col(ArchiveRow.date) == day


def _archive(row: ArchiveRow) -> Archive:
    return Archive(row.date, row.due_at, row.written_at, row.trouble)
