"""The nouns people plan with: persons, teams, cycles, objectives, key results and actions."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from okr.absence import Absence, DayOff
from okr.cadence import Rhythm
from okr.measures import Measure


class State(StrEnum):
    """Where an objective or a key result stands in its life; only `active` is asked."""

    DRAFT = "draft"
    ACTIVE = "active"
    PAUSED = "paused"
    DONE = "done"
    ABANDONED = "abandoned"


class CycleState(StrEnum):
    PLANNING = "planning"
    ACTIVE = "active"
    CLOSING = "closing"
    CLOSED = "closed"


class Ambition(StrEnum):
    """Committed is expected to reach 1.0, aspirational 0.7 (Measure What Matters)."""

    COMMITTED = "committed"
    ASPIRATIONAL = "aspirational"


@dataclass(frozen=True)
class Person:
    """Somebody named in the company. `zone` is an IANA name, never an offset; `locale` as Slack writes it.

    `country` is an ISO 3166 code, with a region if need be (IT, DE-BY); empty where the zone tells. `unreachable`
    is Slack's word for why nobody can write to them; empty when somebody can.
    """

    id: str
    slack_id: str
    name: str
    zone: str
    locale: str
    deactivated: bool = False
    unreachable: str = ""
    admin: bool = False
    deputy_id: str | None = None
    country: str = ""
    absences: tuple[Absence, ...] = ()

    @property
    def first_name(self) -> str:
        return self.name.split()[0] if self.name.split() else self.name

    def is_away(self, day: date) -> bool:
        return any(one.covers(day) for one in self.absences)


@dataclass(frozen=True)
class Team:
    """A node of the company's tree with a channel, a lead and a rhythm of its own. `is_company` says that it is the top
    one and not alone: its rounds open also when they ask nobody, and its digest tells of the other teams too.
    """

    id: str
    key: str
    name: str
    parent_id: str | None
    channel: str
    lead_id: str | None
    zone: str
    language: str
    rhythm: Rhythm
    member_ids: tuple[str, ...] = ()
    next_date: date | None = None
    days_off: tuple[DayOff, ...] = ()
    is_company: bool = False


@dataclass(frozen=True)
class Cycle:
    """A named span of dates; `ends` is its last day."""

    id: str
    name: str
    starts: date
    ends: date


@dataclass(frozen=True)
class Objective:
    id: str
    team_id: str
    title: str
    cycle: str
    cycle_state: CycleState = CycleState.ACTIVE
    state: State = State.ACTIVE
    ambition: Ambition = Ambition.COMMITTED
    private: bool = False
    owner_id: str | None = None
    parent_objective_id: str | None = None
    parent_key_result_id: str | None = None


@dataclass(frozen=True)
class KeyResult:
    """One measured outcome. `check_in_owner_id` is who is asked: the owner unless delegated. `priority` is its own,
    else its objective's; 1 comes first. Where it contributes to a key result, its target is its share of that number.
    """

    id: str
    team_id: str
    objective: Objective
    title: str
    owner_id: str
    check_in_owner_id: str
    measure: Measure
    starts: date
    ends: date
    weight: Decimal = Decimal(1)
    source: str = ""
    state: State = State.ACTIVE
    priority: int | None = None
    private: bool = False
    parent_objective_id: str | None = None
    parent_key_result_id: str | None = None

    @property
    def is_asked(self) -> bool:
        """Only what is active, under an active objective, in a cycle that is not over yet."""
        running = self.objective.cycle_state in (CycleState.ACTIVE, CycleState.CLOSING)
        return running and self.state is State.ACTIVE and self.objective.state is State.ACTIVE

    @property
    def is_done(self) -> bool:
        """Reached, by itself or with its objective, in a cycle that is not closed."""
        with_objective = self.state is State.ACTIVE and self.objective.state is State.DONE
        return self.objective.cycle_state is not CycleState.CLOSED and (self.state is State.DONE or with_objective)


@dataclass(frozen=True)
class Action:
    """A checklist line under a key result; it need not be measurable."""

    id: str
    key_result_id: str
    title: str
    assignee_id: str | None = None
    due: date | None = None
    done_at: datetime | None = None
