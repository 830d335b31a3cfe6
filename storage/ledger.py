"""Writing down what became of deliveries that were claimed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, update
from sqlmodel import SQLModel, col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from okr.deliveries import Delivery, DeliveryState
from storage.columns import UTCDateTime
from storage.tables import DeliveryRow

DELIVERIES, PEOPLE = SQLModel.metadata.tables["deliveries"], SQLModel.metadata.tables["people"]
STAND = (
    update(DELIVERIES)
    .where(
        DELIVERIES.c.workspace_id == bindparam("of_workspace"),
        DELIVERIES.c.id == bindparam("of_id"),
        DELIVERIES.c.lease == bindparam("of_lease"),
    )
    .values(
        state=DeliveryState.SENT,
        channel=bindparam("stands_in"),
        ts=bindparam("stands_at"),
        shown=bindparam("revision"),
        reason="",
        broken=0,
        unsure=False,
        sent_at=func.coalesce(DELIVERIES.c.sent_at, bindparam("sent", type_=UTCDateTime)),
        check_at=func.coalesce(bindparam("check", type_=UTCDateTime), DELIVERIES.c.check_at),
        lease=None,
        lease_until=None,
    )
)
REMEMBER_DM = (
    update(PEOPLE)
    .where(
        PEOPLE.c.workspace_id == bindparam("of_workspace"),
        PEOPLE.c.id == bindparam("of_person"),
        PEOPLE.c.dm.is_distinct_from(bindparam("opened")),
    )
    .values(dm=bindparam("opened"))
)
"""Statements for many at once are made once: making one costs more than running it."""


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
    if not standings:
        return []
    ordered = sorted(standings, key=lambda one: one.delivery.id)
    rows = [
        {
            "of_workspace": one.delivery.workspace,
            "of_id": one.delivery.id,
            "of_lease": one.delivery.lease,
            "stands_in": one.channel,
            "stands_at": one.ts,
            "revision": one.revision,
            "sent": now,
            "check": check_at if one.anew else None,
        }
        for one in ordered
    ]
    result = await (await tx.connection()).execute(STAND, rows)
    lost = [] if result.rowcount == len(rows) else await _lost(tx, ordered)
    await _remember_dms(tx, [one for one in ordered if one not in lost])
    return lost


async def _lost(tx: AsyncSession, standings: Sequence[Standing]) -> list[Standing]:
    """Those that the memory has elsewhere."""
    found = await tx.exec(
        select(DeliveryRow.workspace_id, DeliveryRow.id, DeliveryRow.channel, DeliveryRow.ts).where(
            col(DeliveryRow.id).in_([one.delivery.id for one in standings])
        )
    )
    places = {(workspace, id): (channel, ts) for workspace, id, channel, ts in found}
    return [one for one in standings if places[one.delivery.workspace, one.delivery.id] != (one.channel, one.ts)]


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


async def _remember_dms(tx: AsyncSession, standings: Sequence[Standing]) -> None:
    """The conversations Slack opened for first messages: the next ones need no opening."""
    opened = [
        {"of_workspace": one.delivery.workspace, "of_person": one.delivery.person_id, "opened": one.channel}
        for one in standings
        if one.delivery.person_id and not one.delivery.is_update and one.channel != one.delivery.channel
    ]
    if opened:
        await (await tx.connection()).execute(REMEMBER_DM, opened)


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
