"""Who would get what message in the days to come, and who would not, and why."""

from dataclasses import dataclass
from datetime import date, datetime

from okr.absence import Excuse
from okr.deliveries import Kind
from okr.errors import Problem
from okr.goals import Person, Team

DAYS, MOST_DAYS = 14, 92


@dataclass(frozen=True)
class Because:
    """Why one team asks somebody: for themselves or `instead_of` who is away, and after which day off it comes."""

    team: Team
    instead_of: Person | None = None
    moved_from: date | None = None
    off: Excuse | None = None


@dataclass(frozen=True)
class Coming:
    """One message as it would go, with its first words: to a person, or to a team's channel. `part` is the number of a
    reminder, or which notice it is.
    """

    at: datetime
    kind: Kind
    part: int
    headline: str
    person: Person | None = None
    team: Team | None = None
    because: tuple[Because, ...] = ()

    @property
    def zone(self) -> str:
        """Where it is read."""
        return _zone(self.person, self.team)


@dataclass(frozen=True)
class Spared:
    """A message that would not go. `at` is when it would have; `why` is an excuse or the ledger's word; `instead` is
    who is asked in the person's place, `part` which notice it is.
    """

    at: datetime
    kind: Kind
    why: str
    person: Person | None = None
    team: Team | None = None
    instead: Person | None = None
    part: int = 0

    @property
    def zone(self) -> str:
        return _zone(self.person, self.team)


@dataclass(frozen=True)
class Preview:
    """`about` is a team's or the workspace's name, empty where somebody asks for themselves. `idle` are those of whom
    nothing is due. `zone` is the clock of whoever reads it.
    """

    about: str
    days: int
    zone: str
    teams: tuple[Team, ...] = ()
    coming: tuple[Coming, ...] = ()
    spared: tuple[Spared, ...] = ()
    idle: tuple[Person, ...] = ()
    own: bool = False


def read_days(text: str, example: str) -> int:
    """How many days to look ahead. Raises Problem, with an example of what can be written instead."""
    days = int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 0
    if not 1 <= days <= MOST_DAYS:
        raise Problem("preview.days", text=text, most=MOST_DAYS, example=example)
    return days


def _zone(person: Person | None, team: Team | None) -> str:
    return person.zone if person else team.zone if team else "UTC"
