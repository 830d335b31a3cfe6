"""Confidence as a colour, kept on one scale of 0 to 10 and given on the one that a company has chosen."""

import pytest

from okr.checkins import needs_note
from okr.confidence import Confidence, Given, Scale, from_level
from tests.making import checkin

RED, YELLOW, GREEN = Confidence.RED, Confidence.YELLOW, Confidence.GREEN
FIVE, TEN = Scale.ONE_TO_FIVE, Scale.ZERO_TO_TEN
EVERY = [one for scale in Scale for one in scale.answers]


@pytest.mark.parametrize(("levels", "colour"), [((0, 1, 2, 3), RED), ((4, 5, 6), YELLOW), ((7, 8, 9, 10), GREEN)])
def test_every_level_reads_back_as_a_colour(levels: tuple[int, ...], colour: Confidence) -> None:
    assert {from_level(level) for level in levels} == {colour}


@pytest.mark.parametrize("colour", Confidence)
def test_a_colour_reads_back_as_itself(colour: Confidence) -> None:
    assert from_level(colour.level) is colour
    assert checkin(confidence=colour).confidence is colour
    assert (colour.given.word, colour.given.number) == (colour.value, None)


def test_red_worries_most() -> None:
    assert sorted(Confidence, key=lambda colour: -colour.worry) == [RED, YELLOW, GREEN]


def test_numbers_lie_on_the_scale_of_0_to_10() -> None:
    assert [(one.number, one.level) for one in FIVE.answers] == [(1, 1), (2, 3), (3, 5), (4, 7), (5, 9)]
    assert [(one.number, one.level) for one in TEN.answers] == [(level, level) for level in range(11)]
    assert [one.level for one in Scale.COLOURS.answers] == [2, 5, 8]


@pytest.mark.parametrize(
    ("scale", "spans"),
    [(FIVE, {RED: (1, 2), YELLOW: (3, 3), GREEN: (4, 5)}), (TEN, {RED: (0, 3), YELLOW: (4, 6), GREEN: (7, 10)})],
)
def test_the_numbers_of_a_colour_lie_side_by_side(scale: Scale, spans: dict[Confidence, tuple[int, int]]) -> None:
    assert {colour: scale.span(colour) for colour in Confidence} == spans


@pytest.mark.parametrize("given", EVERY, ids=str)
def test_what_was_given_is_found_again_in_what_is_kept(given: Given) -> None:
    kept = checkin(level=given.level, scale=given.scale)
    assert kept.given == given
    assert kept.given.word in {one.word for one in given.scale.answers}


@pytest.mark.parametrize("given", EVERY, ids=str)
@pytest.mark.parametrize("scale", Scale)
def test_on_another_scale_an_answer_keeps_its_colour(given: Given, scale: Scale) -> None:
    moved = given.on(scale)
    assert moved in scale.answers
    assert moved.confidence is given.confidence
    if scale is given.scale:
        assert moved == given


@pytest.mark.parametrize(
    ("given", "scale", "number"),
    [
        (GREEN.given, TEN, 8),
        (RED.given, TEN, 2),
        (GREEN.given, FIVE, 4),
        (RED.given, FIVE, 2),
        (Given(10, TEN), FIVE, 5),
    ],
)
def test_between_two_numbers_the_one_nearer_to_the_middle_is_taken(given: Given, scale: Scale, number: int) -> None:
    assert given.on(scale).number == number


@pytest.mark.parametrize(
    ("before", "now", "needed"), [(7, 10, False), (7, 6, True), (4, 6, False), (6, 7, True), (2, 3, True)]
)
def test_a_note_is_needed_for_red_and_a_change_of_colour_not_of_number(before: int, now: int, needed: bool) -> None:
    assert needs_note(Given(now, TEN).confidence, checkin(level=before, scale=TEN)) is needed


def test_a_change_of_scale_is_no_change_of_colour() -> None:
    assert not needs_note(Given(9, FIVE).confidence, checkin(confidence=GREEN))
