"""When somebody is away, as people type it: until Monday, fino a lunedì, from 2 Dec until 9 Dec, today, per 3 giorni.

"Until" counts the day it names; what is answered says so. A date without a year is the next such date, and has to be
written with its year where that lies further ahead than anybody would mean.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from blocks import day_phrase
from blocks.day_phrase import DATED, WEEKDAY_ALONE
from blocks.phrase_words import NUMBER, fold, number
from okr.errors import LeaveProblem

LONGEST = timedelta(days=400)
AHEAD_WITHOUT_A_YEAR = timedelta(days=300)
BEGUN = timedelta(days=183)
"""How long ago leave may have begun whose first day is said without a year."""
DAY = timedelta(days=1)
SUNDAY = 6

_NOW = ("", "now", "early", "today", "adesso", "ora", "oggi", "prima")
_NONE = ("cancel", "never", "none", "no", "annulla", "mai", "niente")
_YEAR = re.compile(r"\b\d{4}\b")
_UNTIL = r"(?:until|till|til|through|thru|to|-|fino\ (?:al|alla|a|ad)|sino\ (?:al|alla|a)|al|alla|a)"
_SPAN = re.compile(rf"(?:from|starting|dal|dalla|da)\ (?P<first>.+?)\ ?{_UNTIL}\ (?P<last>.+)", re.VERBOSE)
_RANGE = re.compile(r"(?P<first>.+?) ?(?:-|until|till|through|to|al) ?(?P<last>.+)")
_LAST = re.compile(rf"{_UNTIL}\ (?P<last>.+)", re.VERBOSE)
_LENGTH = re.compile(rf"(?:for|per)\ (?P<count>a|{NUMBER})\ (?P<unit>days?|giorn[io]|weeks?|settiman[ae])", re.VERBOSE)
_BACK = re.compile(r"(?:back|returning|i return|torno|rientro|ritorno)(?: on| in ufficio| da)? (?P<back>.+)")
_NEXT_WEEK = re.compile(r"next week|(?:la )?(?:settimana prossima|prossima settimana)")
_THIS_WEEK = re.compile(r"(?:all )?this week|(?:tutta )?questa settimana")


def read(text: str, today: date, *, month_first: bool = False) -> tuple[date, date]:
    """The first and the last day of leave. `month_first` says that 3/12 may be the 12th of March for the writer.
    Raises LeaveProblem with an example.
    """
    said = _folded(text, today, month_first)
    if not said:
        raise LeaveProblem("away.when")
    found = _span(said, today)
    if found is None:
        raise LeaveProblem("away.unreadable", text=text[:60])
    first, last = found
    if last < first and first > today:
        raise LeaveProblem("away.reversed", first=first, last=last)
    if last < today:
        raise LeaveProblem("away.passed")
    if last - first > LONGEST:
        raise LeaveProblem("away.too_long")
    if last - today > AHEAD_WITHOUT_A_YEAR and not (_YEAR.search(said) or _LENGTH.fullmatch(said)):
        raise LeaveProblem("away.year", last=last)
    return first, last


def read_back(text: str, today: date, *, month_first: bool = False) -> date | None:
    """The day on which somebody is back; None for now. Raises LeaveProblem with an example."""
    said = _folded(text, today, month_first)
    if said in _NOW:
        return None
    found = _BACK.fullmatch(f"back {said}")
    day = _end(found["back"], today, today) if found else None
    if day is None or day < today:
        raise LeaveProblem("away.back", text=text[:60])
    if day - today > AHEAD_WITHOUT_A_YEAR and not _YEAR.search(said):
        raise LeaveProblem("away.year", last=day)
    if day - today > LONGEST:
        raise LeaveProblem("away.too_long")
    return None if day == today else day


def is_called_off(text: str) -> bool:
    """Whether what stands behind `/okr away` says that there is no leave after all."""
    return fold(text) in _NONE


def _folded(text: str, today: date, month_first: bool) -> str:
    """The phrase as it is compared, with the month of 3/12 as a word."""
    return day_phrase.folded(text, lambda said, readings: _reading(said, readings, today, month_first))


def _reading(text: str, readings: Sequence[str], today: date, month_first: bool) -> str:
    """Which of its two readings a numeral has; who may write the month first is asked."""
    if month_first:
        first, second = (day_phrase.first(one, today, today) for one in readings)
        raise LeaveProblem("away.two_readings", text=text, first=first, second=second)
    return readings[0]


def _span(said: str, today: date) -> tuple[date, date] | None:
    if _NEXT_WEEK.fullmatch(said):
        monday = today + timedelta(days=7 - today.weekday())
        return monday, monday + timedelta(days=SUNDAY)
    if _THIS_WEEK.fullmatch(said):
        return today, today + timedelta(days=SUNDAY - today.weekday())
    if length := _LENGTH.fullmatch(said):
        days = 1 if length["count"] == "a" else number(length["count"])
        return (today, today + timedelta(days=days * (7 if length["unit"][0] in "ws" else 1)) - DAY) if days else None
    if back := _BACK.fullmatch(said):
        day = _end(back["back"], today, today)
        return (today, day - DAY) if day else None
    if last := _LAST.fullmatch(said):
        end = _end(last["last"], today, today)
        return (today, end) if end else None
    if single := day_phrase.first(said, today, today):
        return single, single
    span = _SPAN.fullmatch(said) or _RANGE.fullmatch(said)
    return _between(span["first"], span["last"], today) if span else None


def _between(first: str, last: str, today: date) -> tuple[date, date] | None:
    """A day alone takes its month from the other end: dal 2 al 9 dicembre. Leave may have begun already."""
    dated = DATED.fullmatch(first)
    if dated and dated["bare"] and (end := day_phrase.first(last, today, today)):
        begin = _before(int(dated["bare"]), end)
        return (begin, end) if begin else None
    for since in (today - BEGUN, today) if dated else (today,):
        begin = day_phrase.first(first, today, since)
        end = _end(last, today, begin) if begin else None
        if begin and end and (end >= today or since == today):
            return begin, end
    return None


def _end(said: str, today: date, since: date) -> date | None:
    """The day at which leave ends: a weekday is the next one after `since`, a date may be `since` itself."""
    return day_phrase.first(said, today, since + DAY if WEEKDAY_ALONE.fullmatch(said) else since)


def _before(day: int, end: date) -> date | None:
    """The newest date with this day of the month, up to `end`."""
    days = (end - timedelta(days=back) for back in range(62))
    return next((one for one in days if one.day == day), None)
