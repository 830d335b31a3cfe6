"""From when to when somebody is away, as they type it on Monday 16 November 2026."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blocks import leave_phrase
from okr.errors import LeaveProblem

TODAY = date(2026, 11, 16)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("today", "2026-11-16", "2026-11-16"),
        ("until Friday", "2026-11-16", "2026-11-20"),
        ("until Monday", "2026-11-16", "2026-11-23"),
        ("until 16 Nov", "2026-11-16", "2026-11-16"),
        ("fino al 16", "2026-11-16", "2026-11-16"),
        ("for 3 days", "2026-11-16", "2026-11-18"),
        ("per due settimane", "2026-11-16", "2026-11-29"),
        ("back on Monday", "2026-11-16", "2026-11-22"),
        ("from 2 Dec until 2 Dec", "2026-12-02", "2026-12-02"),
        ("from 28 Dec until 3 Jan", "2026-12-28", "2027-01-03"),
        ("from 15 Nov until 20 Nov", "2026-11-15", "2026-11-20"),
        ("from yesterday until Friday", "2026-11-15", "2026-11-20"),
        ("dal 2 al 9 dicembre", "2026-12-02", "2026-12-09"),
        ("dal 10 al 20 novembre", "2026-11-10", "2026-11-20"),
        ("from Friday until Monday", "2026-11-20", "2026-11-23"),
        ("until 3/12", "2026-11-16", "2026-12-03"),
        ("fino al 3.12.", "2026-11-16", "2026-12-03"),
        ("until 3/12/26", "2026-11-16", "2026-12-03"),
        ("2/12 - 9/12", "2026-12-02", "2026-12-09"),
        ("until 12/13", "2026-11-16", "2026-12-13"),
        ("until 15 November 2027", "2026-11-16", "2027-11-15"),
    ],
)
def test_days_as_people_type_them(typed: str, first: str, last: str) -> None:
    assert leave_phrase.read(typed, TODAY) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", "away.when"),
        ("for 0 days", "away.unreadable"),
        ("until 40/40", "away.unreadable"),
        ("until yesterday", "away.passed"),
        ("back on 16 Nov", "away.passed"),
        ("until 15 Nov", "away.year"),
        ("from 2 Dec until 1 Dec", "away.year"),
        ("from 14 Nov until 15 Nov", "away.year"),
        ("from 2 December 2026 until 1 December 2026", "away.reversed"),
        ("until 16 November 2028", "away.too_long"),
    ],
)
def test_days_nobody_can_mean_are_refused(typed: str, problem: str) -> None:
    with pytest.raises(LeaveProblem) as refused:
        leave_phrase.read(typed, TODAY)
    assert refused.value.id == problem


def test_where_the_month_may_come_first_a_date_with_two_readings_is_asked_back() -> None:
    with pytest.raises(LeaveProblem) as refused:
        leave_phrase.read("until 3/12", TODAY, month_first=True)
    assert refused.value.fields == {"text": "3/12", "first": date(2026, 12, 3), "second": date(2027, 3, 12)}
    for typed, last in (("until 12/13", date(2026, 12, 13)), ("until 12/12", date(2026, 12, 12))):
        assert leave_phrase.read(typed, TODAY, month_first=True) == (TODAY, last)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("", None),
        ("today", None),
        ("on Thursday", "2026-11-19"),
        ("giovedì", "2026-11-19"),
        ("on 3 December", "2026-12-03"),
        ("il 3/12", "2026-12-03"),
        ("on 16 Nov", None),
    ],
)
def test_the_day_on_which_somebody_is_back(typed: str, day: str | None) -> None:
    assert leave_phrase.read_back(typed, TODAY) == (date.fromisoformat(day) if day else None)


@pytest.mark.parametrize(
    ("typed", "problem"), [("soon", "away.back"), ("yesterday", "away.back"), ("on 15 Nov", "away.year")]
)
def test_a_day_on_which_nobody_comes_back_is_refused(typed: str, problem: str) -> None:
    with pytest.raises(LeaveProblem) as refused:
        leave_phrase.read_back(typed, TODAY)
    assert refused.value.id == problem


@given(today=st.dates(date(2026, 1, 1), date(2032, 1, 1)), ahead=st.integers(0, 300))
def test_a_date_without_its_year_is_the_next_one_and_today_is_today(today: date, ahead: int) -> None:
    last = today + timedelta(days=ahead)
    assert leave_phrase.read(f"until {last:%d %B}", today) == (today, last)
