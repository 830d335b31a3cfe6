"""A round summed up: every key result exactly once, what asks for action first."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okr.confidence import Confidence
from okr.digest import Counts, Digest, counts, summarise
from okr.standing import Standing
from tests.making import LOVE, STAYS, changed, checkin, coloured, person, round_of, standing, team

RED, YELLOW, GREEN = Confidence.RED, Confidence.YELLOW, Confidence.GREEN
LUCA, GIULIA = person("Luca Bianchi"), person("Giulia Conti")
LAST_WEEK = checkin(52, GREEN)


def summed_up(*standings: Standing) -> Digest:
    return summarise(team(), round_of(), standings)


@st.composite
def any_standing(draw: st.DrawFn, number: int) -> Standing:
    """Whatever the memory can say of a key result."""
    answers = st.none() | st.builds(checkin, st.integers(30, 70), st.sampled_from(Confidence))
    last = draw(answers)
    given: dict[str, Any] = {"last": last, "stale": draw(st.booleans())}
    if last:
        given |= {"before": draw(answers), "answered": draw(st.booleans()), "late": draw(st.booleans())}
    return changed(standing(f"Number {number}", **given), weight=Decimal(draw(st.integers(1, 5))))


many_standings = st.integers(0, 8).flatmap(lambda count: st.tuples(*(any_standing(each) for each in range(count))))


@given(many_standings)
@settings(deadline=None, derandomize=True)
def test_every_key_result_stands_in_exactly_one_group(standings: tuple[Standing, ...]) -> None:
    digest = summed_up(*standings)
    assert sorted(one.key_result.id for one in digest.standings) == sorted(one.key_result.id for one in standings)
    assert digest.now.total == len(standings)
    assert digest.answered == sum(one.answered for one in standings)


@pytest.mark.parametrize(
    ("one", "group"),
    [
        pytest.param(coloured("Refunds", RED), "red", id="off track"),
        pytest.param(coloured("Refunds", RED, 40), "red", id="off track and behind"),
        pytest.param(coloured("Refunds", YELLOW), "at_risk", id="at risk"),
        pytest.param(coloured("Refunds", GREEN), "greens", id="on track"),
        pytest.param(coloured("Refunds", GREEN, 40), "gaps", id="called on track while the numbers say otherwise"),
        pytest.param(standing("Refunds"), "unknown", id="never answered"),
        pytest.param(standing("Refunds", stale=True), "stale", id="never answered, the grace is over"),
        pytest.param(standing("Refunds", last=LAST_WEEK, stale=True), "stale", id="silent"),
        pytest.param(standing("Refunds", last=LAST_WEEK), "greens", id="not answered yet, green last week"),
    ],
)
def test_a_key_result_stands_where_it_asks_for_what_it_needs(one: Standing, group: str) -> None:
    digest = summed_up(one)
    groups = ("red", "stale", "at_risk", "gaps", "unknown", "greens")
    assert [name for name in groups if getattr(digest, name)] == [group]


def test_the_digest_lists_the_most_worrying_first() -> None:
    ordered = [
        coloured("Off track", RED),
        standing("Silent", last=LAST_WEEK, stale=True),
        coloured("At risk", YELLOW),
        coloured("Green far behind", GREEN, 40),
        standing("Never answered"),
        coloured("Green", GREEN),
    ]
    assert list(summed_up(*reversed(ordered)).standings) == ordered


def test_colours_are_counted_and_silence_is_never_green() -> None:
    said = [coloured("A", RED), coloured("B", YELLOW), coloured("C", GREEN), coloured("D", GREEN)]
    silent = [standing("E", last=LAST_WEEK, stale=True), standing("F", stale=True), standing("G")]
    assert counts([*said, *silent]) == Counts(green=2, yellow=1, red=1, withdrawn=2, unknown=1)


def test_the_change_is_counted_against_the_round_before() -> None:
    digest = summed_up(
        coloured("Got worse", RED, before=LAST_WEEK),
        coloured("New this week", GREEN),
        standing("Not answered yet", last=LAST_WEEK),
    )
    assert digest.previous == Counts(green=2, unknown=1)


def test_the_first_round_of_all_has_nothing_to_compare_with() -> None:
    assert summed_up(coloured("Returning customers", GREEN), standing("Refunds")).previous is None


def test_movers_are_those_that_moved_five_points_the_furthest_first() -> None:
    up = coloured("Up", GREEN, 53, before=checkin(52))
    down = coloured("Down", YELLOW, 45, before=checkin(52))
    hardly = coloured("Hardly", GREEN, "52.9", before=checkin(52))
    unanswered = standing("Unanswered", last=checkin(52), before=checkin(41))
    assert summed_up(up, hardly, unanswered, down).movers == (down, up)


def test_wins_are_those_of_this_round() -> None:
    won = coloured("Won", GREEN)
    won = replace(won, last=checkin(52, win="Our first bakery in Turin"))
    told = standing("Told last week", last=checkin(win="The spring sale"))
    assert summed_up(told, won).wins == (won,)


def test_whoever_has_not_answered_is_named_once_and_who_has_left_is_not() -> None:
    gone = person("Omar Gone", deactivated=True)
    digest = summed_up(
        standing("A", asked=LUCA),
        standing("B", asked=LUCA),
        standing("C", asked=gone),
        coloured("D", RED, asked=GIULIA),
    )
    assert digest.silent == (LUCA,)


def test_whoever_answered_late_is_named_once() -> None:
    late = [coloured(title, GREEN, asked=GIULIA, late=True) for title in ("A", "B")]
    assert summed_up(*late, coloured("C", GREEN, asked=LUCA)).late == (GIULIA,)


@pytest.mark.parametrize(
    ("values", "progress"),
    [
        pytest.param([("love", 50, 1), ("love", 60, 1)], "0.75", id="one objective"),
        pytest.param([("love", 60, 3), ("love", 40, 1)], "0.75", id="by weight"),
        pytest.param([("love", 60, 1), ("reach", 40, 1), ("reach", 40, 9)], "0.5", id="two objectives count alike"),
        pytest.param([("love", 80, 1), ("love", 20, 1)], "0.5", id="no further than done, no less than nothing"),
        pytest.param([("love", 60, 1), ("love", None, 1)], "0.5", id="never asked is nothing"),
    ],
)
def test_a_teams_progress_is_the_mean_of_its_objectives(
    values: list[tuple[str, int | None, int]], progress: str
) -> None:
    standings = [
        changed(
            standing(f"Number {place}", last=None if value is None else checkin(value)),
            objective=replace(LOVE, id=objective),
            weight=Decimal(weight),
        )
        for place, (objective, value, weight) in enumerate(values)
    ]
    assert summed_up(*standings).progress == Decimal(progress)


def test_a_corridor_stays_out_of_the_average() -> None:
    half, inside = coloured("Half", GREEN, 50), coloured("Uptime", GREEN, 97, measure=STAYS)
    assert summed_up(half, inside).progress == Decimal("0.5")
    assert summed_up(inside).progress is None


def test_an_empty_round_is_an_empty_digest() -> None:
    digest = summed_up()
    assert (digest.standings, digest.now, digest.previous, digest.progress) == ((), Counts(), None, None)
