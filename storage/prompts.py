"""Prompts, one for each person and date: owing them with their reminders, calling them off, and which stand."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from okr.deliveries import DeliveryState, Kind
from okr.planning import Owed
from storage.columns import new_id
from storage.deliveries import owe_again
from storage.inserts import insert_all_new
from storage.tables import DeliveryRow

CALLED_OFF = "nothing is asked any more"


async def plan(tx: AsyncSession, workspace: str, owed: Sequence[Owed]) -> None:
    """Owe these messages, as `deliveries.plan` does one."""
    rows = {new_id(): one for one in owed}
    made = [
        DeliveryRow(
            workspace_id=workspace,
            id=id,
            key=one.key,
            kind=Kind.REMINDER if one.part else Kind.PROMPT,
            person_id=one.person_id,
            date=one.date,
            part=one.part,
            due_at=one.at,
        )
        for id, one in rows.items()
    ]
    if await insert_all_new(tx, made, ("workspace_id", "key")):
        return
    new = await tx.exec(
        select(DeliveryRow.id).where(DeliveryRow.workspace_id == workspace, col(DeliveryRow.id).in_(rows))
    )
    for id in rows.keys() - set(new.all()):
        await owe_again(tx, workspace, rows[id].key, rows[id].at)


async def call_off(tx: AsyncSession, workspace: str, person_id: str, day: date) -> None:
    """Nothing is asked of a person about a date any more: what is planned is not sent."""
    await tx.exec(
        update(DeliveryRow)
        .where(
            col(DeliveryRow.workspace_id) == workspace,
            col(DeliveryRow.person_id) == person_id,
            col(DeliveryRow.date) == day,
            col(DeliveryRow.kind).in_([Kind.PROMPT, Kind.REMINDER]),
            col(DeliveryRow.state) == DeliveryState.PLANNED,
        )
        .values(state=DeliveryState.SKIPPED, reason=CALLED_OFF)
        .execution_options(synchronize_session="fetch")
    )


async def call_on(tx: AsyncSession, workspace: str, person_id: str, day: date, now: datetime) -> None:
    """A person is asked about a date after all: what was called off and is still to come is owed again."""
    await tx.exec(
        update(DeliveryRow)
        .where(
            col(DeliveryRow.workspace_id) == workspace,
            col(DeliveryRow.person_id) == person_id,
            col(DeliveryRow.date) == day,
            col(DeliveryRow.kind) == Kind.REMINDER,
            col(DeliveryRow.state) == DeliveryState.SKIPPED,
            col(DeliveryRow.reason) == CALLED_OFF,
            col(DeliveryRow.due_at) > now,
        )
        .values(state=DeliveryState.PLANNED, reason="")
        .execution_options(synchronize_session="fetch")
    )


async def prompted(tx: AsyncSession, workspace: str, subjects: Sequence[tuple[str, date]]) -> set[tuple[str, date]]:
    """Which of these (person, date) have their prompt already, or have it on its way."""
    return await _with_prompt(
        tx, workspace, subjects, [DeliveryState.SENT, DeliveryState.LEASED, DeliveryState.UNKNOWN]
    )


async def reached(tx: AsyncSession, workspace: str, subjects: Sequence[tuple[str, date]]) -> set[tuple[str, date]]:
    """Which of these (person, date) have their prompt, as far as anybody can know."""
    return await _with_prompt(tx, workspace, subjects, [DeliveryState.SENT, DeliveryState.UNKNOWN])


async def _with_prompt(
    tx: AsyncSession, workspace: str, subjects: Sequence[tuple[str, date]], states: Sequence[DeliveryState]
) -> set[tuple[str, date]]:
    found = await tx.exec(
        select(col(DeliveryRow.person_id), col(DeliveryRow.date)).where(
            DeliveryRow.workspace_id == workspace,
            col(DeliveryRow.person_id).in_({person_id for person_id, _ in subjects}),
            col(DeliveryRow.date).in_({day for _, day in subjects}),
            DeliveryRow.kind == Kind.PROMPT,
            col(DeliveryRow.state).in_(states),
        )
    )
    return {(person_id, day) for person_id, day in found.all() if person_id and day}


async def is_prompted(tx: AsyncSession, workspace: str, person_id: str, day: date) -> bool:
    """Whether a prompt about this date stands in the person's DM, or is about to."""
    found = await tx.exec(
        select(DeliveryRow.id).where(
            DeliveryRow.workspace_id == workspace,
            DeliveryRow.person_id == person_id,
            DeliveryRow.date == day,
            DeliveryRow.kind == Kind.PROMPT,
            col(DeliveryRow.state).not_in([DeliveryState.SKIPPED, DeliveryState.FAILED]),
        )
    )
    return found.first() is not None


async def is_shown_to(tx: AsyncSession, workspace: str, person_id: str, days: Sequence[date]) -> bool:
    """Whether a prompt about one of these dates stands in the person's DM."""
    found = await tx.exec(
        select(DeliveryRow.id)
        .where(
            DeliveryRow.workspace_id == workspace,
            DeliveryRow.person_id == person_id,
            col(DeliveryRow.date).in_(days),
            DeliveryRow.kind == Kind.PROMPT,
            DeliveryRow.state == DeliveryState.SENT,
        )
        .limit(1)
    )
    return found.first() is not None
