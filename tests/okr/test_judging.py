"""How a key result stands, from what is known of it."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from okr.absence import Absence, Excuse
from okr.checkins import CheckIn
from okr.judging import Known, judge
from okr.rounds import Ask, Round, RoundState
from tests.making import MONDAY, ROME, at, checkin, key_result, person, round_of

BEFORE, NOW_ROUND = round_of(date(2026, 11, 9), id="r1", closes_at=at("2026-11-10 10:00", ROME)), round_of()
OPEN = round_of(state=RoundState.OPEN)
DANA, LUCA = person("Dana Rossi"), person("Luca Bianchi")
TUESDAY, FRIDAY = at("2026-11-17 12:00", ROME), at("2026-11-20 12:00", ROME)


def ask(round: Round, **given: Any) -> Ask:
    usual = {"round_id": round.id, "key_result_id": "returning-customers", "person_id": "dana", "date": round.date}
    return Ask(**{**usual, "due_at": round.opens_at, **given})


def known(*answers: CheckIn, rounds: tuple[Round, ...] = (NOW_ROUND, BEFORE), **given: Any) -> Known:
    asks = given.pop("asks", [ask(one) for one in rounds])
    by_round = {one.round_id: one for one in asks}
    persons = given.pop("persons", (DANA, LUCA))
    return Known(key_result(), {one.id: one for one in persons}, answers, rounds, by_round, ROME, **given)


def given(when: str, round_id: str = "r2", **fields: Any) -> CheckIn:
    return checkin(round_id=round_id, at=at(when, ROME), **fields)


@pytest.mark.parametrize(
    ("answer", "late"),
    [
        pytest.param(given("2026-11-16 09:05"), False, id="in time"),
        pytest.param(given("2026-11-17 11:00"), True, id="after the close"),
        pytest.param(given("2026-11-18 11:00", first_at=at("2026-11-16 09:05", ROME)), False, id="edited after it"),
        pytest.param(given("2026-11-18 11:00", first_at=at("2026-11-17 11:00", ROME)), True, id="late and edited"),
    ],
)
def test_late_is_who_answered_first_after_the_close(answer: CheckIn, late: bool) -> None:
    standing = judge(known(answer), FRIDAY, MONDAY)
    assert standing.answered
    assert standing.late is late


@pytest.mark.parametrize(
    ("now", "asks", "stale"),
    [
        pytest.param(TUESDAY, None, False, id="within the grace"),
        pytest.param(FRIDAY, None, True, id="three working days after the close"),
        pytest.param(FRIDAY, [ask(NOW_ROUND, excuse=Excuse.AWAY)], False, id="nobody was asked"),
        pytest.param(FRIDAY, [ask(NOW_ROUND, grace_ends=FRIDAY + timedelta(hours=1))], False, id="a longer grace"),
    ],
)
def test_silence_is_stale_once_the_grace_is_over(now: datetime, asks: list[Ask] | None, stale: bool) -> None:
    before = given("2026-11-09 09:05", "r1")
    more = {} if asks is None else {"asks": asks}
    assert judge(known(before, **more), now, MONDAY).stale is stale


def test_an_old_digest_does_not_know_what_came_later() -> None:
    later, then = given("2026-11-16 09:05", value=50), given("2026-11-09 09:05", "r1", value=45)
    early = given("2026-11-15 09:00", "planned", value=70)
    assert judge(known(later, early, then), TUESDAY, MONDAY, BEFORE).value == 45
    assert judge(known(later, then), TUESDAY, MONDAY).value == 50


def test_in_an_old_digest_silence_is_that_of_its_own_round() -> None:
    later, then = given("2026-11-16 09:05"), given("2026-11-09 09:05", "r1")
    old = judge(known(later, then), FRIDAY, MONDAY, BEFORE)
    assert (old.stale, old.overdue) == (False, False)
    silent = judge(known(later), FRIDAY, MONDAY, BEFORE)
    assert (silent.stale, silent.overdue) == (True, True)


def test_an_open_round_waits_for_whom_it_asks() -> None:
    waiting = judge(known(rounds=(OPEN,)), TUESDAY, MONDAY)
    assert (waiting.in_review, waiting.unanswered, waiting.answered) == (True, True, False)
    excused = judge(known(rounds=(OPEN,), asks=[ask(OPEN, excuse=Excuse.AWAY)]), TUESDAY, MONDAY)
    assert (excused.in_review, excused.passed_over) == (False, Excuse.AWAY)


@pytest.mark.parametrize("until", [None, MONDAY, MONDAY - timedelta(days=1)])
def test_somebody_is_asked_instead_of_another_only_while_that_one_is_away(until: date | None) -> None:
    dana = person("Dana Rossi", absences=(Absence(MONDAY - timedelta(days=9), until),))
    standing = judge(known(persons=(dana, LUCA), asks=[ask(NOW_ROUND, person_id="luca")]), TUESDAY, MONDAY)
    assert standing.asked == LUCA
    assert standing.instead_of == (dana if until != MONDAY - timedelta(days=1) else None)


DANA_AWAY = person("Dana Rossi", absences=(Absence(MONDAY - timedelta(days=1), MONDAY + timedelta(days=9)),))


@pytest.mark.parametrize(
    ("facts", "overdue"),
    [
        pytest.param(known(), True, id="nobody has ever answered"),
        pytest.param(known(given("2026-11-09 09:05", "r1")), True, id="the last answer is a round old"),
        pytest.param(known(given("2026-11-16 09:05")), False, id="answered"),
        pytest.param(known(given("2026-11-19 09:05", "r3")), False, id="answered for the next round"),
        pytest.param(known(rounds=(OPEN,)), False, id="the round is still open"),
        pytest.param(known(rounds=(OPEN, BEFORE)), True, id="an earlier round has closed"),
        pytest.param(known(asks=[ask(NOW_ROUND, excuse=Excuse.AWAY)]), False, id="nobody was asked"),
        pytest.param(known(persons=(DANA_AWAY, LUCA)), False, id="whoever was asked is away"),
    ],
)
def test_an_answer_is_overdue_once_its_round_has_closed(facts: Known, overdue: bool) -> None:
    assert judge(facts, TUESDAY, MONDAY).overdue is overdue
