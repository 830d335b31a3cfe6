"""Confidence on every scale a workspace may choose, kept on one of 0 to 10."""

import pytest

from okr.confidence import Confidence, Scale, from_level, to_level
from tests.making import checkin

RED, YELLOW, GREEN = Confidence.RED, Confidence.YELLOW, Confidence.GREEN


@pytest.mark.parametrize(("given", "level"), [("red", 2), ("yellow", 5), ("green", 8)])
def test_a_colour_has_its_place_on_the_scale(given: str, level: int) -> None:
    assert to_level(given, Scale.COLOURS) == level == Confidence(given).level


@pytest.mark.parametrize(("given", "level"), [("1", 1), ("2", 3), ("3", 5), ("4", 7), ("5", 9)])
def test_one_to_five_are_spread_over_the_scale(given: str, level: int) -> None:
    assert to_level(given, Scale.ONE_TO_FIVE) == level


@pytest.mark.parametrize("level", range(11))
def test_nought_to_ten_is_kept_as_it_is(level: int) -> None:
    assert to_level(str(level), Scale.ZERO_TO_TEN) == level


@pytest.mark.parametrize(("levels", "colour"), [((0, 1, 2, 3), RED), ((4, 5, 6), YELLOW), ((7, 8, 9, 10), GREEN)])
def test_every_level_reads_back_as_a_colour(levels: tuple[int, ...], colour: Confidence) -> None:
    assert {from_level(level) for level in levels} == {colour}


@pytest.mark.parametrize("colour", Confidence)
def test_a_colour_reads_back_as_itself(colour: Confidence) -> None:
    assert from_level(colour.level) is colour
    assert checkin(confidence=colour).confidence is colour


@pytest.mark.parametrize(
    ("given", "scale"),
    [
        ("0", Scale.ONE_TO_FIVE),
        ("6", Scale.ONE_TO_FIVE),
        ("-1", Scale.ZERO_TO_TEN),
        ("11", Scale.ZERO_TO_TEN),
        ("green", Scale.ZERO_TO_TEN),
        ("3", Scale.COLOURS),
    ],
)
def test_what_is_not_on_the_scale_is_refused(given: str, scale: Scale) -> None:
    with pytest.raises(ValueError, match=given):
        to_level(given, scale)


def test_red_worries_most() -> None:
    assert sorted(Confidence, key=lambda colour: -colour.worry) == [RED, YELLOW, GREEN]
