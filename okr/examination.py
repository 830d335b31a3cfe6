"""How the bot itself is in one workspace: what an admin sees who asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from okr.archives import Archiving
from okr.deliveries import Kind
from okr.goals import Person, Team
from okr.rollcall import NextRound, RollCall, Sending
from okr.vitals import Vitals


@dataclass(frozen=True)
class Loose:
    """A message that did not get out, or of which nobody knows. It is for a person, or a team's digest."""

    kind: Kind
    sending: Sending
    person: Person | None = None
    team: Team | None = None


@dataclass(frozen=True)
class GaveWay:
    """How many messages of one kind gave way this week because there were enough, and whom the first were for."""

    kind: Kind
    count: int
    names: tuple[str, ...]


@dataclass(frozen=True)
class Examination:
    """`now` is the ritual's time, `real` the one signs of life are counted in. `last` has the newest round of each
    team that had one. `overdue` is for how many seconds the oldest message still to be sent has been due.
    """

    workspace: str
    now: datetime
    real: datetime
    processes: tuple[Vitals, ...]
    last: Mapping[str, RollCall]
    next: tuple[NextRound, ...]
    loose: tuple[Loose, ...] = ()
    gave_way: tuple[GaveWay, ...] = ()
    overdue: float = 0
    zone: str = "UTC"
    """The company's own."""
    archiving: Archiving | None = None
    """None where none is kept."""

    @property
    def listens(self) -> bool:
        """Somebody takes what people do in Slack."""
        return any(one.listens(self.real) for one in self.processes)

    @property
    def keeps_time(self) -> bool:
        """Somebody sends what has come due."""
        return any(one.keeps_time(self.real) for one in self.processes)

    @property
    def needs_attention(self) -> bool:
        return (
            any(one.needs_attention(self.now) for one in self.last.values())
            or any(one.needs_attention(self.now) for one in self.next)
            or bool(self.loose)
            or bool(self.archiving and self.archiving.needs_attention(self.now))
            or not (self.listens and self.keeps_time)
        )
