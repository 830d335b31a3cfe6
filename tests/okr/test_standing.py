"""How a key result stands, and which one to look at first."""

from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okr.confidence import Confidence
from okr.standing import Standing, worst_first
from tests.making import STAYS, changed, checkin, coloured, key_result, standing

RED, YELLOW, GREEN = Confidence.RED, Confidence.YELLOW, Confidence.GREEN


def stale(title: str, colour: Confidence = GREEN) -> Standing:
    return standing(title, last=checkin(confidence=colour), stale=True)


WORST_FIRST = [
    coloured("Off track", RED, 52),
    stale("Silent"),
    coloured("At risk", YELLOW, 52),
    coloured("Green far behind", GREEN, 40),
    standing("Never answered"),
    coloured("Green", GREEN, 52),
]


@pytest.mark.parametrize("shown", list(permutations(range(6), 6))[::97])
def test_the_most_worrying_comes_first_whatever_the_order(shown: tuple[int, ...]) -> None:
    assert worst_first([WORST_FIRST[place] for place in shown]) == WORST_FIRST


def test_among_equals_the_furthest_behind_comes_first_then_the_alphabet() -> None:
    near, far = coloured("Near", YELLOW, 51), coloured("Far", YELLOW, 41)
    beta, alpha = coloured("Beta", YELLOW, 45), coloured("Alpha", YELLOW, 45)
    assert worst_first([near, beta, far, alpha]) == [far, alpha, beta, near]


def test_two_of_the_same_name_keep_one_order() -> None:
    one, two = changed(coloured("Same", RED), id="a"), changed(coloured("Same", RED), id="b")
    assert worst_first([two, one]) == worst_first([one, two]) == [one, two]


@pytest.mark.parametrize("colour", Confidence)
def test_silence_withdraws_the_colour_and_keeps_the_number(colour: Confidence) -> None:
    one = stale("Returning customers", colour)
    assert one.confidence is None
    assert one.value == 45
    assert one.progress == Decimal("0.25")


def test_a_key_result_nobody_answered_has_no_colour_and_stands_at_nothing() -> None:
    one = standing()
    assert (one.confidence, one.value, one.progress, one.moved) == (None, None, 0, 0)


@pytest.mark.parametrize(("was", "now", "moved"), [(45, 50, "0.25"), (50, 45, "-0.25"), (45, 45, "0"), (None, 45, "0")])
def test_a_move_is_the_change_of_progress_since_the_round_before(was: int | None, now: int, moved: str) -> None:
    before = checkin(was) if was is not None else None
    assert standing(last=checkin(now), before=before).moved == Decimal(moved)


def test_leaving_the_corridor_is_the_whole_way_down() -> None:
    assert standing("Uptime", STAYS, last=checkin(90), before=checkin(97)).moved == -1


def test_pace_is_read_on_the_day_it_is_shown() -> None:
    one = key_result(starts=date(2026, 11, 1), ends=date(2026, 11, 11))
    assert standing(key_result=one, today=date(2026, 11, 4)).expected == Decimal("0.3")


@given(st.lists(st.sampled_from(WORST_FIRST), max_size=8))
@settings(deadline=None, derandomize=True)
def test_ordering_loses_and_doubles_nothing(shown: list[Standing]) -> None:
    ordered = worst_first(shown)
    assert sorted(one.key_result.id for one in ordered) == sorted(one.key_result.id for one in shown)
    assert [one.worry[0] for one in ordered] == sorted(one.worry[0] for one in shown)
