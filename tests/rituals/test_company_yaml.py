"""A company written as its file is read back as the same one, whatever people have written into it."""

import asyncio
import re
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings

from okr.absence import DayOff
from okr.cadence import Rhythm
from okr.company import Company
from okr.confidence import Scale
from okr.exports import Wanted
from okr.standards import Limits
from rituals import company_marks, company_schema
from rituals.company_file import parse
from rituals.company_schema import DigestForm, Form, RhythmForm
from rituals.company_yaml import write, write_history
from rituals.exports import Exports
from storage import company as memory
from storage.database import Database
from storage.people import Contact
from tests.databases import SqliteTemplate
from tests.rituals.strategies import companies, with_accounts

NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
FULL = """\
company:
  name: Ruota
  zone: Europe/Rome
  language: it
  days_off: [2026-12-24 to 2027-01-06 Winter break]
  messages_a_week: 2
  coaching: no
  rhythm:
    every: 2 weeks
    on: tuesday
    at: 09:30
    whose: team
    from: 2026-10-06
    digest: {on: thursday, at: 11:00}
    reminders: 1
    reminder_at: 14:00
  confidence: 0-10
  limits: {objectives: 3, personal_objectives: 4, key_results: 2-6}
people:
  - {key: dana, slack: U0DANA0001, admin: true, deputy: luca, country: DE-BY, calendar: "https://calendar.example/d"}
  - {key: luca, slack: U0LUCA0001}
teams:
  - {key: ruota, name: Ruota, channel: C0RUOTA001, lead: dana, people: [dana]}
  - key: growth
    name: Growth
    parent: ruota
    channel: C0GROWTH01
    lead: dana
    people: [dana, luca]
    zone: America/New_York
    language: en
    rhythm: {every: month, on: last friday, reminders: 2}
    days_off: [2026-11-27]
cycles:
  - {key: q4, name: Q4, from: 2026-10-01, to: 2026-12-31, state: closing}
objectives:
  - &above
    key: love
    team: ruota
    cycle: q4
    title: Be loved
    why: |
      Half of them
      never come back.
    owner: dana
    kind: aspirational
    priority: 1
    private: true
    state: paused
    from: 2026-10-12
    to: 2026-12-15
    key_results:
      - key: rides
        title: More rides
        owner: dana
        check_in_owner: luca
        measure: increase
        unit: EUR
        baseline: -10.5
        target: 20
        weight: 0.5
        source: "16:30"
        priority: 2
        private: true
        state: done
        from: 2026-10-13
        to: 2026-12-14
        actions:
          - {key: ask, title: Ask riders, assignee: luca, due: 2026-11-13, done: true}
      - key: north
        title: More in the north
        owner: dana
        measure: increase
        unit: EUR
        baseline: 0
        target: 5
        contributes_to: rides
      - {key: calm, title: Stay calm, owner: luca, measure: keep within, low: 1, high: 2}
      - {key: open, title: Open, owner: luca, measure: milestone, steps: [{title: Signed, percent: 100}]}
  - {key: more, team: growth, cycle: q4, title: Be more, contributes_to: rides}
"""
"""Every field there is, none with its default."""


def parsed() -> Company:
    """The company of the full file."""
    return parse(FULL).company


def forms() -> list[type[Form]]:
    found = [one for one in vars(company_schema).values() if isinstance(one, type) and issubclass(one, Form)]
    return [one for one in found if one.names() and "Goal" not in one.__name__]


def said(text: str) -> set[str]:
    """The fields a file gives, each with the noun it is of."""
    nouns = {"company": "Company", "people": "Person", "teams": "Team", "cycles": "Cycle", "objectives": "Objective"}
    nouns |= {"key_results": "KeyResult", "steps": "Step", "actions": "Action", "rhythm": "Rhythm", "digest": "Digest"}
    nouns |= {"limits": "Limits"}
    found: set[str] = set()

    def look(value: Any, noun: str) -> None:
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                found.update(f"{noun}.{name}" for name in one)
                for name, under in one.items():
                    look(under, nouns.get(name, ""))

    look(company_marks.read(text).fields, "Top")
    return found


def test_every_field_of_the_company_file_comes_out_again() -> None:
    every = {f"{form.__name__.removesuffix('Form')}.{name}" for form in forms() for name in form.names()}
    assert said(FULL) == every, "the full file has every field"
    company = parsed()
    written = write(company, {})
    in_words = {f"Rhythm.{name}" for name in RhythmForm.names()} | {f"Digest.{name}" for name in DigestForm.names()}
    assert said(written) == every - in_words, "a rhythm is said in words"
    assert parse(written).company == company


@pytest.mark.parametrize("top", [time(10), time(14), time(16)])
@pytest.mark.parametrize("below", [time(10), time(14)])
def test_the_hour_of_every_digest_is_read_back_whatever_the_top_team_has(top: time, below: time) -> None:
    company = parsed()
    hours = {one.key: top if one.parent is None else below for one in company.teams}
    teams = tuple(replace(one, rhythm=Rhythm(digest_at=hours[one.key])) for one in company.teams)
    for some in (teams, tuple(one for one in teams if one.parent is None)):
        written = replace(company, teams=some, objectives=(), key_results=(), actions=())
        assert parse(write(written, {})).company == written


@given(companies())
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_a_written_company_is_read_back_as_the_same_one(company: Company) -> None:
    assert parse(write(company, {})).company == company


@given(companies())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_other_programs_read_texts_as_texts(company: Company) -> None:
    found = yaml.safe_load(write(company, {}))
    assert found["company"]["name"] == company.name
    assert [one["key"] for one in found["people"]] == [one.key for one in company.people]
    assert [(one["key"], one["name"]) for one in found["teams"]] == [(one.key, one.name) for one in company.teams]
    assert [one.get("why", "") for one in found.get("objectives", ())] == [one.why for one in company.objectives]


@pytest.fixture(scope="module")
def shared_url(sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database for many workspaces: none knows of the others."""
    made = tmp_path_factory.mktemp("exports") / "okrbot.sqlite3"
    shutil.copy(sqlite_template.file, made)
    return f"sqlite:///{made}"


@given(company=companies().map(with_accounts))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_what_is_imported_is_exported_again_and_again_as_the_same(shared_url: str, company: Company) -> None:
    async def lived() -> None:
        database = Database(shared_url)
        try:
            first = await imported(database, company)
            assert first.flaws == ""
            assert parse(first.content.decode()).company == company
            assert await imported(database, parse(first.content.decode()).company) == first
        finally:
            await database.close()

    asyncio.run(lived())


async def imported(database: Database, company: Company, workspace: str = ""):  # type: ignore[no-untyped-def]
    """What comes out of a workspace, of its own unless it is named, that this company was written into."""
    contacts = {one.key: Contact(one.slack, f"{one.key} #1\n", "UTC", "en-GB", False, False) for one in company.people}
    channels = {one.key: one.channel for one in company.teams}
    exports = Exports(database)
    workspace = workspace or f"T{len(await exports.workspaces())}"
    async with database.transaction() as tx:
        await memory.open_workspace(tx, workspace, name="Northwind")
        await memory.write(tx, workspace, company, contacts=contacts, channels=channels, now=NOW)
    return await exports.take(workspace, Wanted(), NOW)


def test_what_a_file_leaves_out_of_scale_and_limits_stays(shared_url: str) -> None:
    silent = re.sub(r"  confidence: .*\n  limits: .*\n", "", FULL)

    async def lived() -> None:
        database = Database(shared_url)
        try:
            before = await imported(database, parsed(), "T-standards")
            assert "  confidence: 0-10" in before.content.decode().replace('"', "")
            assert "{objectives: 3, personal_objectives: 4, key_results: 2-6}" in before.content.decode().replace(
                '"', ""
            )
            assert await imported(database, parse(silent).company, "T-standards") == before
        finally:
            await database.close()

    asyncio.run(lived())


def test_a_new_company_gives_colours_and_has_the_usual_limits() -> None:
    company = parse(FULL.replace("confidence: 0-10", "confidence: colours").replace("objectives: 3, ", "")).company
    assert (company.scale, company.limits) == (Scale.COLOURS, Limits(4, 4, 2, 6))


def test_a_day_off_whose_name_looks_like_a_last_day_stays_one_day() -> None:
    odd = FULL.replace("2026-12-24 to 2027-01-06 Winter break", "2026-12-24 to 2026-12-24 to 2026-12-31")
    company = parse(odd).company
    assert company.teams[0].days_off == (DayOff(date(2026, 12, 24), date(2026, 12, 24), "to 2026-12-31"),)
    assert parse(write(company, {})).company == company


@pytest.mark.parametrize("title", ["16:30", "no", "1e3", "007", "null", "2026-10-01", "0x1F", "+1"])
def test_what_some_program_would_take_for_something_else_stands_in_quotes(title: str) -> None:
    written = write(parse(FULL.replace("title: More rides", f"title: '{title}'")).company, {})
    assert re.search(rf"^ +title: (['\"]){re.escape(title)}\1$", written, re.MULTILINE)


def test_people_are_named_beside_their_ids() -> None:
    written = write(parsed(), {"dana": "Dana\n# Rossi", "luca": ""})
    assert "  - {key: luca, slack: U0LUCA0001}\n" in written
    assert re.search(r"^  - \{key: dana, slack: U0DANA0001, .*\}  # Dana\\n# Rossi$", written, re.MULTILINE)
    assert parse(written).company == parsed()


def test_the_first_line_says_why_the_file_is_private() -> None:
    first = write(parsed(), {}).splitlines()[0]
    assert first.startswith("# Keep this file private")
    assert "calendars" in first


def test_a_history_is_not_read() -> None:
    written = write(parsed(), {})
    assert parse(written + write_history(()) + "  !!nonsense: [\n" * 500_000).company == parsed()


def test_a_second_document_of_another_kind_is_still_a_problem() -> None:
    with pytest.raises(company_marks.CompanyProblems, match="one document"):
        parse(FULL + "--- # another\na: b\n")
