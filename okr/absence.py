"""Days on which somebody is not asked: public holidays, a team's days off, and leave."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from okr import cadence


class Excuse(StrEnum):
    """Why nobody is asked for a key result in a round: `ended` is one that is no longer active."""

    HOLIDAY = "holiday"
    DAY_OFF = "day off"
    AWAY = "away"
    LEFT = "left"
    ENDED = "ended"


class Source(StrEnum):
    """Who says that somebody is away."""

    SAID = "said"
    SLACK = "slack"
    CALENDAR = "calendar"


@dataclass(frozen=True)
class Absence:
    """Leave, from the first day to the last, both included; `last` is None until its end is known."""

    first: date
    last: date | None
    source: Source = Source.SAID

    def covers(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class DayOff:
    """Days a team has given itself, both included."""

    first: date
    last: date
    name: str = ""

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last


LONGEST_LEAVE = 800
"""Days after which leave is not followed back any further."""


def no_holiday(day: date) -> bool:
    return False


@dataclass(frozen=True)
class DaysOff:
    """The days on which one team does not ask one person. `is_holiday` knows the holidays where the person is."""

    is_holiday: Callable[[date], bool] = no_holiday
    team: tuple[DayOff, ...] = ()

    def excuse(self, day: date) -> Excuse | None:
        """Why a day is off; a weekend is no excuse, for a team may have chosen it."""
        if any(one.covers(day) for one in self.team):
            return Excuse.DAY_OFF
        return Excuse.HOLIDAY if self.is_holiday(day) else None

    def works(self, day: date) -> bool:
        return cadence.is_working_day(day) and self.excuse(day) is None


def back_on(absences: Iterable[Absence], works: Callable[[date], bool], last: date) -> date:
    """The first day after the last one of leave on which somebody works, and is not away for another reason."""
    leave = list(absences)
    return cadence.next_working_day(
        last + timedelta(days=1), lambda day: works(day) and not any(one.covers(day) for one in leave)
    )


def away_before(absences: Iterable[Absence], works: Callable[[date], bool], day: date) -> date | None:
    """The first day of the leave from which somebody comes back on this day; None when they do not."""
    leave = list(absences)

    def away(one: date) -> bool:
        return any(each.covers(one) for each in leave)

    if away(day) or not works(day):
        return None
    since = None
    for distance in range(1, LONGEST_LEAVE):
        one = day - timedelta(days=distance)
        if away(one):
            since = one
        elif works(one):
            break
    return since


def next_leave(absences: Iterable[Absence], today: date) -> Absence | None:
    """The leave somebody is on, or else the next one that is known; what leaves no day between counts as one."""
    leave: list[Absence] = []
    for one in sorted(absences, key=lambda one: one.first):
        before = leave[-1] if leave else None
        if one.last is not None and one.last < one.first:
            continue
        if before is None or (before.last is not None and one.first > before.last + timedelta(days=1)):
            leave.append(one)
        elif before.last is not None and (one.last is None or one.last > before.last):
            leave[-1] = replace(one, first=before.first)
    return next((one for one in leave if one.last is None or one.last >= today), None)


SICK_AND_GONE = frozenset(
    {
        "airplane",
        "airplane_departure",
        "baby",
        "baby_bottle",
        "beach",
        "beach_umbrella",
        "beach_with_umbrella",
        "desert_island",
        "face_with_head_bandage",
        "face_with_thermometer",
        "island",
        "mask",
        "palm_tree",
        "sneezing_face",
        "umbrella_on_ground",
    }
)
"""Emoji people put beside their name when they are away."""

LEAVE = re.compile(
    r"\b(?:vacation(?:ing)?|holidays?|(?:on|annual|parental|maternity|paternity|family|bereavement|study) leave|"
    r"sick|pto|ooo|oof|out of (?:the )?office|time off|days? off|"
    r"ferie|vacanz[ae]|malattia|malat[oa]|permesso|congedo|maternità|paternità|fuori ufficio|fuori sede|assente)\b",
    re.IGNORECASE,
)
NOT_LEAVE = re.compile(
    r"\b(?:back from|returned from|before|after|planning|no|not|"
    r"tornat[oa]|rientrat[oa]|dopo|prima d\w+|nessun[oa]?|non)\b[^,.;:]*$",
    re.IGNORECASE,
)
"""Standing before such a word, it takes its meaning back: "back from vacation"."""


def names_leave(text: str, emoji: str = "") -> bool:
    """Whether a status or the title of an event says, in English or Italian, that somebody is away.

    A text that says nothing of leave leaves it to the emoji; `emoji` is Slack's name, with or without colons.
    """
    found = LEAVE.search(text)
    if found:
        return not NOT_LEAVE.search(text[: found.start()])
    return emoji.strip(":").partition("::")[0] in SICK_AND_GONE and not NOT_LEAVE.search(text)
