"""A copy of one workspace in memory, in which the days to come can be lived through: nothing of it is kept, and
nobody waits for it.
"""

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import StaticPool
from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from okr.definitions import KEY_RESULT, OBJECTIVE
from okr.deliveries import DeliveryState, Kind
from okr.goals import State
from okr.rollcall import Sending
from okr.rounds import RoundState
from storage import checkins
from storage.database import Database
from storage.tables import AskRow, CheckInRow, DeliveryRow, KeyResultRow, ObjectiveRow, RevisionRow, RoundRow

WHOLE = ("people", "absences", "teams", "team_members", "cycles", "objectives", "key_results", "flags", "findings")
"""Tables that are copied as they are: what the company is, and who is away."""
ROUNDS_SINCE, MESSAGES_SINCE, NOTICES_SINCE = timedelta(days=100), timedelta(days=14), timedelta(days=45)
"""How far back rounds, messages, and what was told or changed still have a say in what comes."""
AT_ONCE = 500
OVER = (DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.SKIPPED)


@dataclass(frozen=True)
class Copy:
    """The rows of one workspace by table, as they stood at one moment."""

    workspace: str
    rows: Mapping[str, list[dict[str, Any]]]

    @property
    def settled(self) -> frozenset[str]:
        """The messages whose fate was settled already."""
        return frozenset(row["id"] for row in self.rows["deliveries"] if row["state"] in OVER)

    @property
    def closed(self) -> frozenset[str]:
        """The rounds that were over already."""
        return frozenset(row["id"] for row in self.rows["rounds"] if row["state"] is RoundState.CLOSED)


class Rehearsal(Database):
    """A database in memory with a single connection: whoever comes second waits."""

    def __init__(self) -> None:
        self.url = sa.make_url("sqlite+aiosqlite://")
        self._writing = create_async_engine(self.url, poolclass=StaticPool, hide_parameters=True)
        self._reading = self._writing
        self._one_at_a_time = asyncio.Lock()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        async with self._one_at_a_time, super().transaction() as session:
            yield session

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        async with self._one_at_a_time, super().reading() as session:
            yield session


async def take(
    tx: AsyncSession,
    workspace: str,
    now: datetime,
    team_ids: Collection[str] | None = None,
    hidden: Collection[str] = (),
) -> Copy:
    """Copy what the days to come depend on. Only these teams open rounds in the copy, all of them when None. For whom
    it is taken must not learn of what is `hidden`, objectives and key results by their ids: it is given up there.
    """
    connection = await tx.connection()
    rows = {}
    for table, where in _wanted(workspace, now, team_ids).items():
        found = await connection.execute(sa.select(SQLModel.metadata.tables[table]).where(*where))
        rows[table] = [dict(row) for row in found.mappings()]
    for team in rows["teams"]:
        if team_ids is not None and team["id"] not in team_ids:
            team["opens_next"] = team["looks_next"] = None
    for one in (*rows["objectives"], *rows["key_results"]):
        if one["id"] in hidden:
            one["state"] = State.ABANDONED
    for table in ("asks", "flags"):
        rows[table] = [row for row in rows[table] if row["key_result_id"] not in hidden]
    for message in rows["deliveries"]:
        if message["state"] is DeliveryState.PLANNED:
            message["lease_until"] = None
    return Copy(workspace, rows)


@asynccontextmanager
async def opened(copy: Copy) -> AsyncIterator[Rehearsal]:
    """The copy as a database to live in."""
    rehearsal = Rehearsal()
    try:
        async with rehearsal._writing.begin() as connection:
            await connection.run_sync(SQLModel.metadata.create_all)
            for table, rows in copy.rows.items():
                for start in range(0, len(rows), AT_ONCE):
                    await connection.execute(SQLModel.metadata.tables[table].insert(), rows[start : start + AT_ONCE])
        yield rehearsal
    finally:
        await rehearsal.close()


async def leave_as_they_are(tx: AsyncSession) -> None:
    """What stands is not brought up to date: nobody reads it here."""
    changed = (col(DeliveryRow.state) == DeliveryState.SENT) & (col(DeliveryRow.wanted) > col(DeliveryRow.shown))
    await tx.exec(sa.update(DeliveryRow).where(changed).values(shown=col(DeliveryRow.wanted)))


class Happened(NamedTuple):
    """What became of one message in the rehearsal."""

    kind: Kind
    person_id: str | None
    round_id: str | None
    day: date | None
    part: int
    sending: Sending


async def happened(tx: AsyncSession, copy: Copy) -> list[Happened]:
    """The messages that were settled since the copy was taken, the first in front."""
    found = await tx.exec(
        select(DeliveryRow)
        .where(col(DeliveryRow.state).in_(OVER))
        .order_by(col(DeliveryRow.sent_at), col(DeliveryRow.due_at), col(DeliveryRow.key))
    )
    return [_happened(row) for row in found if row.id not in copy.settled]


async def round_ids(tx: AsyncSession, copy: Copy) -> list[str]:
    """The rounds that were open at some time since the copy was taken."""
    found = await tx.exec(select(RoundRow.id).where(~col(RoundRow.missed), col(RoundRow.state) != RoundState.PLANNED))
    return [id for id in found if id not in copy.closed]


def _wanted(workspace: str, now: datetime, team_ids: Collection[str] | None) -> dict[str, list[Any]]:
    """By table, which rows are copied."""
    metadata = SQLModel.metadata.tables
    wanted: dict[str, list[Any]] = {"workspaces": [metadata["workspaces"].c.id == workspace]}
    wanted |= {name: [metadata[name].c.workspace_id == workspace] for name in WHOLE}
    rounds = [
        col(RoundRow.workspace_id) == workspace,
        sa.or_(col(RoundRow.state) != RoundState.CLOSED, col(RoundRow.date) >= (now - ROUNDS_SINCE).date()),
        *([] if team_ids is None else [col(RoundRow.team_id).in_(team_ids)]),
    ]
    wanted["rounds"] = rounds
    wanted["asks"] = [
        col(AskRow.workspace_id) == workspace,
        col(AskRow.round_id).in_(sa.select(col(RoundRow.id)).where(*rounds)),
    ]
    wanted["checkins"] = [
        col(CheckInRow.workspace_id) == workspace,
        col(CheckInRow.id).in_(_newest_answers(workspace, team_ids)),
    ]
    wanted["deliveries"] = [
        col(DeliveryRow.workspace_id) == workspace,
        sa.or_(
            col(DeliveryRow.state) == DeliveryState.PLANNED,
            col(DeliveryRow.due_at) >= now - MESSAGES_SINCE,
            (col(DeliveryRow.kind) == Kind.NOTICE) & (col(DeliveryRow.due_at) >= now - NOTICES_SINCE),
        ),
    ]
    wanted["revisions"] = [
        col(RevisionRow.workspace_id) == workspace,
        col(RevisionRow.noun).in_([OBJECTIVE, KEY_RESULT]),
        sa.or_(col(RevisionRow.before) == "null", col(RevisionRow.at) >= now - NOTICES_SINCE),
    ]
    return wanted


def _newest_answers(workspace: str, team_ids: Collection[str] | None) -> Any:
    """As many of each key result as anybody looks at."""
    place = sa.func.row_number().over(
        partition_by=col(CheckInRow.key_result_id), order_by=(col(CheckInRow.at).desc(), col(CheckInRow.id).desc())
    )
    ranked = sa.select(col(CheckInRow.id), place.label("place")).where(col(CheckInRow.workspace_id) == workspace)
    if team_ids is not None:
        theirs = (
            sa.select(col(KeyResultRow.id))
            .join(
                ObjectiveRow,
                (col(ObjectiveRow.workspace_id) == col(KeyResultRow.workspace_id))
                & (col(ObjectiveRow.id) == col(KeyResultRow.objective_id)),
            )
            .where(col(KeyResultRow.workspace_id) == workspace, col(ObjectiveRow.team_id).in_(team_ids))
        )
        ranked = ranked.where(col(CheckInRow.key_result_id).in_(theirs))
    numbered = ranked.subquery()
    return sa.select(numbered.c.id).where(numbered.c.place <= checkins.NEWEST)


def _happened(row: DeliveryRow) -> Happened:
    sending = Sending(row.id, row.state, row.due_at, row.reason, row.tries, row.sent_at)
    return Happened(row.kind, row.person_id, row.round_id, row.date, row.part, sending)
