"""Writing down what became of deliveries that were claimed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Subquery, case, literal, union_all, update
from sqlalchemy import select as sa_select
from sqlmodel import col, func
from sqlmodel.ext.asyncio.session import AsyncSession

from okr.deliveries import Delivery, DeliveryState
from storage.columns import UTCDateTime
from storage.tables import DeliveryRow, PersonRow

CHUNK = 100
"""Rows recorded in one statement; SQLite takes at most 500 parts of a union."""


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
