"""Whoever has a day off is asked on their next working day; whoever is away, their deputy is."""

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okr import cadence
from okr.absence import Absence, DayOff, Excuse
from okr.cadence import Rhythm, Whose
from okr.calling import Calling, calling
from okr.goals import KeyResult, Person, Team
from okr.planning import Asked, asks, messages, needs_digest
from tests.making import AUCKLAND, KOLKATA, MONDAY, NEW_YORK, ROME, at, key_result, person, team

TUESDAY = date(2026, 11, 17)
THREE_DAYS = Rhythm(digest_days=3)
GROWTH = team("growth", rhythm=THREE_DAYS)
LUCA = person("Luca Bianchi")
DANA = person("Dana Rossi", deputy_id="luca")
AWAY = replace(DANA, absences=(Absence(date(2026, 11, 10), MONDAY),))


def asked(who: Person, where: Team = GROWTH) -> KeyResult:
    return key_result(f"{who.id} {where.id}", team_id=where.id, owner_id=who.id, check_in_owner_id=who.id)


def call(*people: Person, of: Team | list[Team] = GROWTH, holidays: dict[str, list[date]] | None = None) -> Calling:
    teams = of if isinstance(of, list) else [of]
    free = holidays or {}
    return calling(
        {one.id: one for one in teams},
        {one.id: one for one in people},
        [asked(who, where) for who in people for where in teams],
        lambda who, day: day in free.get(who.id, ()),
    )


def test_a_holiday_moves_the_prompt_to_the_next_working_day_at_the_same_hour() -> None:
    called = call(DANA, holidays={"dana": [MONDAY]})
    assert called.hour(GROWTH, DANA, MONDAY) == (TUESDAY, at("2026-11-17 09:00", ROME))


def test_two_holidays_move_it_over_both() -> None:
    called = call(DANA, holidays={"dana": [MONDAY, TUESDAY]})
    assert called.hour(GROWTH, DANA, MONDAY) == (date(2026, 11, 18), at("2026-11-18 09:00", ROME))


def test_a_holiday_on_friday_moves_it_over_the_weekend() -> None:
    friday = team(rhythm=Rhythm(rule="FREQ=WEEKLY;BYDAY=FR", digest_days=4))
    called = call(DANA, of=friday, holidays={"dana": [date(2026, 11, 20)]})
    assert called.hour(friday, DANA, date(2026, 11, 20)) == (date(2026, 11, 23), at("2026-11-23 09:00", ROME))


def test_over_the_clocks_change_the_hour_on_the_wall_stays() -> None:
    friday = team(rhythm=Rhythm(rule="FREQ=WEEKLY;BYDAY=FR", digest_days=4))
    called = call(DANA, of=friday, holidays={"dana": [date(2026, 10, 23)]})
    assert called.hour(friday, DANA, date(2026, 10, 23))[1] == at("2026-10-26 09:00", ROME)


def test_a_team_that_asks_at_its_own_hour_asks_at_that_hour_of_the_next_day() -> None:
    together = team(rhythm=replace(THREE_DAYS, whose=Whose.TEAM, at=time(20)))
    aroha = person("Aroha Ngata", zone=AUCKLAND)
    called = call(aroha, of=together, holidays={"aroha": [date(2026, 11, 17)]})
    assert called.hour(together, aroha, MONDAY) == (date(2026, 11, 18), at("2026-11-17 20:00", ROME))


def test_what_would_come_after_the_close_is_excused() -> None:
    usual = team(rhythm=Rhythm())
    found = call(DANA, of=usual, holidays={"dana": [MONDAY, TUESDAY]}).call(usual, DANA, MONDAY)
    assert (found.excuse, found.asked) == (Excuse.HOLIDAY, DANA)
    assert found.excuse == "holiday"


def test_an_hour_after_the_close_is_too_late() -> None:
    early = team(rhythm=Rhythm(digest_at=time(9)))
    assert call(DANA, of=early, holidays={"dana": [MONDAY]}).call(early, DANA, MONDAY).excuse is Excuse.HOLIDAY


def test_a_teams_day_off_holds_for_everybody_in_it_and_for_no_other_team() -> None:
    closed = team("closed", rhythm=THREE_DAYS, days_off=(DayOff(MONDAY, MONDAY, "Founders' day"),))
    called = call(DANA, of=[closed, GROWTH])
    assert called.call(closed, DANA, MONDAY).date == TUESDAY
    assert called.call(GROWTH, DANA, MONDAY).date == MONDAY


def test_what_moves_to_another_teams_date_shares_its_message_and_the_earlier_hour() -> None:
    closed = team("closed", rhythm=THREE_DAYS, days_off=(DayOff(MONDAY, MONDAY),))
    tuesday = team("tuesday", rhythm=Rhythm(rule="FREQ=WEEKLY;BYDAY=TU", at=time(8)))
    called = call(DANA, of=[closed, tuesday])
    both = TUESDAY, at("2026-11-17 08:00", ROME)
    assert called.hour(closed, DANA, MONDAY) == called.hour(tuesday, DANA, TUESDAY) == both


def test_a_team_on_holiday_opens_when_the_first_of_it_is_back() -> None:
    called = call(DANA, LUCA, holidays={"dana": [MONDAY], "luca": [MONDAY, TUESDAY]})
    assert called.opens_at(GROWTH, MONDAY) == at("2026-11-17 09:00", ROME)


def test_while_away_the_deputy_is_asked_at_their_own_hour() -> None:
    priya = person("Priya Nair", id="luca", zone=KOLKATA)
    found = call(AWAY, priya).call(GROWTH, AWAY, MONDAY)
    assert (found.owner, found.asked, found.at) == (AWAY, priya, at("2026-11-16 09:00", KOLKATA))


@pytest.mark.parametrize(
    "deputy",
    [
        pytest.param(None, id="there is none"),
        pytest.param(replace(LUCA, absences=(Absence(MONDAY, None),)), id="they are away too"),
        pytest.param(replace(LUCA, deactivated=True), id="they have left"),
    ],
)
def test_without_a_deputy_the_ask_is_excused(deputy: Person | None) -> None:
    people = [AWAY, deputy] if deputy else [AWAY]
    found = call(*people).call(GROWTH, AWAY, MONDAY)
    assert (found.excuse, found.asked) == (Excuse.AWAY, AWAY)


def test_a_deputy_on_holiday_is_asked_on_their_next_working_day() -> None:
    found = call(AWAY, LUCA, holidays={"luca": [MONDAY]}).call(GROWTH, AWAY, MONDAY)
    assert (found.asked, found.date) == (LUCA, TUESDAY)


def test_on_the_day_after_the_last_they_are_asked_themselves() -> None:
    back = replace(DANA, absences=(Absence(date(2026, 11, 10), date(2026, 11, 15)),))
    assert call(back, LUCA).call(GROWTH, back, MONDAY).asked == back


def test_a_holiday_that_leads_into_leave_is_the_deputys() -> None:
    leaving = replace(DANA, absences=(Absence(TUESDAY, date(2026, 11, 20)),))
    found = call(leaving, LUCA, holidays={"dana": [MONDAY]}).call(GROWTH, leaving, MONDAY)
    assert (found.asked, found.date) == (LUCA, MONDAY)


def test_a_deputy_reads_one_message_about_their_own_and_the_others_key_results() -> None:
    early = team("early", rhythm=replace(THREE_DAYS, at=time(8)))
    called = calling(
        {"growth": GROWTH, "early": early}, {"dana": AWAY, "luca": LUCA}, [asked(LUCA), asked(AWAY, early)]
    )
    assert (
        called.hour(GROWTH, LUCA, MONDAY) == called.hour(early, AWAY, MONDAY) == (MONDAY, at("2026-11-16 08:00", ROME))
    )
    made = [
        Asked(ask, where, at("2026-11-19 10:00", ROME))
        for where, theirs in ((GROWTH, [asked(LUCA)]), (early, [asked(AWAY, early)]))
        for ask in asks(called, where, MONDAY, theirs)
    ]
    assert [one.key for one in messages(called, made) if one.part == 0] == ["prompt:luca:2026-11-16:0"]


def test_no_reminder_comes_on_a_day_off() -> None:
    called = call(DANA, holidays={"dana": [TUESDAY, date(2026, 11, 18)]})
    made = [Asked(one, GROWTH, at("2026-11-19 10:00", ROME)) for one in asks(called, GROWTH, MONDAY, [asked(DANA)])]
    assert [one.at for one in messages(called, made)] == [
        at("2026-11-16 09:00", ROME),
        at("2026-11-16 15:00", ROME),
        at("2026-11-16 18:00", ROME),
    ]


def test_later_offers_no_hour_on_a_day_off() -> None:
    works = call(DANA, holidays={"dana": [TUESDAY]}).days_off(GROWTH, DANA).works
    now, digest = at("2026-11-16 16:30", ROME), at("2026-11-19 10:00", ROME)
    hours = cadence.later_times(now, zone=ROME, digest_at=digest, works=works)
    assert hours[:3] == (at("2026-11-16 17:00", ROME), at("2026-11-16 18:00", ROME), at("2026-11-18 09:00", ROME))


def test_after_an_outage_nobody_is_reminded_on_a_day_off() -> None:
    works = call(DANA, holidays={"dana": [TUESDAY]}).days_off(GROWTH, DANA).works
    assert not cadence.may_remind(at("2026-11-17 11:00", ROME), ROME, last_message=None, works=works)


def test_grace_counts_the_days_people_work() -> None:
    closed = at("2026-12-23 10:00", ROME)
    works = call(DANA, of=team(days_off=(DayOff(date(2026, 12, 24), date(2027, 1, 6)),))).days_off
    shut = team(days_off=(DayOff(date(2026, 12, 24), date(2027, 1, 6)),))
    assert cadence.grace_ends(closed, ROME, works(shut, DANA).works) == at("2027-01-11 10:00", ROME)
    assert cadence.grace_ends(closed, ROME) == at("2026-12-28 10:00", ROME)


def test_a_year_without_a_working_day_ends_every_search() -> None:
    never = team(days_off=(DayOff(date(2026, 1, 1), date(2027, 12, 31)),))
    called = call(DANA, of=never)
    assert called.call(never, DANA, MONDAY).excuse is Excuse.DAY_OFF
    works = called.days_off(never, DANA).works
    assert (
        cadence.reminder_times(
            THREE_DAYS, at("2026-11-16 09:00"), zone=ROME, digest_at=at("2026-11-19 10:00"), works=works
        )
        == ()
    )
    assert cadence.grace_ends(at("2026-11-17 10:00"), ROME, works) > at("2027-01-01 10:00")


def test_a_round_in_which_all_have_a_day_off_is_passed_over_and_leave_is_not() -> None:
    off = asks(call(DANA, of=team(), holidays={"dana": [MONDAY, TUESDAY]}), team(), MONDAY, [asked(DANA)])
    away = asks(call(replace(AWAY, deputy_id=None)), GROWTH, MONDAY, [asked(DANA)])
    assert (needs_digest(off), needs_digest(away), needs_digest([])) == (False, True, False)


@given(
    days=st.sets(st.dates(date(2026, 11, 10), date(2026, 11, 24)), max_size=8),
    first=st.dates(date(2026, 11, 8), date(2026, 11, 20)),
    length=st.integers(0, 9),
    digest_days=st.integers(0, 6),
    whose=st.sampled_from(Whose),
    zone=st.sampled_from([ROME, NEW_YORK, KOLKATA, AUCKLAND]),
)
@settings(deadline=None, derandomize=True, max_examples=150)
def test_nobody_is_ever_asked_on_a_day_off_or_while_away_or_after_the_close(
    days: set[date], first: date, length: int, digest_days: int, whose: Whose, zone: str
) -> None:
    where = team(rhythm=Rhythm(digest_days=digest_days, digest_at=time(17), whose=whose))
    away = Absence(first, date.fromordinal(first.toordinal() + length))
    dana = person("Dana Rossi", zone=zone, deputy_id="luca", absences=(away,))
    called = call(dana, LUCA, of=where, holidays={"dana": sorted(days), "luca": sorted(days)[:2]})
    made = asks(called, where, MONDAY, [asked(dana, where), asked(LUCA, where)])
    closes = cadence.closes_at(where.rhythm, MONDAY, ROME)
    for one in made:
        if one.excused:
            continue
        who = called.people[one.person_id]
        assert not who.is_away(one.date)
        assert not called.holidays(who, one.date)
        # A close before the hour of asking is the team's own choice; a moved prompt never comes after it.
        assert one.due_at < closes or one.due_at == cadence.asked_at(
            where.rhythm, MONDAY, member_zone=who.zone, team_zone=ROME
        )
    for owed in messages(called, [Asked(one, where, closes) for one in made]):
        if owed.part:
            assert called.days_off(where, called.people[owed.person_id]).works(
                cadence.local_date(owed.at, called.people[owed.person_id].zone)
            )
