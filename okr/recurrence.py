"""On which days a rhythm asks: every so many weeks on some weekdays, or on some weekdays of the month.

A `Recurrence` is what people say and write; a `Rhythm` keeps it as an RRULE (RFC 5545) with an anchor.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from dateutil.rrule import rrulestr

LAST = -1
ORDINALS = (1, 2, 3, 4, LAST)
"""Which weekdays every month has."""
MOST_WEEKS = 52
DIGEST_WITHIN = 7
CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WORKING_DAYS = range(5)


class Every(StrEnum):
    WEEK = "week"
    MONTH = "month"


class Occasion(NamedTuple):
    """A weekday (Monday is 0), and which one of the month it is (-1 is the last, None every one)."""

    weekday: int
    ordinal: int | None = None


@dataclass(frozen=True)
class Recurrence:
    """`interval` counts weeks; months are asked every one. Days are in their order, each once.

    In a month an occasion without an ordinal is the first one; in weeks no occasion has one.
    """

    every: Every = Every.WEEK
    interval: int = 1
    days: tuple[Occasion, ...] = (Occasion(0),)

    @property
    def rule(self) -> str:
        codes = ",".join(f"{day.ordinal or ''}{CODES[day.weekday]}" for day in self.days)
        if self.every is Every.MONTH:
            return f"FREQ=MONTHLY;BYDAY={codes}"
        interval = "" if self.interval == 1 else f"INTERVAL={self.interval};"
        return f"FREQ=WEEKLY;{interval}BYDAY={codes}"

    @property
    def weekdays(self) -> tuple[int, ...]:
        return tuple(sorted({day.weekday for day in self.days}))

    @property
    def gap(self) -> int:
        """The fewest days there ever are between one day of asking and the next."""
        return _gap(self.rule)

    @property
    def usual_digest_days(self) -> int:
        """How many days later the digest comes when nobody says: on a working day, before the next round opens.

        0, the same day, when no such number of days holds after every day of asking.
        """
        fitting = (
            days
            for days in range(1, min(DIGEST_WITHIN, self.gap))
            if all((weekday + days) % 7 in WORKING_DAYS for weekday in self.weekdays)
        )
        return next(fitting, 0)

    def first(self, day: date) -> date:
        """The first of its weekdays on or after a day: where weeks are counted from when nobody says."""
        return day + timedelta(days=min((weekday - day.weekday()) % 7 for weekday in self.weekdays))


def recurrence(every: Every, interval: int, days: tuple[Occasion, ...]) -> Recurrence:
    """The one way to say these days: in order, each once, with the ordinals their kind has."""
    if every is Every.WEEK:
        plain = {Occasion(day.weekday) for day in days}
        return Recurrence(every, interval, tuple(sorted(plain)))
    given = {Occasion(day.weekday, day.ordinal or 1) for day in days}
    return Recurrence(every, 1, tuple(sorted(given, key=lambda day: (ORDINALS.index(day.ordinal or 1), day.weekday))))


def of_rule(rule: str) -> Recurrence | None:
    """The recurrence a rule stands for; None for a rule that says more than these words can."""
    code = rf"([+-]?\d*)({'|'.join(CODES)})"
    found = re.fullmatch(rf"FREQ=(WEEKLY|MONTHLY)(?:;INTERVAL=(\d+))?;BYDAY=((?:{code},?)+)", rule)
    if found is None:
        return None
    days = tuple(
        Occasion(CODES.index(weekday), int(ordinal) if ordinal else None)
        for ordinal, weekday in re.findall(code, found[3])
    )
    every = Every.WEEK if found[1] == "WEEKLY" else Every.MONTH
    made = recurrence(every, int(found[2] or 1), days) if {day.ordinal for day in days} <= {*ORDINALS, None} else None
    return made if made and made.rule == rule else None


@lru_cache(maxsize=256)
def _gap(rule: str) -> int:
    start = datetime(2024, 1, 1)  # noqa: DTZ001 - rules run on naive dates
    days = [found.date() for found in rrulestr(rule, dtstart=start).between(start, start + timedelta(days=28 * 366))]
    return min((later - earlier).days for earlier, later in pairwise(days))
