"""Rhythms as people say them, in both languages: a phrase has one meaning, or the answer shows how to write it."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blocks import problems
from blocks.language import Language, language
from blocks.rhythm import read_rhythm, say_rhythm
from blocks.rhythm_examples import EXAMPLES
from okr.cadence import Rhythm, Whose
from okr.errors import RhythmProblem
from okr.recurrence import ORDINALS, Every, Occasion, Recurrence, recurrence

ENGLISH, ITALIAN = language("en-GB"), language("it-IT")
TODAY = date(2026, 11, 21)
"""A Saturday; the next Monday is the 23rd."""
NEXT_MONDAY, NEXT_FRIDAY = date(2026, 11, 23), date(2026, 11, 27)
WORKING_WEEK = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
FIVE_AT_NINE = Rhythm(WORKING_WEEK, digest_days=0, digest_at=time(17))


def read(text: str, reader: Language = ENGLISH, **given: Any) -> Rhythm:
    return read_rhythm(text, reader, today=TODAY, **given)


def problem(text: str, reader: Language = ENGLISH, **given: Any) -> RhythmProblem:
    with pytest.raises(RhythmProblem) as caught:
        read(text, reader, **given)
    return caught.value


def said(text: str, reader: Language = ENGLISH, **given: Any) -> str:
    return problems.say_plain(problem(text, reader, **given), reader)


def every(days: str, at: str = "09:00", **given: Any) -> Rhythm:
    return Rhythm(f"FREQ=WEEKLY;BYDAY={days}", time.fromisoformat(at), **given)


def second(days: str, at: str = "10:00", weeks: int = 2, anchor: date = NEXT_MONDAY, **given: Any) -> Rhythm:
    return Rhythm(f"FREQ=WEEKLY;INTERVAL={weeks};BYDAY={days}", time.fromisoformat(at), anchor=anchor, **given)


def monthly(days: str, at: str = "09:00", **given: Any) -> Rhythm:
    return Rhythm(f"FREQ=MONTHLY;BYDAY={days}", time.fromisoformat(at), **given)


LAST_FRIDAY = monthly("-1FR", "16:00", digest_days=3)
EVERY_FRIDAY = every("FR", "16:00", digest_days=3)
SECOND_FRIDAY = second("FR", "16:00", anchor=NEXT_FRIDAY, digest_days=3)

PHRASES = {
    # every week
    "every Monday at 9": Rhythm(),
    "Every monday, at 9:00.": Rhythm(),
    "Monday": Rhythm(),
    "mon 9:00": Rhythm(),
    "on Mondays at 10:30": every("MO", "10:30"),
    "each Wednesday at 9.30": every("WE", "09:30"),
    "weekly on Thursday at noon": every("TH", "12:00"),
    "once a week on Thu at midday": every("TH", "12:00"),
    "at 4 p.m. every Friday": EVERY_FRIDAY,
    "Fridays 4pm": EVERY_FRIDAY,
    "every Friday at half past three in the afternoon": every("FR", "15:30", digest_days=3),
    "every Saturday at 10am": every("SA", "10:00", digest_days=2),
    "every Sunday at 16h": every("SU", "16:00"),
    "ogni venerdì alle 16": EVERY_FRIDAY,
    "OGNI VENERDI' ALLE ORE 16": EVERY_FRIDAY,
    "il venerdì alle 4 del pomeriggio": EVERY_FRIDAY,
    "tutti i lunedì alle 9 e mezza": every("MO", "09:30"),
    "di lunedì alle dieci": every("MO", "10:00"),
    "una volta alla settimana il mercoledì a mezzogiorno": every("WE", "12:00"),
    "settimanale, il giovedì ore 9.30": every("TH", "09:30"),
    "ogni domenica alle 10h30": every("SU", "10:30"),
    # every so many weeks
    "every second Monday at 10": second("MO"),
    "every 2nd Monday at 10": second("MO"),
    "every 2 weeks on Monday at 10:00": second("MO"),
    "Mondays every two weeks at 10": second("MO"),
    "every other week on Monday at 10": second("MO"),
    "alternate Mondays at 10": second("MO"),
    "every fortnight on Monday at 10": second("MO"),
    "biweekly on Monday at 10": second("MO"),
    "every 14 days on Monday at 10": second("MO"),
    "every other Friday at 4pm": SECOND_FRIDAY,
    "every 3 weeks on Monday at 10": second("MO", weeks=3),
    "every third week on Monday at 10": second("MO", weeks=3),
    "every four Mondays at 10": second("MO", weeks=4),
    "every 2 weeks from Friday at 16": SECOND_FRIDAY,
    "every 2 weeks on Tuesday and Thursday at 10": second("TU,TH", anchor=date(2026, 11, 24)),
    "ogni due settimane il lunedì alle 10": second("MO"),
    "il lunedì ogni 2 settimane alle 10": second("MO"),
    "un lunedì sì e uno no alle 10": second("MO"),
    "un lunedì sì, uno no, alle 10": second("MO"),
    "a lunedì alterni alle 10": second("MO"),
    "a settimane alterne il lunedì alle 10": second("MO"),
    "una settimana sì e una no, il lunedì alle 10": second("MO"),
    "ogni altro lunedì alle 10": second("MO"),
    "ogni quindici giorni il lunedì alle 10": second("MO"),
    "una domenica sì e una no alle 10": second("SU", anchor=date(2026, 11, 22)),
    "ogni tre settimane il lunedì alle 10": second("MO", weeks=3),
    # from when
    "every 2 weeks on Monday at 10 from 5 January 2026": second("MO", anchor=date(2026, 1, 5)),
    "every 2 weeks on Monday at 10 starting January 5th, 2026": second("MO", anchor=date(2026, 1, 5)),
    "starting 2026-01-05, every second Monday at 10": second("MO", anchor=date(2026, 1, 5)),
    "every second Monday at 10 from 30 November": second("MO", anchor=date(2026, 11, 30)),
    "every second Monday at 10 from 16 November": second("MO", anchor=date(2027, 11, 16)),
    "every second Monday at 10 from next Monday": second("MO"),
    "every second Monday at 10 from today": second("MO", anchor=TODAY),
    "un lunedì sì e uno no alle 10 dal 5 gennaio 2026": second("MO", anchor=date(2026, 1, 5)),
    "ogni 2 settimane il lunedì alle 10 a partire dall'1 marzo 2027": second("MO", anchor=date(2027, 3, 1)),
    "ogni 2 settimane il lunedì alle 10 dal primo marzo 2027": second("MO", anchor=date(2027, 3, 1)),
    "ogni 2 settimane il lunedì alle 10 da domani": second("MO", anchor=date(2026, 11, 22)),
    "ogni lunedì alle 9 da lunedì 4 gennaio 2027": every("MO", anchor=date(2027, 1, 4)),
    # every month
    "the last Friday of the month at 16": LAST_FRIDAY,
    "last Friday at 16:00": LAST_FRIDAY,
    "monthly on the last Friday at 4 pm": LAST_FRIDAY,
    "every month on the last friday at 16": LAST_FRIDAY,
    "first Monday of every month": monthly("1MO"),
    "every first Monday": monthly("1MO"),
    "every second Monday of the month": monthly("2MO"),
    "2nd Tuesday of each month at 9": monthly("2TU"),
    "every month on Monday": monthly("1MO"),
    "the first and third Monday of the month at 10": monthly("1MO,3MO", "10:00"),
    "l'ultimo venerdì del mese alle 16": LAST_FRIDAY,
    "L’ultimo venerdì di ogni mese, alle 16.00": LAST_FRIDAY,
    "ogni mese l'ultimo venerdì alle 16": LAST_FRIDAY,
    "ogni primo lunedì del mese": monthly("1MO"),
    "il primo lunedì del mese": monthly("1MO"),
    "il 1° lunedì del mese": monthly("1MO"),
    "l'ultima domenica del mese alle 9": monthly("-1SU"),
    "il secondo e il quarto martedì del mese alle 9": monthly("2TU,4TU"),
    # several days
    "Mondays and Thursdays at 9": every("MO,TH"),
    "every Mon, Thu at 9": every("MO,TH"),
    "Thursday & Monday at 9": every("MO,TH"),
    "il lunedì e il giovedì alle 9": every("MO,TH"),
    "ogni lunedì e giovedì alle 9": every("MO,TH"),
    "Monday, Wednesday and Friday at 9": every("MO,WE,FR", digest_days=0, digest_at=time(17)),
    "every working day at 9": FIVE_AT_NINE,
    "on weekdays at 9": FIVE_AT_NINE,
    "Monday to Friday at 9": FIVE_AT_NINE,
    "ogni giorno lavorativo alle 9": FIVE_AT_NINE,
    "dal lunedì al venerdì alle 9": FIVE_AT_NINE,
    # whose clock
    "every Monday at 9, our time": every("MO", whose=Whose.TEAM),
    "every Monday at 9 in the team's time zone": every("MO", whose=Whose.TEAM),
    "every Monday at 9, each in their own time": Rhythm(),
    "ogni lunedì alle 9, ora del team": every("MO", whose=Whose.TEAM),
    "ogni lunedì alle 9, nostra ora": every("MO", whose=Whose.TEAM),
    "ogni lunedì alle 9, ognuno alla sua ora": Rhythm(),
    "ogni lunedì alle 9, ciascuno nel proprio fuso orario": Rhythm(),
    # the digest
    "every Monday at 9; digest Wednesday at 10": every("MO", digest_days=2),
    "every Monday at 9, with the digest on Wednesday": every("MO", digest_days=2),
    "digest Wednesday at 14:30": every("MO", digest_days=2, digest_at=time(14, 30)),
    "digest at noon": every("MO", digest_at=time(12)),
    "digest Wednesday at 10 every Monday at 9": every("MO", digest_days=2),
    "every Monday at 9; digest on Wednesday at 10, our time": every("MO", digest_days=2, whose=Whose.TEAM),
    "every Monday at 9; digest on Wednesday at 10 our time": every("MO", digest_days=2),
    "every Friday at 9; digest Friday at 17": every("FR", digest_days=0, digest_at=time(17)),
    "every Friday at 9; digest the same day at 5 pm": every("FR", digest_days=0, digest_at=time(17)),
    "Mondays and Thursdays at 9; digest 2 days later at 10": every("MO,TH", digest_days=2),
    "ogni lunedì alle 9; riepilogo mercoledì alle 10": every("MO", digest_days=2),
    "riepilogo mercoledì alle 10": every("MO", digest_days=2),
    "ogni lunedì alle 9 e il riepilogo esce il mercoledì alle 10": every("MO", digest_days=2),
    "ogni venerdì alle 9; riepilogo il giorno stesso alle 17": every("FR", digest_days=0, digest_at=time(17)),
    "il lunedì e il giovedì alle 9; riepilogo due giorni dopo alle 10": every("MO,TH", digest_days=2),
    # reminders
    "every Monday at 9 without reminders": every("MO", reminders=0),
    "every Monday at 9, one reminder": every("MO", reminders=1),
    "every Monday at 9, two reminders, the first at 14:00": every("MO", reminder_at=time(14)),
    "every Monday at 9; first reminder at 2 pm": every("MO", reminder_at=time(14)),
    "ogni lunedì alle 9, nessun promemoria": every("MO", reminders=0),
    "ogni lunedì alle 9 con un solo promemoria": every("MO", reminders=1),
    "ogni lunedì alle 9, due promemoria, il primo alle 14": every("MO", reminder_at=time(14)),
}


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


def test_a_rule_that_no_words_can_say_is_still_said_and_can_be_left() -> None:
    odd = Rhythm("FREQ=WEEKLY;BYDAY=MO;UNTIL=20261109T000000")
    assert say_rhythm(odd, ENGLISH).startswith("On days of its own at 09:00, each in their own zone")
    assert read("every Friday at 9", base=odd).rule == "FREQ=WEEKLY;BYDAY=FR"


# said back


@pytest.mark.parametrize(
    ("rhythm", "english", "italian"),
    [
        (
            Rhythm(),
            "Every Monday at 09:00, each in their own zone; digest Tuesday at 10:00",
            "Ogni lunedì alle 09:00, ognuno alla sua ora; riepilogo martedì alle 10:00",
        ),
        (
            second("MO", whose=Whose.TEAM),
            "Every 2 weeks on Monday at 10:00 from Monday 23 November 2026, the team’s time; digest Tuesday at 10:00",
            "Ogni 2 settimane di lunedì alle 10:00 da lunedì 23 novembre 2026, ora del team; "
            "riepilogo martedì alle 10:00",
        ),
        (
            LAST_FRIDAY,
            "Every last Friday of the month at 16:00, each in their own zone; digest Monday at 10:00",
            "Ogni ultimo venerdì del mese alle 16:00, ognuno alla sua ora; riepilogo lunedì alle 10:00",
        ),
        (
            monthly("1SU,3SU"),
            "Every first Sunday and third Sunday of the month at 09:00, each in their own zone; digest Monday at 10:00",
            "Ogni prima domenica e terza domenica del mese alle 09:00, ognuno alla sua ora; "
            "riepilogo lunedì alle 10:00",
        ),
        (
            every("MO,TH", digest_days=2),
            "Every Monday and Thursday at 09:00, each in their own zone; digest 2 days later at 10:00",
            "Ogni lunedì e giovedì alle 09:00, ognuno alla sua ora; riepilogo 2 giorni dopo alle 10:00",
        ),
        (
            replace(FIVE_AT_NINE, reminders=0),
            "Every Monday, Tuesday, Wednesday, Thursday and Friday at 09:00, each in their own zone; "
            "digest the same day at 17:00; no reminders",
            "Ogni lunedì, martedì, mercoledì, giovedì e venerdì alle 09:00, ognuno alla sua ora; "
            "riepilogo il giorno stesso alle 17:00; nessun promemoria",
        ),
        (
            every("MO", reminder_at=time(14)),
            "Every Monday at 09:00, each in their own zone; digest Tuesday at 10:00; two reminders, the first at 14:00",
            "Ogni lunedì alle 09:00, ognuno alla sua ora; riepilogo martedì alle 10:00; "
            "due promemoria, il primo alle 14:00",
        ),
    ],
)
def test_a_rhythm_is_said_in_one_sentence(rhythm: Rhythm, english: str, italian: str) -> None:
    assert say_rhythm(rhythm, ENGLISH) == english
    assert say_rhythm(rhythm, ITALIAN) == italian


hours = st.times().map(lambda moment: moment.replace(second=0, microsecond=0, fold=0))


@st.composite
def recurrences(draw: st.DrawFn) -> Recurrence:
    kind = draw(st.sampled_from(Every))
    ordinals = st.sampled_from(ORDINALS) if kind is Every.MONTH else st.none()
    days = draw(st.lists(st.builds(Occasion, st.integers(0, 6), ordinals), min_size=1, max_size=5))
    return recurrence(kind, draw(st.just(1) | st.integers(1, 52)), tuple(days))


@st.composite
def rhythms(draw: st.DrawFn) -> Rhythm:
    """Everything a company file can ask for: the digest on the same day comes later, and before the next round."""
    days = draw(recurrences())
    at = draw(hours.filter(lambda hour: hour < time(23, 59)))
    later = draw(st.integers(0, min(days.gap, 7) - 1))
    return Rhythm(
        rule=days.rule,
        at=at,
        whose=draw(st.sampled_from(Whose)),
        anchor=draw(st.just(Rhythm().anchor) | st.dates(date(2000, 1, 1), date(2100, 12, 31))),
        digest_days=later,
        digest_at=draw(hours.filter(lambda hour: later > 0 or hour > at)),
        reminders=draw(st.integers(0, 2)),
        reminder_at=draw(st.just(time(15)) | hours),
    )


@given(rhythms(), st.sampled_from(["en-GB", "en-US", "it-IT", "de-DE"]), st.sampled_from([ENGLISH, ITALIAN]))
@settings(deadline=None, derandomize=True, max_examples=120)
def test_what_is_said_reads_back_as_the_same_rhythm(rhythm: Rhythm, locale: str, reader: Language) -> None:
    assert read(say_rhythm(rhythm, language(locale)), reader) == rhythm


@given(rhythms(), rhythms())
@settings(deadline=None, derandomize=True, max_examples=120)
def test_what_is_said_over_another_rhythm_leaves_out_only_what_that_one_has(rhythm: Rhythm, base: Rhythm) -> None:
    assert read(say_rhythm(rhythm, ENGLISH, base=base), base=base) == rhythm


def test_the_longest_rhythm_can_be_said_and_read() -> None:
    every = recurrence(Every.MONTH, 1, tuple(Occasion(weekday, which) for weekday in range(7) for which in ORDINALS))
    rhythm = Rhythm(every.rule, digest_days=0, anchor=date(2026, 9, 30), reminders=1, reminder_at=time(14, 30))
    for speaker in (ENGLISH, ITALIAN):
        assert read(say_rhythm(rhythm, speaker)) == rhythm


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
