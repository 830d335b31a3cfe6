"""One round from its opening to a late answer, as steps that a worker takes one after the other."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from sqlalchemy import bindparam
from sqlalchemy import text as sql

from bot import logs
from bot.app import Bot
from faults.sabotage import Sabotage, Way
from faults.town import described
from faults.workers import FAILED, PAUSE, Work, started
from okr.checkins import Answer, Via
from okr.confidence import Confidence
from storage.columns import UTCDateTime

MANY = 45
"""So many key results that the digest goes on in its thread."""
OWED = sql(
    "SELECT count(*) FROM deliveries WHERE state IN ('leased', 'unknown') OR check_at IS NOT NULL"
    " OR (state = 'planned' AND due_at <= :now) OR (state = 'sent' AND wanted > shown)"
).bindparams(bindparam("now", type_=UTCDateTime))


def company(names: list[str]) -> str:
    """Somebody who answers one key result, and somebody who owes many and says nothing before the digest."""
    quick, slow = names
    many = [(slow, f"Guide number {number} of the long shelf is written") for number in range(MANY)]
    return described(names, [(quick, "Calls a day"), *many], reminders=1)


@dataclass(frozen=True)
class Step:
    """Something that happens at a moment of the ritual's time."""

    at: datetime
    happens: Callable[[Bot, datetime], Awaitable[None]] | None = None


def answers(who: str, key: str, value: int) -> Callable[[Bot, datetime], Awaitable[None]]:
    """Somebody submits the form; a person whose submission failed submits it once more."""

    async def submits(bot: Bot, now: datetime) -> None:
        workspace = bot.workspace.id
        async with bot.database.reading() as tx:
            find = "SELECT p.slack_id, k.id FROM people p, key_results k WHERE p.key = :who AND k.key = :key"
            slack_id, key_result = (await tx.execute(sql(find), {"who": who, "key": key})).one()
        reader = await bot.rituals.actors.find(workspace, slack_id, now)
        answer = Answer(key_result, Decimal(value), Confidence.GREEN.given)
        await bot.rituals.checkins.record(
            workspace, reader.actor, [answer], via=Via.MODAL, source=f"{who} {value}", now=now
        )
        await bot.rituals.deliverer.deliver_changes(now, workspace=workspace)

    return submits


STEPS = (
    Step(datetime(2026, 11, 16, 9, tzinfo=UTC)),
    Step(datetime(2026, 11, 16, 10, tzinfo=UTC), answers("p0", "kr-0", 4)),
    Step(datetime(2026, 11, 16, 18, tzinfo=UTC)),
    Step(datetime(2026, 11, 17, 10, tzinfo=UTC)),
    Step(datetime(2026, 11, 17, 11, tzinfo=UTC), answers("p1", "kr-1", 2)),
)


def play(work: Work, notes: Path, at: int, way: Way, hang: float) -> None:
    """The life of a worker that plays the round, from the step that `notes` names; it leaves there how many calls
    it made.
    """
    logs.configure("CRITICAL")
    sabotage = Sabotage(at, way, hang=hang)
    asyncio.run(_play(work, int(notes.read_text()), sabotage, lambda number: _note(notes, number)))
    _note(notes.with_suffix(".calls"), sabotage.calls)


async def _play(work: Work, first: int, sabotage: Sabotage, note: Callable[[int], None]) -> None:
    async with await started(work) as bot:
        sabotage.into(bot)
        for number in range(first, len(STEPS)):
            note(number)
            while not await _taken(bot, STEPS[number], sabotage):
                await asyncio.sleep(PAUSE)


def _note(file: Path, number: int) -> None:
    file.write_text(str(number))


async def _taken(bot: Bot, step: Step, sabotage: Sabotage) -> bool:
    """Take a step as far as it goes; False when it has to be taken again."""
    try:
        await bot.ticker.tick(step.at)
        if step.happens:
            await step.happens(bot, step.at)
        with sabotage.looking_on():
            async with bot.database.reading() as tx:
                return not (await tx.execute(OWED, {"now": step.at})).scalar_one()
    except FAILED:
        return False
