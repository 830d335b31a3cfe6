"""Rounds whose window lies across something: midnight, a weekend, the year's end, a leap day, a move, an outage."""

from collections.abc import AsyncIterator

import pytest
from freezegun.api import FrozenDateTimeFactory

from tests import companies
from tests.companies import key_result
from tests.form import fills_in
from tests.stage import ROME, Stage, at

RETURNING, REFUNDS, CARD = "Returning customers", "Refunds a week", "The loyalty card is out"
HONOLULU, KIRITIMATI = "Pacific/Honolulu", "Pacific/Kiritimati"
BOTH = {RETURNING: ("45", "On track"), REFUNDS: ("110", "At risk")}
AT_NIGHT = companies.with_team("growth", rhythm="every Monday at 22, our time; digest Tuesday at 8")
OVER_THE_WEEKEND = companies.with_team("growth", rhythm="every Friday at 16; digest Monday at 10")
QUIET = {**companies.parts()["company"], "rhythm": {"reminders": 0}}
"""Every message to a person is then a prompt."""
LONG_AND_SHORT = companies.described(
    company=QUIET,
    teams=[
        {**one, "people": ["elena", "dana"], "rhythm": "every Monday at 8; digest 3 days later at 14"}
        if one["key"] == "company"
        else one
        for one in companies.parts()["teams"]
    ],
    objectives=[
        *companies.parts()["objectives"],
        {
            "key": "known",
            "team": "company",
            "cycle": "2026-q4",
            "title": "Be the shop everybody knows",
            "key_results": [key_result("Towns with a shop", "dana")],
        },
    ],
)
"""Dana is asked on Mondays by Growth until Tuesday, and by the company until Thursday."""
NEXT_QUARTER = companies.described(
    company=QUIET,
    cycles=[
        {"key": "2026-q4", "name": "2026-Q4", "from": "2026-10-01", "to": "2026-12-31", "state": "closed"},
        {"key": "2027-q1", "name": "2027-Q1", "from": "2027-01-01", "to": "2027-03-31"},
    ],
    objectives=[
        *companies.parts()["objectives"],
        {
            "key": "home",
            "team": "growth",
            "cycle": "2027-q1",
            "title": "Bring the shop home",
            "key_results": [key_result("Deliveries a day", "dana")],
        },
    ],
)


async def test_a_round_over_midnight_takes_answers_of_both_days_and_of_a_form_left_open_in_between(lite: Stage) -> None:
    await lite.imports(AT_NIGHT)
    await lite.comes("Mon 16 Nov 22:00")
    await lite.answers(lite.dana, {RETURNING: ("45", "On track")})
    await lite.comes("Mon 16 Nov 23:50")
    await lite.dana.clicks("Check in", message=lite.dana.reads()[0])
    await fills_in(lite.dana, REFUNDS, "110", "At risk")
    await lite.comes("Tue 17 Nov 00:10")
    assert lite.dana.reads()[0].shown.startswith("1 key result to go")
    await lite.dana.submits()
    assert lite.dana.reads()[0].shown.startswith("Thank you, Dana. 2 key results checked in.")
    await lite.comes("Tue 17 Nov 08:00")
    assert len(lite.luca.reads()) == 1, "nobody is reminded at night"
    digest = lite.growth.reads()[-1].shown
    assert digest.startswith("Growth: check-in of Monday 16 November")
    assert "2 of 3 answered" in digest


async def test_a_round_over_a_weekend_takes_answers_until_monday_and_reminds_nobody_in_between(lite: Stage) -> None:
    await lite.imports(OVER_THE_WEEKEND)
    await lite.comes("Fri 20 Nov 16:00")
    for when in ("Fri 20 Nov 18:00", "Sat 21 Nov 12:00", "Sun 22 Nov 12:00"):
        await lite.comes(when)
        assert len(lite.dana.reads()) == len(lite.luca.reads()) == 1
    await lite.answers(lite.dana, BOTH)
    await lite.comes("Mon 23 Nov 10:00")
    digest = lite.growth.reads()[-1].shown
    assert digest.startswith("Growth: check-in of Friday 20 November")
    assert "2 of 3 answered" in digest
    await lite.comes("Mon 23 Nov 18:00")
    assert len(lite.growth.reads()) == 1


async def test_the_last_week_of_the_year_and_the_first_are_two_rounds(late: Stage) -> None:
    """The last one, of 28 December 2026, is the 53rd."""
    await late.moves_to(at("2026-12-28 09:00", ROME))
    await late.answers(late.dana, BOTH)
    await late.moves_to(at("2026-12-29 10:00", ROME))
    assert late.growth.reads()[-1].shown.startswith("Growth: check-in of Monday 28 December")
    assert "2 of 3 answered" in late.growth.reads()[-1].shown

    await late.moves_to(at("2027-01-01 00:00", ROME))
    await late.answers(late.luca, {CARD: ("Designed", "On track")})
    assert "2 of 3 answered" in late.growth.reads()[-1].shown, "an early answer for Monday, not a late one"
    await late.moves_to(at("2027-01-04 09:00", ROME))
    assert [len(who.reads()) for who in (late.dana, late.luca)] == [2, 1], "who has answered early is not asked"
    await late.moves_to(at("2027-01-05 10:00", ROME))
    assert late.growth.reads()[-1].shown.startswith("Growth: check-in of Monday 4 January")
    assert "1 of 3 answered" in late.growth.reads()[-1].shown


async def test_a_new_quarter_asks_for_what_is_in_it_and_the_old_ones_digest_stays(late: Stage) -> None:
    await late.moves_to(at("2026-12-28 09:00", ROME))
    assert late.dana.reads()[-1].shown.startswith("Hello Dana, 2 key results to check in")
    await late.moves_to(at("2026-12-29 10:00", ROME))
    await late.imports(NEXT_QUARTER)
    old = late.growth.reads()[-1]
    assert "0 of 3 answered" in old.shown

    await late.moves_to(at("2027-01-04 09:00", ROME))
    asked = late.dana.reads()[-1].shown
    assert asked.startswith("Hello Dana, 1 key result to check in")
    assert "Deliveries a day\nNo value yet · target 100\n⚪ Not started · pace today 3%" in asked
    assert len(late.luca.reads()) == 1, "nothing of Luca's is in the new quarter"
    await late.moves_to(at("2027-01-05 10:00", ROME))
    assert "0 of 1 answered" in late.growth.reads()[-1].shown
    assert RETURNING not in late.growth.reads()[-1].shown
    assert RETURNING in old.shown


async def test_a_round_on_a_leap_day(clock: FrozenDateTimeFactory, sqlite_url: str) -> None:
    clock.move_to(at("2028-02-27 12:00"))
    async with Stage(clock, sqlite_url) as stage:
        await stage.imports(companies.with_team("growth", rhythm="the last Tuesday of the month at 9"))
        await stage.moves_to(at("2028-02-29 09:00", ROME))
        assert "The digest goes to #growth on Wednesday 10:00, your time." in stage.dana.reads()[-1].shown
        await stage.answers(stage.dana, BOTH)
        await stage.moves_to(at("2028-03-01 10:00", ROME))
        assert stage.growth.reads()[-1].shown.startswith("Growth: check-in of Tuesday 29 February")
        await stage.moves_to(at("2028-03-07 09:00", ROME))
        assert len(stage.dana.reads()) == 1
        await stage.moves_to(at("2028-03-28 09:00", ROME))
        assert "45% (Tue 29 Feb)" in stage.dana.reads()[-1].shown


async def test_who_was_asked_and_flies_back_over_the_date_line_is_not_asked_on_that_monday_again(lite: Stage) -> None:
    await lite.imports(companies.WITHOUT_REMINDERS)
    await lite.playground.change(lite.luca, tz=KIRITIMATI)
    await lite.comes("Mon 16 Nov 09:00", KIRITIMATI)
    assert len(lite.luca.reads()) == 1
    await lite.imports(companies.WITHOUT_REMINDERS)
    await lite.playground.change(lite.luca, tz=HONOLULU)
    await lite.comes("Mon 16 Nov 09:00", HONOLULU)
    await lite.comes("Tue 17 Nov 10:00")
    assert len(lite.luca.reads()) == 1
    await lite.comes("Mon 23 Nov 09:00", HONOLULU)
    assert len(lite.luca.reads()) == 2


async def test_who_flies_over_the_date_line_past_their_monday_is_asked_at_the_next_hour_they_work(lite: Stage) -> None:
    await lite.imports(companies.WITHOUT_REMINDERS)
    await lite.playground.change(lite.luca, tz=HONOLULU)
    await lite.comes("Mon 16 Nov 09:00")
    assert lite.luca.reads() == []
    await lite.playground.change(lite.luca, tz=KIRITIMATI)
    await lite.comes("Mon 16 Nov 09:01")
    assert lite.luca.reads() == [], "there it is Monday night"
    await lite.comes("Tue 17 Nov 09:00", KIRITIMATI)
    assert len(lite.luca.reads()) == 1
    await lite.comes("Mon 16 Nov 09:00", HONOLULU)
    await lite.comes("Tue 17 Nov 10:00")
    assert len(lite.luca.reads()) == 1


async def test_who_lands_beyond_the_date_line_after_its_monday_began_is_asked_at_once(lite: Stage) -> None:
    await lite.imports(companies.WITHOUT_REMINDERS)
    await lite.playground.change(lite.luca, tz=HONOLULU)
    await lite.comes("Mon 16 Nov 10:00", KIRITIMATI)
    await lite.playground.change(lite.luca, tz=KIRITIMATI)
    await lite.comes("Mon 16 Nov 10:01", KIRITIMATI)
    assert len(lite.luca.reads()) == 1
    assert lite.dana.reads() == []
    for when, zone in (("Mon 16 Nov 09:00", ROME), ("Mon 16 Nov 09:00", HONOLULU), ("Tue 17 Nov 10:00", ROME)):
        await lite.comes(when, zone)
    assert [len(who.reads()) for who in (lite.dana, lite.luca)] == [1, 1]


async def test_after_an_outage_the_round_that_is_still_open_asks_and_the_closed_one_is_mentioned(stage: Stage) -> None:
    await stage.imports(LONG_AND_SHORT)
    await stage.stop_bot()
    await stage.wakes("Wed 18 Nov 12:00")
    (prompt,) = stage.dana.reads()
    assert prompt.shown.startswith("Hello Dana, 1 key result to check in")
    assert "Towns with a shop" in prompt.shown
    assert stage.luca.reads() == [], "his only round has closed"
    await stage.comes("Thu 19 Nov 14:00")
    assert "I was not running" not in stage.company.reads()[-1].shown
    assert stage.growth.reads() == []
    await stage.comes("Mon 23 Nov 09:00")
    await stage.comes("Tue 24 Nov 10:00")
    assert "I was not running on 16 Nov, so nobody was asked then." in stage.growth.reads()[-1].shown
    assert [len(who.reads()) for who in (stage.dana, stage.luca)] == [2, 1]


async def test_an_outage_that_ends_as_the_digest_is_due_asks_nobody_for_what_nobody_would_read(lite: Stage) -> None:
    await lite.stop_bot()
    await lite.wakes("Tue 17 Nov 10:00")
    assert lite.dana.reads() == lite.luca.reads() == []


async def test_an_outage_that_ends_a_minute_before_the_digest_still_asks(lite: Stage) -> None:
    await lite.stop_bot()
    await lite.wakes("Tue 17 Nov 09:59")
    assert [len(who.reads()) for who in (lite.dana, lite.luca)] == [1, 1]
    await lite.comes("Tue 17 Nov 10:00")
    assert [len(who.reads()) for who in (lite.dana, lite.luca, lite.growth)] == [1, 1, 1]


@pytest.fixture
async def late(clock: FrozenDateTimeFactory, sqlite_url: str) -> AsyncIterator[Stage]:
    """The stage on the last Sunday of 2026."""
    clock.move_to(at("2026-12-27 12:00"))
    async with Stage(clock, sqlite_url) as stage:
        await stage.imports(companies.WITHOUT_REMINDERS)
        yield stage
        assert [str(one) for one in stage.playground.refusals] == []
