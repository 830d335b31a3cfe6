"""Claiming what is due, by one worker at a time, and writing down what became of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Subquery, and_, case, literal, literal_column, or_, tuple_, union_all, update
from sqlalchemy import select as sa_select
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from okr.deliveries import Delivery, DeliveryState
from storage.columns import UTCDateTime, new_id
from storage.tables import DeliveryRow, PersonRow

STATE, WANTED, SHOWN = col(DeliveryRow.state), col(DeliveryRow.wanted), col(DeliveryRow.shown)
PLANNED: ColumnElement[str] = literal_column("'planned'")
SENT: ColumnElement[str] = literal_column("'sent'")
LEASED: ColumnElement[str] = literal_column("'leased'")
UNKNOWN: ColumnElement[str] = literal_column("'unknown'")
"""States as literals: a partial index is only used where the statement itself names its state."""
CHUNK = 100
"""Rows recorded in one statement; SQLite takes at most 500 parts of a union."""


@dataclass(frozen=True)
class Patience:
    """How long a claim holds, and how long after it an unclear outcome is left alone, in real time."""

    lease: timedelta = timedelta(seconds=60)
    quarantine: timedelta = timedelta(seconds=60)


@dataclass(frozen=True)
class Standing:
    """Where a delivery stands in Slack now. `revision` is what it shows; `anew` says that this was a second
    attempt, so that a first one may still turn up.
    """

    delivery: Delivery
    channel: str
    ts: str
    revision: int
    anew: bool = False


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


async def stand(
    tx: AsyncSession, standings: Sequence[Standing], *, now: datetime, check_at: datetime
) -> list[Standing]:
    """Record many at once where they stand. Answers those whose lease was lost meanwhile: not ours to record."""
    lost: list[Standing] = []
    for start in range(0, len(standings), CHUNK):
        chunk = standings[start : start + CHUNK]
        kept = await _stand(tx, chunk, now, check_at)
        lost += [one for one in chunk if one.delivery.id not in kept]
    return lost


async def whereabouts(tx: AsyncSession, delivery: Delivery) -> tuple[DeliveryState, str | None, str | None]:
    """(state, channel, ts) of a delivery as somebody else has recorded it."""
    row = await tx.get_one(DeliveryRow, (delivery.workspace, delivery.id), populate_existing=True)
    return row.state, row.channel, row.ts


async def count_duplicates(tx: AsyncSession, delivery: Delivery, found: int) -> None:
    """Remember how many times a message stood in Slack once too often."""
    await tx.exec(
        update(DeliveryRow)
        .where(*_this(delivery))
        .values(duplicates=col(DeliveryRow.duplicates) + found)
        .execution_options(synchronize_session=False)
    )


async def checked(tx: AsyncSession, delivery: Delivery, *, stands: tuple[str, str] | None = None) -> bool:
    """The second look is done. `stands` is the (channel, ts) of another copy than the one recorded, which says
    something old for all we know.
    """
    if stands is None:
        return await _finish(tx, delivery, check_at=None)
    channel, ts = stands
    return await _finish(tx, delivery, check_at=None, channel=channel, ts=ts, shown=0)


async def failed(tx: AsyncSession, delivery: Delivery, reason: str) -> bool:
    """Slack refused for good. An update that was refused is given up; the message stays as it is."""
    if delivery.is_update:
        return await _finish(tx, delivery, reason=reason, shown=delivery.wanted, check_at=None)
    return await _finish(tx, delivery, state=DeliveryState.FAILED, reason=reason)


async def skipped(tx: AsyncSession, delivery: Delivery, reason: str) -> bool:
    """There is nothing to say any more."""
    if delivery.is_update:
        return await _finish(tx, delivery, shown=delivery.wanted)
    return await _finish(tx, delivery, state=DeliveryState.SKIPPED, reason=reason)


async def put_off(tx: AsyncSession, delivery: Delivery, reason: str, *, until: datetime) -> bool:
    """Nothing was posted; try again after `until` (real time)."""
    return await _finish(tx, delivery, state=_claimable(delivery), reason=reason, hold_until=until)


async def broken(tx: AsyncSession, delivery: Delivery, reason: str, *, until: datetime) -> bool:
    """It could not be drawn; nothing was posted. Try again after `until` (real time)."""
    times = delivery.broken + 1
    return await _finish(tx, delivery, state=_claimable(delivery), reason=reason, broken=times, hold_until=until)


async def unknown(tx: AsyncSession, delivery: Delivery, reason: str, *, until: datetime | None) -> bool:
    """The answer was lost; look again a quarantine after `until` (real time), or never by ourselves when None."""
    state = DeliveryState.SENT if delivery.is_update else DeliveryState.UNKNOWN
    return await _finish(tx, delivery, state=state, reason=reason, unsure=True, hold_until=until)


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


async def _stand(tx: AsyncSession, standings: Sequence[Standing], now: datetime, check_at: datetime) -> set[str]:
    """One statement for all."""
    rows = _as_rows(standings)
    result = await tx.exec(
        update(DeliveryRow)
        .where(
            col(DeliveryRow.workspace_id) == rows.c.workspace_id,
            col(DeliveryRow.id) == rows.c.id,
            col(DeliveryRow.lease) == rows.c.lease,
        )
        .values(
            state=DeliveryState.SENT,
            channel=rows.c.channel,
            ts=rows.c.ts,
            shown=rows.c.revision,
            reason="",
            broken=0,
            unsure=False,
            sent_at=func.coalesce(col(DeliveryRow.sent_at), now),
            check_at=case((rows.c.anew == 1, literal(check_at, UTCDateTime)), else_=col(DeliveryRow.check_at)),
            lease=None,
            lease_until=None,
        )
        .returning(col(DeliveryRow.id))
        .execution_options(synchronize_session=False)
    )
    kept = {str(id) for (id,) in result.all()}
    await _remember_dms(tx, [one for one in standings if one.delivery.id in kept])
    return kept


def _as_rows(standings: Sequence[Standing]) -> Subquery:
    """The values as a union, which both databases read."""
    return union_all(
        *(
            sa_select(
                literal(one.delivery.workspace).label("workspace_id"),
                literal(one.delivery.id).label("id"),
                literal(one.delivery.lease).label("lease"),
                literal(one.channel).label("channel"),
                literal(one.ts).label("ts"),
                literal(one.revision).label("revision"),
                literal(1 if one.anew else 0).label("anew"),
            )
            for one in standings
        )
    ).subquery("stood")


async def _remember_dms(tx: AsyncSession, standings: Sequence[Standing]) -> None:
    """The conversation Slack opened for a first message: the next one needs no opening."""
    for one in standings:
        if one.delivery.person_id and not one.delivery.is_update and one.channel != one.delivery.channel:
            await tx.exec(
                update(PersonRow)
                .where(
                    col(PersonRow.workspace_id) == one.delivery.workspace,
                    col(PersonRow.id) == one.delivery.person_id,
                    col(PersonRow.dm).is_distinct_from(one.channel),
                )
                .values(dm=one.channel)
                .execution_options(synchronize_session=False)
            )


def _claimable(delivery: Delivery) -> DeliveryState:
    """The state in which it is claimed again; that an earlier attempt is unclear is remembered beside it."""
    return DeliveryState.SENT if delivery.is_update else DeliveryState.PLANNED


async def _finish(
    tx: AsyncSession, delivery: Delivery, *, hold_until: datetime | None = None, broken: int = 0, **values: object
) -> bool:
    """Only the holder of the lease may write what became of a delivery."""
    result = await tx.exec(
        update(DeliveryRow)
        .where(*_this(delivery), col(DeliveryRow.lease) == delivery.lease)
        .values(lease=None, lease_until=hold_until, broken=broken, **values)
        .execution_options(synchronize_session=False)
    )
    return bool(result.rowcount == 1)


def _this(delivery: Delivery) -> list[ColumnElement[bool]]:
    return [col(DeliveryRow.workspace_id) == delivery.workspace, col(DeliveryRow.id) == delivery.id]


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
        first_try_at=row.first_try_at,
        channel=row.channel,
        ts=row.ts,
        thread_ts=row.thread_ts,
    )
