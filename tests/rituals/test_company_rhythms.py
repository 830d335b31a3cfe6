"""Rhythms in words in the company file: what they mean there, whose they are, and what is said of one that fails."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from okr.cadence import Rhythm, Whose
from rituals.company_file import CompanyProblems, FileProblem, parse

ROOT = Path(__file__).parents[2]
SATURDAY = datetime(2026, 11, 21, 12, tzinfo=UTC)
NEXT_MONDAY = date(2026, 11, 23)
SECOND_MONDAY = Rhythm("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", time(10), anchor=NEXT_MONDAY)

FILE = """\
company: {{name: Ruota, zone: Europe/Rome{company}}}
people:
  - {{key: dana, slack: Dana Rossi}}
teams:
  - {{key: ruota, name: Ruota, channel: general, lead: dana}}
  - key: growth
    name: Growth
    parent: ruota
    channel: growth
    lead: dana
    {team}
  - {{key: care, name: Care, parent: ruota, channel: care, lead: dana}}
"""


def described(team: str = "", company: str = "") -> str:
    """The file with a rhythm of the company's, and one of the team Growth, as they would stand in it."""
    return FILE.format(team=team and f"rhythm: {team}", company=company and f", rhythm: {company}")


def rhythms(team: str = "", company: str = "", **given: Any) -> tuple[Rhythm, Rhythm]:
    """The rhythms of a team that says nothing itself and of Growth."""
    _, growth, care = parse(described(team, company), **{"now": SATURDAY, **given}).company.teams
    return care.rhythm, growth.rhythm


def problems(team: str = "", company: str = "") -> tuple[FileProblem, ...]:
    with pytest.raises(CompanyProblems) as caught:
        parse(described(team, company), now=SATURDAY)
    return caught.value.problems


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ('"every second Monday at 10"', SECOND_MONDAY),
        ("every second Monday at 10", SECOND_MONDAY),
        ("un lunedì sì e uno no alle 10", SECOND_MONDAY),
        ("the last Friday of the month at 16", Rhythm("FREQ=MONTHLY;BYDAY=-1FR", time(16), digest_days=3)),
        ("Mondays and Thursdays at 09:00", Rhythm("FREQ=WEEKLY;BYDAY=MO,TH")),
        (
            '"ogni venerdì alle 16, ora del team; riepilogo lunedì alle 11"',
            Rhythm("FREQ=WEEKLY;BYDAY=FR", time(16), Whose.TEAM, digest_days=3, digest_at=time(11)),
        ),
    ],
)
def test_a_team_may_say_its_rhythm_in_words(written: str, meant: Rhythm) -> None:
    assert rhythms(written) == (Rhythm(), meant)


def test_the_companys_words_hold_for_every_team() -> None:
    assert rhythms(company="every second Monday at 10") == (SECOND_MONDAY, SECOND_MONDAY)


def test_a_team_changes_what_it_says_of_the_companys_words() -> None:
    company = '"Mondays and Thursdays at 9; our time; no reminders"'
    base = Rhythm("FREQ=WEEKLY;BYDAY=MO,TH", whose=Whose.TEAM, reminders=0)
    friday = replace(base, rule="FREQ=WEEKLY;BYDAY=FR", digest_days=3)
    assert rhythms("at 11:00", company) == (base, replace(base, at=time(11)))
    assert rhythms("{at: 11:00}", company) == (base, replace(base, at=time(11)))
    assert rhythms("every Friday", company) == (base, friday)
    assert rhythms("{on: friday}", company) == (base, friday)
    assert rhythms("{every: month, on: last friday}", company) == (
        base,
        replace(friday, rule="FREQ=MONTHLY;BYDAY=-1FR"),
    )


def test_a_teams_words_change_what_they_say_of_the_companys_fields() -> None:
    base = Rhythm("FREQ=WEEKLY;BYDAY=WE", time(11), reminders=1)
    found = rhythms("every Friday", "{on: wednesday, at: 11:00, reminders: 1}")
    assert found == (base, replace(base, rule="FREQ=WEEKLY;BYDAY=FR", digest_days=3))


def test_today_is_the_teams_own() -> None:
    sunday_night = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)  # Monday in Rome already
    [_, rome] = rhythms("every second Sunday at 9", now=sunday_night)
    assert rome.anchor == date(2026, 11, 29)


def test_weeks_that_are_counted_already_go_on_when_the_file_is_read_again() -> None:
    a_week_later = {"now": datetime(2026, 11, 28, 12, tzinfo=UTC), "running": {"growth": SECOND_MONDAY}}
    assert rhythms("every second Monday at 11", **a_week_later)[1] == replace(SECOND_MONDAY, at=time(11))
    assert rhythms("every second Monday at 10 from 30 November 2026", **a_week_later)[1].anchor == date(2026, 11, 30)
    assert rhythms("every second Friday at 10", **a_week_later)[1].anchor == date(2026, 12, 4)


def test_a_new_team_joins_the_weeks_the_others_count_by_the_companys_words() -> None:
    a_week_later = {"now": datetime(2026, 11, 28, 12, tzinfo=UTC), "running": {"ruota": SECOND_MONDAY}}
    found = rhythms(company="every second Monday at 10", **a_week_later)
    assert found == (SECOND_MONDAY, SECOND_MONDAY)


@pytest.mark.parametrize(
    ("said", "hour"),
    [
        ("", time(14)),
        ("every second Monday at 11", time(14)),
        ("{at: 11:00}", time(14)),
        ("every Monday at 9; digest Tuesday at 10", time(10)),
        ("{digest: {at: 16:00}}", time(16)),
    ],
)
def test_the_digest_of_the_top_team_comes_later_where_nothing_is_said(said: str, hour: time) -> None:
    top, growth, care = parse(described(company=said), now=SATURDAY).company.teams
    assert top.rhythm == replace(care.rhythm, digest_at=hour)
    assert growth.rhythm == care.rhythm


def test_a_top_team_that_is_alone_has_the_usual_hour() -> None:
    (alone,) = parse(described().partition("  - key: growth")[0]).company.teams
    assert alone.rhythm == Rhythm()


BAD = {
    "whenever": 'expected a rhythm such as "every second Monday at 10:00", got "whenever"',
    "evry Mondey at 10": 'expected a rhythm such as "every Monday at 10", got "evry Mondey at 10"',
    '""': 'expected a rhythm such as "every second Monday at 10:00", got ""',
    "every third Monday": 'expected one of the two it can mean: "Every 3 weeks on Monday" or '
    '"Every third Monday of the month", got "every third Monday"',
    "every Monday at 4": 'expected one of the two it can mean: "04:00" or "16:00", got "every Monday at 4"',
    "every Monday at 30:00": 'expected an hour such as "09:30", got "every Monday at 30:00"',
    "every 99 weeks on Monday": 'expected at most 52 weeks, such as "every 2 weeks on Monday at 10:00", '
    'got "every 99 weeks on Monday"',
    "every Monday at 11; digest Monday at 10": 'expected a digest after "11:00", when the round opens, such as '
    '"every Monday at 9:00; digest Tuesday at 10:00", got "every Monday at 11; digest Monday at 10"',
}


@pytest.mark.parametrize("written", BAD)
def test_words_that_cannot_be_read_are_a_problem_with_its_line(written: str) -> None:
    quoted = written if written.startswith('"') else f'"{written}"'
    assert [str(each) for each in problems(quoted)] == [f"line 11, teams[1].rhythm: {BAD[written]}"]


def test_a_mistake_in_the_companys_words_is_told_once() -> None:
    assert [(each.line, each.path) for each in problems(company="sometimes")] == [(1, "company.rhythm")]


def test_a_weekday_of_the_digest_is_refused_where_there_are_several_days() -> None:
    [problem] = problems("{digest: {on: friday}}", "Mondays and Thursdays at 9")
    assert (problem.line, problem.path) == (11, "teams[1].rhythm.digest.on")
    assert "there are several days of asking" in problem.expected


def test_fields_that_count_weeks_need_no_date_where_the_companys_words_count_them() -> None:
    assert rhythms("{every: 2 weeks, at: 11:00}", "every second Monday at 10") == (
        SECOND_MONDAY,
        replace(SECOND_MONDAY, at=time(11)),
    )


def test_every_phrase_of_the_reference_can_be_written() -> None:
    page = (ROOT / "docs/company-file.md").read_text(encoding="utf-8")
    table = page.split("| what | in words |")[1].split("\n\n")[0]
    phrases = [phrase for row in table.splitlines()[2:] for phrase in row.split("|")[2].strip().split(" · ")]
    assert len(phrases) > 30
    for phrase in phrases:
        assert rhythms(f'"{phrase}"')
