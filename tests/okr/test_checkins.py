"""When an answer needs a note, and when *Nothing changed* is enough."""

import pytest

from okr.checkins import Answer, CheckIn, Via, check_note, may_repeat, needs_note
from okr.confidence import Confidence
from okr.errors import AnswerProblem
from tests.making import checkin

RED, YELLOW, GREEN = Confidence.RED, Confidence.YELLOW, Confidence.GREEN
NOTES = [
    pytest.param(RED, None, True, id="a first red"),
    pytest.param(RED, RED, True, id="red again"),
    pytest.param(RED, GREEN, True, id="from green to red"),
    pytest.param(YELLOW, None, False, id="a first yellow"),
    pytest.param(YELLOW, YELLOW, False, id="yellow again"),
    pytest.param(YELLOW, GREEN, True, id="from green to yellow"),
    pytest.param(GREEN, YELLOW, True, id="from yellow to green"),
    pytest.param(GREEN, RED, True, id="from red to green"),
    pytest.param(GREEN, None, False, id="a first green"),
    pytest.param(GREEN, GREEN, False, id="green again"),
]


@pytest.mark.parametrize(("now", "was", "needed"), NOTES)
def test_red_and_a_change_of_colour_need_a_note(now: Confidence, was: Confidence | None, needed: bool) -> None:
    assert needs_note(now, _before(was)) is needed


@pytest.mark.parametrize(("now", "was", "needed"), NOTES)
def test_a_missing_note_is_asked_for_and_a_written_one_is_enough(
    now: Confidence, was: Confidence | None, needed: bool
) -> None:
    check_note(_answer(now, note="Two shops closed"), _before(was))
    if not needed:
        check_note(_answer(now), _before(was))
        return
    with pytest.raises(AnswerProblem) as caught:
        check_note(_answer(now, note=" \n "), _before(was))
    assert caught.value.id == ("answer.note_for_red" if now is RED else "answer.note_for_change")
    assert caught.value.fields == {"key_result": "kr", "was": was or "", "now": now}


@pytest.mark.parametrize(
    ("history", "offered"),
    [
        pytest.param([], False, id="never answered"),
        pytest.param([(GREEN, Via.MODAL)], True, id="once answered"),
        pytest.param([(YELLOW, Via.MODAL)], True, id="yellow may stay"),
        pytest.param([(RED, Via.MODAL)], False, id="red is talked about"),
        pytest.param([(RED, Via.MODAL), (GREEN, Via.MODAL)], False, id="red now"),
        pytest.param([(GREEN, Via.MODAL), (RED, Via.MODAL)], True, id="red before"),
        pytest.param([(GREEN, Via.ONE_TAP), (GREEN, Via.ONE_TAP)], True, id="two taps in a row"),
        pytest.param([(GREEN, Via.ONE_TAP)] * 3, False, id="three taps in a row"),
        pytest.param([(GREEN, Via.ONE_TAP)] * 3 + [(GREEN, Via.MODAL)], False, id="three taps after an answer"),
        pytest.param([(GREEN, Via.MODAL)] + [(GREEN, Via.ONE_TAP)] * 3, True, id="an answer after three taps"),
        pytest.param(
            [(GREEN, Via.ONE_TAP), (GREEN, Via.TEXT), (GREEN, Via.ONE_TAP)], True, id="an answer between taps"
        ),
    ],
)
def test_nothing_changed_is_offered_where_that_can_be_enough(
    history: list[tuple[Confidence, Via]], offered: bool
) -> None:
    told = [checkin(confidence=colour, via=via, round_id=f"r{at}") for at, (colour, via) in enumerate(history)]
    assert may_repeat(told) is offered


def test_several_taps_in_one_round_count_once() -> None:
    taps = [checkin(via=Via.ONE_TAP, round_id=round_id) for round_id in ("r2", "r2", "r2", "r1")]
    assert may_repeat(taps)


def _answer(confidence: Confidence, note: str = "") -> Answer:
    return Answer("kr", checkin().value, confidence.given, note=note)


def _before(was: Confidence | None) -> CheckIn | None:
    return checkin(confidence=was) if was else None
