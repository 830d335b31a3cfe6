"""What somebody takes along of a workspace: the company, how it stands, and what was answered."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from okr.checkins import CheckIn, Via
from okr.company import Company, KeyResultPlan, ObjectivePlan
from okr.confidence import Given
from okr.standing import Standing

Plan = TypeVar("Plan", ObjectivePlan, KeyResultPlan)


class Format(StrEnum):
    """Each with the word that is written for it."""

    YAML = "yaml"
    CSV = "csv"
    XLSX = "xlsx"
    MARKDOWN = "markdown"

    @property
    def suffix(self) -> str:
        return ".md" if self is Format.MARKDOWN else f".{self}"


@dataclass(frozen=True)
class Wanted:
    """What is to be taken along."""

    format: Format = Format.YAML
    history: bool = False


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
    first, None where it was not asked for. `in_part` says that it holds what one reader may read, and not everything.
    """

    company: Company
    names: Mapping[str, str]
    standings: Mapping[str, Standing]
    now: datetime
    zone: str
    history: tuple[Entry, ...] | None = None
    in_part: bool = False


@dataclass(frozen=True)
class Readable:
    """What a reader may take along, by the keys of the company. Of an objective that is not among `objectives` they
    read the title, where they may read a key result under it. What was answered up to `since` is not theirs to know,
    but for how it stands now.
    """

    objectives: Collection[str]
    key_results: Collection[str]
    since: Mapping[str, datetime] = field(default_factory=dict)


def readable_part(company: Company, readable: Readable) -> Company:
    """The company without what the reader may not read, and without anything that points there. Addresses of calendars
    are nobody's to read: whoever knows one sees all that is in it.
    """
    people = tuple(replace(one, calendar="") for one in company.people)
    known = {*readable.objectives, *readable.key_results}
    results = tuple(_linked(one, known) for one in company.key_results if one.key in readable.key_results)
    above = {one.objective for one in results}
    goals = tuple(
        _readable_goal(one, readable, known)
        for one in company.objectives
        if one.key in readable.objectives or one.key in above
    )
    actions = tuple(one for one in company.actions if one.key_result in readable.key_results)
    return replace(company, people=people, objectives=goals, key_results=results, actions=actions)


def readable_entries(entries: Iterable[Entry], readable: Readable) -> tuple[Entry, ...]:
    return tuple(
        one
        for one in entries
        if one.key_result in readable.key_results
        and (one.key_result not in readable.since or one.at > readable.since[one.key_result])
    )


def readable_standing(standing: Standing, since: datetime | None) -> Standing:
    """As it stands for everybody who may read it now, without the words of answers that are not theirs to know."""
    last, before = (_worded(one, since) for one in (standing.last, standing.before))
    return replace(standing, last=last, before=before)


def _worded(answer: CheckIn | None, since: datetime | None) -> CheckIn | None:
    if answer is None or since is None or answer.at > since:
        return answer
    return replace(answer, note="", win="", blocker="")


def _readable_goal(goal: ObjectivePlan, readable: Readable, known: Collection[str]) -> ObjectivePlan:
    if goal.key not in readable.objectives:
        return ObjectivePlan(goal.key, goal.team, goal.cycle, goal.title, private=goal.private)
    return _linked(goal, known)


def _linked(plan: Plan, known: Collection[str]) -> Plan:
    """What it contributes to is told where that is known: a key says much of a title."""
    return plan if plan.contributes_to in known else replace(plan, contributes_to=None)
