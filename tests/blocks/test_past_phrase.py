"""Which day of the past a question is about, as people type it on Monday 16 November 2026."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blocks import past_phrase
from okr.errors import DayProblem

TODAY = date(2026, 11, 16)


@pytest.mark.parametrize(
    ("typed", "asked", "day"),
    [
        ("as of 2026-10-01", "", "2026-10-01"),
        ("growth as of 1 October", "growth", "2026-10-01"),
        ("me as of Oct 1st", "me", "2026-10-01"),
        ("<@U1|dana> as of yesterday", "<@U1|dana>", "2026-11-15"),
        ("as of today", "", "2026-11-16"),
        ("as of Friday", "", "2026-11-13"),
        ("as of last Friday", "", "2026-11-13"),
        ("as of Monday", "", "2026-11-09"),
        ("as of two weeks ago", "", "2026-11-02"),
        ("as of 1 December", "", "2025-12-01"),
        ("as of 29 February", "", "2024-02-29"),
        ("as of 1/10", "", "2026-10-01"),
        ("As Of 1.10.25", "", "2025-10-01"),
        ("as of 13/10", "", "2026-10-13"),
        ("as of 12", "", "2026-11-12"),
        ("growth al 1° ottobre", "growth", "2026-10-01"),
        ("growth all'8 ottobre", "growth", "2026-10-08"),
        ("a rischio a venerdì scorso", "a rischio", "2026-11-13"),
        ("growth alla data del 1 ottobre", "growth", "2026-10-01"),
        ("a ieri", "", "2026-11-15"),
        ("at-risk as of l'altro ieri", "at-risk", "2026-11-14"),
    ],
)
def test_days_as_people_type_them(typed: str, asked: str, day: str) -> None:
    assert past_phrase.cut(typed, TODAY) == (asked, date.fromisoformat(day))


@pytest.mark.parametrize("typed", ["", "growth", "a rischio", "at risk", "vendite al 20", "basof 1 October", "al mare"])
def test_what_names_no_day_is_left_alone(typed: str) -> None:
    assert past_phrase.cut(typed, TODAY) == (typed, None)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("as of", "as_of.unreadable"),
        ("growth as of the beginning", "as_of.unreadable"),
        ("as of 2026-02-30", "as_of.unreadable"),
        ("as of tomorrow", "as_of.future"),
        ("as of next Friday", "as_of.future"),
        ("as of 2026-11-17", "as_of.future"),
        ("growth al 1 dicembre 2026", "as_of.future"),
    ],
)
def test_days_nobody_can_mean_are_refused(typed: str, problem: str) -> None:
    with pytest.raises(DayProblem) as refused:
        past_phrase.cut(typed, TODAY)
    assert refused.value.id == problem


def test_who_may_write_the_month_first_is_asked_which_day_is_meant() -> None:
    with pytest.raises(DayProblem) as refused:
        past_phrase.cut("as of 3/10", TODAY, month_first=True)
    assert refused.value.id == "as_of.two_readings"
    assert refused.value.fields["first"] == date(2026, 10, 3)
    assert refused.value.fields["second"] == date(2026, 3, 10)
    assert past_phrase.cut("as of 3/3", TODAY, month_first=True) == ("", date(2026, 3, 3))


@given(day=st.dates(TODAY - timedelta(days=365), TODAY), form=st.sampled_from(["%Y-%m-%d", "%d %B", "%B %d", "%d/%m"]))
def test_a_day_of_the_last_year_reads_back_as_itself(day: date, form: str) -> None:
    asked, read = past_phrase.cut(f"growth as of {day:{form}}", TODAY)
    assert asked == "growth"
    assert read in ({day} if day > TODAY - timedelta(days=365) else {day, TODAY})
