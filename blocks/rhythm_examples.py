"""Phrases that can be read, to answer with when one cannot."""

import re
from collections.abc import Callable
from difflib import get_close_matches

from blocks.language import Language
from blocks.phrase_words import MONTHS, NUMBERS, ORDINALS, WEEKDAYS, fold

LONGEST = 150
EXAMPLES = (
    "every Monday at 9:00",
    "every second Monday at 10:00",
    "every 2 weeks on Monday at 10:00",
    "every other Friday at 4pm",
    "the last Friday of the month at 16:00",
    "first Monday of every month at 9:30",
    "Mondays and Thursdays at 9:00",
    "every working day at 9:00",
    "every Monday at 9:00, our time",
    "every Monday at 9:00, each in their own time",
    "every Monday at 9:00; digest Tuesday at 10:00",
    "every 3 weeks on Monday at 10:00 from 5 January 2026",
    "every Monday at 9:00, no reminders",
    "ogni lunedì alle 9:00",
    "ogni due settimane il lunedì alle 10:00",
    "un lunedì sì e uno no alle 10:00",
    "l'ultimo venerdì del mese alle 16:00",
    "ogni primo lunedì del mese alle 9:30",
    "il lunedì e il giovedì alle 9:00",
    "ogni giorno lavorativo alle 9:00",
    "ogni lunedì alle 9:00, ora del team",
    "ogni lunedì alle 9:00, ognuno alla sua ora",
    "ogni lunedì alle 9:00; riepilogo martedì alle 10:00",
    "ogni 3 settimane il lunedì alle 10:00 dal 5 gennaio 2026",
    "ogni lunedì alle 9:00, nessun promemoria",
)
EVERYDAY_WORDS = (
    *("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "Mondays", "Tuesdays"),
    *("Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays", "every", "other", "second", "week", "weeks"),
    *("month", "first", "last", "working", "days", "weekday", "noon", "reminder", "reminders", "digest", "each"),
    *("their", "time", "zone", "team", "starting", "from", "after", "later", "same", "next"),
    *("lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica", "ogni", "altro", "settimana"),
    *("settimane", "mese", "giorno", "giorni", "lavorativo", "mezzogiorno", "promemoria", "riepilogo", "ognuno"),
    *("nessun", "alle", "dopo", "stesso"),
)
"""As a slip in them is mended."""


def example(id: str, language: Language) -> str | None:
    """What mends this kind of problem; None where the nearest readable phrase says it better."""
    return {
        "rhythm.every_day": language.plain("every working day at 9:00"),
        "rhythm.day_of_month": language.plain("the last Friday of the month at 16:00"),
        "rhythm.no_fifth": language.plain("the last Friday of the month at 16:00"),
        "rhythm.too_rare": language.plain("every 2 weeks on Monday at 10:00"),
        "rhythm.digest_which": language.plain("Mondays and Thursdays at 9:00; digest the next day at 10:00"),
        "rhythm.digest_needed": language.plain("Mondays and Fridays at 9:00; digest the same day at 17:00"),
        "rhythm.digest_early": language.plain("every Monday at 9:00; digest Tuesday at 10:00"),
        "rhythm.digest_late": language.plain("every Monday at 9:00; digest Tuesday at 10:00"),
        "rhythm.single_reminder": language.plain("two reminders, the first at 15:00"),
    }.get(id)


def nearest(text: str, language: Language, readable: Callable[[str], bool]) -> str:
    """What was typed with its slips mended, when that can be read; else the example most like it."""
    short = " ".join(text[:LONGEST].split())
    mended = re.sub(r"[^\W\d_]+", lambda found: _mended(found[0]), short)
    if mended != short and readable(mended):
        return mended
    like = get_close_matches(short, EXAMPLES, n=1, cutoff=0.4)
    return like[0] if like else language.plain("every second Monday at 10:00")


def _mended(word: str) -> str:
    known = {word: word for word in (*MONTHS, *ORDINALS, *NUMBERS)} | {fold(one): one for one in EVERYDAY_WORDS}
    if len(word) < 4 or fold(word) in known or fold(word) in WEEKDAYS:
        return word
    like = get_close_matches(fold(word), [one for one in known if len(one) > 3], n=1, cutoff=0.7)
    return known[like[0]] if like else word
