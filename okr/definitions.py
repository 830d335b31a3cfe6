"""What an objective or a key result is defined as, and what becomes of two people who change it at once."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from okr.errors import Problem
from okr.goals import Ambition, State
from okr.measures import Measure

OBJECTIVE, KEY_RESULT = "objective", "key result"
"""What a definition is one of."""
LONGEST_TITLE = 300
WEIGHED = frozenset({"measure", "starts", "ends"})
"""Fields whose change needs a reason once people answer for them (open-okr METHOD: an outside reason, in writing)."""


@dataclass(frozen=True)
class ObjectiveDefinition:
    """All that is decided about an objective. Dates are None where the cycle's hold."""

    team_id: str
    cycle_id: str
    title: str
    owner_id: str | None = None
    why: str = ""
    ambition: Ambition = Ambition.COMMITTED
    state: State = State.ACTIVE
    priority: int | None = None
    private: bool = False
    starts: date | None = None
    ends: date | None = None
    parent_objective_id: str | None = None
    parent_key_result_id: str | None = None


@dataclass(frozen=True)
class KeyResultDefinition:
    """All that is decided about a key result. `check_in_owner_id` is who is asked. Its target is its share of the
    number of the key result it contributes to, if it does.
    """

    objective_id: str
    title: str
    owner_id: str
    check_in_owner_id: str
    measure: Measure
    source: str = ""
    weight: Decimal = Decimal(1)
    state: State = State.ACTIVE
    priority: int | None = None
    private: bool = False
    starts: date | None = None
    ends: date | None = None
    parent_objective_id: str | None = None
    parent_key_result_id: str | None = None


@dataclass(frozen=True)
class Titled:
    """An objective, or one of its key results, by its title. `written_by` is who wrote down what is still a draft."""

    objective_id: str
    objective: str
    team_id: str
    owner_ids: frozenset[str]
    state: State
    private: bool
    key_result_id: str = ""
    key_result: str = ""
    written_by: frozenset[str] = frozenset()

    @property
    def title(self) -> str:
        return self.key_result or self.objective


def waiting(titles: Iterable[Titled]) -> list[Titled]:
    """The drafts among these, but for those under an objective that is over."""
    every = list(titles)
    over = {one.objective_id for one in every if not one.key_result_id and one.state in (State.ABANDONED, State.DONE)}
    return [one for one in every if one.state is State.DRAFT and one.objective_id not in over]


D = TypeVar("D", ObjectiveDefinition, KeyResultDefinition)


def marks(definition: ObjectiveDefinition | KeyResultDefinition) -> dict[str, str]:
    """A short mark of each field, by which a form knows later what has changed since it was drawn."""
    return {one.name: mark(getattr(definition, one.name)) for one in fields(definition)}


def merged(seen: Mapping[str, str], wanted: D, current: D) -> tuple[D, tuple[str, ...]]:
    """(the definition with one person's changes on top of everybody else's, the fields both have changed otherwise).

    `seen` are the marks of what that person started from. Nobody's change is lost: what is disputed keeps its
    current value until it is decided.
    """
    now = marks(current)
    changed = [name for name, mark in marks(wanted).items() if mark != seen.get(name)]
    disputed = tuple(
        name for name in changed if now[name] != seen.get(name) and getattr(wanted, name) != getattr(current, name)
    )
    mine = {name: getattr(wanted, name) for name in changed if name not in disputed}
    return replace(current, **mine), disputed


def changes(before: D, after: D) -> frozenset[str]:
    """The names of the fields that differ."""
    return frozenset(one.name for one in fields(before) if getattr(before, one.name) != getattr(after, one.name))


def check_dates(definition: ObjectiveDefinition | KeyResultDefinition) -> None:
    """Raise Problem unless the last day comes after the first."""
    if definition.starts and definition.ends and definition.ends <= definition.starts:
        raise Problem("definition.dates")


def check_reason(before: D, after: D, reason: str) -> None:
    """Raise Problem unless a change that needs a reason has one. A draft may change freely."""
    if before.state is not State.DRAFT and WEIGHED & changes(before, after) and not reason:
        raise Problem("definition.reason_missing")


def mark(value: object) -> str:
    """The short mark of one value."""
    return hashlib.blake2b(repr(value).encode(), digest_size=4).hexdigest()
