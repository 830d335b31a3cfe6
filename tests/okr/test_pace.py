"""Pace is a straight line from a key result's first day to its last."""

from datetime import date
from decimal import Decimal

import pytest

from okr.confidence import Confidence
from okr.measures import Measure
from okr.pace import expected
from tests.making import FALLS, GROWS, STAYS, STEPPED, changed, checkin, coloured, standing

STARTS, ENDS = date(2026, 10, 1), date(2026, 12, 30)


@pytest.mark.parametrize(
    ("day", "share"),
    [
        pytest.param(date(2026, 9, 1), "0", id="before it starts"),
        pytest.param(date(2026, 10, 1), "0", id="on its first day"),
        pytest.param(date(2026, 10, 10), "0.1", id="nine days of ninety"),
        pytest.param(date(2026, 11, 15), "0.5", id="halfway"),
        pytest.param(date(2026, 12, 30), "1", id="on its last day"),
        pytest.param(date(2027, 2, 1), "1", id="after it ends"),
    ],
)
@pytest.mark.parametrize("measure", [GROWS, FALLS, STEPPED])
def test_pace_grows_by_the_day(measure: Measure, day: date, share: str) -> None:
    assert expected(measure, STARTS, ENDS, day) == Decimal(share)


def test_a_corridor_has_no_pace() -> None:
    assert expected(STAYS, STARTS, ENDS, date(2026, 11, 15)) is None


def test_a_key_result_of_one_day_is_due_that_day() -> None:
    assert expected(GROWS, STARTS, STARTS, STARTS) == 1


@pytest.mark.parametrize(
    ("value", "behind"), [("52", False), ("48", False), ("47.9", True), ("40", True), ("70", False)]
)
def test_more_than_ten_points_below_the_pace_is_behind(value: str, behind: bool) -> None:
    halfway = changed(coloured("Returning customers", Confidence.YELLOW, value), starts=STARTS, ends=date(2027, 1, 1))
    assert halfway.expected == Decimal("0.5")
    assert halfway.behind is behind


@pytest.mark.parametrize(
    ("colour", "value", "asks"),
    [
        pytest.param(Confidence.GREEN, "45", True, id="green, 25 points behind"),
        pytest.param(Confidence.GREEN, "45.1", False, id="green, a little less behind"),
        pytest.param(Confidence.YELLOW, "40", False, id="the owner says so already"),
        pytest.param(Confidence.RED, "40", False, id="the owner says so loudly"),
    ],
)
def test_green_far_behind_its_pace_is_a_gap_worth_asking_about(colour: Confidence, value: str, asks: bool) -> None:
    one = changed(coloured("Returning customers", colour, value), starts=STARTS, ends=date(2027, 1, 1))
    assert one.gap is asks


def test_a_withdrawn_colour_claims_nothing_so_it_is_no_gap() -> None:
    one = standing(last=checkin(40, Confidence.GREEN), stale=True)
    assert not one.gap


@pytest.mark.parametrize(("value", "lag"), [("97", 0), ("90", 1)])
def test_a_corridor_lags_only_outside(value: str, lag: int) -> None:
    assert coloured("Uptime", Confidence.GREEN, value, measure=STAYS).lag == lag


def test_a_corridor_that_was_never_asked_lags_behind_nothing() -> None:
    assert standing("Uptime", STAYS).lag == 0
