"""The day in the past that a question is about: growth as of 1 October, as of last Friday, a rischio al 1° ottobre.

A date without a year is the newest such date, and a weekday the last one before today; what is answered says which.
"""

import re
from collections.abc import Sequence
from datetime import date

from blocks import day_phrase
from okr.errors import DayProblem

EXAMPLE = "as of 1 October"
_SAID = re.compile(
    r"(?:^|\s)(?:as of|as at|alla data (?:di|del(?:l['’]\s?)?))(?=\s|\d|$)\s*(?P<day>.*)$", re.IGNORECASE
)
_PERHAPS = re.compile(r"(?:^|\s)(?:al(?:l['’]\s?)?|alla|a)(?=\s|\d)\s*", re.IGNORECASE)
_BARE = re.compile(r"\d{1,2}")


def cut(text: str, today: date, *, month_first: bool = False) -> tuple[str, date | None]:
    """What is asked without the day it is about, and that day; None where none is named. Raises DayProblem."""
    if said := _SAID.search(text):
        day = _day(said["day"], today, month_first)
        if day is None:
            raise DayProblem("as_of.unreadable", text=said["day"][:60] or said[0].strip(), example=EXAMPLE)
        return text[: said.start()].strip(), _past(day, today)
    for perhaps in _PERHAPS.finditer(text):
        rest = text[perhaps.end() :]
        day = None if _BARE.fullmatch(rest) else _day(rest, today, month_first)
        if day is not None:
            return text[: perhaps.start()].strip(), _past(day, today)
    return text, None


def _past(day: date, today: date) -> date:
    if day > today:
        raise DayProblem("as_of.future", day=day)
    return day


def _day(text: str, today: date, month_first: bool) -> date | None:
    said = day_phrase.folded(text, lambda numeral, readings: _reading(numeral, readings, today, month_first))
    return day_phrase.newest(said, today)


def _reading(text: str, readings: Sequence[str], today: date, month_first: bool) -> str:
    """Which of its two readings a numeral has; who may write the month first is asked."""
    if month_first:
        first, second = (day_phrase.newest(one, today) for one in readings)
        raise DayProblem("as_of.two_readings", text=text, first=first, second=second)
    return readings[0]
