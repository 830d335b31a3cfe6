"""A company as its admin describes it: by keys, before anything has an id in the memory.

Keys are identity; a title may change and the thing stays the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from okr.absence import DayOff
from okr.cadence import Rhythm
from okr.confidence import Scale
from okr.deliveries import MESSAGES_A_WEEK
from okr.goals import Ambition, CycleState, State
from okr.measures import Measure
from okr.standards import Limits


@dataclass(frozen=True)
class PersonPlan:
    """`slack` is how the file names the person: a Slack id, an e-mail or a display name. `calendar` is an address
    that says when they are on leave; whoever knows it can read it, so it is kept out of logs and histories.
    """

    key: str
    slack: str
    admin: bool = False
    deputy: str | None = None
    country: str = ""
    calendar: str = ""


@dataclass(frozen=True)
class TeamPlan:
    """`channel` is a name with or without #, or a Slack id; `lead`, `people` are keys of persons."""

    key: str
    name: str
    parent: str | None
    channel: str
    lead: str
    people: tuple[str, ...]
    zone: str
    language: str
    rhythm: Rhythm
    days_off: tuple[DayOff, ...] = ()


@dataclass(frozen=True)
class CyclePlan:
    key: str
    name: str
    starts: date
    ends: date
    state: CycleState = CycleState.ACTIVE


@dataclass(frozen=True)
class ObjectivePlan:
    """`starts` and `ends` are None where the cycle's dates hold."""

    key: str
    team: str
    cycle: str
    title: str
    why: str = ""
    owner: str | None = None
    ambition: Ambition = Ambition.COMMITTED
    priority: int | None = None
    private: bool = False
    state: State = State.ACTIVE
    starts: date | None = None
    ends: date | None = None
    contributes_to: str | None = None


@dataclass(frozen=True)
class KeyResultPlan:
    """`check_in_owner` is None where the owner answers. `contributes_to` is the key of an objective or a key result."""

    key: str
    objective: str
    title: str
    owner: str
    measure: Measure
    check_in_owner: str | None = None
    weight: Decimal = Decimal(1)
    source: str = ""
    priority: int | None = None
    private: bool = False
    state: State = State.ACTIVE
    starts: date | None = None
    ends: date | None = None
    contributes_to: str | None = None


@dataclass(frozen=True)
class ActionPlan:
    key: str
    key_result: str
    title: str
    assignee: str | None = None
    due: date | None = None
    done: bool = False


@dataclass(frozen=True)
class Manners:
    """How much a company wants to hear: messages a week to one person, and whether it is coached at all."""

    messages_a_week: int = MESSAGES_A_WEEK
    coaching: bool = True


@dataclass(frozen=True)
class Company:
    """Everything one company file says. Where it says nothing of the scale, the limits, the messages a week or of
    coaching, they stay as they are.
    """

    name: str
    people: tuple[PersonPlan, ...]
    teams: tuple[TeamPlan, ...]
    cycles: tuple[CyclePlan, ...]
    objectives: tuple[ObjectivePlan, ...]
    key_results: tuple[KeyResultPlan, ...]
    actions: tuple[ActionPlan, ...]
    scale: Scale | None = None
    limits: Limits | None = None
    messages_a_week: int | None = None
    coaching: bool | None = None


def renamed(known: Mapping[str, str], wanted: Mapping[str, str]) -> list[tuple[str, str]]:
    """Which keys of persons give way to which others, one after the other: whoever has a new key in the file is the
    same person as long as the Slack account is the same. Both are the accounts by key.
    """
    keys = {account: key for key, account in known.items()}
    free = [key for key in wanted if key not in known]
    found = []
    for key in free:
        old = keys.get(wanted[key])
        if old is not None:
            found.append((old, key))
            keys[wanted[key]] = key
            if old in wanted:
                free.append(old)
    return found


def taken(known: Mapping[str, str], wanted: Mapping[str, str]) -> dict[str, str]:
    """The keys whose Slack account somebody else has whom the file leaves out, with the key of that one."""
    holders = {account: key for key, account in known.items()}
    holders |= {wanted[new]: new for _, new in renamed(known, wanted)}
    found = {key: holders.get(account, key) for key, account in wanted.items()}
    return {key: holder for key, holder in found.items() if holder not in wanted}
