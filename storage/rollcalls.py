"""What the ledger says of rounds and messages, for whoever looks after the bot."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from okr.deliveries import DeliveryState, Kind
from okr.rollcall import Sending
from storage.tables import CheckInRow, DeliveryRow, WorkspaceRow

MOST_STRAY = 50


async def workspaces(tx: AsyncSession) -> dict[str, str]:
    """The names of all workspaces by id."""
    return {row.id: row.name for row in await tx.exec(select(WorkspaceRow).order_by(col(WorkspaceRow.name)))}


async def answered(tx: AsyncSession, workspace: str, round_ids: Iterable[str]) -> set[tuple[str, str]]:
    """(round, key result) of every answer given in these rounds."""
    found = await tx.exec(
        select(CheckInRow.round_id, CheckInRow.key_result_id)
        .where(CheckInRow.workspace_id == workspace, col(CheckInRow.round_id).in_(set(round_ids)))
        .distinct()
    )
    return {(str(round_id), key_result_id) for round_id, key_result_id in found}


async def prompts(tx: AsyncSession, workspace: str, days: Iterable[date]) -> dict[tuple[str, date], Sending]:
    """The prompts about some dates, by person and date."""
    found = await tx.exec(
        select(DeliveryRow).where(
            DeliveryRow.workspace_id == workspace,
            DeliveryRow.kind == Kind.PROMPT,
            col(DeliveryRow.date).in_(set(days)),
        )
    )
    return {(row.person_id, row.date): _sending(row) for row in found if row.person_id and row.date}


async def digests(tx: AsyncSession, workspace: str, round_ids: Iterable[str]) -> dict[str, Sending]:
    """The first part of each round's digest, by round."""
    found = await tx.exec(
        select(DeliveryRow).where(
            DeliveryRow.workspace_id == workspace,
            DeliveryRow.kind == Kind.DIGEST,
            DeliveryRow.part == 0,
            col(DeliveryRow.round_id).in_(set(round_ids)),
        )
    )
    return {row.round_id: _sending(row) for row in found if row.round_id}


class Stray(NamedTuple):
    """A message that did not get out, or of which nobody knows."""

    kind: Kind
    person_id: str | None
    round_id: str | None
    sending: Sending


async def strays(tx: AsyncSession, workspace: str, since: datetime) -> list[Stray]:
    """Messages due since then whose fate is not settled or that could not be sent, the oldest first."""
    found = await tx.exec(
        select(DeliveryRow)
        .where(
            DeliveryRow.workspace_id == workspace,
            col(DeliveryRow.state).in_([DeliveryState.UNKNOWN, DeliveryState.FAILED]),
            col(DeliveryRow.due_at) >= since,
        )
        .order_by(col(DeliveryRow.due_at), col(DeliveryRow.id))
        .limit(MOST_STRAY)
    )
    return [Stray(row.kind, row.person_id, row.round_id, _sending(row)) for row in found]


async def post_again(tx: AsyncSession, workspace: str, delivery_id: str, *, tries: int, now: datetime) -> bool:
    """Plan one new send of a message only a person can settle. `tries` is how often it had been tried when the
    button was drawn: pressed twice, it plans once. False when it was settled meanwhile.
    """
    result = await tx.exec(
        update(DeliveryRow)
        .where(
            col(DeliveryRow.workspace_id) == workspace,
            col(DeliveryRow.id) == delivery_id,
            col(DeliveryRow.state) == DeliveryState.UNKNOWN,
            col(DeliveryRow.lease_until).is_(None),
            col(DeliveryRow.tries) == tries,
        )
        .values(state=DeliveryState.PLANNED, reason="", unsure=False, first_try_at=None, due_at=now)
        .execution_options(synchronize_session=False)
    )
    return bool(result.rowcount == 1)


def _sending(row: DeliveryRow) -> Sending:
    return Sending(
        id=row.id,
        state=row.state,
        due_at=row.due_at,
        reason=row.reason,
        tries=row.tries,
        sent_at=row.sent_at,
        settled_by_hand=row.state is DeliveryState.UNKNOWN and row.lease_until is None,
    )
