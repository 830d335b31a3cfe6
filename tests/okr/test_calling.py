"""Who is asked when: one message per person and date, at the earliest of their hours."""

from dataclasses import replace
from datetime import date, time

import pytest

from okr.cadence import Rhythm, Whose
from okr.calling import Calling, calling
from okr.goals import KeyResult, Person, Team
from tests.making import AUCKLAND, KOLKATA, MONDAY, NEW_YORK, ROME, at, key_result, person, team

DANA, PRIYA = person("Dana Rossi"), person("Priya Nair", zone=KOLKATA)
MARCUS, AROHA = person("Marcus Green", zone=NEW_YORK), person("Aroha Ngata", zone=AUCKLAND)
GROWTH = team("growth")
EVERY_TUESDAY = Rhythm(rule="FREQ=WEEKLY;BYDAY=TU")


def asked(who: Person, where: Team) -> KeyResult:
    return key_result(f"{who.id} {where.id}", team_id=where.id, owner_id=who.id, check_in_owner_id=who.id)


def call(teams: list[Team], people: list[Person], key_results: list[KeyResult]) -> Calling:
    return calling({one.id: one for one in teams}, {one.id: one for one in people}, key_results)


def everybody(*people: Person, of: Team = GROWTH) -> Calling:
    return call([of], list(people), [asked(one, of) for one in people])


@pytest.mark.parametrize(
    ("who", "day", "when"),
    [
        pytest.param(DANA, date(2026, 11, 16), at("2026-11-16 09:00", ROME), id="Rome"),
        pytest.param(PRIYA, date(2026, 11, 16), at("2026-11-16 03:30"), id="Kolkata, 04:30 in Rome"),
        pytest.param(MARCUS, date(2026, 11, 16), at("2026-11-16 14:00"), id="New York, afternoon in Rome"),
        pytest.param(AROHA, date(2026, 11, 16), at("2026-11-15 20:00"), id="Auckland, Sunday evening in Rome"),
    ],
)
def test_each_is_asked_at_nine_on_their_own_date(who: Person, day: date, when: object) -> None:
    assert everybody(who).hour(GROWTH, who, MONDAY) == (day, when)


def test_a_team_that_meets_together_reaches_each_on_the_date_they_have_then() -> None:
    together = team(rhythm=Rhythm(at=time(20), whose=Whose.TEAM))
    called = everybody(DANA, AROHA, of=together)
    assert called.hour(together, DANA, MONDAY) == (date(2026, 11, 16), at("2026-11-16 20:00", ROME))
    assert called.hour(together, AROHA, MONDAY) == (date(2026, 11, 17), at("2026-11-16 20:00", ROME))


def test_two_teams_that_ask_on_one_date_share_the_earlier_hour() -> None:
    early, late = team("early", rhythm=Rhythm(at=time(8))), team("late", rhythm=Rhythm(at=time(11)))
    called = call([early, late], [DANA], [asked(DANA, early), asked(DANA, late)])
    assert called.hour(late, DANA, MONDAY) == called.hour(early, DANA, MONDAY) == (MONDAY, at("2026-11-16 08:00", ROME))


def test_a_team_one_answers_nothing_in_changes_no_hour() -> None:
    early, late = team("early", rhythm=Rhythm(at=time(8))), team("late", rhythm=Rhythm(at=time(11)))
    called = call([early, late], [DANA, PRIYA], [asked(PRIYA, early), asked(DANA, late)])
    assert called.hour(late, DANA, MONDAY)[1] == at("2026-11-16 11:00", ROME)


def test_a_team_that_asks_on_another_date_changes_no_hour() -> None:
    monday, tuesday = (
        team("monday", rhythm=Rhythm(at=time(11))),
        team("tuesday", rhythm=replace(EVERY_TUESDAY, at=time(8))),
    )
    called = call([monday, tuesday], [DANA], [asked(DANA, monday), asked(DANA, tuesday)])
    assert called.hour(monday, DANA, MONDAY)[1] == at("2026-11-16 11:00", ROME)


def test_dates_are_compared_as_the_person_has_them() -> None:
    """The Roman team's Monday evening is Tuesday in Auckland, where the other team asks on Tuesday at nine."""
    evening = team("evening", rhythm=Rhythm(at=time(20), whose=Whose.TEAM))
    tuesday = team("tuesday", rhythm=EVERY_TUESDAY)
    called = call([evening, tuesday], [AROHA], [asked(AROHA, evening), asked(AROHA, tuesday)])
    both = (date(2026, 11, 17), at("2026-11-16 20:00", ROME))
    assert called.hour(evening, AROHA, MONDAY) == (both[0], min(both[1], at("2026-11-17 09:00", AUCKLAND)))
    assert called.hour(tuesday, AROHA, date(2026, 11, 17)) == called.hour(evening, AROHA, MONDAY)


def test_a_round_opens_with_its_earliest_member() -> None:
    assert everybody(DANA, PRIYA, MARCUS).opens_at(GROWTH, MONDAY) == at("2026-11-16 04:30", ROME)


def test_a_round_opens_as_early_as_another_team_calls_its_member() -> None:
    early = team("early", rhythm=Rhythm(at=time(7)))
    called = call([early, GROWTH], [DANA], [asked(DANA, early), asked(DANA, GROWTH)])
    assert called.opens_at(GROWTH, MONDAY) == at("2026-11-16 07:00", ROME)


def test_a_round_nobody_is_asked_in_does_not_open() -> None:
    assert call([GROWTH], [DANA], []).opens_at(GROWTH, MONDAY) is None


def test_whoever_has_left_is_asked_nowhere() -> None:
    gone = person("Omar Gone", zone=AUCKLAND, deactivated=True)
    called = everybody(DANA, gone)
    assert called.asked == {"growth": frozenset({"dana"})}
    assert called.opens_at(GROWTH, MONDAY) == at("2026-11-16 09:00", ROME)


def test_the_next_opening_is_on_or_after_a_day() -> None:
    called = everybody(DANA)
    assert called.next_opening(GROWTH, MONDAY) == (MONDAY, at("2026-11-16 09:00", ROME))
    assert called.next_opening(GROWTH, date(2026, 11, 17))[0] == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("now", "first"),
    [
        pytest.param("2026-11-14 12:00", date(2026, 11, 16), id="on Saturday it is Monday"),
        pytest.param("2026-11-16 08:00", date(2026, 11, 16), id="on Monday morning it is today"),
        pytest.param("2026-11-16 12:00", date(2026, 11, 16), id="at noon New York is still to come"),
        pytest.param("2026-11-16 15:00", date(2026, 11, 23), id="once all hours have passed it is next week"),
    ],
)
def test_nobody_is_surprised_by_an_hour_that_has_passed(now: str, first: date) -> None:
    assert everybody(DANA, MARCUS).first_opening(GROWTH, at(now, ROME))[0] == first


def test_a_rhythm_that_has_ended_never_opens_again() -> None:
    ended = team(rhythm=Rhythm(rule="FREQ=WEEKLY;BYDAY=MO;UNTIL=20261109T000000"))
    assert everybody(DANA, of=ended).first_opening(ended, at("2026-11-10 12:00")) == (None, None)
