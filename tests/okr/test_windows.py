"""From the hour of asking to the digest: over midnight, weekends, the year's end, leap days and clock changes."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okr import cadence
from okr.cadence import Rhythm, Whose
from okr.pace import expected
from tests.making import AUCKLAND, GROWS, NEW_YORK, ROME, at

NEW_YEAR, EPIPHANY = date(2027, 1, 1), date(2027, 1, 6)


def in_italy(day: date) -> bool:
    """Whether somebody works on a day around the New Year of 2027."""
    return cadence.is_working_day(day) and day not in (NEW_YEAR, EPIPHANY)


def window(day: date, opens: time, days: int, closes: time, zone: str = ROME) -> tuple[datetime, datetime]:
    rhythm = Rhythm(at=opens, whose=Whose.TEAM, digest_days=days, digest_at=closes)
    asked = cadence.asked_at(rhythm, day, member_zone="UTC", team_zone=zone)
    return asked, cadence.closes_at(rhythm, day, zone)


@pytest.mark.parametrize(
    ("day", "opens", "days", "closes", "ends", "hours"),
    [
        pytest.param(date(2026, 11, 16), time(23, 45), 1, time(0, 15), "2026-11-17 00:15", 0.5, id="over midnight"),
        pytest.param(date(2026, 11, 20), time(16), 3, time(10), "2026-11-23 10:00", 66, id="over a weekend"),
        pytest.param(date(2026, 10, 23), time(16), 3, time(10), "2026-10-26 10:00", 67, id="and an hour that is twice"),
        pytest.param(
            date(2026, 3, 27), time(16), 3, time(10), "2026-03-30 10:00", 65, id="and an hour that is left out"
        ),
        pytest.param(date(2026, 3, 28), time(23, 45), 1, time(2, 30), "2026-03-29 03:30", 2.75, id="into the gap"),
        pytest.param(
            date(2026, 10, 24), time(23, 45), 1, time(2, 30), "2026-10-25 02:30", 2.75, id="to the first 2:30"
        ),
        pytest.param(date(2026, 12, 31), time(16), 4, time(10), "2027-01-04 10:00", 90, id="over the year's end"),
        pytest.param(date(2028, 2, 28), time(9), 1, time(10), "2028-02-29 10:00", 25, id="to a leap day"),
        pytest.param(date(2028, 2, 29), time(9), 1, time(10), "2028-03-01 10:00", 25, id="from a leap day"),
    ],
)
def test_a_window_ends_at_its_wall_time_however_long_it_is(
    day: date, opens: time, days: int, closes: time, ends: str, hours: float
) -> None:
    asked, closed = window(day, opens, days, closes)
    assert f"{closed.astimezone(ZoneInfo(ROME)):%Y-%m-%d %H:%M}" == ends
    assert closed - asked == timedelta(hours=hours)


@given(
    day=st.dates(date(2010, 1, 1), date(2035, 12, 31)),
    opens=st.times(),
    days=st.integers(1, 6),
    closes=st.times(),
    zone=st.sampled_from([ROME, NEW_YORK, AUCKLAND, "Australia/Lord_Howe", "Antarctica/Troll", "America/Santiago"]),
)
@settings(deadline=None, derandomize=True, max_examples=200)
def test_no_clock_change_turns_a_window_around(day: date, opens: time, days: int, closes: time, zone: str) -> None:
    asked, closed = window(day, opens, days, closes, zone)
    before = datetime.combine(day + timedelta(days=days), closes) - datetime.combine(day, opens)
    assert abs(closed - asked - before) <= timedelta(hours=2)


def test_every_second_monday_goes_on_over_a_year_of_53_weeks() -> None:
    """Counted by the numbers of weeks, an odd one would follow an odd one."""
    rhythm = Rhythm(rule="FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", anchor=date(2026, 11, 16))
    days = _dates(rhythm, date(2026, 12, 1), 4)
    assert days == [date(2026, 12, 14), date(2026, 12, 28), date(2027, 1, 11), date(2027, 1, 25)]
    assert [day.isocalendar().week for day in days] == [51, 53, 2, 4]


@pytest.mark.parametrize(
    ("rule", "anchor", "days"),
    [
        pytest.param("FREQ=WEEKLY;BYDAY=TU", date(2024, 1, 1), [(2, 22), (2, 29), (3, 7)], id="every Tuesday"),
        pytest.param("FREQ=MONTHLY;BYDAY=-1TU", date(2024, 1, 1), [(2, 29), (3, 28), (4, 25)], id="the last Tuesday"),
        pytest.param(
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", date(2028, 2, 15), [(2, 29), (3, 14), (3, 28)], id="every second Tuesday"
        ),
    ],
)
def test_a_leap_day_is_a_day_like_any_other(rule: str, anchor: date, days: list[tuple[int, int]]) -> None:
    found = _dates(Rhythm(rule=rule, anchor=anchor), date(2028, 2, 16), 3)
    assert [(day.month, day.day) for day in found] == days


def test_pace_counts_the_leap_day() -> None:
    first, last = date(2028, 1, 1), date(2028, 3, 31)
    assert expected(GROWS, first, last, date(2028, 2, 29)) == Decimal(59) / 90
    assert expected(GROWS, first, last, date(2028, 3, 1)) == Decimal(60) / 90


@pytest.mark.parametrize(
    ("coming", "from_"),
    [
        pytest.param(date(2027, 1, 4), "2027-01-01 00:00", id="over the year's end"),
        pytest.param(date(2027, 1, 1), "2026-12-29 00:00", id="on the last days of the year"),
        pytest.param(date(2028, 3, 2), "2028-02-28 00:00", id="over a leap day"),
        pytest.param(date(2026, 3, 30), "2026-03-27 00:00", id="over a clock change"),
    ],
)
def test_early_answers_are_taken_from_midnight_three_days_before(coming: date, from_: str) -> None:
    midnight = at(from_, ROME)
    assert cadence.answers_coming_round(midnight, zone=ROME, coming=coming)
    assert not cadence.answers_coming_round(midnight - timedelta(seconds=1), zone=ROME, coming=coming)


@pytest.mark.parametrize(
    ("closed", "ends"),
    [
        pytest.param("2026-12-29 10:00", "2027-01-04 10:00", id="over New Year and a weekend"),
        pytest.param("2027-01-04 10:00", "2027-01-08 10:00", id="over Epiphany"),
        pytest.param("2026-12-31 17:00", "2027-01-07 17:00", id="over both"),
    ],
)
def test_days_off_around_the_new_year_lengthen_the_grace(closed: str, ends: str) -> None:
    assert cadence.grace_ends(at(closed, ROME), ROME, in_italy) == at(ends, ROME)


def test_reminders_of_a_round_over_the_new_year_wait_for_the_next_working_day() -> None:
    digest = at("2027-01-04 15:00", ROME)
    found = cadence.reminder_times(Rhythm(), at("2026-12-31 16:00", ROME), zone=ROME, digest_at=digest, works=in_italy)
    assert [f"{one.astimezone(ZoneInfo(ROME)):%Y-%m-%d %H:%M}" for one in found] == ["2027-01-04 13:00"]


def _dates(rhythm: Rhythm, first: date, count: int) -> list[date]:
    found: list[date] = []
    while len(found) < count:
        day = cadence.next_date(rhythm, first)
        assert day is not None
        found.append(day)
        first = day + timedelta(days=1)
    return found
