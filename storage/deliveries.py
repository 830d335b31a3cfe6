"""Messages we owe: planning them, bringing them up to date, and what is known of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, or_, update
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from okr.deliveries import WELCOME, DeliveryState, Kind
from storage.columns import new_id
from storage.inserts import insert_new
from storage.tables import DeliveryRow

CHOSEN_LATER = "they chose a later hour"
"""Why a message is skipped that stays so, whatever is planned anew."""


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
    locale: str = "",
) -> None:
    """Owe a message. The same key again moves a planned one, unless the person chose its hour, owes a skipped one
    after all, and freshens a sent one.
    """
    made = DeliveryRow(
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
        locale=locale,
    )
    if not await insert_new(tx, made, ("workspace_id", "key")):
        await owe_again(tx, workspace, key, due_at)


async def owe_again(tx: AsyncSession, workspace: str, key: str, due_at: datetime) -> None:
    """What is owed by this key already is moved, owed after all, or freshened."""
    found = await tx.exec(
        select(DeliveryRow)
        .where(DeliveryRow.workspace_id == workspace, DeliveryRow.key == key)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    row = found.one()
    if row.reason == CHOSEN_LATER:
        return
    if row.state in (DeliveryState.PLANNED, DeliveryState.SKIPPED):
        row.due_at = row.due_at if row.chosen else due_at
        row.state = DeliveryState.PLANNED
    else:
        row.wanted += 1
    await tx.flush()


@dataclass(frozen=True)
class Hour:
    """When a message was due, and whether the person chose it."""

    person_id: str | None
    at: datetime
    chosen: bool


async def hour(tx: AsyncSession, workspace: str, key: str) -> Hour | None:
    """The hour of the message of this natural name; None when there is none."""
    found = await tx.exec(select(DeliveryRow).where(DeliveryRow.workspace_id == workspace, DeliveryRow.key == key))
    row = found.one_or_none()
    return Hour(row.person_id, row.due_at, row.chosen) if row else None


async def call_off_welcomes(tx: AsyncSession, workspace: str, person_id: str, *, but: Collection[date]) -> None:
    """Whoever comes back on other days now is not greeted on those that were planned."""
    await tx.exec(
        update(DeliveryRow)
        .where(
            col(DeliveryRow.workspace_id) == workspace,
            col(DeliveryRow.person_id) == person_id,
            col(DeliveryRow.kind) == Kind.NOTICE,
            col(DeliveryRow.part) == WELCOME,
            col(DeliveryRow.date).not_in(but),
            col(DeliveryRow.state) == DeliveryState.PLANNED,
        )
        .values(state=DeliveryState.SKIPPED, reason="they come back on another day")
        .execution_options(synchronize_session="fetch")
    )


async def freshen(
    tx: AsyncSession, workspace: str, *, round_ids: Collection[str] = (), subjects: Collection[tuple[str, date]] = ()
) -> None:
    """What the digests of these rounds say has changed, and the prompts and reminders of these (person, date).

    Always in the same order, whatever changed first: nobody waits for each other.
    """
    of_people = and_(
        col(DeliveryRow.person_id).in_({person_id for person_id, _ in subjects}),
        col(DeliveryRow.date).in_({day for _, day in subjects}),
        col(DeliveryRow.kind).in_([Kind.PROMPT, Kind.REMINDER]),
    )
    found = await tx.exec(
        select(DeliveryRow.id, col(DeliveryRow.round_id), col(DeliveryRow.person_id), col(DeliveryRow.date)).where(
            DeliveryRow.workspace_id == workspace, or_(col(DeliveryRow.round_id).in_(round_ids), of_people)
        )
    )
    ids = [id for id, round_id, *subject in found if round_id in round_ids or tuple(subject) in subjects]
    those = (col(DeliveryRow.workspace_id) == workspace, col(DeliveryRow.id).in_(ids))
    await tx.exec(select(DeliveryRow.id).where(*those).order_by(col(DeliveryRow.id)).with_for_update(key_share=True))
    await _raise_wanted(tx, *those)


async def freshen_one(tx: AsyncSession, workspace: str, key: str) -> None:
    """What the message of this natural name says has changed."""
    await _raise_wanted(tx, col(DeliveryRow.workspace_id) == workspace, col(DeliveryRow.key) == key)


async def parts_of_round(tx: AsyncSession, workspace: str, round_id: str) -> set[int]:
    """Which parts of a round's digest are owed or posted already. One that was left out because the digest had become
    shorter is not.
    """
    found = await tx.exec(
        select(DeliveryRow.part).where(
            DeliveryRow.workspace_id == workspace,
            DeliveryRow.round_id == round_id,
            DeliveryRow.kind == Kind.DIGEST,
            DeliveryRow.state != DeliveryState.SKIPPED,
        )
    )
    return set(found.all())


async def refusal(tx: AsyncSession, workspace: str, round_id: str) -> str:
    """Slack's word for why a round's digest was not taken; empty when it was."""
    found = await tx.exec(
        select(DeliveryRow.reason).where(
            DeliveryRow.workspace_id == workspace,
            DeliveryRow.round_id == round_id,
            DeliveryRow.kind == Kind.DIGEST,
            DeliveryRow.part == 0,
            DeliveryRow.state == DeliveryState.FAILED,
        )
    )
    return found.one_or_none() or ""


async def oldest_due(tx: AsyncSession, now: datetime, workspace: str | None = None) -> datetime | None:
    """Since when the oldest message still to be sent, in a workspace or in all, has been due."""
    here = [] if workspace is None else [col(DeliveryRow.workspace_id) == workspace]
    found = await tx.exec(
        select(func.min(DeliveryRow.due_at)).where(
            DeliveryRow.state == DeliveryState.PLANNED, col(DeliveryRow.due_at) <= now, *here
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
