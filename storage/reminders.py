"""Reminders: which is next, which are left out, and what else goes out to the same person."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import and_, or_, update
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from okr.deliveries import Delivery, DeliveryState, Kind
from storage.deliveries import CHOSEN_LATER
from storage.tables import DeliveryRow


async def next_one(tx: AsyncSession, workspace: str, person_id: str, day: date) -> str | None:
    """The id of the next reminder still to come about a date."""
    found = await tx.exec(
        select(DeliveryRow.id)
        .where(
            DeliveryRow.workspace_id == workspace,
            DeliveryRow.person_id == person_id,
            DeliveryRow.date == day,
            DeliveryRow.kind == Kind.REMINDER,
            DeliveryRow.state == DeliveryState.PLANNED,
        )
        .order_by(col(DeliveryRow.due_at), col(DeliveryRow.part))
        .limit(1)
    )
    return found.one_or_none()


async def to_come(tx: AsyncSession, workspace: str, subjects: Sequence[tuple[str, date]]) -> set[tuple[str, date]]:
    """Which of these (person, date) still have a reminder to come."""
    found = await tx.exec(
        select(col(DeliveryRow.person_id), col(DeliveryRow.date))
        .where(
            DeliveryRow.workspace_id == workspace,
            col(DeliveryRow.person_id).in_({person_id for person_id, _ in subjects}),
            col(DeliveryRow.date).in_({day for _, day in subjects}),
            DeliveryRow.kind == Kind.REMINDER,
            DeliveryRow.state == DeliveryState.PLANNED,
        )
        .distinct()
    )
    return {(person_id, day) for person_id, day in found.all() if person_id and day}


async def move(tx: AsyncSession, workspace: str, delivery_id: str, due_at: datetime) -> bool:
    """Send a planned message at the time a person chose; False when it has gone out by now, or is about to."""
    result = await tx.exec(
        update(DeliveryRow)
        .where(
            col(DeliveryRow.workspace_id) == workspace,
            col(DeliveryRow.id) == delivery_id,
            col(DeliveryRow.state) == DeliveryState.PLANNED,
        )
        .values(due_at=due_at, chosen=True)
    )
    return bool(result.rowcount == 1)


async def leave_out(tx: AsyncSession, workspace: str, person_id: str, day: date, *, before: datetime) -> None:
    """Whoever has chosen an hour is not reminded before it."""
    await tx.exec(
        update(DeliveryRow)
        .where(
            col(DeliveryRow.workspace_id) == workspace,
            col(DeliveryRow.person_id) == person_id,
            col(DeliveryRow.date) == day,
            col(DeliveryRow.kind) == Kind.REMINDER,
            col(DeliveryRow.state) == DeliveryState.PLANNED,
            ~col(DeliveryRow.chosen),
            col(DeliveryRow.due_at) <= before,
        )
        .values(state=DeliveryState.SKIPPED, reason=CHOSEN_LATER)
    )


async def last_sent(tx: AsyncSession, workspace: str, person_id: str, day: date) -> datetime | None:
    """When the newest message to a person about a date went out."""
    found = await tx.exec(
        select(func.max(DeliveryRow.sent_at)).where(
            DeliveryRow.workspace_id == workspace,
            DeliveryRow.person_id == person_id,
            DeliveryRow.date == day,
            col(DeliveryRow.kind).in_([Kind.PROMPT, Kind.REMINDER]),
        )
    )
    return found.one_or_none()


async def another_goes_out(tx: AsyncSession, delivery: Delivery, now: datetime) -> bool:
    """Whether another message to the same person about the same date is going out at this moment too.

    After an outage several are due at once: the prompt and an hour the person chose go before a reminder, and
    an earlier reminder before a later one.
    """
    on_its_way = or_(
        col(DeliveryRow.state) == DeliveryState.LEASED,
        # One that waits for an admin to settle it holds nothing up.
        and_(col(DeliveryRow.state) == DeliveryState.UNKNOWN, col(DeliveryRow.lease_until).is_not(None)),
        and_(col(DeliveryRow.state) == DeliveryState.PLANNED, col(DeliveryRow.due_at) <= now),
    )
    found = await tx.exec(
        select(DeliveryRow.id)
        .where(
            DeliveryRow.workspace_id == delivery.workspace,
            DeliveryRow.person_id == delivery.person_id,
            DeliveryRow.date == delivery.date,
            DeliveryRow.id != delivery.id,
            col(DeliveryRow.kind).in_([Kind.PROMPT, Kind.REMINDER]),
            or_(col(DeliveryRow.chosen), col(DeliveryRow.part) < delivery.part),
            on_its_way,
        )
        .limit(1)
    )
    return found.first() is not None
