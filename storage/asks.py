"""Asks: the key results we are owed an answer for, in one round each."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from okr.rounds import Ask, Round
from storage.rounds import OPEN, round_of
from storage.tables import AskRow, RoundRow

IN_ROUND = (col(RoundRow.workspace_id) == col(AskRow.workspace_id)) & (col(RoundRow.id) == col(AskRow.round_id))


async def add(tx: AsyncSession, workspace: str, asks: Sequence[Ask]) -> None:
    tx.add_all(
        AskRow(
            workspace_id=workspace,
            round_id=one.round_id,
            key_result_id=one.key_result_id,
            person_id=one.person_id,
            date=one.date,
            due_at=one.due_at,
            excuse=one.excuse,
            grace_ends=one.grace_ends,
        )
        for one in asks
    )
    await tx.flush()


async def change(tx: AsyncSession, workspace: str, changed: Ask) -> None:
    """Ask somebody else, at another time, or nobody."""
    row = await tx.get_one(AskRow, (workspace, changed.round_id, changed.key_result_id))
    row.person_id, row.date, row.due_at = changed.person_id, changed.date, changed.due_at
    row.excuse, row.grace_ends = changed.excuse, changed.grace_ends
    await tx.flush()


async def of_rounds(tx: AsyncSession, workspace: str, round_ids: Iterable[str]) -> dict[str, list[Ask]]:
    """The asks of these rounds, by round."""
    asked: dict[str, list[Ask]] = {id: [] for id in round_ids}
    for row in await tx.exec(
        select(AskRow).where(AskRow.workspace_id == workspace, col(AskRow.round_id).in_(set(asked)))
    ):
        asked[row.round_id].append(_ask(row))
    return asked


async def of_round(tx: AsyncSession, workspace: str, round_id: str) -> list[Ask]:
    return (await of_rounds(tx, workspace, [round_id]))[round_id]


async def of_person(tx: AsyncSession, workspace: str, person_id: str, day: date) -> list[tuple[Ask, Round]]:
    """What a person is asked on a local date, over all their teams."""
    return (await of_people(tx, workspace, [(person_id, day)])).get((person_id, day), [])


async def excused_of_person(tx: AsyncSession, workspace: str, person_id: str, day: date) -> list[tuple[Ask, Round]]:
    """What a person would have been asked on a local date."""
    found = await tx.exec(
        select(AskRow, RoundRow)
        .join(RoundRow, IN_ROUND)
        .where(
            AskRow.workspace_id == workspace,
            AskRow.person_id == person_id,
            AskRow.date == day,
            col(AskRow.excuse).is_not(None),
        )
    )
    return [(_ask(one), round_of(row)) for one, row in found]


async def of_people(
    tx: AsyncSession, workspace: str, subjects: Sequence[tuple[str, date]]
) -> dict[tuple[str, date], list[tuple[Ask, Round]]]:
    """What these persons are asked on these local dates; what was excused is left out."""
    found = await tx.exec(
        select(AskRow, RoundRow)
        .join(RoundRow, IN_ROUND)
        .where(
            AskRow.workspace_id == workspace,
            col(AskRow.person_id).in_({person_id for person_id, _ in subjects}),
            col(AskRow.date).in_({day for _, day in subjects}),
            col(AskRow.excuse).is_(None),
        )
    )
    asked: dict[tuple[str, date], list[tuple[Ask, Round]]] = {}
    wanted = set(subjects)
    for one, row in found:
        if (one.person_id, one.date) in wanted:
            asked.setdefault((one.person_id, one.date), []).append((_ask(one), round_of(row)))
    return asked


async def open_of_person(tx: AsyncSession, workspace: str, person_id: str) -> list[str]:
    """The key results that open rounds ask this person for, also in somebody's place."""
    first = await tx.exec(
        select(func.min(col(RoundRow.date))).where(RoundRow.workspace_id == workspace, col(RoundRow.state) == OPEN)
    )
    oldest = first.one()
    if oldest is None:
        return []
    found = await tx.exec(
        select(AskRow.key_result_id)
        .join(RoundRow, IN_ROUND)
        .where(
            AskRow.workspace_id == workspace,
            AskRow.person_id == person_id,
            # Zones move a day by one; without the bound all years of the person's asks would be read.
            AskRow.date >= oldest - timedelta(days=2),
            col(AskRow.excuse).is_(None),
            col(RoundRow.state) == OPEN,
        )
    )
    return sorted(found.all())  # ordered by the database, SQLite would read all asks along their key results


async def in_rounds(
    tx: AsyncSession, workspace: str, round_ids: Iterable[str], key_result_ids: Iterable[str]
) -> dict[tuple[str, str], Ask]:
    """The asks of these key results in these rounds, by (round, key result), also those that were excused."""
    found = await tx.exec(
        select(AskRow).where(
            AskRow.workspace_id == workspace,
            col(AskRow.round_id).in_(set(round_ids)),
            col(AskRow.key_result_id).in_(set(key_result_ids)),
        )
    )
    return {(row.round_id, row.key_result_id): _ask(row) for row in found}


def _ask(row: AskRow) -> Ask:
    return Ask(
        round_id=row.round_id,
        key_result_id=row.key_result_id,
        person_id=row.person_id,
        date=row.date,
        due_at=row.due_at,
        excuse=row.excuse,
        grace_ends=row.grace_ends,
    )
