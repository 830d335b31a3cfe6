"""What a reader may take along of a company."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from okr.checkins import Via
from okr.company import ActionPlan, Company, KeyResultPlan, ObjectivePlan, PersonPlan
from okr.confidence import Given
from okr.exports import Entry, Readable, readable_entries, readable_part, readable_standing
from okr.goals import Ambition, State
from tests.making import GROWS, at, checkin, standing


def goal(key: str, **given: object) -> ObjectivePlan:
    plan = ObjectivePlan(key=key, team="growth", cycle="q4", title=key.capitalize(), why=f"Why {key}")
    return replace(plan, **given)  # type: ignore[arg-type]


def result(key: str, objective: str, to: str | None = None) -> KeyResultPlan:
    plan = KeyResultPlan(key=key, objective=objective, title=key.capitalize(), owner="dana", measure=GROWS)
    return replace(plan, contributes_to=to)


OPEN, ABOVE = goal("open", contributes_to="hidden"), goal("above", contributes_to="seen", private=True)
COMPANY = Company(
    name="Northwind",
    people=(PersonPlan("dana", "U1", calendar="https://calendar.example/dana"),),
    teams=(),
    cycles=(),
    objectives=(OPEN, ABOVE, goal("hidden", private=True)),
    key_results=(
        result("seen", "open", "never"),
        result("mine", "above", "seen"),
        result("theirs", "above"),
        result("never", "hidden"),
    ),
    actions=(ActionPlan("a1", "seen", "Ask"), ActionPlan("a2", "never", "Hide")),
)
READABLE = Readable({"open"}, {"seen", "mine"})


def test_nothing_is_left_of_what_may_not_be_read_nor_of_what_points_there() -> None:
    part = readable_part(COMPANY, READABLE)
    assert [one.key for one in part.objectives] == ["open", "above"]
    assert [(one.key, one.contributes_to) for one in part.key_results] == [("seen", None), ("mine", "seen")]
    assert [one.key for one in part.actions] == ["a1"]
    assert part.objectives[0] == replace(OPEN, contributes_to=None)
    assert part.people == (PersonPlan("dana", "U1"),)


def test_of_an_objective_above_ones_own_key_result_the_title_is_known_and_no_more() -> None:
    told = {"owner": "dana", "priority": 1, "ambition": Ambition.ASPIRATIONAL, "state": State.DRAFT}
    whole = replace(ABOVE, starts=date(2026, 10, 5), ends=date(2026, 12, 20), **told)
    company = replace(COMPANY, objectives=(OPEN, whole))
    _, above = readable_part(company, READABLE).objectives
    assert above == goal("above", why="", private=True)


def test_whoever_may_read_all_of_it_gets_all_but_the_addresses_of_calendars() -> None:
    everything = Readable({"open", "above", "hidden"}, {"seen", "mine", "theirs", "never"})
    part = readable_part(COMPANY, everything)
    assert replace(part, people=COMPANY.people) == COMPANY


def test_what_was_said_before_one_might_read_it_stays_behind() -> None:
    nine = at("2026-11-16 09:00")
    said: dict[str, Any] = {"round": date(2026, 11, 16), "by": "dana", "via": Via.MODAL, "replaced": False}
    said |= {"value": Decimal(1), "given": Given(8), "note": "", "win": "", "blocker": ""}
    when = (("seen", 0), ("seen", 1), ("mine", 0), ("never", 1))
    told = [Entry(key_result=key, at=nine + timedelta(days=day), **said) for key, day in when]
    readable = replace(READABLE, since={"seen": nine})
    assert [(one.key_result, one.at.day) for one in readable_entries(told, readable)] == [("seen", 17), ("mine", 16)]


def test_how_it_stands_is_told_without_the_words_of_what_was_said_before_one_might_read_it() -> None:
    said = checkin(7, note="Between us", win="A deal", blocker="The bank")
    one = replace(standing(), last=said)
    untold = readable_standing(one, said.at).last
    assert untold == replace(said, note="", win="", blocker="")
    assert readable_standing(one, said.at - timedelta(seconds=1)) == one
    assert readable_standing(one, None) == one
