"""What the nightly look finds, and above all what it leaves alone."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okr.absence import Absence, Excuse
from okr.checkins import CheckIn
from okr.confidence import Confidence
from okr.findings import Finding, What, in_order, is_said_again
from okr.goals import Ambition, Cycle
from okr.judging import Known, judge
from okr.measures import Measure
from okr.nightly_look import Aim, of_key_result, of_objective, projected
from okr.rounds import Ask, RoundState
from tests.making import (
    FALLS,
    GROWS,
    LOVE,
    MONDAY,
    ROME,
    STAYS,
    STEPPED,
    at,
    checkin,
    key_result,
    person,
    round_of,
)

RED, YELLOW, GREEN = Confidence.RED, Confidence.YELLOW, Confidence.GREEN
STARTS, ENDS = date(2026, 10, 1), date(2026, 12, 31)
MONDAYS = [date(2026, 10, 5) + timedelta(weeks=week) for week in range(13)]
Q4 = Cycle("q4", "2026-Q4", STARTS, ENDS)
AIM = Aim(LOVE, person(), Q4, STARTS, ENDS, written=STARTS, active=3)
DANA = person("Dana Rossi")


def answer(day: date, value: object, confidence: Confidence = GREEN) -> CheckIn:
    return checkin(value, confidence, id=str(day), round_id=str(day), at=at(f"{day} 09:05", ROME))


def found(
    today: date,
    answers: Sequence[CheckIn] = (),
    measure: Measure = GROWS,
    *,
    asked: Sequence[date] | None = None,
    excuse: Excuse | None = None,
    aim: Aim = AIM,
    people: Sequence[Any] = (DANA,),
    **fields: Any,
) -> What | None:
    finding = finding_of(today, answers, measure, asked=asked, excuse=excuse, aim=aim, people=people, **fields)
    return finding.what if finding else None


def finding_of(
    today: date,
    answers: Sequence[CheckIn] = (),
    measure: Measure = GROWS,
    *,
    asked: Sequence[date] | None = None,
    excuse: Excuse | None = None,
    aim: Aim = AIM,
    people: Sequence[Any] = (DANA,),
    **fields: Any,
) -> Finding | None:
    """What is found at three in the morning of a day, of a key result that was asked for on Mondays up to then."""
    now, one = at(f"{today} 03:00", ROME), key_result(measure=measure, objective=aim.objective, **fields)
    days = [day for day in (MONDAYS if asked is None else asked) if day < today]
    rounds = [
        round_of(
            day,
            id=str(day),
            opens_at=at(f"{day} 09:00", ROME),
            closes_at=(closes := at(f"{day + timedelta(days=1)} 10:00", ROME)),
            state=RoundState.CLOSED if closes <= now else RoundState.OPEN,
        )
        for day in reversed(days)
    ]
    asks = {each.id: Ask(each.id, one.id, "dana", each.date, each.opens_at, excuse) for each in rounds}
    newest = sorted(answers, key=lambda each: each.at, reverse=True)
    known = Known(one, {each.id: each for each in people}, newest, rounds[:10], asks, ROME)
    standing = judge(known, now, today)
    finding = of_key_result(known, standing, aim, now)
    if finding:
        assert of_key_result(known, standing, aim, now, planned=True) == finding
    return finding


def on_pace(day: date, measure: Measure = GROWS, off: Decimal = Decimal(0)) -> Decimal:
    share = Decimal((day - STARTS).days) / (ENDS - STARTS).days + off
    if measure.is_milestone:
        return max((Decimal(one.percent) for one in measure.steps if one.percent <= share * 100), default=Decimal(0))
    assert measure.baseline is not None
    assert measure.target is not None
    return measure.baseline + share * (measure.target - measure.baseline)


@settings(deadline=None, derandomize=True, max_examples=300)
@given(
    measure=st.sampled_from([GROWS, FALLS, STEPPED]),
    off=st.decimals("-0.2", "0.2", places=2),
    day=st.integers(0, 91),
    colour=st.sampled_from([GREEN, YELLOW]),
    weeks=st.sampled_from([1, 2]),
    ambition=st.sampled_from(Ambition),
)
def test_whoever_answers_each_round_and_is_near_the_pace_hears_nothing(
    measure: Measure, off: Decimal, day: int, colour: Confidence, weeks: int, ambition: Ambition
) -> None:
    today, rhythm = STARTS + timedelta(days=day), MONDAYS[::weeks]
    off = min(off, Decimal("-0.2")) if ambition is Ambition.ASPIRATIONAL else off
    answers = [answer(each, on_pace(each, measure, off), colour) for each in rhythm if each < today]
    aim = replace(AIM, objective=replace(LOVE, ambition=ambition))
    assert found(today, answers[-6:], measure, asked=rhythm, aim=aim) is None


@given(day=st.integers(0, 91), value=st.sampled_from([95, 97, 99]), colour=st.sampled_from(Confidence))
@settings(deadline=None, derandomize=True)
def test_a_health_metric_inside_its_limits_is_left_alone(day: int, value: int, colour: Confidence) -> None:
    today = STARTS + timedelta(days=day)
    answers = [answer(each, value, colour) for each in MONDAYS if each < today]
    assert found(today, answers[-6:], STAYS) is None


LATE = [answer(MONDAYS[week], 41) for week in range(6)]
"""At the start all the while: on Monday 9 November 43 points behind."""


@pytest.mark.parametrize(
    ("when", "what"),
    [
        pytest.param("2026-10-10", None, id="within the first week"),
        pytest.param("2026-10-14", What.NOT_STARTED, id="after it"),
        pytest.param("2026-10-20", None, id="a round is open"),
        pytest.param("2026-10-21", What.MISSED, id="three rounds"),
        pytest.param("2027-01-01", None, id="after its last day"),
    ],
)
def test_who_never_answers_is_asked_after_three_rounds_what_is_to_become_of_it(when: str, what: What | None) -> None:
    assert found(date.fromisoformat(when)) is what


def test_it_is_not_started_a_week_after_it_was_first_asked_for() -> None:
    asked_late = [MONDAYS[4], MONDAYS[5]]
    assert found(date(2026, 11, 7), asked=asked_late) is None, "imported a month after its first day"
    assert found(date(2026, 11, 11), asked=asked_late) is What.NOT_STARTED
    assert found(date(2026, 11, 11), asked=[]) is None, "nobody has asked yet"
    assert found(date(2026, 11, 11), asked=asked_late, excuse=Excuse.AWAY) is None


def test_silence_after_an_answer_is_stale_once_the_grace_is_over() -> None:
    answers = [answer(MONDAYS[week], on_pace(MONDAYS[week])) for week in range(5)]
    assert found(date(2026, 11, 12), answers) is None
    assert found(date(2026, 11, 14), answers) is What.STALE
    assert found(date(2026, 11, 17), answers) is None, "the next round is open"
    away = person("Dana Rossi", absences=(Absence(date(2026, 11, 13), date(2026, 11, 20)),))
    assert found(date(2026, 11, 14), answers, people=[away]) is None
    assert found(date(2026, 11, 26), answers) is What.MISSED


@pytest.mark.parametrize(
    ("colour", "value", "what"),
    [
        (GREEN, 41, What.GREEN_BEHIND),
        (YELLOW, 41, What.BEHIND),
        (RED, 41, None),
        (GREEN, 45, None),
        (RED, 49, None),
        (RED, 52, What.RED_AHEAD),
        (GREEN, 60, None),
    ],
)
def test_the_colour_and_the_number_are_held_against_each_other(
    colour: Confidence, value: int, what: What | None
) -> None:
    """On Tuesday 10 November 44 % of the time have passed: 48.8 is on pace."""
    answers = [answer(each, on_pace(each)) for each in MONDAYS[:5]]
    assert found(date(2026, 11, 11), [*answers, answer(MONDAYS[5], value, colour)]) is what


def test_the_first_two_weeks_say_nothing_of_the_pace() -> None:
    assert found(date(2026, 10, 14), [answer(MONDAYS[0], 30), answer(MONDAYS[1], 30)]) is None


@pytest.mark.parametrize(
    ("day", "value", "what"),
    [("2026-11-04", 0, None), ("2026-11-18", 0, What.GREEN_BEHIND), ("2026-11-18", 20, None), ("2026-11-18", 60, None)],
)
def test_a_milestone_is_late_a_quarter_after_its_next_step_was_due(day: str, value: int, what: What | None) -> None:
    answers = [answer(each, value) for each in MONDAYS if each < date.fromisoformat(day)]
    assert found(date.fromisoformat(day), answers[-6:], STEPPED) is what


def test_outside_its_limits_only_green_is_a_contradiction() -> None:
    answers = [answer(each, 97) for each in MONDAYS[:5]]
    assert found(date(2026, 11, 11), [*answers, answer(MONDAYS[5], 90)], STAYS) is What.GREEN_BEHIND
    assert found(date(2026, 11, 11), [*answers, answer(MONDAYS[5], 90, RED)], STAYS) is None


def course(reached: float, weeks: int = 6) -> list[CheckIn]:
    """On a straight way to this score, answered in the last weeks up to 7 December."""
    return [answer(each, on_pace_to(each, reached), YELLOW) for each in MONDAYS[10 - weeks : 10]]


def on_pace_to(day: date, reached: float) -> Decimal:
    share = Decimal((day - STARTS).days) / (ENDS - STARTS).days * Decimal(str(reached))
    return 40 + share * 20


LAST = date(2026, 12, 10)
ASPIRES = replace(AIM, objective=replace(LOVE, ambition=Ambition.ASPIRATIONAL))


@pytest.mark.parametrize(
    ("reached", "aim", "what"),
    [
        (0.2, AIM, What.HEADING_LOW),
        (0.2, ASPIRES, What.HEADING_LOW),
        (0.5, AIM, What.BEHIND),
        (0.7, ASPIRES, What.BEHIND),
        (0.9, AIM, None),
        (0.9, ASPIRES, What.HEADING_HIGH),
        (1.0, AIM, None),
    ],
)
def test_near_the_end_it_is_said_where_it_is_heading(reached: float, aim: Aim, what: What | None) -> None:
    if reached == 0.7:
        assert found(LAST, course(0.78), aim=aim) is None
        return
    assert found(LAST, course(reached), aim=aim) is what


@pytest.mark.parametrize(
    ("answers", "today"),
    [
        pytest.param(course(0.2, weeks=3), LAST, id="three answers"),
        pytest.param([answer(MONDAYS[5], 41, YELLOW)] * 6, LAST, id="all of one day"),
        pytest.param(course(0.2), date(2026, 12, 23), id="the last one is old"),
        pytest.param(course(0.2), date(2026, 12, 1), id="not yet the end"),
        pytest.param([answer(MONDAYS[5], 41), *course(0.2)[1:5], answer(MONDAYS[9], 52)], LAST, id="it has turned"),
    ],
)
def test_with_too_little_to_go_by_nothing_is_said_of_where_it_is_heading(answers: list[CheckIn], today: date) -> None:
    assert found(today, answers, asked=MONDAYS[:10]) not in (What.HEADING_LOW, What.HEADING_HIGH)


def test_both_lines_lead_to_the_same_score_on_a_straight_way() -> None:
    known = Known(key_result(), {}, course(0.6)[::-1], (), {}, ROME)
    both = projected(known, LAST)
    assert both is not None
    assert [round(one, 6) for one in both] == [Decimal("0.6")] * 2


LEFT = person("Dana Rossi", deactivated=True)


@pytest.mark.parametrize(
    ("fields", "what"),
    [
        pytest.param({}, None, id="healthy"),
        pytest.param({"owner": None}, None, id="the whole team's"),
        pytest.param({"active": 5}, None, id="five"),
        pytest.param({"active": 6}, What.TOO_MANY, id="six"),
        pytest.param({"active": 0}, What.NO_KEY_RESULT, id="none"),
        pytest.param({"active": 0, "others": 1}, None, id="one that waits or is done"),
        pytest.param({"active": 0, "contributed": True}, None, id="others contribute to it"),
        pytest.param({"active": 0, "written": MONDAY - timedelta(days=6)}, None, id="written this week"),
        pytest.param({"active": 0, "starts": MONDAY}, None, id="begins today"),
        pytest.param({"owner": LEFT}, What.OWNER_LEFT, id="its owner has left"),
        pytest.param({"ends": date(2027, 1, 1)}, What.DATES, id="ends after the cycle"),
        pytest.param({"starts": date(2026, 9, 30)}, What.DATES, id="begins before the cycle"),
    ],
)
def test_what_is_found_in_an_objective(fields: dict[str, Any], what: What | None) -> None:
    finding = of_objective(replace(AIM, **fields), MONDAY)
    assert (finding.what if finding else None) is what
    if finding:
        assert finding.owner_id == (None if what is What.OWNER_LEFT or not finding.owner_id else "dana")


def test_dates_are_said_once_where_they_are_set() -> None:
    assert found(MONDAY, LATE, ends=date(2027, 1, 1)) is What.DATES
    later = replace(AIM, ends=date(2027, 1, 1))
    assert found(MONDAY, LATE, ends=date(2027, 1, 1), aim=later) is What.GREEN_BEHIND


def test_nothing_is_said_of_who_has_left_for_the_lead_knows() -> None:
    assert found(MONDAY, LATE) is What.GREEN_BEHIND
    assert found(MONDAY, LATE, people=[LEFT]) is None


def finding(what: What, level: int = 0, title: str = "Returning customers") -> Finding:
    return Finding(what, key_result(title), "dana", level=level)


@pytest.mark.parametrize(
    ("one", "days", "level", "again"),
    [
        (finding(What.BEHIND, 30), 7, 30, False),
        (finding(What.BEHIND, 54), 7, 30, False),
        (finding(What.BEHIND, 55), 7, 30, True),
        (finding(What.BEHIND, 30), 27, 30, False),
        (finding(What.BEHIND, 30), 28, 30, True),
        (finding(What.STALE, 2), 7, 1, False),
        (finding(What.MISSED, 3), 7, 2, True),
        (finding(What.MISSED, 9), 7, 3, False),
        (finding(What.TOO_MANY), 27, 0, False),
    ],
)
def test_it_is_said_again_after_four_weeks_or_when_it_got_worse(
    one: Finding, days: int, level: int, again: bool
) -> None:
    assert is_said_again(one, MONDAY, level, MONDAY + timedelta(days=days)) is again


def test_what_comes_nearer_to_its_pace_has_not_got_worse_whatever_was_said_of_it() -> None:
    before = finding_of(LAST, course(0.2))
    after = finding_of(LAST, [*course(0.2)[:-1], answer(MONDAYS[9], 49, YELLOW)])
    assert before is not None
    assert after is not None
    assert (before.what, after.what) == (What.HEADING_LOW, What.BEHIND)
    assert not is_said_again(after, LAST, before.level, LAST + timedelta(days=7))


def test_what_needs_an_answer_is_told_first_and_then_the_worst() -> None:
    mild, bad = finding(What.BEHIND, 30), finding(What.BEHIND, 50)
    missed, many = finding(What.MISSED, 3), finding(What.TOO_MANY)
    assert in_order([many, mild, bad, missed]) == [missed, bad, mild, many]


def test_what_is_alike_has_one_name_so_that_it_is_said_once() -> None:
    assert finding(What.STALE).name == finding(What.MISSED).name != finding(What.BEHIND).name
