"""Leave: when persons are away, and who said so."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from okr.absence import Absence, Source
from storage.columns import new_id
from storage.revisions import Revising
from storage.tables import AbsenceRow, PersonRow

LEAVE = "leave"
"""What its revisions call it."""
FEW = 1000
"""Of more persons than these everybody's leave is read: a statement names only so many."""


@dataclass(frozen=True)
class Kept:
    """An absence as the memory has it. `origin` makes it unique at its source; once it is settled, that source
    changes it no more.
    """

    id: str
    absence: Absence
    origin: str = ""
    settled: bool = False


async def of_people(tx: AsyncSession, workspace: str, ids: Sequence[str]) -> dict[str, tuple[Absence, ...]]:
    """What is known of these persons' leave, the earliest first."""
    these = [col(AbsenceRow.person_id).in_(ids)] if len(ids) <= FEW else []
    found = await tx.exec(
        select(AbsenceRow)
        .where(AbsenceRow.workspace_id == workspace, *these)
        .order_by(col(AbsenceRow.first), col(AbsenceRow.id))
    )
    leave: dict[str, tuple[Absence, ...]] = {}
    for row in found:
        leave[row.person_id] = (*leave.get(row.person_id, ()), _absence(row))
    return leave


async def of_person(tx: AsyncSession, workspace: str, person_id: str) -> list[Kept]:
    """All that is kept of a person's leave, the earliest first."""
    found = await tx.exec(
        select(AbsenceRow)
        .where(AbsenceRow.workspace_id == workspace, AbsenceRow.person_id == person_id)
        .order_by(col(AbsenceRow.first), col(AbsenceRow.id))
    )
    return [Kept(row.id, _absence(row), row.origin, row.settled) for row in found]


@asynccontextmanager
async def remembered(
    tx: AsyncSession, workspace: str, person_id: str, now: datetime, *, by: str
) -> AsyncIterator[None]:
    """Whatever becomes of somebody's leave in here is written down: who changed it, when, from what to what. `by` is a
    person's id, or a word such as "calendar".
    """
    before = _told(await of_person(tx, workspace, person_id))
    yield
    after = _told(await of_person(tx, workspace, person_id))
    if before != after:
        revising = Revising(tx, workspace, now, by=by)
        revising.note(LEAVE, person_id, {LEAVE: before}, {LEAVE: after})
        await revising.finish()


def _told(kept: Sequence[Kept]) -> list[str]:
    """From when to when, and who says so."""
    return [f"{one.absence.first}/{one.absence.last or ''} {one.absence.source}" for one in kept]


async def add(tx: AsyncSession, workspace: str, person_id: str, absence: Absence, *, origin: str = "") -> None:
    tx.add(
        AbsenceRow(
            workspace_id=workspace,
            id=new_id(),
            person_id=person_id,
            first=absence.first,
            last=absence.last,
            source=absence.source,
            origin=origin,
        )
    )
    await tx.flush()


async def change(tx: AsyncSession, workspace: str, changed: Kept) -> None:
    """Give an absence other days or another origin, or settle its end."""
    await tx.exec(
        update(AbsenceRow)
        .where(col(AbsenceRow.workspace_id) == workspace, col(AbsenceRow.id) == changed.id)
        .values(
            first=changed.absence.first,
            last=changed.absence.last,
            origin=changed.origin,
            settled=changed.settled,
        )
        .execution_options(synchronize_session="fetch")
    )


async def remove(tx: AsyncSession, workspace: str, ids: Sequence[str]) -> None:
    await tx.exec(delete(AbsenceRow).where(col(AbsenceRow.workspace_id) == workspace, col(AbsenceRow.id).in_(ids)))


async def forget_calendars(tx: AsyncSession, workspace: str) -> None:
    """Leave that was read from a calendar the company no longer names."""
    without = select(PersonRow.id).where(PersonRow.workspace_id == workspace, PersonRow.calendar == "")
    await tx.exec(
        delete(AbsenceRow).where(
            col(AbsenceRow.workspace_id) == workspace,
            col(AbsenceRow.source) == Source.CALENDAR,
            col(AbsenceRow.person_id).in_(without),
        )
    )


def _absence(row: AbsenceRow) -> Absence:
    return Absence(row.first, row.last, row.source)
