"""Five weeks of nightly looks: the owner hears once, the lead later, nobody too often, and nothing comes twice."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio
from freezegun.api import FrozenDateTimeFactory

from okr.deliveries import FINDINGS
from playground import Person, SeenMessage
from tests.databases import SqliteTemplate
from tests.stage import ROME, Stage, at

pytestmark = pytest.mark.asyncio(loop_scope="module")
CARD, RETURNING, REFUNDS = "The loyalty card is out", "Returning customers", "Refunds a week"


def notes(person: Person) -> list[SeenMessage]:
    """What was pointed out to somebody."""
    return [one for one in person.reads() if "[Fewer of these]" in one.shown or "[Più di rado]" in one.shown]


def when(one: SeenMessage) -> str:
    return sent(one, ROME).strftime("%a %d %b %H:%M")


def sent(one: SeenMessage, zone: str) -> datetime:
    return datetime.fromtimestamp(float(one.ts), UTC).astimezone(ZoneInfo(zone))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def autumn(
    long_clock: FrozenDateTimeFactory, sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Stage]:
    """Five weeks in which Dana answers each Monday, near her pace, and nobody else does. The bot is started anew in
    the midst of a night's looks and of a morning's messages, and every moment comes twice.
    """
    with sqlite_template.copy(tmp_path_factory.mktemp("autumn")) as url:
        async with Stage(long_clock, url) as stage:
            await stage.imports()
            until = at("2026-12-22 12:00", ROME)
            while (upcoming := await stage.running.rituals.agenda.next(datetime.now(UTC))) and upcoming.at <= until:
                await stage.moves_to(upcoming.at)
                await stage.ticks()
                if upcoming.at in (at("2026-11-25 03:00", ROME), at("2026-12-01 10:00", ROME)):
                    await stage.stop_bot()
                    await stage.start_bot()
                if upcoming.at.astimezone(ZoneInfo(ROME)).strftime("%a %H:%M") == "Mon 09:00":
                    week = (upcoming.at - at("2026-11-16 09:00", ROME)).days // 7
                    said = {RETURNING: (str(50 + 2 * week), "On track"), REFUNDS: (str(90 - 6 * week), "On track")}
                    await stage.answers(stage.dana, said)
            yield stage


async def test_whoever_is_near_the_pace_and_answers_hears_of_nobody_but_as_a_lead(autumn: Stage) -> None:
    assert notes(autumn.dana) == []


async def test_the_silent_owner_is_told_once_by_day_on_a_day_without_a_question(autumn: Stage) -> None:
    (told,) = notes(autumn.luca)
    assert when(told) == "Tue 01 Dec 10:00"
    assert CARD in told.shown
    assert "Nessuna risposta negli ultimi" in told.shown


async def test_after_two_silent_weeks_the_lead_is_told_once_and_the_owner_sees_it(autumn: Stage) -> None:
    told = [one for one in autumn.dana.reads() if "has waited for an answer" in one.shown]
    assert [when(one) for one in told] == ["Mon 21 Dec 09:00"]
    assert f"{CARD} – Luca Bianchi\nNo answer in the last" in told[0].shown
    assert "Dana Rossi lo legge lunedì 21 dicembre" in notes(autumn.luca)[0].shown
    await autumn.dana.clicks("Why this?", message=told[0])
    assert "In Growth something was found" in autumn.dana.sees_ephemerals()[-1].shown


async def test_nobody_else_hears_of_what_a_lead_leaves_themselves(autumn: Stage) -> None:
    assert notes(autumn.marcus) != []
    assert notes(autumn.priya) != []
    assert autumn.elena.reads() == []


async def test_nobody_gets_more_than_three_messages_a_week_and_none_twice(autumn: Stage) -> None:
    for person in (autumn.dana, autumn.luca, autumn.marcus, autumn.priya):
        days = [sent(one, person.member.tz).date() for one in person.reads() if not one.ephemeral]
        weeks = Counter(day - timedelta(days=day.weekday()) for day in days)
        assert max(weeks.values()) <= 3, (person.member.real_name, weeks)
        assert weeks[date(2026, 11, 30)] >= 1
    ((count,),) = await autumn.kept("SELECT count(*) FROM deliveries WHERE duplicates > 0 OR state = 'failed'")
    assert count == 0


async def test_the_reminder_that_gave_way_is_said_by_the_doctor(autumn: Stage) -> None:
    found = await autumn.kept(
        "SELECT count(*) FROM deliveries WHERE kind = 'reminder' AND reason = 'enough messages this week'"
    )
    assert found[0][0] > 0
    assert await autumn.kept(f"SELECT count(*) FROM deliveries WHERE part = {FINDINGS} AND state = 'planned'") == [(0,)]
