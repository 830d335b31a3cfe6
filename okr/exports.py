"""What somebody takes along of a workspace: the company, how it stands, and what was answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from okr.checkins import Via
from okr.company import Company
from okr.confidence import Given
from okr.standing import Standing


@dataclass(frozen=True)
class Entry:
    """A check-in by the keys of the company: `round` is the day it answers for, None before a team's first round.

    `replaced` says that a later one was an edit of it.
    """

    key_result: str
    at: datetime
    round: date | None
    by: str
    value: Decimal
    given: Given
    note: str
    win: str
    blocker: str
    via: Via
    replaced: bool


@dataclass(frozen=True)
class Export:
    """Everything as it stood at one moment, `now`; days are those of `zone`, the top team's.

    `names` are what people are called, by their keys; `standings` are by those of key results. `history` is the oldest
    first, None where it was not asked for.
    """

    company: Company
    names: Mapping[str, str]
    standings: Mapping[str, Standing]
    now: datetime
    zone: str
    history: tuple[Entry, ...] | None = None
