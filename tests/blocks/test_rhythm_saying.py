"""A rhythm as a sentence, which reads back as the same one."""

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blocks.language import Language, language
from blocks.rhythm import say_rhythm
from okr.cadence import Rhythm, Whose
from okr.recurrence import ORDINALS, Every, Occasion, recurrence
from tests.blocks.rhythms import (
    ENGLISH,
    FIVE_AT_NINE,
    ITALIAN,
    LAST_FRIDAY,
    every,
    monthly,
    read,
    rhythms,
    second,
)


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
