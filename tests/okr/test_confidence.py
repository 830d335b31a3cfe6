"""Confidence as a colour, kept on one scale of 0 to 10."""

import pytest

from okr.confidence import Confidence, from_level
from tests.making import checkin

RED, YELLOW, GREEN = Confidence.RED, Confidence.YELLOW, Confidence.GREEN


@pytest.mark.parametrize(("levels", "colour"), [((0, 1, 2, 3), RED), ((4, 5, 6), YELLOW), ((7, 8, 9, 10), GREEN)])
def test_every_level_reads_back_as_a_colour(levels: tuple[int, ...], colour: Confidence) -> None:
    assert {from_level(level) for level in levels} == {colour}


@pytest.mark.parametrize("colour", Confidence)
def test_a_colour_reads_back_as_itself(colour: Confidence) -> None:
    assert from_level(colour.level) is colour
    assert checkin(confidence=colour).confidence is colour


def test_red_worries_most() -> None:
    assert sorted(Confidence, key=lambda colour: -colour.worry) == [RED, YELLOW, GREEN]
