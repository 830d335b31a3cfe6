"""The rounds of the team that stands for the company: they open without anybody to ask, and tell of the others."""

from dataclasses import replace
from datetime import date

from okr.absence import DayOff
from okr.calling import Calling, calling
from okr.confidence import Confidence
from okr.digest import Beside, summarise
from okr.goals import Team
from okr.planning import tells_of_teams
from tests.making import MONDAY, NEW_YORK, ROME, at, coloured, key_result, person, round_of, team

COMPANY = team("company", is_company=True, zone=NEW_YORK)
GROWTH = team("growth", parent_id="company", next_date=MONDAY)
ROUND = round_of(team_id="company")


def called(*teams: Team) -> Calling:
    dana = person()
    asked = [key_result(team_id=one.id) for one in teams if one.key != "company"]
    return calling({one.id: one for one in teams}, {dana.id: dana}, asked)


def test_they_open_on_the_teams_own_clock_where_nobody_is_asked() -> None:
    day, opens = called(COMPANY, GROWTH).first_opening(COMPANY, at("2026-11-15 12:00"))
    assert (day, opens) == (MONDAY, at("2026-11-16 09:00", NEW_YORK))


def test_a_top_team_that_is_alone_opens_none_without_anybody_to_ask() -> None:
    alone = replace(COMPANY, is_company=False)
    assert called(alone).first_opening(alone, at("2026-11-15 12:00"))[1] is None


def test_they_open_with_whoever_is_asked_first_if_anybody_is() -> None:
    dana = person()
    asked = calling({"company": COMPANY}, {dana.id: dana}, [key_result(team_id="company")])
    assert asked.opens_at(COMPANY, MONDAY) == at("2026-11-16 09:00", ROME)


def test_there_is_something_to_tell_while_another_team_is_asked() -> None:
    assert tells_of_teams(COMPANY, ROUND, [COMPANY, GROWTH])
    assert not tells_of_teams(COMPANY, ROUND, [replace(COMPANY, next_date=MONDAY), replace(GROWTH, next_date=None)])
    assert not tells_of_teams(replace(COMPANY, is_company=False), ROUND, [COMPANY, GROWTH])


def test_nothing_is_told_of_days_that_the_whole_company_had_off() -> None:
    whole, half = DayOff(MONDAY, date(2026, 11, 20), "By the sea"), DayOff(MONDAY, MONDAY, "")
    assert not tells_of_teams(replace(COMPANY, days_off=(whole,)), ROUND, [COMPANY, GROWTH])
    assert tells_of_teams(replace(COMPANY, days_off=(half,)), ROUND, [COMPANY, GROWTH])


def test_the_most_worrying_team_comes_first_and_one_that_has_not_begun_last() -> None:
    def beside(name: str, *colours: Confidence) -> Beside:
        shown = [coloured(f"{name} {place}", colour) for place, colour in enumerate(colours)]
        return Beside(team(name.lower(), name=name), summarise(GROWTH, ROUND, shown))

    red, yellow, green = Confidence.RED, Confidence.YELLOW, Confidence.GREEN
    teams = [Beside(team(name="Young")), beside("Calm", green), beside("Tense", yellow, green), beside("Late", red)]
    company = summarise(COMPANY, ROUND, [], beside=teams)
    assert [one.team.name for one in company.beside] == ["Late", "Tense", "Calm", "Young"]
    assert [one.first.key_result.title if one.first else "" for one in company.beside] == ["Late 0", "Tense 0", "", ""]
    assert company.now.total == 0, "nothing is added up over the teams"
