"""What becomes of a good company file: the values it stands for."""

import re
from dataclasses import FrozenInstanceError
from datetime import date
from datetime import time as hour
from decimal import Decimal
from pathlib import Path

import pytest

from okr.cadence import Rhythm, Whose
from okr.company import ActionPlan, CyclePlan, PersonPlan
from okr.goals import Ambition, CycleState, State
from okr.measures import MeasureKind, Step, Unit, UnitKind
from rituals.company_file import parse
from rituals.company_schema import Form
from rituals.company_texts import slug
from tests.rituals.good_company import (
    GOOD,
    KR,
    MEASURE,
    forms_below,
    good,
    result,
    rhythm,
)

ROOT = Path(__file__).parents[2]


def test_a_good_file_becomes_values() -> None:
    company = parse(GOOD).company
    assert company.name == "Ruota"
    assert company.people == (PersonPlan("dana", "Dana Rossi"), PersonPlan("luca", "@luca"))
    top, growth = company.teams
    assert (top.parent, top.people, top.zone, top.language) == (None, (), "Europe/Rome", "en")
    assert top.rhythm == Rhythm(digest_at=hour(14))
    assert (growth.parent, growth.people, growth.lead) == ("ruota", ("dana", "luca"), "dana")
    assert company.cycles == (CyclePlan("q4", "Q4", date(2026, 10, 1), date(2026, 12, 31), CycleState.ACTIVE),)
    [objective] = company.objectives
    assert (objective.team, objective.cycle, objective.owner) == ("growth", "q4", "dana")
    assert (objective.ambition, objective.state, objective.starts) == (Ambition.COMMITTED, State.ACTIVE, None)
    [result] = company.key_results
    assert (result.key, result.objective, result.weight) == ("rides", "love", Decimal(1))
    assert (result.measure.baseline, result.measure.target, result.measure.unit) == (Decimal(10), Decimal(20), Unit())
    assert company.actions == (ActionPlan("ask", "rides", "Ask riders", "luca"),)


def test_the_file_is_frozen_and_knows_its_lines() -> None:
    file = parse(GOOD)
    assert (file.lines["people[1].slack"], file.lines["teams[1].channel"], file.lines[KR]) == (4, 13, 25)
    with pytest.raises(FrozenInstanceError):
        file.company = None  # type: ignore[misc, assignment]
    with pytest.raises(TypeError):
        file.lines["x"] = 1  # type: ignore[index]


def test_a_company_may_begin_with_people_and_teams_alone() -> None:
    company = parse(GOOD.split("cycles:")[0]).company
    assert (company.cycles, company.objectives, company.key_results, company.actions) == ((), (), (), ())


def test_json_is_read_with_its_nulls() -> None:
    company = parse(
        '{"company": {"name": "R", "zone": "UTC"}, "people": [{"key": "a", "slack": "a", "deputy": null}],'
        ' "teams": [{"name": "Null", "channel": "null", "lead": "a", "parent": null}], "objectives": null}'
    ).company
    assert (company.people[0].deputy, company.teams[0].channel, company.teams[0].key) == (None, "null", "null")


def test_missing_keys_are_made_of_the_title_and_kept_apart() -> None:
    more = "".join(
        f"      - {{title: {title}, owner: dana, measure: increase, baseline: 1, target: 2}}\n"
        for title in ("Rides", "Rides!", "Perché no", "目标", "目的")
    )
    company = parse(GOOD + more).company
    assert [each.key for each in company.key_results] == [
        "rides",
        "rides-2",
        "rides-3",
        "perche-no",
        "key-result",
        "key-result-2",
    ]


def test_a_key_of_the_file_wins_over_one_made_of_a_title() -> None:
    more = "      - {title: Later, owner: dana, measure: increase, baseline: 1, target: 2}\n" * 2
    named = "      - {key: later-2, title: X, owner: dana, measure: increase, baseline: 1, target: 2}\n"
    assert [each.key for each in parse(GOOD + more + named).company.key_results] == [
        "rides",
        "later",
        "later-3",
        "later-2",
    ]


@pytest.mark.parametrize(
    ("title", "key"),
    [("Grow in Rome", "grow-in-rome"), ("  Élan — NPS 40! ", "elan-nps-40"), ("→", ""), ("Straße", "strasse")],
)
def test_a_slug_is_what_a_key_may_be(title: str, key: str) -> None:
    assert slug(title) == key


@pytest.mark.parametrize(
    ("written", "read"),
    [("1_000", "1000"), ('"1.5"', "1.5"), ("-3", "-3"), ("+3", "3"), ("−3", "-3"), ("007", "7"), ("0.50", "0.50")],
)
def test_numbers_are_read_as_they_are_written(written: str, read: str) -> None:
    measure = "        measure: keep within\n        high: 10_000\n        low: "
    [result] = parse(good((MEASURE, f"{measure}{written}\n"))).company.key_results
    assert str(result.measure.low) == read


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("number", Unit()),
        ('"%"', Unit(UnitKind.PERCENT)),
        ("percent", Unit(UnitKind.PERCENT)),
        ("EUR", Unit(UnitKind.CURRENCY, "EUR")),
        ("NPS", Unit(UnitKind.TEXT, "NPS")),
        ("support days", Unit(UnitKind.TEXT, "support days")),
        ("no", Unit(UnitKind.TEXT, "no")),
    ],
)
def test_units_are_read(written: str, unit: Unit) -> None:
    assert parse(result(f"unit: {written}")).company.key_results[0].measure.unit == unit


def test_milestones_have_steps_and_count_in_percent() -> None:
    steps = "        measure: milestone\n        steps: [{title: Signed, percent: 40}, {title: Sold, percent: 100}]\n"
    measure = parse(good((MEASURE, steps))).company.key_results[0].measure
    assert measure.kind is MeasureKind.MILESTONE
    assert measure.steps == (Step("Signed", 40), Step("Sold", 100))
    assert measure.unit.kind is UnitKind.PERCENT


RHYTHMS = {
    "{}": Rhythm(),
    "{every: week, on: Wednesday}": Rhythm(rule="FREQ=WEEKLY;BYDAY=WE"),
    "{at: 16:30, whose: team}": Rhythm(at=hour(16, 30), whose=Whose.TEAM),
    "{on: friday}": Rhythm(rule="FREQ=WEEKLY;BYDAY=FR", digest_days=3),
    "{on: friday, digest: {on: friday, at: 17:00}}": Rhythm(
        rule="FREQ=WEEKLY;BYDAY=FR", digest_days=0, digest_at=hour(17)
    ),
    "{on: tuesday, digest: {on: monday}}": Rhythm(rule="FREQ=WEEKLY;BYDAY=TU", digest_days=6),
    "{every: 2 weeks, from: 2026-01-05}": Rhythm(rule="FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", anchor=date(2026, 1, 5)),
    "{every: month, on: last friday}": Rhythm(rule="FREQ=MONTHLY;BYDAY=-1FR", digest_days=3),
    "{every: month}": Rhythm(rule="FREQ=MONTHLY;BYDAY=1MO"),
    "{reminders: 0, reminder_at: 14:00}": Rhythm(reminders=0, reminder_at=hour(14)),
}


@pytest.mark.parametrize("written", RHYTHMS)
def test_rhythms_are_read(written: str) -> None:
    team = parse(rhythm(written)).company.teams[1]
    assert team.rhythm == RHYTHMS[written]


def test_a_team_takes_from_the_company_what_it_does_not_say() -> None:
    usual = "{every: month, on: last friday, at: 10:00, digest: {on: monday, at: 16:00}}"
    own = "{every: week, digest: {at: 12:00}}"
    file = parse(
        good(
            ("zone: Europe/Rome}", f"zone: Europe/Rome, language: it, rhythm: {usual}}}"),
            ("people: [", f"zone: Asia/Kolkata\n    language: en\n    rhythm: {own}\n    people: ["),
        )
    )
    top, growth = file.company.teams
    assert (top.zone, top.language) == ("Europe/Rome", "it")
    assert top.rhythm == Rhythm("FREQ=MONTHLY;BYDAY=-1FR", hour(10), digest_days=3, digest_at=hour(16))
    assert (growth.zone, growth.language) == ("Asia/Kolkata", "en")
    assert growth.rhythm == Rhythm("FREQ=WEEKLY;BYDAY=FR", hour(10), digest_days=3, digest_at=hour(12))


def test_titles_are_one_line_and_reasons_keep_theirs() -> None:
    text = good(("title: Be loved", "title: >\n      Be\n      loved\n    why: |\n      One.\n\n      Two."))
    [objective] = parse(text).company.objectives
    assert (objective.title, objective.why) == ("Be loved", "One.\n\nTwo.")


def test_an_alias_repeats_what_it_names() -> None:
    text = good(
        ("zone: Europe/Rome}", "zone: Europe/Rome, rhythm: &usual {at: 10:00}}"),
        ("people: [", "rhythm: *usual\n    people: ["),
    )
    assert parse(text).company.teams[1].rhythm.at == hour(10)


def test_the_example_of_the_reference_is_a_good_file() -> None:
    page = (ROOT / "docs/company-file.md").read_text(encoding="utf-8")
    [example] = re.findall(r"```yaml\n(.*?)```", page.split("## A complete example")[1], re.DOTALL)
    company = parse(example).company
    assert {result.measure.kind for result in company.key_results} == set(MeasureKind)


def test_the_reference_names_every_field() -> None:
    page = (ROOT / "docs/company-file.md").read_text(encoding="utf-8")
    table_fields = set(re.findall(r"`([a-z_.]+)`", " ".join(re.findall(r"^\| (`.*?) \|", page, re.MULTILINE))))
    models = [one for one in (*Form.__subclasses__(), *forms_below(Form)) if one.__module__ == Form.__module__]
    fields = {name for model in models for name in model.names()} | {
        "digest.on",
        "digest.at",
    }
    top = {"company", "people", "teams", "cycles", "objectives"}
    assert fields - top - {"percent"} == table_fields - top
    assert "`percent`" in page
    assert all(f"## {name}\n" in page for name in top)


def test_the_demo_company_is_as_the_demo_tells_it() -> None:
    company = parse((ROOT / "bot/demo/company.yaml").read_text(encoding="utf-8")).company
    assert len(company.people) == 10
    assert {team.key: (team.lead, team.zone) for team in company.teams} == {
        "company": ("elena", "Europe/Rome"),
        "growth": ("dana", "Europe/Rome"),
        "platform": ("marcus", "America/New_York"),
        "support": ("priya", "Asia/Kolkata"),
    }
    assert company.teams[0].rhythm == Rhythm(digest_at=hour(14))
    assert {team.rhythm for team in company.teams[1:]} == {Rhythm()}
    owned = [result.owner for result in company.key_results]
    assert all(2 <= owned.count(lead) <= 3 for lead in ("dana", "marcus", "priya"))
    assert {result.measure.kind for result in company.key_results} == set(MeasureKind)
    assert {result.measure.unit.kind for result in company.key_results} == set(UnitKind)
    for objective in company.objectives:
        assert 4 <= len(objective.title.split()) <= 18
        assert not re.search(r"\d", objective.title)
