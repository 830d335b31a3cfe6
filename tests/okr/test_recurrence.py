"""The days a rhythm asks on: said as weeks or months, kept as a rule, and steady over every clock change."""

from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from okr import cadence
from okr.cadence import Rhythm, Whose
from okr.recurrence import LAST, Every, Occasion, Recurrence, of_rule, recurrence
from tests.making import AUCKLAND, NEW_YORK, ROME

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)
CHANGING = [ROME, NEW_YORK, AUCKLAND, "Europe/Dublin", "America/Santiago", "Africa/Casablanca", "Australia/Lord_Howe"]
"""Clocks that change, in both hemispheres, by an hour or half of one, and for Ramadan."""
FIRST, YEARS = date(2024, 1, 1), 4


def weekly(*weekdays: int, interval: int = 1) -> Recurrence:
    return recurrence(Every.WEEK, interval, tuple(map(Occasion, weekdays)))


def monthly(*days: tuple[int, int]) -> Recurrence:
    return recurrence(Every.MONTH, 1, tuple(Occasion(weekday, ordinal) for weekday, ordinal in days))


RULES = [
    (weekly(MONDAY), "FREQ=WEEKLY;BYDAY=MO", 7, 1),
    (weekly(FRIDAY), "FREQ=WEEKLY;BYDAY=FR", 7, 3),
    (weekly(SATURDAY), "FREQ=WEEKLY;BYDAY=SA", 7, 2),
    (weekly(SUNDAY), "FREQ=WEEKLY;BYDAY=SU", 7, 1),
    (weekly(MONDAY, interval=2), "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", 14, 1),
    (weekly(THURSDAY, MONDAY, MONDAY), "FREQ=WEEKLY;BYDAY=MO,TH", 3, 1),
    (weekly(MONDAY, FRIDAY), "FREQ=WEEKLY;BYDAY=MO,FR", 3, 0),
    (weekly(MONDAY, FRIDAY, interval=2), "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR", 4, 3),
    (weekly(*range(5)), "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", 1, 0),
    (monthly((FRIDAY, LAST)), "FREQ=MONTHLY;BYDAY=-1FR", 28, 3),
    (monthly((MONDAY, 3), (MONDAY, 1)), "FREQ=MONTHLY;BYDAY=1MO,3MO", 14, 1),
    (monthly((MONDAY, 1), (FRIDAY, 1)), "FREQ=MONTHLY;BYDAY=1MO,1FR", 3, 0),
    (monthly((FRIDAY, 4), (FRIDAY, LAST)), "FREQ=MONTHLY;BYDAY=4FR,-1FR", 7, 3),
]


@pytest.mark.parametrize(("days", "rule", "gap", "digest"), RULES, ids=[rule for _, rule, _, _ in RULES])
def test_days_are_one_rule_and_the_rule_is_those_days(days: Recurrence, rule: str, gap: int, digest: int) -> None:
    assert days.rule == rule
    assert of_rule(rule) == days
    assert (days.gap, days.usual_digest_days) == (gap, digest)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=WEEKLY;BYDAY=MO;UNTIL=20261109T000000",
        "FREQ=MONTHLY;BYMONTHDAY=15",
        "FREQ=MONTHLY;BYDAY=5MO",
        "FREQ=MONTHLY;BYDAY=MO",
        "FREQ=WEEKLY;BYDAY=1MO",
        "FREQ=WEEKLY;BYDAY=TH,MO",
        "FREQ=DAILY",
        "",
    ],
)
def test_a_rule_that_says_more_is_not_taken_for_less(rule: str) -> None:
    assert of_rule(rule) is None


@pytest.mark.parametrize(
    ("days", "today", "first"),
    [
        (weekly(MONDAY, interval=2), date(2026, 11, 21), date(2026, 11, 23)),
        (weekly(MONDAY, interval=2), date(2026, 11, 23), date(2026, 11, 23)),
        (weekly(MONDAY, interval=2), date(2026, 11, 24), date(2026, 11, 30)),
        (weekly(MONDAY, THURSDAY, interval=3), date(2026, 11, 24), date(2026, 11, 26)),
        (weekly(SUNDAY, interval=2), date(2026, 12, 28), date(2027, 1, 3)),
    ],
)
def test_weeks_count_from_the_first_such_day_on(days: Recurrence, today: date, first: date) -> None:
    assert days.first(today) == first
    assert cadence.next_date(Rhythm(days.rule, anchor=first), today) == first


@cache
def occurrences(rule: str) -> list[date]:
    """Every day of asking in the years that are looked at."""
    asked: list[date] = []
    day = cadence.next_date(Rhythm(rule), FIRST)
    while day and day.year < FIRST.year + YEARS:
        asked.append(day)
        day = cadence.next_date(Rhythm(rule), day + timedelta(days=1))
    return asked


def clock_changes(zone: str, days: list[date]) -> int:
    """How often the zone's offset differs from one of these days to the next."""
    offsets = [datetime.combine(day, time(12), ZoneInfo(zone)).utcoffset() for day in days]
    return sum(before != after for before, after in pairwise(offsets))


@pytest.mark.parametrize("zone", CHANGING)
@pytest.mark.parametrize("days", [days for days, *_ in RULES], ids=[rule for _, rule, *_ in RULES])
def test_every_occurrence_keeps_its_hour_over_every_clock_change(days: Recurrence, zone: str) -> None:
    rhythm = Rhythm(days.rule, at=time(9, 30), whose=Whose.TEAM, digest_days=1, digest_at=time(16))
    asked = occurrences(days.rule)
    assert clock_changes(zone, asked) == 2 * YEARS
    for day in asked:
        opens = cadence.asked_at(rhythm, day, member_zone="UTC", team_zone=zone).astimezone(ZoneInfo(zone))
        closes = cadence.closes_at(rhythm, day, zone).astimezone(ZoneInfo(zone))
        assert opens.replace(tzinfo=None) == datetime.combine(day, time(9, 30))
        assert closes.replace(tzinfo=None) == datetime.combine(day + timedelta(days=1), time(16))


@pytest.mark.parametrize(
    ("days", "gap"), [(days, gap) for days, _, gap, _ in RULES], ids=[rule for _, rule, *_ in RULES]
)
def test_no_two_occurrences_are_nearer_than_the_gap(days: Recurrence, gap: int) -> None:
    asked = occurrences(days.rule)
    between = [(after - before).days for before, after in pairwise(asked)]
    assert min(between) == gap
    if len(days.days) == 1 and days.every is Every.WEEK:
        assert set(between) == {7 * days.interval}


def test_the_last_friday_is_never_the_last_but_one() -> None:
    asked = occurrences(monthly((FRIDAY, LAST)).rule)
    assert len(asked) == YEARS * 12
    assert all(day.weekday() == FRIDAY and (day + timedelta(days=7)).month != day.month for day in asked)
