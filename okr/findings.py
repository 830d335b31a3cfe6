"""What the nightly look has found, and when it is said, again, and to the lead."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from okr.goals import KeyResult, Objective

MISSED_ROUNDS = 3
"""Rounds in a row without an answer after which the owner is asked what is to become of it."""
AGAIN = timedelta(days=28)
"""After so long what is still so is said again."""
SILENCE = timedelta(days=14)
"""How long the owner may say nothing before the lead is told."""
WORSE = 25
"""Points further from its pace than when it was said: worth saying again."""


class What(StrEnum):
    """In the order in which they are told: what needs an answer comes first."""

    OWNER_LEFT = "objective's owner left"
    MISSED = "missed rounds"
    GREEN_BEHIND = "green and far behind"
    RED_AHEAD = "red and ahead"
    HEADING_LOW = "heading low"
    NOT_STARTED = "not started"
    STALE = "stale"
    BEHIND = "behind"
    HEADING_HIGH = "heading high"
    NO_KEY_RESULT = "no key result"
    TOO_MANY = "too many key results"
    DATES = "dates outside the cycle"


class Family(StrEnum):
    """What is said once together: what was said of one is not said of another of the same family soon after."""

    SHAPE = "shape"
    OWNER = "owner"
    DATES = "dates"
    SILENCE = "silence"
    PACE = "pace"


FAMILIES: Mapping[What, Family] = {
    What.NO_KEY_RESULT: Family.SHAPE,
    What.TOO_MANY: Family.SHAPE,
    What.OWNER_LEFT: Family.OWNER,
    What.DATES: Family.DATES,
    What.NOT_STARTED: Family.SILENCE,
    What.STALE: Family.SILENCE,
    What.MISSED: Family.SILENCE,
}


@dataclass(frozen=True)
class Finding:
    """One thing that was found. `owner_id` is who hears of it first, None where nobody is left but the lead.

    `fields` are the values its sentence mentions. `level` is how bad it is, among those of its family: missed rounds
    in a row, or points off the pace.
    """

    what: What
    about: Objective | KeyResult
    owner_id: str | None
    fields: Mapping[str, int | date | Decimal | datetime | str] = field(default_factory=dict, hash=False)
    level: int = 0

    @property
    def family(self) -> Family:
        return FAMILIES.get(self.what, Family.PACE)

    @property
    def name(self) -> tuple[Family, str]:
        """By which it is remembered."""
        return self.family, self.about.id

    def is_worse_than(self, level: int) -> bool:
        """Whether it has become so much worse since it was said that it is said again."""
        if self.family is Family.SILENCE:
            return level < MISSED_ROUNDS <= self.level
        return self.level >= level + WORSE


def is_said_again(finding: Finding, day: date, level: int, on: date) -> bool:
    """Whether what was said on a day, when it was so bad, may be said again on another."""
    return on - day >= AGAIN or finding.is_worse_than(level)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """As they are told: what needs an answer first, then the worst."""
    order = list(What)
    return sorted(findings, key=lambda one: (order.index(one.what), -one.level, one.about.title, one.about.id))
