"""A rhythm as people type it."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blocks import problems
from blocks.language import Language
from blocks.rhythm import read_rhythm, say_rhythm
from blocks.rhythm_examples import EXAMPLES
from okr.cadence import Whose
from okr.errors import RhythmProblem
from tests.blocks.rhythms import (
    ENGLISH,
    ITALIAN,
    NEXT_MONDAY,
    PHRASES,
    every,
    problem,
    read,
    said,
    second,
)


@pytest.mark.parametrize("reader", [ENGLISH, ITALIAN], ids=["english reader", "italian reader"])
@pytest.mark.parametrize("text", PHRASES)
def test_a_phrase_is_read_whatever_the_readers_language(text: str, reader: Language) -> None:
    assert read(text, reader) == PHRASES[text]


@pytest.mark.parametrize("text", EXAMPLES)
def test_every_example_can_be_read(text: str) -> None:
    assert read(text)


UNREADABLE = {
    # phrase: (problem, part of what an English reader is told)
    "": ("empty", "for example “every second Monday at 10:00”"),
    " … ": ("empty", "for example “every second Monday at 10:00”"),
    "whenever you like": ("unreadable", "Write it like “"),
    "evry secnd Mondey at 10": ("unreadable", "Write it like “every second Monday at 10”"),
    "ogni veneri alle 16": ("unreadable", "Write it like “ogni venerdì alle 16”"),
    "l'ultimo venerdi del messe alle 16": ("unreadable", "Write it like “l'ultimo venerdi del mese alle 16”"),
    "Mondays at 9 and Thursdays at 11": ("unreadable", "Write it like “Mondays and Thursdays at 9:00”"),
    "every Monday at 9 or 10": ("unreadable", "Write it like “every Monday at 9:00”"),
    "twice a week": ("unreadable", "Write it like “"),
    "every 2 months on the first Monday": ("unreadable", "Write it like “"),
    "every two first Mondays": ("unreadable", "Write it like “"),
    "every other week every month": ("unreadable", "Write it like “"),
    "Monday and the last Friday of the month": ("unreadable", "Write it like “"),
    "bisettimanale il lunedì": ("unreadable", "Write it like “"),
    "every Monday at 9, our time, each in their own time": ("unreadable", "Write it like “"),
    "every Monday at 9; digest eventually": ("unreadable", "Write it like “every Monday at 9:00; digest"),
    "every Monday from 5/1/2026": ("unreadable", "Write it like “"),
    "every Monday " * 100: ("unreadable", "Write it like “"),
    "every third Monday at 10": ("two_readings", "“Every 3 weeks on Monday” or “Every third Monday of the month”"),
    "ogni secondo lunedì alle 10": ("two_readings", "“Every 2 weeks on Monday” or “Every second Monday of the month”"),
    "every Friday at 4": ("two_readings", "Write “04:00” or “16:00”"),
    "ogni venerdì alle 5.30": ("two_readings", "Write “05:30” or “17:30”"),
    "every Monday at 25:00": ("no_hour", "No clock shows “at 25:00”"),
    "every Monday at 9:75": ("no_hour", "No clock shows “at 9:75”"),
    "every Monday at 13pm": ("no_hour", "No clock shows “at 13pm”"),
    "every second Monday from 31 February": ("no_day", "“from 31 february” is not a day in the calendar"),
    "every second Monday from Tuesday 5 January 2026": ("no_day", "Write it like 2026-11-21"),
    "every day at 9": ("every_day", "write “every working day at 9:00”"),
    "ogni giorno alle 9": ("every_day", "write “every working day at 9:00”"),
    "on the 15th of every month": ("day_of_month", "I ask on weekdays, not on dates"),
    "il 15 del mese alle 9": ("day_of_month", "I ask on weekdays, not on dates"),
    "the fifth Friday of the month": ("no_fifth", "“the last Friday of the month at 16:00”"),
    "every 60 weeks on Monday": ("too_rare", "from 1 to 52 weeks"),
    "every 0 weeks on Monday": ("too_rare", "from 1 to 52 weeks"),
    "every Monday at 9; digest Monday at 8": ("digest_early", "must come after 09:00, when I ask"),
    "every Monday at 9; digest 7 days later": ("digest_late", "“every Monday at 9:00; digest Tuesday at 10:00”"),
    "every working day at 9; digest the next day at 10": ("digest_late", "when the next round is open already"),
    "Mondays and Thursdays at 9; digest Friday": ("digest_which", "digest the next day at 10:00”"),
    "Mondays and Fridays at 16": ("digest_needed", "digest the same day at 17:00”"),
    "every Monday at 9; one reminder at 14:00": ("single_reminder", "“two reminders, the first at 15:00”"),
}


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_cannot_be_read_is_answered_kindly_and_with_a_way_to_write_it(text: str) -> None:
    kind, told = UNREADABLE[text]
    assert problem(text).id == f"rhythm.{kind}"
    assert told in said(text)


@pytest.mark.parametrize("reader", [ENGLISH, ITALIAN], ids=["english reader", "italian reader"])
@pytest.mark.parametrize("text", UNREADABLE)
def test_every_way_on_that_is_offered_can_be_taken(text: str, reader: Language) -> None:
    found = problem(text, reader)
    if found.id == "rhythm.no_hour":
        assert read(f"every Monday at {found.fields['example']}")
    elif found.id == "rhythm.no_day":
        assert read(f"every second Monday from {found.fields['example']}")
    elif found.id == "rhythm.two_readings":
        offered = [str(found.fields[name]) for name in ("first", "second")]
        assert len({read(f"every Monday at {one}" if one[0].isdigit() else one) for one in offered}) == 2
    else:
        assert read(str(found.fields["example"]))


def test_an_italian_is_answered_in_italian() -> None:
    assert said("ogni terzo lunedì alle 10", ITALIAN) == (
        "“ogni terzo lunedì alle 10” si può leggere in due modi. "
        "Scrivi “Ogni 3 settimane di lunedì” o “Ogni terzo lunedì del mese”."
    )
    assert said("quando vuoi", ITALIAN) == (
        "“quando vuoi” non è un ritmo che so leggere. Scrivilo come “un lunedì sì e uno no alle 10:00”."
    )


# what a phrase leaves open

WEDNESDAYS = every("WE", "11:00", whose=Whose.TEAM, digest_days=2, digest_at=time(12), reminders=1)


def test_what_a_phrase_leaves_open_stays_as_it_was() -> None:
    assert read("at 8:00", base=WEDNESDAYS) == replace(WEDNESDAYS, at=time(8))
    assert read("each in their own time", base=WEDNESDAYS) == replace(WEDNESDAYS, whose=Whose.MEMBER)
    assert read("digest at 15:00", base=WEDNESDAYS) == replace(WEDNESDAYS, digest_at=time(15))
    assert read("every Wednesday", base=WEDNESDAYS) == WEDNESDAYS
    assert read("every 2 weeks", base=WEDNESDAYS) == replace(
        WEDNESDAYS, rule="FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", anchor=date(2026, 11, 25), digest_days=1
    )


def test_other_days_have_their_digest_on_the_working_day_after() -> None:
    assert read("every Friday", base=WEDNESDAYS) == replace(WEDNESDAYS, rule="FREQ=WEEKLY;BYDAY=FR", digest_days=3)


def test_weeks_are_counted_from_the_first_such_day_from_today_on() -> None:
    anchors = [
        read_rhythm("every second Monday", ENGLISH, today=NEXT_MONDAY + timedelta(days=days)).anchor
        for days in range(8)
    ]
    assert anchors == [NEXT_MONDAY] + [NEXT_MONDAY + timedelta(days=7)] * 7


def test_weeks_that_are_counted_already_go_on_as_they_are() -> None:
    running = second("MO", anchor=date(2026, 1, 5))
    assert read("every second Monday at 11", running=running).anchor == date(2026, 1, 5)
    assert read("every second Monday at 11", base=running).anchor == date(2026, 1, 5)
    assert read("every third week on Monday", running=running).anchor == NEXT_MONDAY
    assert read("every second Monday from 30 November", running=running).anchor == date(2026, 11, 30)


PIECES = [*PHRASES, ":", ",", ";", "2", "<b>", "'", "{month}", "(", "no", "until", "not"]
WORDS = st.sampled_from(sorted({word for phrase in PIECES for word in phrase.split()}))


@given(st.text(max_size=60) | st.lists(WORDS, max_size=12).map(" ".join))
@settings(deadline=None, derandomize=True, max_examples=120)
def test_any_text_is_a_rhythm_that_can_be_said_or_a_kind_problem(text: str) -> None:
    try:
        rhythm = read(text)
    except RhythmProblem as caught:
        told = problems.say_plain(caught, ITALIAN)
    else:
        told = say_rhythm(rhythm, ENGLISH)
        assert read(told) == rhythm
    assert told
