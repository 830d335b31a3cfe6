"""The day from which a phrase counts: from 5 January 2026, starting 2026-01-05, da lunedì, a partire da domani."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from blocks.phrase_words import MONTH, MONTHS, WEEKDAY, WEEKDAYS
from okr.cadence import next_weekday
from okr.errors import RhythmProblem

YEARS = range(2000, 2101)
NEAR = {"today": 0, "oggi": 0, "tomorrow": 1, "domani": 1}

_FROM_DAY = re.compile(
    rf"""[,;]?\ ?\b(?:starting(?:\ on|\ from)?|beginning(?:\ on)?|from|as\ of|since
        |(?:(?:a\ partire|a\ cominciare|cominciando|iniziando|partendo)\ )?(?:dalla|dal|da))
    \ (?:the\ |il\ |la\ )?(?:
    (?P<near>today|oggi|tomorrow|domani)
    |(?:(?P<said>{WEEKDAY}),?\ )?(?:
        (?P<iso>\d{{4}}-\d\d-\d\d)
        |(?P<day>\d{{1,2}}|primo)(?:st|nd|rd|th|o)?\ (?:of\ |di\ )?(?P<month>{MONTH})(?:,?\ (?P<year>\d{{4}}))?
        |(?P<month2>{MONTH})\ (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\ (?P<year2>\d{{4}}))?)
    |(?P<next>next\ |prossimo\ |prossima\ )?(?P<weekday>{WEEKDAY})(?P<next2>\ prossimo|\ prossima)?
        (?!\ ?(?:-|to\b|through\b|until\b|al?\b|alla\b))
    )(?![\w/<-])""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class Start:
    """`weekday` is given where only a weekday was named."""

    day: date
    weekday: int | None = None


def cut(text: str, today: date) -> tuple[str, Start | None]:
    """The folded phrase without the day it counts from, and that day. A day without a year is the next such one."""
    found = _FROM_DAY.search(text)
    if found is None:
        return text, None
    return f"{text[: found.start()]} ; {text[found.end() :]}", _start(found, today)


def _start(found: re.Match[str], today: date) -> Start:
    if found["near"]:
        return Start(today + timedelta(days=NEAR[found["near"]]))
    if found["weekday"]:
        weekday = WEEKDAYS[found["weekday"]]
        later = found["next"] or found["next2"]
        return Start(next_weekday(today if later else today - timedelta(days=1), weekday), weekday)
    try:
        day = _dated(found, today)
    except ValueError:
        day = None
    if day is None or day.year not in YEARS or (found["said"] and WEEKDAYS[found["said"]] != day.weekday()):
        raise RhythmProblem("rhythm.no_day", text=found[0].strip(" ,;"), example=today.isoformat())
    return Start(day)


def _dated(found: re.Match[str], today: date) -> date | None:
    if found["iso"]:
        return date.fromisoformat(found["iso"])
    day, month = int((found["day"] or found["day2"]).replace("primo", "1")), MONTHS[found["month"] or found["month2"]]
    if year := found["year"] or found["year2"]:
        return date(int(year), month, day)
    years = (each for each in range(today.year, today.year + 9) if day <= _days_of(each, month))
    return next((then for each in years if (then := date(each, month, day)) >= today), None)


def _days_of(year: int, month: int) -> int:
    after = date(year + month // 12, month % 12 + 1, 1)
    return (after - timedelta(days=1)).day
