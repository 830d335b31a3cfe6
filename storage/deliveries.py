"""The delivery ledger: what we owe whom, claimed by one worker at a time, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, or_, tuple_, update
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from okr.deliveries import Delivery, DeliveryState, Kind
from storage.columns import new_id
from storage.tables import DeliveryRow


@dataclass(frozen=True)
class Patience:
    """How long a claim holds, and how long after it an unclear outcome is left alone, in real time."""

    lease: timedelta = timedelta(seconds=60)
    quarantine: timedelta = timedelta(seconds=60)


async def plan(
    tx: AsyncSession,
    workspace: str,
    key: str,
    kind: Kind,
    due_at: datetime,
    *,
    person_id: str | None = None,
    round_id: str | None = None,
    day: date | None = None,
    part: int = 0,
    channel: str | None = None,
    thread_ts: str | None = None,
) -> None:
    """Owe a message. The same key again only brings a planned one forward, or freshens a sent one."""
    found = await tx.exec(select(DeliveryRow).where(DeliveryRow.workspace_id == workspace, DeliveryRow.key == key))
    row = found.one_or_none()
    if row is None:
        tx.add(
            DeliveryRow(
                workspace_id=workspace,
                id=new_id(),
                key=key,
                kind=kind,
                person_id=person_id,
                round_id=round_id,
                date=day,
                part=part,
                due_at=due_at,
                channel=channel,
                thread_ts=thread_ts,
            )
        )
    elif row.state is DeliveryState.PLANNED:
        row.due_at = min(row.due_at, due_at)
    else:
        row.wanted += 1
    await tx.flush()


async def claim(tx: AsyncSession, now: datetime, *, real: datetime, patience: Patience, most: int) -> list[Delivery]:
    """Lease what is due, in one statement: to be sent, to be brought up to date, or with an unclear outcome.

    `now` is the ritual's time and decides what is due; `real` is the time leases are counted in.
    """
    free = or_(col(DeliveryRow.lease_until).is_(None), col(DeliveryRow.lease_until) <= real)
    state, wanted, shown = col(DeliveryRow.state), col(DeliveryRow.wanted), col(DeliveryRow.shown)
    to_send = and_(state == DeliveryState.PLANNED, col(DeliveryRow.due_at) <= now, free)
    to_update = and_(state == DeliveryState.SENT, wanted > shown, free)
    unclear = and_(
        state.in_([DeliveryState.LEASED, DeliveryState.UNKNOWN]),
        col(DeliveryRow.lease_until) <= real - patience.quarantine,
    )
    due: ColumnElement[bool] = or_(to_send, to_update, unclear)
    candidates = (
        select(DeliveryRow.workspace_id, DeliveryRow.id)
        .where(due)
        .order_by(col(DeliveryRow.due_at), col(DeliveryRow.id))
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    lease = new_id()
    claimed = await tx.exec(
        update(DeliveryRow)
        .where(tuple_(col(DeliveryRow.workspace_id), col(DeliveryRow.id)).in_(candidates))
        .values(
            state=case((state == DeliveryState.SENT, DeliveryState.SENT), else_=DeliveryState.LEASED),
            unsure=case((unclear, True), else_=col(DeliveryRow.unsure)),
            tries=col(DeliveryRow.tries) + 1,
            first_try_at=func.coalesce(col(DeliveryRow.first_try_at), now),
            lease=lease,
            lease_until=real + patience.lease,
        )
        .returning(DeliveryRow)
        .execution_options(synchronize_session=False)
    )
    return sorted((_delivery(row) for (row,) in claimed.all()), key=lambda one: (one.due_at, one.id))


async def sent(
    tx: AsyncSession, delivery: Delivery, *, channel: str, ts: str, now: datetime, shown: int | None = None
) -> bool:
    """Record where the message stands and which revision it shows; False when the lease was lost meanwhile."""
    return await _finish(
        tx,
        delivery,
        state=DeliveryState.SENT,
        channel=channel,
        ts=ts,
        unsure=False,
        sent_at=func.coalesce(col(DeliveryRow.sent_at), now),
        shown=delivery.wanted if shown is None else shown,
    )


async def failed(tx: AsyncSession, delivery: Delivery, reason: str) -> bool:
    """Slack refused for good. An update that was refused is given up; the message stays as it is."""
    if delivery.is_update:
        return await _finish(tx, delivery, reason=reason, shown=delivery.wanted)
    return await _finish(tx, delivery, state=DeliveryState.FAILED, reason=reason)


async def skipped(tx: AsyncSession, delivery: Delivery, reason: str) -> bool:
    """There is nothing to say any more."""
    if delivery.is_update:
        return await _finish(tx, delivery, shown=delivery.wanted)
    return await _finish(tx, delivery, state=DeliveryState.SKIPPED, reason=reason)


async def put_off(tx: AsyncSession, delivery: Delivery, reason: str, *, until: datetime) -> bool:
    """Slack said not now: nothing was posted; try again after `until` (real time)."""
    state = DeliveryState.SENT if delivery.is_update else DeliveryState.PLANNED
    return await _finish(tx, delivery, state=state, reason=reason, hold_until=until)


async def unknown(tx: AsyncSession, delivery: Delivery, reason: str, *, until: datetime | None) -> bool:
    """The answer was lost; look again a quarantine after `until` (real time), or never by ourselves when None."""
    state = DeliveryState.SENT if delivery.is_update else DeliveryState.UNKNOWN
    return await _finish(tx, delivery, state=state, reason=reason, unsure=True, hold_until=until)


async def freshen(tx: AsyncSession, workspace: str, *, round_id: str) -> None:
    """What the digest of a round says has changed."""
    await _raise_wanted(tx, col(DeliveryRow.workspace_id) == workspace, col(DeliveryRow.round_id) == round_id)


async def freshen_person(tx: AsyncSession, workspace: str, person_id: str, day: date) -> None:
    """What the messages to a person about one date say has changed."""
    await _raise_wanted(
        tx,
        col(DeliveryRow.workspace_id) == workspace,
        col(DeliveryRow.person_id) == person_id,
        col(DeliveryRow.date) == day,
        col(DeliveryRow.kind).in_([Kind.PROMPT, Kind.REMINDER]),
    )


async def next_reminder(tx: AsyncSession, workspace: str, person_id: str, day: date) -> str | None:
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


async def move(tx: AsyncSession, workspace: str, delivery_id: str, due_at: datetime) -> None:
    """Send a planned message at the time a person chose."""
    await tx.exec(
        update(DeliveryRow)
        .where(
            col(DeliveryRow.workspace_id) == workspace,
            col(DeliveryRow.id) == delivery_id,
            col(DeliveryRow.state) == DeliveryState.PLANNED,
        )
        .values(due_at=due_at, chosen=True)
    )


async def parts_of_round(tx: AsyncSession, workspace: str, round_id: str) -> set[int]:
    """Which parts of a round's digest are owed or posted already."""
    found = await tx.exec(
        select(DeliveryRow.part).where(
            DeliveryRow.workspace_id == workspace, DeliveryRow.round_id == round_id, DeliveryRow.kind == Kind.DIGEST
        )
    )
    return set(found.all())


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


async def next_due(tx: AsyncSession, after: datetime) -> tuple[datetime, Kind] | None:
    """When the next planned message is due, and what it is."""
    found = await tx.exec(
        select(DeliveryRow.due_at, DeliveryRow.kind)
        .where(DeliveryRow.state == DeliveryState.PLANNED, col(DeliveryRow.due_at) > after)
        .order_by(col(DeliveryRow.due_at))
        .limit(1)
    )
    first = found.one_or_none()
    return (first[0], Kind(first[1])) if first else None


async def _raise_wanted(tx: AsyncSession, *those: ColumnElement[bool]) -> None:
    """A message on its way counts too: it may have been drawn before the change."""
    alive = [DeliveryState.SENT, DeliveryState.LEASED, DeliveryState.UNKNOWN]
    await tx.exec(
        update(DeliveryRow)
        .where(*those, col(DeliveryRow.state).in_(alive))
        .values(wanted=col(DeliveryRow.wanted) + 1)
        .execution_options(synchronize_session=False)
    )


async def _finish(
    tx: AsyncSession, delivery: Delivery, *, hold_until: datetime | None = None, **values: object
) -> bool:
    """Only the holder of the lease may write what became of a delivery."""
    result = await tx.exec(
        update(DeliveryRow)
        .where(
            col(DeliveryRow.workspace_id) == delivery.workspace,
            col(DeliveryRow.id) == delivery.id,
            col(DeliveryRow.lease) == delivery.lease,
        )
        .values(lease=None, lease_until=hold_until, **values)
        .execution_options(synchronize_session=False)
    )
    return bool(result.rowcount == 1)


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
        lease=row.lease or "",
        unsure=row.unsure,
        tries=row.tries,
        chosen=row.chosen,
        first_try_at=row.first_try_at,
        channel=row.channel,
        ts=row.ts,
        thread_ts=row.thread_ts,
    )
