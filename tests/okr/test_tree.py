"""Each goal under what it contributes to, and how fresh all is that contributes."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from okr.confidence import Confidence
from okr.goals import Objective
from okr.standing import Standing
from okr.tree import Branch, Goals, counted, downwards, grow
from tests.making import coloured, team

TEAMS = {
    one.id: one
    for one in (
        team("company", parent_id=None),
        team("zeta", parent_id="company"),
        team("growth", parent_id="company"),
        team("care", parent_id="growth"),
    )
}


def aim(id: str, team_id: str = "company", **above: Any) -> Objective:
    return Objective(id, team_id, id.capitalize(), "2026-Q4", **above)


def result(title: str, objective: Objective, *, stale: bool = False, **above: Any) -> Standing:
    one = coloured(title, Confidence.GREEN, stale=stale)
    changed = replace(one.key_result, id=title, objective=objective, team_id=objective.team_id, **above)
    return replace(one, key_result=changed)


def grown(objectives: Sequence[Objective], *standings: Standing, of: Sequence[str] | None = None) -> list[Branch]:
    return grow(Goals(TEAMS, objectives, standings), of)


def shape(branch: Branch) -> Any:
    """The titles of a branch, each with those under it."""
    return {branch.title: [shape(one) for one in (*branch.own, *branch.below)]}


TOP = aim("top")
MIDDLE = aim("middle", "growth", parent_key_result_id="revenue")
LOW = aim("low", "care", parent_objective_id="middle")
ALL = [TOP, MIDDLE, LOW]
REVENUE, SHARE, REPLIES = result("revenue", TOP), result("share", MIDDLE), result("replies", LOW, stale=True)


def test_an_objective_stands_under_what_it_contributes_to_across_teams() -> None:
    (top,) = grown(ALL, REVENUE, SHARE, REPLIES)
    assert shape(top) == {"Top": [{"revenue": [{"Middle": [{"share": []}, {"Low": [{"replies": []}]}]}]}]}


def test_a_parent_counts_how_many_are_fresh_of_all_that_contribute() -> None:
    (top,) = grown(ALL, REVENUE, SHARE, REPLIES)
    assert top.fresh == (2, 3)
    assert top.own[0].fresh == (1, 2)


def test_what_contributes_by_two_ways_is_counted_once() -> None:
    share = result("share", MIDDLE, parent_key_result_id="revenue")
    (top,) = grown(ALL, REVENUE, share, REPLIES)
    assert [one.title for one in top.own[0].below] == ["share", "Middle"]
    assert top.fresh == (2, 3)
    assert set(counted([top])) == {"revenue", "share", "replies"}


def test_what_contributes_to_something_that_may_not_be_read_contributes_to_nothing() -> None:
    tops = grown([MIDDLE, LOW], SHARE, REPLIES)
    assert [(one.title, one.under) for one in tops] == [("Middle", None)]


def test_a_teams_tree_begins_with_its_highest_goals_and_says_what_they_contribute_to() -> None:
    tops = grown(ALL, REVENUE, SHARE, REPLIES, of=["growth", "care"])
    assert [one.title for one in tops] == ["Middle"]
    assert tops[0].under is not None
    assert tops[0].under.title == "revenue"


def test_goals_of_teams_further_up_come_first() -> None:
    tops = grown([aim("one", "zeta"), aim("two", "care"), aim("three", "growth"), aim("four")])
    assert [one.team.id for one in tops] == ["company", "zeta", "growth", "care"]
    assert downwards(TEAMS, "growth") == ["growth", "care"]


def test_a_very_deep_tree_grows_as_far_as_anybody_could_read_it() -> None:
    chain = [aim("0")] + [aim(str(n), parent_objective_id=str(n - 1)) for n in range(1, 5000)]
    assert grown(chain)[0].title == "0"
