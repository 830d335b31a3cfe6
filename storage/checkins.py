"""Answers, append-only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, exists, literal_column, union_all
from sqlalchemy.orm import aliased
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from okr.checkins import Answer, CheckIn, Via
from storage.columns import UTCDateTime, new_id
from storage.tables import CheckInRow, RoundRow
from storage.walks import in_eights, names

NEWEST = 6
"""How many answers of a key result are looked at, one a round: the last, the one before it, and those in between
which are left out where an old round is looked at.
"""
UNTIL: Any = bindparam("until", type_=UTCDateTime)
OPENED_BY: Any = bindparam("opened_by", type_=UTCDateTime)
EDITED: Any = aliased(CheckInRow)
BELOW_ZERO = func.substr(col(CheckInRow.value), literal_column("1"), literal_column("1")) == literal_column("'-'")
"""In literals, as its partial index says it: without that, years of answers would be read."""


@dataclass(frozen=True)
class Record:
    """An answer with everything that is stored about it."""

    answer: Answer
    round_id: str | None
    author_id: str
    via: Via
    at: datetime
    source: str
    supersedes_id: str | None


async def add(tx: AsyncSession, workspace: str, record: Record) -> None:
    answer = record.answer
    tx.add(
        CheckInRow(
            workspace_id=workspace,
            id=new_id(),
            key_result_id=answer.key_result_id,
            round_id=record.round_id,
            value=answer.value,
            given=answer.given.word,
            scale=answer.given.scale,
            level=answer.given.level,
            note=answer.note,
            win=answer.win,
            blocker=answer.blocker,
            author_id=record.author_id,
            via=record.via,
            at=record.at,
            source=record.source,
            supersedes_id=record.supersedes_id,
        )
    )
    await tx.flush()


async def sources(tx: AsyncSession, workspace: str, candidates: Sequence[str]) -> set[str]:
    """Which of these acts are recorded already."""
    found = await tx.exec(
        select(CheckInRow.source).where(CheckInRow.workspace_id == workspace, col(CheckInRow.source).in_(candidates))
    )
    return set(found.all())


async def newest(
    tx: AsyncSession,
    workspace: str,
    key_result_ids: Sequence[str],
    *,
    until: datetime | None = None,
    opened_by: datetime | None = None,
) -> dict[str, list[CheckIn]]:
    """The newest answers of each key result, of each round the one that holds, the newest first; with `until` as they
    were then, with `opened_by` those in rounds that had opened by then, as they are now.

    One limited index walk per key result, so that years of history cost nothing; what was edited is passed over.
    """
    rows: list[CheckInRow] = []
    bounds = {"until": until, "opened_by": opened_by}
    past = {name: bound for name, bound in bounds.items() if bound}
    for few in in_eights(key_result_ids):
        walks = _walks(len(few), past=until is not None, opened=opened_by is not None)
        rows += await tx.exec(walks, params={"of_workspace": workspace, **past, **few})
    first = await _first_of(tx, workspace, [row for row in rows if row.supersedes_id])
    answers: dict[str, dict[str | None, CheckIn]] = {id: {} for id in key_result_ids}
    for row in rows:
        held = checkin_of(row, first.get((row.key_result_id, row.round_id)))
        answers[row.key_result_id].setdefault(row.round_id, held)
    return {id: list(by_round.values()) for id, by_round in answers.items()}


async def _first_of(
    tx: AsyncSession, workspace: str, edits: Sequence[CheckInRow]
) -> dict[tuple[str, str | None], datetime]:
    """When the rounds of these edits were first answered, by (key result, round)."""
    if not edits:
        return {}
    found = await tx.exec(
        select(CheckInRow.key_result_id, CheckInRow.round_id, func.min(CheckInRow.at))
        .where(
            CheckInRow.workspace_id == workspace,
            col(CheckInRow.round_id).in_({row.round_id for row in edits}),
            col(CheckInRow.key_result_id).in_({row.key_result_id for row in edits}),
        )
        .group_by(col(CheckInRow.key_result_id), col(CheckInRow.round_id))
    )
    return {(key_result_id, round_id): first for key_result_id, round_id, first in found}


@cache
def _walks(count: int, *, past: bool = False, opened: bool = False) -> SelectOfScalar[CheckInRow]:
    """A statement of so many walks is made once: making it takes longer than all the walking."""
    given, edited = ([col(one.at) <= UNTIL] if past else [] for one in (CheckInRow, EDITED))
    later = exists().where(
        col(EDITED.workspace_id) == col(CheckInRow.workspace_id),
        col(EDITED.supersedes_id) == col(CheckInRow.id),
        *edited,
    )
    later_round = exists().where(
        col(RoundRow.workspace_id) == col(CheckInRow.workspace_id),
        col(RoundRow.id) == col(CheckInRow.round_id),
        col(RoundRow.opens_at) > OPENED_BY,
    )
    given += [~later_round] if opened else []
    walks = [
        select(CheckInRow.id)
        .where(
            col(CheckInRow.workspace_id) == bindparam("of_workspace"),
            col(CheckInRow.key_result_id) == bindparam(name),
            ~later,
            *given,
        )
        .order_by(col(CheckInRow.at).desc(), col(CheckInRow.id).desc())
        .limit(NEWEST)
        .subquery()
        for name in names(count)
    ]
    return (
        select(CheckInRow)
        .where(
            col(CheckInRow.workspace_id) == bindparam("of_workspace"),
            col(CheckInRow.id).in_(union_all(*(select(walk.c.id) for walk in walks))),
        )
        .order_by(col(CheckInRow.at).desc(), col(CheckInRow.id).desc())
    )


async def answered_in(tx: AsyncSession, workspace: str, round_id: str) -> set[str]:
    """The key results that a round has an answer for."""
    found = await tx.exec(
        select(CheckInRow.key_result_id).where(CheckInRow.workspace_id == workspace, CheckInRow.round_id == round_id)
    )
    return set(found.all())


async def ever_negative(tx: AsyncSession, workspace: str, key_result_id: str) -> bool:
    """Whether any answer of the key result was below zero."""
    found = await tx.exec(
        select(CheckInRow.id)
        .where(
            CheckInRow.workspace_id == workspace,
            CheckInRow.key_result_id == key_result_id,
            BELOW_ZERO,
        )
        .limit(1)
    )
    return found.first() is not None


def checkin_of(row: CheckInRow, first_at: datetime | None = None) -> CheckIn:
    return CheckIn(
        id=row.id,
        key_result_id=row.key_result_id,
        round_id=row.round_id,
        value=row.value,
        level=row.level,
        note=row.note,
        win=row.win,
        blocker=row.blocker,
        author_id=row.author_id,
        via=row.via,
        at=row.at,
        scale=row.scale,
        first_at=first_at,
    )
