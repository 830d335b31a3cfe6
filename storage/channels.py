"""Channels of teams with private goals: when Slack is to be asked who is inside, and what it said."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from okr.channels import APART, EVERY, is_known
from storage.inserts import insert_all_new
from storage.tables import ChannelMemberRow, ChannelRow, KeyResultRow, ObjectiveRow, TeamRow

Place = tuple[str, str]
"""A workspace and a channel in it."""


@dataclass(frozen=True)
class Due:
    """A channel that is to be read: `seen` is the value a claim must still find."""

    workspace: str
    channel: str
    seen: datetime


async def needed(tx: AsyncSession) -> set[Place]:
    """The channels of teams that have something private, whatever its state and its cycle's."""
    of_team = (col(ObjectiveRow.workspace_id) == col(TeamRow.workspace_id)) & (
        col(ObjectiveRow.team_id) == col(TeamRow.id)
    )
    of_objective = (col(KeyResultRow.workspace_id) == col(ObjectiveRow.workspace_id)) & (
        col(KeyResultRow.objective_id) == col(ObjectiveRow.id)
    )
    place = select(TeamRow.workspace_id, TeamRow.channel).join(ObjectiveRow, of_team)
    objectives = await tx.exec(place.where(col(ObjectiveRow.private)))
    results = await tx.exec(place.join(KeyResultRow, of_objective).where(col(KeyResultRow.private)))
    return {*objectives.all(), *results.all()}


async def kept(tx: AsyncSession) -> set[Place]:
    found = await tx.exec(select(ChannelRow.workspace_id, ChannelRow.id))
    return set(found.all())


async def keep(tx: AsyncSession, places: Collection[Place], now: datetime) -> None:
    """Keep these channels from now on, and no others. What is new is due at once."""
    for workspace, channel in await kept(tx) - set(places):
        await _forget_members(tx, workspace, channel)
        await tx.exec(delete(ChannelRow).where(*_is(workspace, channel)))
    rows = [ChannelRow(workspace_id=workspace, id=channel, due=now) for workspace, channel in sorted(places)]
    await insert_all_new(tx, rows, ("workspace_id", "id"))


async def due(tx: AsyncSession, now: datetime, *, most: int) -> list[Due]:
    """Those that have waited longest; one that is due further ahead than any ever is was put there by another clock."""
    found = await tx.exec(
        select(ChannelRow)
        .where(or_(col(ChannelRow.due) <= now, col(ChannelRow.due) > now + EVERY))
        .order_by(col(ChannelRow.due), col(ChannelRow.workspace_id), col(ChannelRow.id))
        .limit(most)
    )
    return [Due(row.workspace_id, row.id, row.due) for row in found]


async def claim(tx: AsyncSession, claimed: Due, now: datetime) -> bool:
    """It is not due again for a while, whatever comes of it; False when somebody else has just claimed it."""
    result = await tx.exec(
        update(ChannelRow)
        .where(*_is(claimed.workspace, claimed.channel), col(ChannelRow.due) == claimed.seen)
        .values(due=now + EVERY)
        .execution_options(synchronize_session=False)
    )
    return bool(result.rowcount == 1)


async def write(
    tx: AsyncSession, workspace: str, channel: str, inside: Collection[str], *, private: bool, asked_at: datetime
) -> None:
    """What Slack answered when it was asked at `asked_at`; of whom there was news since, the news stands."""
    row = await _locked(tx, workspace, channel)
    if row is None or (row.read_at and row.read_at > asked_at and is_known(row.read_at, asked_at)):
        return
    as_of = asked_at - APART
    row.read_at, row.private = asked_at, private
    older = or_(col(ChannelMemberRow.at) < as_of, col(ChannelMemberRow.at) > asked_at + APART)
    await tx.exec(delete(ChannelMemberRow).where(*_in(workspace, channel), older))
    rows = [
        ChannelMemberRow(workspace_id=workspace, channel_id=channel, slack_id=one, inside=True, at=as_of)
        for one in sorted(set(inside))
    ]
    await insert_all_new(tx, rows, ("workspace_id", "channel_id", "slack_id"))
    await tx.flush()


async def note(tx: AsyncSession, workspace: str, channel: str, slack_id: str, at: datetime, *, inside: bool) -> None:
    """Somebody has joined or left at this moment of Slack's; what is older than what is known changes nothing."""
    row = await _locked(tx, workspace, channel)
    if row is None:
        return
    one = await tx.get(ChannelMemberRow, (workspace, channel, slack_id))
    known_at = one.at if one else row.read_at - APART if row.read_at else None
    if known_at and at <= known_at:
        return
    if one is None:
        one = ChannelMemberRow(workspace_id=workspace, channel_id=channel, slack_id=slack_id, inside=inside, at=at)
    one.inside, one.at = inside, at
    tx.add(one)
    await tx.flush()


async def forget(tx: AsyncSession, workspace: str, channel: str, *, due: datetime | None = None) -> None:
    """Nothing is known of who is inside any more, until Slack is asked again."""
    if row := await _locked(tx, workspace, channel):
        row.read_at, row.private, row.due = None, False, due or row.due
        await _forget_members(tx, workspace, channel)
        await tx.flush()


async def of_member(tx: AsyncSession, workspace: str, slack_id: str, now: datetime) -> frozenset[str]:
    """The channels of which it is known that this member of Slack is inside."""
    found = await tx.exec(
        select(ChannelRow.id, ChannelRow.read_at)
        .join(
            ChannelMemberRow,
            (col(ChannelMemberRow.workspace_id) == col(ChannelRow.workspace_id))
            & (col(ChannelMemberRow.channel_id) == col(ChannelRow.id)),
        )
        .where(
            ChannelRow.workspace_id == workspace,
            ChannelMemberRow.slack_id == slack_id,
            col(ChannelMemberRow.inside),
        )
    )
    return frozenset(id for id, read_at in found if is_known(read_at, now))


async def is_closed(tx: AsyncSession, workspace: str, channel: str, now: datetime) -> bool:
    """Whether it is known that only those who are inside can read what is said in a channel: it is a private one."""
    row = await tx.get(ChannelRow, (workspace, channel))
    return row is not None and row.private and is_known(row.read_at, now)


async def _locked(tx: AsyncSession, workspace: str, channel: str) -> ChannelRow | None:
    """The channel, one at a time: an event and an answer that is being written wait for each other."""
    found = await tx.exec(
        select(ChannelRow)
        .where(ChannelRow.workspace_id == workspace, ChannelRow.id == channel)
        .with_for_update(key_share=True)
    )
    return found.one_or_none()


async def _forget_members(tx: AsyncSession, workspace: str, channel: str) -> None:
    await tx.exec(delete(ChannelMemberRow).where(*_in(workspace, channel)))


def _is(workspace: str, channel: str):  # type: ignore[no-untyped-def]  # SQLAlchemy's conditions
    return col(ChannelRow.workspace_id) == workspace, col(ChannelRow.id) == channel


def _in(workspace: str, channel: str):  # type: ignore[no-untyped-def]
    return col(ChannelMemberRow.workspace_id) == workspace, col(ChannelMemberRow.channel_id) == channel
