"""Rhythms, phrases that mean them, and any rhythm at all."""

from datetime import date, time
from typing import Any

import pytest
from hypothesis import strategies as st

from blocks import problems
from blocks.language import Language, language
from blocks.rhythm import read_rhythm
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
