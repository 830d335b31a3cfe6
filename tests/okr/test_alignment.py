"""Shares of a number, and contributions that lead upwards."""

from decimal import Decimal

import pytest

from okr.alignment import Sharing, check_ring, check_share, rings, sharing
from okr.errors import Problem
from okr.measures import Measure, MeasureKind, Unit, UnitKind
from tests.making import FALLS, GROWS, STAYS, STEPPED

EUR = Unit(UnitKind.CURRENCY, "EUR")


def euro(baseline: int, target: int) -> Measure:
    kind = MeasureKind.INCREASE if target > baseline else MeasureKind.DECREASE
    return Measure(kind, EUR, baseline=Decimal(baseline), target=Decimal(target))


def shared(whole: Measure, *parts: Measure) -> Sharing:
    found = sharing(whole, parts)
    assert found is not None
    return found


def refused(part: Measure, whole: Measure) -> str:
    with pytest.raises(Problem) as problem:
        check_share(part, whole)
    return problem.value.id


def test_what_is_not_given_to_anybody_is_left() -> None:
    found = shared(euro(0, 1_000_000), euro(0, 400_000), euro(0, 450_000))
    assert (found.given, found.whole, found.open) == (850_000, 1_000_000, 150_000)


def test_a_whole_from_zero_is_shared_by_targets_wherever_its_parts_began() -> None:
    assert shared(euro(0, 1_000), euro(300, 600), euro(350, 400)).open == 0


def test_a_whole_that_does_not_begin_at_zero_is_shared_by_the_ways() -> None:
    assert shared(euro(800, 1_000), euro(320, 400), euro(280, 350)).open == 50


def test_a_number_that_falls_is_shared_in_its_own_direction() -> None:
    found = shared(euro(120, 60), euro(80, 40), euro(40, 30))
    assert (found.whole, found.given, found.open) == (60, 50, 10)


def test_more_than_there_is_stands_below_zero() -> None:
    assert shared(euro(0, 100), euro(0, 60), euro(0, 60)).open == -20


def test_what_was_changed_since_so_that_it_adds_up_no_more_is_counted_beside() -> None:
    found = shared(euro(0, 100), euro(0, 60), FALLS, STEPPED)
    assert (found.given, found.strange) == (60, 2)


def test_nothing_is_said_of_what_has_no_shares_or_cannot_have_any() -> None:
    assert sharing(euro(0, 100), []) is None
    assert sharing(STAYS, [euro(0, 100)]) is None


def test_percentages_may_contribute_and_are_not_added_up() -> None:
    check_share(GROWS, GROWS)
    assert sharing(GROWS, [GROWS, GROWS]) is None


@pytest.mark.parametrize(
    ("part", "whole", "problem"),
    [
        (euro(0, 1), GROWS, "share.unit"),
        (euro(5, 1), euro(0, 10), "share.direction"),
        (STEPPED, euro(0, 10), "share.way"),
        (euro(0, 1), STAYS, "share.way"),
    ],
)
def test_only_what_is_counted_alike_and_goes_the_same_way_is_a_share(
    part: Measure, whole: Measure, problem: str
) -> None:
    assert refused(part, whole) == problem


def test_units_people_named_are_the_same_whatever_their_capitals() -> None:
    named = [
        Measure(MeasureKind.INCREASE, Unit(UnitKind.TEXT, name), baseline=Decimal(0), target=Decimal(4))
        for name in ("Shops", "shops")
    ]
    check_share(*named)


def test_a_ring_is_found_wherever_it_is_entered() -> None:
    assert list(rings({"a": ["b"], "b": ["c"], "c": ["b"], "d": ["a"]})) == [["b", "c"]]


def test_a_ring_by_way_of_a_second_contribution_is_found() -> None:
    tree = {"objective": [], "kr": ["objective", "revenue"], "revenue": ["company"], "company": ["kr"]}
    assert list(rings(tree)) == [["kr", "revenue", "company"]]


def test_two_ways_to_the_same_goal_are_no_ring() -> None:
    assert list(rings({"kr": ["own", "above"], "own": ["top"], "above": ["top"], "top": []})) == []


def test_a_contribution_that_leads_back_is_refused() -> None:
    with pytest.raises(Problem) as problem:
        check_ring({"top": ["below"], "below": ["top"]}, "top")
    assert problem.value.id == "definition.ring"
    check_ring({"here": ["there"], "there": ["else"], "else": ["there"]}, "here")


def test_a_chain_of_thousands_is_walked() -> None:
    assert list(rings({str(n): [str(n + 1)] for n in range(20_000)})) == []
