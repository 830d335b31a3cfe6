"""What an admin reads about a company file: the values of a good one, every problem of a bad one."""

import re
import time
from dataclasses import FrozenInstanceError
from datetime import date
from datetime import time as hour
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from okr.cadence import Rhythm, Whose
from okr.company import ActionPlan, CyclePlan, PersonPlan
from okr.errors import Problem
from okr.goals import Ambition, CycleState, State
from okr.measures import MeasureKind, Step, Unit, UnitKind
from rituals.company_file import CompanyFile, CompanyProblems, FileProblem, parse
from rituals.company_schema import Form
from rituals.company_texts import slug

ROOT = Path(__file__).parents[2]

GOOD = """\
company: {name: Ruota, zone: Europe/Rome}
people:
  - {key: dana, slack: Dana Rossi}
  - {key: luca, slack: "@luca"}
teams:
  - key: ruota
    name: Ruota
    channel: general
    lead: dana
  - key: growth
    name: Growth
    parent: ruota
    channel: growth
    lead: dana
    people: [dana, luca]
cycles:
  - {key: q4, name: Q4, from: 2026-10-01, to: 2026-12-31}
objectives:
  - key: love
    team: growth
    cycle: q4
    title: Be loved
    owner: dana
    key_results:
      - key: rides
        title: More rides
        owner: dana
        measure: increase
        baseline: 10
        target: 20
        weight: 1
        actions:
          - {key: ask, title: Ask riders, assignee: luca}
"""


def good(*changes: tuple[str, str]) -> str:
    """The good file with each first text replaced, once, by the second."""
    text = GOOD
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} must stand once"
        text = text.replace(old, new)
    return text


def problems(text: str) -> tuple[FileProblem, ...]:
    with pytest.raises(CompanyProblems) as caught:
        parse(text)
    return caught.value.problems


TEAM, GOAL, KR = "teams[1]", "objectives[0]", "objectives[0].key_results[0]"
MEASURE = "        measure: increase\n        baseline: 10\n        target: 20\n"


def title(written: str) -> str:
    return good(("Be loved", written))


def aim(line: str) -> str:
    return good(("title: Be", f"{line}\n    title: Be"))


def result(line: str) -> str:
    return good(("weight: 1", line))


def target(number: str) -> str:
    return good(("target: 20", f"target: {number}"))


def measured(kind: str, *lines: str) -> str:
    return good((MEASURE, "".join(f"        {line}\n" for line in (f"measure: {kind}", *lines))))


def rhythm(fields: str) -> str:
    return good(("people: [", f"rhythm: {fields}\n    people: ["))


BAD = {
    # the file as a whole
    "an empty file": ("", 1, "", "got nothing"),
    "only comments": ("# nothing yet\n", 1, "", "got nothing"),
    "a list at the top": ("- dana\n- luca\n", 1, "", "got a list"),
    "a text at the top": ("\nhello\n", 2, "", 'got "hello"'),
    "two documents": (GOOD + "---\na: b\n", 34, "", "expected one document"),
    "an unquoted @": (good(('"@luca"', "@luca")), 4, "", "quotes around a text that begins with @"),
    "an unquoted %": (result("unit: %"), 31, "", "quotes around a text that begins with %"),
    "a tab": (good(("    name: Growth", "\tname: Growth")), 11, "", "spaces, not a tab"),
    "a colon in a title": (good(("title: Be loved", "title: Aim: be loved")), 22, "", 'has ": " in it'),
    "an open quote": (good(("title: Be loved", 'title: "Be loved')), 22, "", "expected a closing quote"),
    "no colon": (good(("    name: Growth", "    name Growth")), 11, "", "a colon and a space"),
    "crooked columns": (good(("    name: Growth", "   name: Growth")), 11, "", "begin in the same column"),
    "a control character": (title("Be \x07 loved"), 22, "", "a character that YAML does not allow"),
    "half a character": (title('"\\ud800"'), 22, "", "expected whole characters"),
    "an absurd escape": (title('"\\UFFFFFFFF"'), 1, "", "expected a YAML file"),
    "a tag": (title("!!python/name:os.system x"), 22, "", "expected a value without a tag"),
    "an alias to nothing": (title("*hello"), 22, "", "expected an anchor &hello finished above"),
    "an alias inside itself": ("a: &a [*a]\n", 1, "", "finished above"),
    "a name that is a list": (title("Be loved\n    ? [a]\n    : b"), 23, GOAL, "the name of a field"),
    "a field twice": (
        good(("title: Be loved", "title: Be loved\n    title: B")),
        23,
        f"{GOAL}.title",
        "each field once",
    ),
    # fields and their shapes
    "an unknown field": (good(("title: Be", "titel: Be")), 22, f"{GOAL}.titel", 'did you mean "title"?'),
    "an unknown field without a value": (result("wight:"), 31, f"{KR}.wight", 'did you mean "weight"?'),
    "an unknown field at the top": (good(("cycles:", "cicles:")), 16, "cicles", 'did you mean "cycles"?'),
    "a missing title": (good(("    title: Be loved\n", "")), 19, f"{GOAL}.title", "a title of 1 to 300"),
    "a missing company": (good(("company: {name: Ruota, zone: Europe/Rome}\n", "")), 1, "company", "got nothing"),
    "a company that is a text": (
        good(("{name: Ruota, zone: Europe/Rome}", "Ruota")),
        1,
        "company",
        "fields under company",
    ),
    "a missing name": (good(("{name: Ruota, ", "{")), 1, "company.name", "a name of 1 to 300"),
    "no zone anywhere": (good((", zone: Europe/Rome", "")), 1, "company.zone", "or one in every team"),
    "people that are no list": (good(("[dana, luca]", "dana")), 15, f"{TEAM}.people", 'a list, got "dana"'),
    "actions that are no list": (good(("- {key: ask,", "  {key: ask,")), 32, f"{KR}.actions", "got a group of fields"),
    "a person that is a text": (
        good(('{key: luca, slack: "@luca"}', "luca")),
        4,
        "people[1]",
        'key, slack, admin, deputy, country, calendar, got "luca"',
    ),
    "a channel that YAML takes for a comment": (
        good(("channel: growth", "channel: #growth")),
        13,
        f"{TEAM}.channel",
        'needs quotes: "#growth"',
    ),
    "a title that is a list": (title("[Be, loved]"), 22, f"{GOAL}.title", "got a list"),
    "a title too long": (title("x" * 301), 22, f"{GOAL}.title", "1 to 300"),
    "an empty title": (title('"  "'), 22, f"{GOAL}.title", "1 to 300"),
    "a hidden control character": (title('"Be\\0loved"'), 22, f"{GOAL}.title", "without control characters"),
    # keys
    "a key with capitals": (good(("key: q4", "key: Q4")), 17, "cycles[0].key", "small letters"),
    "a key with a newline": (good(("key: love", 'key: "love\\n"')), 19, f"{GOAL}.key", "small letters"),
    "a person without a key": (good(("{key: dana, ", "{")), 3, "people[0].key", "a key of small letters"),
    "a key twice": (good(("{key: luca", "{key: dana")), 4, "people[1].key", "line 3 has it"),
    # values
    "an unknown zone": (good(("Europe/Rome", "Rome")), 1, "company.zone", 'did you mean "Europe/Rome"?'),
    "an offset for a zone": (good(("Europe/Rome", "+01:00")), 1, "company.zone", "a zone such as Europe/Rome"),
    "an unknown language": (good(("zone: Europe/Rome", "zone: UTC, language: de")), 1, "company.language", "en or it"),
    "a date the wrong way round": (good(("2026-10-01", "01/10/2026")), 17, "cycles[0].from", "a date such as"),
    "a date that is none": (good(("2026-10-01", "2026-02-30")), 17, "cycles[0].from", "a day that the calendar has"),
    "a date of another age": (good(("2026-10-01", "0206-10-01")), 17, "cycles[0].from", "a date such as"),
    "an end before the start": (good(("2026-12-31", "2026-09-30")), 17, "cycles[0].to", "a date after 2026-10-01"),
    "an end before the cycle's start": (result("to: 2026-10-01"), 31, f"{KR}.to", "a date after 2026-10-01"),
    "a start after the cycle's end": (result("from: 2027-01-01"), 31, f"{KR}.from", "a date before 2026-12-31"),
    "an unknown state": (aim("state: open"), 22, f"{GOAL}.state", "paused, done or abandoned"),
    "an unknown kind": (aim("kind: stretch"), 22, f"{GOAL}.kind", "committed or aspirational"),
    "a yes that is none": (aim("private: 1"), 22, f"{GOAL}.private", "true or false"),
    "a priority of none": (aim("priority: high"), 22, f"{GOAL}.priority", "whole number from 1"),
    "a number in words": (target("many"), 30, f"{KR}.target", 'a number, got "many"'),
    "a number with a comma": (target("1,5"), 30, f"{KR}.target", "write 1.5)"),
    "a number with two readings": (target("1,500"), 30, f"{KR}.target", "write 1.500 or 1500)"),
    "a number with a percent sign": (target("20%"), 30, f"{KR}.target", 'write 20, and unit: "%"'),
    "a number that is none": (target(".nan"), 30, f"{KR}.target", "a number"),
    "a number with too many digits": (target(f"{'9' * 29}"), 30, f"{KR}.target", "28 digits"),
    "a number in other digits": (target("٢٠"), 30, f"{KR}.target", "a number"),
    "a weight of nothing": (result("weight: 0"), 31, f"{KR}.weight", "above 0"),
    "a currency by its sign": (result("unit: €"), 31, f"{KR}.unit", "write EUR"),
    "a unit too long": (result(f"unit: {'d' * 31}"), 31, f"{KR}.unit", "at most 30"),
    # measures
    "an unknown measure": (
        good(("measure: increase", "measure: raise")),
        28,
        f"{KR}.measure",
        "keep within or milestone",
    ),
    "no baseline": (good(("        baseline: 10\n", "")), 25, f"{KR}.baseline", "a baseline for measure: increase"),
    "no way to go": (target("10"), 30, f"{KR}.target", "differs from the baseline"),
    "the wrong way up": (target("5"), 30, f"{KR}.target", "above the baseline 10 (or measure: decrease)"),
    "the wrong way down": (
        good(("increase", "decrease")),
        30,
        f"{KR}.target",
        "below the baseline 10 (or measure: increase)",
    ),
    "a low on the way up": (result("low: 3"), 31, f"{KR}.low", "no low with measure: increase, got 3"),
    "no corridor": (measured("keep within"), 25, f"{KR}.low", "a low, a high or both"),
    "an empty corridor": (measured("keep within", "low: 5", "high: 4"), 30, f"{KR}.high", "above the low 5"),
    "a milestone without steps": (measured("milestone"), 25, f"{KR}.steps", "rises to 100"),
    "steps that fall": (
        measured("milestone", "steps: [{title: A, percent: 100}, {title: B, percent: 50}]"),
        29,
        f"{KR}.steps",
        "rises to 100 for measure: milestone, got 100, 50",
    ),
    "a step without a percent": (
        measured("milestone", "steps: [{title: A}]"),
        29,
        f"{KR}.steps[0].percent",
        "from 0 to 100",
    ),
    "a milestone with a unit": (
        measured("milestone", "unit: EUR", "steps: [{title: A, percent: 100}]"),
        29,
        f"{KR}.unit",
        "no unit with measure: milestone",
    ),
    # when nobody is asked
    "a day off the calendar lacks": (
        good(("zone: Europe/Rome}", "zone: Europe/Rome, days_off: [2026-02-30]}")),
        1,
        "company.days_off[0]",
        "that the calendar has",
    ),
    "days off that end before they begin": (
        good(("    channel: general\n", "    channel: general\n    days_off: [2026-12-31 to 2026-12-24]\n")),
        9,
        "teams[0].days_off[0]",
        "a last day that is not before 2026-12-31",
    ),
    "a day off by its name alone": (
        good(("zone: Europe/Rome}", "zone: Europe/Rome, days_off: [Christmas]}")),
        1,
        "company.days_off[0]",
        'a day such as 2026-12-24 or "2026-12-24 to 2026-12-31"',
    ),
    "a country that is none": (
        good(("slack: Dana Rossi", "slack: Dana Rossi, country: Italy")),
        3,
        "people[0].country",
        'such as IT, or a region of it such as DE-BY, got "Italy"',
    ),
    "a calendar that anybody can read on its way": (
        good(("slack: Dana Rossi", 'slack: Dana Rossi, calendar: "http://cal.example/dana.ics"')),
        3,
        "people[0].calendar",
        "starting with https://",
    ),
    # references
    "an unknown deputy": (
        good(("slack: Dana Rossi", "slack: Dana, deputy: luka")),
        3,
        "people[0].deputy",
        'did you mean "luca"?',
    ),
    "a deputy of themselves": (
        good(("slack: Dana Rossi", "slack: Dana, deputy: dana")),
        3,
        "people[0].deputy",
        "somebody else",
    ),
    "an unknown parent": (
        good(("parent: ruota", "parent: routa")),
        12,
        f"{TEAM}.parent",
        'a team (did you mean "ruota"?)',
    ),
    "an unknown member": (good(("[dana, luca]", "[dana, lucia]")), 15, f"{TEAM}.people[1]", 'did you mean "luca"?'),
    "a member twice": (good(("[dana, luca]", "[dana, dana]")), 15, f"{TEAM}.people[1]", "each person once"),
    "an unknown team": (good(("team: growth", "team: sales")), 20, f"{GOAL}.team", 'the key of a team, got "sales"'),
    "an unknown cycle": (good(("cycle: q4", "cycle: Q4")), 21, f"{GOAL}.cycle", 'did you mean "q4"?'),
    "an unknown owner": (
        good(("    owner: dana\n    key_results", "    owner: eve\n    key_results")),
        23,
        f"{GOAL}.owner",
        "the key of a person",
    ),
    "an owner by the name in Slack": (
        good(("        owner: dana", "        owner: Dana Rossi")),
        27,
        f"{KR}.owner",
        'did you mean "dana"?',
    ),
    "an unknown check-in owner": (result("check_in_owner: eve"), 31, f"{KR}.check_in_owner", "the key of a person"),
    "an unknown assignee": (
        good(("assignee: luca", "assignee: lucca")),
        33,
        f"{KR}.actions[0].assignee",
        'did you mean "luca"?',
    ),
    "an unknown goal": (aim("contributes_to: ride"), 22, f"{GOAL}.contributes_to", 'did you mean "rides"?'),
    "a goal for itself": (aim("contributes_to: love"), 22, f"{GOAL}.contributes_to", '"love > love"'),
    "a goal for its own part": (aim("contributes_to: rides"), 22, f"{GOAL}.contributes_to", "leads back here"),
    "a goal with two meanings": (
        good(("title: Be", "contributes_to: love\n    title: Be"), ("key: rides", "key: love")),
        22,
        f"{GOAL}.contributes_to",
        "not both an objective's and a key result's",
    ),
    # the tree
    "two tops": (good(("    parent: ruota\n", "")), 10, f"{TEAM}.parent", 'since "ruota" is the top already'),
    "a ring of teams": (
        good(("    name: Ruota", "    name: Ruota\n    parent: growth")),
        8,
        "teams[0].parent",
        '"ruota > growth > ruota"',
    ),
    "no teams": (re.sub(r"teams:\n(  .*\n)*", "teams: []\n", GOOD), 5, "teams", "at least one team"),
    "a team without a lead": (
        good(("    lead: dana\n    people", "    people")),
        10,
        f"{TEAM}.lead",
        "the key of a person, got nothing",
    ),
    # rhythms
    "an unknown rhythm": (rhythm("{every: day}"), 15, f"{TEAM}.rhythm.every", "week, 2 weeks or month"),
    "every second week of when": (rhythm("{every: 2 weeks}"), 15, f"{TEAM}.rhythm.from", "2026-01-05, got nothing"),
    "a last friday every week": (rhythm("{on: last friday}"), 15, f"{TEAM}.rhythm.on", "only a weekday"),
    "an unknown day": (rhythm("{on: mondays}"), 15, f"{TEAM}.rhythm.on", "a weekday such as monday"),
    "an hour that is none": (rhythm("{at: 25:00}"), 15, f"{TEAM}.rhythm.at", "a time such as 09:00"),
    "a digest before the question": (
        rhythm("{at: 11:00, digest: {on: monday}}"),
        15,
        f"{TEAM}.rhythm.digest.at",
        "a time after 11:00, when the round opens, got 10:00",
    ),
    "three reminders": (rhythm("{reminders: 3}"), 15, f"{TEAM}.rhythm.reminders", "0, 1 or 2"),
    "an unknown clock": (rhythm("{whose: mine}"), 15, f"{TEAM}.rhythm.whose", "member or team"),
    "an unknown field of a digest": (
        rhythm("{digest: {day: monday}}"),
        15,
        f"{TEAM}.rhythm.digest.day",
        "a known field",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_told_where_and_what(case: str) -> None:
    text, line, path, said = BAD[case]
    found = problems(text)
    matching = [each for each in found if (each.line, each.path) == (line, path) and said in str(each)]
    assert matching, "\n".join(map(str, found))


# These drag another problem along, since what others refer to or need is gone.
NOT_ALONE = {
    "an unknown field",
    "an unknown field at the top",
    "no teams",
    "a person without a key",
    "a person that is a text",
    "a key twice",
    "a key with capitals",
    "a key with a newline",
    "a goal with two meanings",
}
ALONE = [case for case in BAD if case not in NOT_ALONE]


@pytest.mark.parametrize("case", ALONE)
def test_one_mistake_is_one_problem(case: str) -> None:
    assert len(problems(BAD[case][0])) == 1


def test_a_problem_reads_as_one_sentence() -> None:
    problem = FileProblem(42, "objectives[2].key_results[0].target", "a number", '"many"')
    assert str(problem) == 'line 42, objectives[2].key_results[0].target: expected a number, got "many"'
    assert str(FileProblem(1, "", "one document", "nothing")) == "line 1: expected one document, got nothing"


def test_every_problem_is_listed_at_once_by_line() -> None:
    text = good(
        ("Europe/Rome", "Rome"),
        ("parent: ruota", "parent: routa"),
        ("2026-12-31", "2026-09-01"),
        ("title: Be loved", "titel: Be loved"),
        ("        owner: dana", "        owner: eve"),
        ("target: 20", "target: 1,5"),
        ("assignee: luca", "asignee: luca"),
    )
    found = problems(text)
    assert [(each.line, each.path) for each in found] == [
        (1, "company.zone"),
        (12, "teams[1].parent"),
        (17, "cycles[0].to"),
        (19, "objectives[0].title"),
        (22, "objectives[0].titel"),
        (27, f"{KR}.owner"),
        (30, f"{KR}.target"),
        (33, f"{KR}.actions[0].asignee"),
    ]


def test_the_problems_are_a_problem_of_the_rules_and_print_line_by_line() -> None:
    with pytest.raises(Problem) as caught:
        parse(good(("Europe/Rome", "Rome"), ("target: 20", "target: many")))
    assert str(caught.value).splitlines() == [
        'line 1, company.zone: expected a zone such as Europe/Rome (did you mean "Europe/Rome"?), got "Rome"',
        f'line 30, {KR}.target: expected a number, got "many"',
    ]


def test_a_mistake_in_the_companys_rhythm_is_told_once() -> None:
    text = good(("zone: Europe/Rome}", "zone: Europe/Rome, rhythm: {every: 2 weeks}}"))
    assert [each.path for each in problems(text)] == ["company.rhythm.from"]


def test_what_is_shown_of_a_value_is_short_and_harmless() -> None:
    [problem] = problems(good(("key: q4", 'key: "\\e[31m' + "x" * 300 + '"'), ("cycle: q4", "cycle: other")))[:1]
    assert "\x1b" not in str(problem)
    assert len(problem.got) < 100


def test_a_good_file_becomes_values() -> None:
    company = parse(GOOD).company
    assert company.name == "Ruota"
    assert company.people == (PersonPlan("dana", "Dana Rossi"), PersonPlan("luca", "@luca"))
    top, growth = company.teams
    assert (top.parent, top.people, top.zone, top.language, top.rhythm) == (None, (), "Europe/Rome", "en", Rhythm())
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


@pytest.mark.parametrize(
    "text",
    [
        "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9)),
        "[" * 100_000,
        "a: &a " + "[" * 30 + "]" * 30 + "\nb: &b " + "[" * 20 + "*a" + "]" * 20 + "\n",
        "- " * 100_000,
        "%YAML 1." + "9" * 5000 + "\n---\na: b\n",
    ],
    ids=["laughs", "brackets", "deep aliases", "dashes", "version"],
)
def test_a_bomb_is_one_problem_at_once(text: str) -> None:
    started = time.perf_counter()
    assert len(problems(text)) == 1
    assert time.perf_counter() - started < 5


def test_a_file_has_at_most_two_mebibytes() -> None:
    [problem] = problems(GOOD + "#" + "è" * (1024 * 1024))
    assert "at most 2 MiB" in str(problem)


def test_a_hopeless_file_is_still_answered() -> None:
    found = problems(GOOD + "".join(f"nonsense{number}: {number}\n" for number in range(20_000)))
    assert len(found) == 20_000


def test_the_example_of_the_reference_is_a_good_file() -> None:
    page = (ROOT / "docs/company-file.md").read_text(encoding="utf-8")
    [example] = re.findall(r"```yaml\n(.*?)```", page.split("## A complete example")[1], re.DOTALL)
    company = parse(example).company
    assert {result.measure.kind for result in company.key_results} == set(MeasureKind)


def test_the_reference_names_every_field() -> None:
    page = (ROOT / "docs/company-file.md").read_text(encoding="utf-8")
    table_fields = set(re.findall(r"`([a-z_.]+)`", " ".join(re.findall(r"^\| (`.*?) \|", page, re.MULTILINE))))
    models = [one for one in (*Form.__subclasses__(), *_below(Form)) if one.__module__ == Form.__module__]
    fields = {name for model in models for name in model.names()} | {
        "digest.on",
        "digest.at",
    }
    top = {"company", "people", "teams", "cycles", "objectives"}
    assert fields - top - {"percent"} == table_fields - top
    assert "`percent`" in page
    assert all(f"## {name}\n" in page for name in top)


def _below(model: type[Form]) -> list[type[Form]]:
    return [low for each in model.__subclasses__() for low in (each, *_below(each))]


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


def _answers(text: str) -> None:
    found: tuple[FileProblem, ...] = ()
    try:
        file = parse(text)
    except CompanyProblems as caught:
        file, found = None, caught.problems
    assert isinstance(file, CompanyFile) or found
    assert all(each.line >= 1 and each.expected and each.got for each in found)


@given(st.text(max_size=400))
@settings(max_examples=300, deadline=None)
def test_any_text_is_a_company_or_problems(text: str) -> None:
    _answers(text)


@given(st.text(st.sampled_from("ab:-[]{}&*!|>%@`'\"#, \n\t?\\~<0"), max_size=120))
@settings(max_examples=300, deadline=None)
def test_any_yaml_like_text_is_a_company_or_problems(text: str) -> None:
    _answers(text)


NAMES = sorted({name for model in _below(Form) for name in model.names()})
LEAVES = st.none() | st.text(max_size=12) | st.sampled_from(["dana", "ruota", "q4", "love", "rides", "1", "2026-10-01"])
TREES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=6)
)


@given(st.dictionaries(st.sampled_from(NAMES), TREES, max_size=6), st.integers(0, 3))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_shape_of_fields_is_a_company_or_problems(tree: dict[str, Any], depth: int) -> None:
    whole: dict[str, Any] = yaml.safe_load(GOOD.replace("2026", "x2026"))
    target: Any = whole
    for path in (["teams", 0], ["objectives", 0], ["objectives", 0, "key_results", 0], ["company"])[depth]:
        target = target[path]
    target.update(tree)
    _answers(yaml.safe_dump(whole, allow_unicode=True))


@given(st.integers(0, len(GOOD)), st.integers(0, 12), st.text(max_size=6))
@settings(max_examples=300, deadline=None)
def test_a_slip_of_the_hand_is_a_company_or_problems(at: int, gone: int, typed: str) -> None:
    _answers(GOOD[:at] + typed + GOOD[at + gone :])
