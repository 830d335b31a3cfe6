"""One occurrence of a team's rhythm, and what is owed in it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from okr.absence import Excuse


class RoundState(StrEnum):
    PLANNED = "planned"
    """Not open yet, but somebody answered early."""
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True)
class Round:
    """Keyed by team and nominal local date: Auckland's Monday 09:00 is Rome's Sunday."""

    id: str
    team_id: str
    date: date
    state: RoundState
    opens_at: datetime
    closes_at: datetime

    def as_of(self, moment: datetime) -> "Round":
        """The same round, which has opened, as it was at an earlier moment."""
        return replace(self, state=RoundState.CLOSED if self.closes_at <= moment else RoundState.OPEN)


@dataclass(frozen=True)
class Ask:
    """One key result we are owed an answer for, in one round. `person_id` is who is asked, on their `date`: its
    check-in owner, or their deputy.

    `excuse` says why nobody is asked. From `grace_ends` on silence makes the key result stale.
    """

    round_id: str
    key_result_id: str
    person_id: str
    date: date
    due_at: datetime
    excuse: Excuse | None = None
    grace_ends: datetime | None = None

    @property
    def excused(self) -> bool:
        return self.excuse is not None
