"""What a person gets from Monday to Sunday, counted from the ledger by the dates its messages are about."""

from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from okr.deliveries import ENOUGH, FINDINGS, DeliveryState, Kind
from storage.tables import DeliveryRow

ON_ITS_WAY = (DeliveryState.PLANNED, DeliveryState.LEASED)
MOST_NAMED = 20


async def sent(tx: AsyncSession, workspace: str, person_id: str, day: date) -> int:
    """How many messages nobody asked for a person got in the week of a day, or has got for all that is known. Those at
    an hour they chose do not count, nor does what has no date: the answer to something they did.
    """
    found = await tx.exec(
        select(func.count()).where(
            DeliveryRow.workspace_id == workspace,
            DeliveryRow.person_id == person_id,
            _in_week(day),
            or_(col(DeliveryRow.sent_at).is_not(None), col(DeliveryRow.state) == DeliveryState.UNKNOWN),
            ~col(DeliveryRow.chosen),
        )
    )
    return found.one()


async def coaching_to_come(tx: AsyncSession, workspace: str, person_id: str, day: date) -> int:
    """How many messages with findings are still to go to a person in the week of a day."""
    found = await tx.exec(
        select(func.count()).where(
            DeliveryRow.workspace_id == workspace,
            DeliveryRow.person_id == person_id,
            _in_week(day),
            DeliveryRow.kind == Kind.NOTICE,
            DeliveryRow.part == FINDINGS,
            col(DeliveryRow.state).in_(ON_ITS_WAY),
        )
    )
    return found.one()


async def gave_way(tx: AsyncSession, workspace: str, since: datetime) -> list[tuple[Kind, int, list[str]]]:
    """What was not sent since then because there were enough messages: (kind, how many, whom the first were for)."""
    which = and_(
        col(DeliveryRow.workspace_id) == workspace,
        col(DeliveryRow.state) == DeliveryState.SKIPPED,
        col(DeliveryRow.reason) == ENOUGH,
        col(DeliveryRow.due_at) >= since,
    )
    counts = await tx.exec(select(DeliveryRow.kind, func.count()).where(which).group_by(col(DeliveryRow.kind)))
    found = []
    for kind, count in sorted(counts.all()):
        of_kind = which & (col(DeliveryRow.kind) == kind)
        people = await tx.exec(
            select(DeliveryRow.person_id).where(of_kind).order_by(col(DeliveryRow.due_at)).limit(MOST_NAMED)
        )
        found.append((Kind(kind), count, list(dict.fromkeys(id for id in people if id))))
    return found


def _in_week(day: date) -> ColumnElement[bool]:
    monday = day - timedelta(days=day.weekday())
    return col(DeliveryRow.date).between(monday, monday + timedelta(days=6))
