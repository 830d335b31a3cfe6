"""Several processes plan, answer and import at once; and what cannot be planned is nobody else's trouble."""

import asyncio
from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy import text as sql

from okr.checkins import Answer, Via
from okr.confidence import Confidence
from playground import Person
from rituals.actors import Reader
from rituals.rounds import replan
from storage import teams
from tests import companies
from tests.stage import Stage, at


async def test_whoever_plans_anew_makes_those_who_open_rounds_wait(stage: Stage) -> None:
    await stage.comes("Mon 16 Nov 08:30")
    workspace, before, due = stage.running.workspace.id, datetime.now(UTC), at("2026-11-16 08:00")
    async with stage.running.database.transaction() as tx:
        await teams.lock_planning(tx, workspace)
        opening = asyncio.create_task(stage.running.rituals.rounds.open_next(due))
        done, _ = await asyncio.wait({opening}, timeout=0.2)
        assert not done
        await replan(tx, workspace, before)
    await opening
    await stage.comes("Mon 16 Nov 09:00")
    await stage.comes("Mon 16 Nov 09:01")
    assert len(stage.dana.reads()) == 1
    assert await stage.kept("SELECT COUNT(*) FROM teams WHERE opens_next < :now", now="2026-11-17") == [(1,)]


async def test_leave_said_while_a_round_opens_counts(stage: Stage) -> None:
    stage.frozen.move_to(at("2026-11-16 08:00"))
    luca = await _reader(stage, stage.luca)
    rituals, now = stage.running.rituals, datetime.now(UTC)
    await asyncio.gather(
        rituals.rounds.open_next(now),
        rituals.absences.say(stage.running.workspace.id, luca, date(2026, 11, 16), date(2026, 11, 20), now),
    )
    await stage.ticks()
    assert stage.luca.reads() == []
    assert len(stage.dana.reads()) == 1


async def test_two_people_of_a_team_answer_early_at_once(stage: Stage) -> None:
    key_results = dict(await stage.kept("SELECT key, id FROM key_results"))
    answers = [(stage.dana, "returning", 45), (stage.luca, "launch", 30)]
    await asyncio.gather(*(_records(stage, who, key_results[key], value) for who, key, value in answers))
    assert await stage.kept("SELECT state, COUNT(*) FROM rounds GROUP BY state") == [("planned", 1)]
    assert await stage.kept("SELECT COUNT(*) FROM checkins WHERE round_id IS NOT NULL") == [(2,)]


async def test_two_imports_at_once_come_one_after_the_other(stage: Stage) -> None:
    first, second = await asyncio.gather(stage.imports(companies.SIXTY), stage.imports(companies.SIXTY))
    assert sorted(bool(one.changes.added) for one in (first, second)) == [False, True]


async def test_a_team_whose_round_cannot_be_opened_holds_nobody_up(lite: Stage) -> None:
    async with lite.running.database.transaction() as tx:
        await tx.exec(sql("UPDATE people SET zone='Mars/Olympus' WHERE name LIKE 'Priya%'"))  # type: ignore[call-overload]
    await lite.comes("Mon 16 Nov 09:00")
    assert len(lite.dana.reads()) == 1
    async with lite.running.database.transaction() as tx:
        await tx.exec(sql("UPDATE people SET zone='Asia/Kolkata' WHERE name LIKE 'Priya%'"))  # type: ignore[call-overload]
    await lite.comes("Mon 16 Nov 09:01")
    assert len(lite.priya.reads()) == 1, "her team's turn comes with the next tick"


async def _reader(stage: Stage, person: Person) -> Reader:
    return await stage.running.rituals.actors.find(stage.running.workspace.id, person.id, datetime.now(UTC))


async def _records(stage: Stage, person: Person, key_result_id: str, value: int) -> None:
    reader = await _reader(stage, person)
    await stage.running.rituals.checkins.record(
        stage.running.workspace.id,
        reader.actor,
        [Answer(key_result_id, Decimal(value), Confidence.GREEN.given)],
        via=Via.MODAL,
        source=key_result_id,
        now=datetime.now(UTC),
    )
