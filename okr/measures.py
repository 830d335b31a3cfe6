"""How a key result is measured, and how far it has come: progress is measured, never felt."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from okr.errors import Problem

ZERO, ONE = Decimal(0), Decimal(1)
MOST_STEPS = 50
"""Steps of a milestone: enough for any, and they fit a menu."""


class UnitKind(StrEnum):
    NUMBER = "number"
    PERCENT = "percent"
    CURRENCY = "currency"
    TEXT = "text"


@dataclass(frozen=True)
class Unit:
    """What a value counts. `label` is an ISO 4217 code for currency ("EUR") and a word for text ("days")."""

    kind: UnitKind = UnitKind.NUMBER
    label: str = ""

    @property
    def word(self) -> str:
        """As a company file has it: number, %, EUR, days."""
        return "%" if self.kind is UnitKind.PERCENT else self.label or self.kind.value


class MeasureKind(StrEnum):
    INCREASE = "increase"
    DECREASE = "decrease"
    KEEP_WITHIN = "keep within"
    MILESTONE = "milestone"


@dataclass(frozen=True)
class Step:
    """One step of a milestone and the share of the whole it stands for, 0 to 100."""

    title: str
    percent: int


@dataclass(frozen=True)
class Measure:
    """The way from baseline to target, a corridor from low to high, or an ordered list of steps.

    A milestone's value is the percentage of the step that was reached, so every value is one number.
    """

    kind: MeasureKind
    unit: Unit = Unit()
    baseline: Decimal | None = None
    target: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    steps: tuple[Step, ...] = ()

    def __post_init__(self) -> None:
        _check(self)

    @property
    def is_corridor(self) -> bool:
        return self.kind is MeasureKind.KEEP_WITHIN

    @property
    def is_milestone(self) -> bool:
        return self.kind is MeasureKind.MILESTONE

    def progress(self, value: Decimal | None) -> Decimal:
        """How far `value` has come, 1 being the target; below 0 and above 1 are said as they are.

        Never asked counts as 0. Within a corridor it is 1 inside and 0 outside: there is no halfway.
        """
        if value is None:
            return ZERO
        if self.is_milestone:
            return value / 100
        if self.is_corridor:
            return ONE if self.is_within(value) else ZERO
        assert self.baseline is not None  # noqa: S101 - held by _check
        assert self.target is not None  # noqa: S101 - held by _check
        return (value - self.baseline) / (self.target - self.baseline)

    def is_within(self, value: Decimal) -> bool:
        """True inside the corridor, its edges included; an open side never excludes."""
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)

    def step_at(self, value: Decimal) -> Step | None:
        """The last step reached at `value` percent, or None before the first."""
        reached = [step for step in self.steps if step.percent <= value]
        return reached[-1] if reached else None


def clamped(progress: Decimal) -> Decimal:
    """Progress as it is averaged: 0 to 1."""
    return min(ONE, max(ZERO, progress))


def weighted_mean(parts: list[tuple[Decimal, Decimal]]) -> Decimal | None:
    """The mean of (progress, weight) pairs, each clamped; None when there is nothing to average."""
    total = sum((weight for _, weight in parts), ZERO)
    if not total:
        return None
    return sum((clamped(progress) * weight for progress, weight in parts), ZERO) / total


def _check(measure: Measure) -> None:
    if measure.is_milestone:
        _check_steps(measure.steps)
    elif measure.is_corridor:
        _check_corridor(measure.low, measure.high)
    else:
        _check_way(measure)


def _check_way(measure: Measure) -> None:
    if measure.baseline is None or measure.target is None:
        raise Problem("measure.needs_baseline_and_target")
    if measure.baseline == measure.target:
        raise Problem("measure.baseline_is_target", value=measure.target)
    grows = measure.target > measure.baseline
    if grows is not (measure.kind is MeasureKind.INCREASE):
        raise Problem("measure.wrong_direction", kind=measure.kind.value)


def _check_corridor(low: Decimal | None, high: Decimal | None) -> None:
    if low is None and high is None:
        raise Problem("measure.needs_corridor")
    if low is not None and high is not None and low >= high:
        raise Problem("measure.empty_corridor")


def _check_steps(steps: tuple[Step, ...]) -> None:
    percents = [step.percent for step in steps]
    rising = all(one < two for one, two in pairwise(percents))
    if len(steps) > MOST_STEPS:
        raise Problem("measure.too_many_steps", most=MOST_STEPS)
    if not steps or not rising or percents[0] < 0 or percents[-1] != 100:
        raise Problem("measure.steps_must_rise_to_100")
