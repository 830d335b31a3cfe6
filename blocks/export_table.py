"""An export as tables: what a spreadsheet or a program reads. Headings are English, whoever reads them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TypeVar

from blocks.language import language
from blocks.numerals import canonical
from blocks.problems import confidence_word
from okr.cadence import local_date
from okr.checkins import CheckIn
from okr.company import KeyResultPlan, ObjectivePlan
from okr.confidence import Given
from okr.exports import Entry, Export
from okr.standing import Standing

ENGLISH = language("en-GB")
T = TypeVar("T")
Cell = str | int | Decimal | date | datetime | None
"""Whole moments are UTC, without saying so: no spreadsheet knows zones."""


@dataclass(frozen=True)
class Table:
    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class _Goal:
    """An objective with what it stands under."""

    export: Export
    plan: ObjectivePlan

    @property
    def team(self) -> str:
        return next(one.name for one in self.export.company.teams if one.key == self.plan.team)

    @property
    def cycle(self) -> str:
        return next(one.name for one in self.export.company.cycles if one.key == self.plan.cycle)


@dataclass(frozen=True)
class _Result:
    """A key result, and how it stands."""

    goal: _Goal
    plan: KeyResultPlan
    standing: Standing

    @property
    def last(self) -> CheckIn | None:
        return self.standing.last

    @property
    def given(self) -> Given | None:
        """The confidence as it was given, unless it is withdrawn."""
        return self.last.given if self.last and self.standing.confidence else None

    def name(self, key: str | None) -> str:
        return _name(self.goal.export, key)

    def checked_in(self) -> date | None:
        return local_date(self.last.at, self.goal.export.zone) if self.last else None


@dataclass(frozen=True)
class _Told:
    """A check-in, and what it was about."""

    result: _Result
    entry: Entry


OBJECTIVES: Mapping[str, Callable[[_Goal], Cell]] = {
    "Team": lambda one: one.team,
    "Cycle": lambda one: one.cycle,
    "Objective": lambda one: one.plan.title,
    "Key": lambda one: one.plan.key,
    "Why": lambda one: one.plan.why,
    "Owner": lambda one: _name(one.export, one.plan.owner),
    "Kind": lambda one: one.plan.ambition.value,
    "State": lambda one: one.plan.state.value,
    "Priority": lambda one: one.plan.priority,
    "Private": lambda one: _yes(one.plan.private),
    "Contributes to": lambda one: one.plan.contributes_to,
    "From": lambda one: one.plan.starts,
    "To": lambda one: one.plan.ends,
}
KEY_RESULTS: Mapping[str, Callable[[_Result], Cell]] = {
    "Team": lambda one: one.goal.team,
    "Cycle": lambda one: one.goal.cycle,
    "Objective": lambda one: one.goal.plan.title,
    "Key result": lambda one: one.plan.title,
    "Key": lambda one: one.plan.key,
    "Owner": lambda one: one.name(one.plan.owner),
    "Check-in owner": lambda one: one.name(one.plan.check_in_owner or one.plan.owner),
    "Value": lambda one: one.standing.value,
    "Unit": lambda one: one.plan.measure.unit.word,
    "Progress %": lambda one: _percent(one.standing.progress),
    "Confidence": lambda one: confidence_word(one.standing.confidence, ENGLISH) if one.standing.confidence else "",
    "Confidence number": lambda one: one.given.number if one.given else None,
    "Confidence scale": lambda one: _scale(one.given) if one.given else "",
    "Stale": lambda one: _yes(one.standing.stale),
    "Checked in": lambda one: one.checked_in(),
    "Days ago": lambda one: (one.standing.today - day).days if (day := one.checked_in()) else None,
    "Note": lambda one: one.last.note if one.last else "",
    "Blocker": lambda one: one.last.blocker if one.last else "",
    "Measure": lambda one: one.plan.measure.kind.value,
    "Baseline": lambda one: one.plan.measure.baseline,
    "Target": lambda one: one.plan.measure.target,
    "Low": lambda one: one.plan.measure.low,
    "High": lambda one: one.plan.measure.high,
    "Key result contributes to": lambda one: one.plan.contributes_to,
    "Weight": lambda one: one.plan.weight,
    "Source": lambda one: one.plan.source,
    "State": lambda one: one.plan.state.value,
    "Priority": lambda one: one.plan.priority,
    "Private": lambda one: _yes(one.standing.key_result.private),
    "From": lambda one: one.standing.key_result.starts,
    "To": lambda one: one.standing.key_result.ends,
}
CHECK_INS: Mapping[str, Callable[[_Told], Cell]] = {
    "Team": lambda one: one.result.goal.team,
    "Objective": lambda one: one.result.goal.plan.title,
    "Key result": lambda one: one.result.plan.title,
    "Key": lambda one: one.entry.key_result,
    "Round": lambda one: one.entry.round,
    "At (UTC)": lambda one: one.entry.at.astimezone(UTC),
    "By": lambda one: one.result.name(one.entry.by),
    "Value": lambda one: one.entry.value,
    "Unit": lambda one: one.result.plan.measure.unit.word,
    "Progress %": lambda one: _percent(one.result.plan.measure.progress(one.entry.value)),
    "Confidence": lambda one: confidence_word(one.entry.given.confidence, ENGLISH),
    "Confidence number": lambda one: one.entry.given.number,
    "Confidence scale": lambda one: _scale(one.entry.given),
    "Note": lambda one: one.entry.note,
    "Win": lambda one: one.entry.win,
    "Blocker": lambda one: one.entry.blocker,
    "How": lambda one: one.entry.via.value,
    "Edited later": lambda one: _yes(one.entry.replaced),
}


def objectives(export: Export) -> Table:
    return _table("Objectives", OBJECTIVES, list(_goals(export).values()))


def key_results(export: Export) -> Table:
    """With what was answered last; the confidence of one that is stale is withdrawn."""
    return _table("Key results", KEY_RESULTS, list(_results(export).values()))


def check_ins(export: Export) -> Table:
    """The oldest first, those that were edited later too."""
    results = _results(export)
    return _table("Check-ins", CHECK_INS, [_Told(results[one.key_result], one) for one in export.history or ()])


def _table(name: str, columns: Mapping[str, Callable[[T], Cell]], things: Sequence[T]) -> Table:
    return Table(name, tuple(columns), tuple(tuple(cell(one) for cell in columns.values()) for one in things))


def _goals(export: Export) -> dict[str, _Goal]:
    return {one.key: _Goal(export, one) for one in export.company.objectives}


def _results(export: Export) -> dict[str, _Result]:
    goals = _goals(export)
    return {
        one.key: _Result(goals[one.objective], one, export.standings[one.key]) for one in export.company.key_results
    }


def _name(export: Export, key: str | None) -> str:
    return export.names.get(key, key) if key else ""


def _scale(given: Given) -> str:
    """In words: spreadsheets take 1-5 for a day in May."""
    numbers = given.scale.numbers
    return f"{numbers[0]} to {numbers[-1]}" if numbers else given.scale.value


def _percent(share: Decimal) -> Decimal:
    return canonical(Decimal(f"{share * 100:.1f}"))


def _yes(flag: bool) -> str:
    return "yes" if flag else ""
