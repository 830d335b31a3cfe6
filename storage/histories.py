"""All that was ever answered, for whoever takes it along."""

import asyncio
from datetime import date, datetime
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from okr.confidence import Given
from okr.exports import Entry
from storage.tables import CheckInRow, KeyResultRow, PersonRow, RoundRow

LATER: Any = aliased(CheckInRow)
COLUMNS = (
    col(CheckInRow.id),
    col(CheckInRow.key_result_id),
    col(CheckInRow.round_id),
    col(CheckInRow.at),
    col(CheckInRow.author_id),
    col(CheckInRow.value),
    col(CheckInRow.level),
    col(CheckInRow.scale),
    col(CheckInRow.note),
    col(CheckInRow.win),
    col(CheckInRow.blocker),
    col(CheckInRow.via),
)
PAGE = 1000


async def checkins(tx: AsyncSession, workspace: str) -> tuple[Entry, ...]:
    """Every check-in, the oldest first, those that were edited later too.

    Years of them are read in pages, as the table is sorted, so that others get their turn in between: in one go they
    would hold up everybody for seconds.
    """
    keys, people = await _key_results(tx, workspace), await _people(tx, workspace)
    days = await _days(tx, workspace)
    found: list[tuple[datetime, str, Entry]] = []
    last = ""
    reading = await tx.connection()
    while page := (await reading.execute(_page(workspace, last))).all():
        for row in page:
            about = keys[row.key_result_id], days.get(row.round_id or ""), people[row.author_id]
            found.append((row.at, row.id, _entry(row, *about)))
        last = page[-1].id
        await asyncio.sleep(0)
    found.sort(key=itemgetter(0, 1))
    return tuple(entry for _, _, entry in found)


def _page(workspace: str, last: str) -> Any:
    """The rows that come after the `last` id, without the weight of objects."""
    replaced = sa.exists().where(
        col(LATER.workspace_id) == col(CheckInRow.workspace_id), col(LATER.supersedes_id) == col(CheckInRow.id)
    )
    which = (col(CheckInRow.workspace_id) == workspace, col(CheckInRow.id) > last)
    return sa.select(*COLUMNS, replaced.label("replaced")).where(*which).order_by(col(CheckInRow.id)).limit(PAGE)


def _entry(row: Any, key_result: str, round: date | None, by: str) -> Entry:
    return Entry(
        key_result=key_result,
        at=row.at,
        round=round,
        by=by,
        value=row.value,
        given=Given(row.level, row.scale),
        note=row.note,
        win=row.win,
        blocker=row.blocker,
        via=row.via,
        replaced=row.replaced,
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
