"""Claiming what is due, by one worker at a time."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, literal_column, or_, tuple_, update
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from okr.deliveries import Delivery
from storage.columns import new_id
from storage.tables import DeliveryRow

STATE, WANTED, SHOWN = col(DeliveryRow.state), col(DeliveryRow.wanted), col(DeliveryRow.shown)
PLANNED: ColumnElement[str] = literal_column("'planned'")
SENT: ColumnElement[str] = literal_column("'sent'")
LEASED: ColumnElement[str] = literal_column("'leased'")
UNKNOWN: ColumnElement[str] = literal_column("'unknown'")
"""States as literals: a partial index is only used where the statement itself names its state."""


@dataclass(frozen=True)
class Patience:
    """How long a claim holds, and how long after it an unclear outcome is left alone, in real time."""

    lease: timedelta = timedelta(seconds=60)
    quarantine: timedelta = timedelta(seconds=60)


async def claim(
    tx: AsyncSession,
    now: datetime,
    *,
    real: datetime,
    patience: Patience,
    most: int,
    workspace: str | None = None,
    without: Collection[str] = (),
    changes_only: bool = False,
) -> list[Delivery]:
    """Lease what is due, in one statement a kind: an unclear outcome, else what is to be sent, else what has changed.

    `now` is the ritual's time and decides what is due; `real` is the time leases are counted in. Only of
    `workspace`, if given, and of none of those `without`.
    """
    free = or_(col(DeliveryRow.lease_until).is_(None), col(DeliveryRow.lease_until) <= real)
    unclear = and_(
        STATE.in_([LEASED, UNKNOWN]),
        col(DeliveryRow.lease_until) <= real - patience.quarantine,
    )
    to_send = and_(STATE == PLANNED, col(DeliveryRow.due_at) <= now, free)
    changed = and_(STATE == SENT, WANTED > SHOWN, free)
    second_look = and_(STATE == SENT, col(DeliveryRow.check_at) <= real, free)
    for which in [changed] if changes_only else [unclear, to_send, changed, second_look]:
        these = and_(which, *_where(workspace, without))
        claimed = await _lease(tx, now, real, patience, most, these, unsure=which is unclear)
        if claimed:
            return claimed
    return []


async def owing(tx: AsyncSession, now: datetime, *, real: datetime, patience: Patience) -> list[str]:
    """The workspaces that owe something now."""
    due = or_(
        and_(STATE == PLANNED, col(DeliveryRow.due_at) <= now),
        and_(STATE == SENT, WANTED > SHOWN),
        and_(STATE == SENT, col(DeliveryRow.check_at) <= real),
        and_(
            STATE.in_([LEASED, UNKNOWN]),
            col(DeliveryRow.lease_until) <= real - patience.quarantine,
        ),
    )
    found = await tx.exec(select(DeliveryRow.workspace_id).where(due).distinct())
    return sorted(found.all())


def _where(workspace: str | None, without: Collection[str]) -> list[ColumnElement[bool]]:
    here = [] if workspace is None else [col(DeliveryRow.workspace_id) == workspace]
    return [*here, *([col(DeliveryRow.workspace_id).not_in(without)] if without else [])]


async def _lease(
    tx: AsyncSession,
    now: datetime,
    real: datetime,
    patience: Patience,
    most: int,
    which: ColumnElement[bool],
    *,
    unsure: bool,
) -> list[Delivery]:
    candidates = (
        select(DeliveryRow.workspace_id, DeliveryRow.id)
        .where(which)
        .order_by(col(DeliveryRow.due_at), col(DeliveryRow.id))
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    claimed = await tx.exec(
        update(DeliveryRow)
        .where(tuple_(col(DeliveryRow.workspace_id), col(DeliveryRow.id)).in_(candidates))
        .values(
            state=case((STATE == SENT, SENT), else_=LEASED),
            unsure=True if unsure else col(DeliveryRow.unsure),
            tries=col(DeliveryRow.tries) + 1,
            first_try_at=func.coalesce(col(DeliveryRow.first_try_at), now),
            lease=new_id(),
            lease_until=real + patience.lease,
        )
        .returning(DeliveryRow)
        .execution_options(synchronize_session=False)
    )
    return sorted((_delivery(row) for (row,) in claimed.all()), key=lambda one: (one.due_at, one.id))


def _delivery(row: DeliveryRow) -> Delivery:
    return Delivery(
        workspace=row.workspace_id,
        id=row.id,
        kind=row.kind,
        person_id=row.person_id,
        round_id=row.round_id,
        date=row.date,
        part=row.part,
        due_at=row.due_at,
        wanted=row.wanted,
        shown=row.shown,
        lease=row.lease or "",
        lease_until=row.lease_until,
        unsure=row.unsure,
        second_look=row.check_at is not None,
        tries=row.tries,
        broken=row.broken,
        chosen=row.chosen,
        key=row.key,
        first_try_at=row.first_try_at,
        channel=row.channel,
        ts=row.ts,
        thread_ts=row.thread_ts,
        locale=row.locale,
    )
