"""Progress is measured: in both directions, in steps, or inside a corridor."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okr.errors import Problem
from okr.measures import Measure, MeasureKind, Step, clamped, weighted_mean
from tests.making import FALLS, GROWS, STAYS, STEPPED

INCREASE, DECREASE = MeasureKind.INCREASE, MeasureKind.DECREASE
CORRIDOR, MILESTONE = MeasureKind.KEEP_WITHIN, MeasureKind.MILESTONE
PERCENTAGES = st.decimals(-1000, 1000, places=2)


@pytest.mark.parametrize(
    ("measure", "value", "progress"),
    [
        pytest.param(GROWS, "40", "0", id="at its baseline"),
        pytest.param(GROWS, "45", "0.25", id="a quarter of the way up"),
        pytest.param(GROWS, "60", "1", id="at its target"),
        pytest.param(GROWS, "70", "1.5", id="beyond its target"),
        pytest.param(GROWS, "35", "-0.25", id="below its baseline"),
        pytest.param(FALLS, "12", "0", id="no day saved yet"),
        pytest.param(FALLS, "6", "0.75", id="six of eight days saved"),
        pytest.param(FALLS, "4", "1", id="down at its target"),
        pytest.param(FALLS, "14", "-0.25", id="risen instead"),
        pytest.param(STAYS, "94.9", "0", id="under its corridor"),
        pytest.param(STAYS, "95", "1", id="on the lower edge"),
        pytest.param(STAYS, "99", "1", id="on the upper edge"),
        pytest.param(STAYS, "99.1", "0", id="over its corridor"),
        pytest.param(STEPPED, "0", "0", id="before the first step"),
        pytest.param(STEPPED, "60", "0.6", id="at a step"),
        pytest.param(STEPPED, "100", "1", id="at the last step"),
    ],
)
def test_progress_is_the_share_of_the_way_said_as_it_is(measure: Measure, value: str, progress: str) -> None:
    assert measure.progress(Decimal(value)) == Decimal(progress)


@pytest.mark.parametrize("measure", [GROWS, FALLS, STAYS, STEPPED])
def test_what_was_never_asked_counts_as_nothing(measure: Measure) -> None:
    assert measure.progress(None) == 0


@pytest.mark.parametrize(("low", "high", "value"), [(None, 5, -100), (5, None, 100)])
def test_an_open_side_of_a_corridor_never_excludes(low: int | None, high: int | None, value: int) -> None:
    assert _measure(CORRIDOR, low=low, high=high).is_within(Decimal(value))


@pytest.mark.parametrize(
    ("value", "title"), [("0", None), ("20", "Design agreed"), ("59", "Design agreed"), ("100", "Open to all")]
)
def test_a_milestone_names_the_last_step_that_was_reached(value: str, title: str | None) -> None:
    step = STEPPED.step_at(Decimal(value))
    assert (step.title if step else None) == title


@pytest.mark.parametrize(("progress", "expected"), [("-0.25", "0"), ("0.4", "0.4"), ("1.5", "1")])
def test_progress_is_averaged_between_nothing_and_all(progress: str, expected: str) -> None:
    assert clamped(Decimal(progress)) == Decimal(expected)


@pytest.mark.parametrize(
    ("parts", "mean"),
    [
        pytest.param([("1", "1"), ("0", "1")], "0.5", id="equal weights"),
        pytest.param([("1", "3"), ("0", "1")], "0.75", id="three times the weight"),
        pytest.param([("1.5", "1"), ("-2", "1")], "0.5", id="each is clamped before"),
        pytest.param([("1", "1"), ("1", "2"), ("1", "4")], "1", id="all done is all done"),
        pytest.param([], None, id="nothing to average"),
        pytest.param([("1", "0")], None, id="nothing that weighs"),
    ],
)
def test_the_mean_goes_by_weight(parts: list[tuple[str, str]], mean: str | None) -> None:
    pairs = [(Decimal(progress), Decimal(weight)) for progress, weight in parts]
    assert weighted_mean(pairs) == (None if mean is None else Decimal(mean))


@given(st.lists(st.tuples(PERCENTAGES, st.decimals("0.01", 100, places=2)), min_size=1))
@settings(deadline=None, derandomize=True)
def test_a_mean_lies_between_nothing_and_all(parts: list[tuple[Decimal, Decimal]]) -> None:
    mean = weighted_mean(parts)
    assert mean is not None
    assert 0 <= mean <= 1 + Decimal("1e-20")


@given(baseline=PERCENTAGES, target=PERCENTAGES, value=PERCENTAGES)
@settings(deadline=None, derandomize=True)
def test_progress_has_the_targets_side_whichever_way_it_lies(
    baseline: Decimal, target: Decimal, value: Decimal
) -> None:
    if baseline == target:
        return
    kind = INCREASE if target > baseline else DECREASE
    measure = Measure(kind, baseline=baseline, target=target)
    nearer = value > baseline if kind is INCREASE else value < baseline
    assert (measure.progress(value) > 0) is nearer


@pytest.mark.parametrize(
    ("kind", "fields", "problem"),
    [
        (INCREASE, {"baseline": 40}, "measure.needs_baseline_and_target"),
        (DECREASE, {"target": 40}, "measure.needs_baseline_and_target"),
        (INCREASE, {"baseline": 40, "target": 40}, "measure.baseline_is_target"),
        (INCREASE, {"baseline": 60, "target": 40}, "measure.wrong_direction"),
        (DECREASE, {"baseline": 40, "target": 60}, "measure.wrong_direction"),
        (CORRIDOR, {}, "measure.needs_corridor"),
        (CORRIDOR, {"low": 5, "high": 5}, "measure.empty_corridor"),
        (CORRIDOR, {"low": 6, "high": 5}, "measure.empty_corridor"),
        (MILESTONE, {}, "measure.steps_must_rise_to_100"),
        (MILESTONE, {"steps": (50, 90)}, "measure.steps_must_rise_to_100"),
        (MILESTONE, {"steps": (50, 50, 100)}, "measure.steps_must_rise_to_100"),
        (MILESTONE, {"steps": (60, 50, 100)}, "measure.steps_must_rise_to_100"),
        (MILESTONE, {"steps": (-1, 100)}, "measure.steps_must_rise_to_100"),
    ],
)
def test_a_way_that_leads_nowhere_is_refused(kind: MeasureKind, fields: dict[str, Any], problem: str) -> None:
    with pytest.raises(Problem) as caught:
        _measure(kind, **fields)
    assert caught.value.id == problem


def _measure(kind: MeasureKind, *, steps: tuple[int, ...] = (), **numbers: int | None) -> Measure:
    given_numbers = {name: Decimal(number) for name, number in numbers.items() if number is not None}
    return Measure(kind, **given_numbers, steps=tuple(Step(f"To {percent}", percent) for percent in steps))  # type: ignore[arg-type]
