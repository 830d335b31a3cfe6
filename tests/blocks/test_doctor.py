"""The doctor's report for a large company, with names nobody should have: Slack takes it, and pings nobody."""

from datetime import timedelta

import pytest

from blocks import doctor
from blocks.language import language
from okr.deliveries import DeliveryState, Kind
from okr.examination import Examination, Loose
from okr.rollcall import Entry, Fate, NextRound, RollCall, Sending
from okr.rounds import Round, RoundState
from okr.vitals import Vitals
from playground.blockkit import check_message
from tests.blocks.test_renderings import is_safe
from tests.making import MONDAY, ROME, at, person, team

NOW = at("2026-11-16 12:00")
NASTY = "<!channel> *& <@U123>* `x` " + "long " * 30
UNKNOWN = Sending("d1", DeliveryState.UNKNOWN, NOW, "missing_scope: im:history", tries=2, settled_by_hand=True)


def company(teams: int, people: int) -> Examination:
    entries = tuple(
        Entry(person(f"{number} {NASTY}"), fate, NOW, "channel_not_found") for number in range(people) for fate in Fate
    )
    all_teams = [team(f"team-{number}", name=f"{number} {NASTY}") for number in range(teams)]
    round = Round("r", "t", MONDAY, RoundState.OPEN, NOW, NOW + timedelta(days=1))
    return Examination(
        workspace=NASTY,
        now=NOW,
        real=NOW,
        processes=(Vitals("p", "run", "box", 7, NOW, NOW, 2, 2, NOW),),
        last={one.id: RollCall(one, round, entries, UNKNOWN) for one in all_teams},
        next=tuple(NextRound(one, MONDAY, NOW, NOW, entries) for one in all_teams),
        loose=(Loose(Kind.DIGEST, UNKNOWN, team=all_teams[0]), Loose(Kind.NOTICE, UNKNOWN, person=person(NASTY))),
        zone=ROME,
    )


@pytest.mark.parametrize("speaks", ["en-GB", "it-IT"])
@pytest.mark.parametrize(("teams", "people"), [(1, 1), (60, 30)])
def test_slack_takes_it_and_nobody_is_pinged(speaks: str, teams: int, people: int) -> None:
    message = doctor.render(company(teams, people), language(speaks), ROME)
    payload = {"channel": "C1", "text": message.text, "blocks": message.blocks}
    assert [str(problem) for problem in check_message(payload)] == []
    assert len(message.text) <= 3_900
    is_safe(payload)


def test_the_terminal_shows_everybody_as_they_are_called() -> None:
    written = doctor.write(company(60, 1), language("en-GB"), ROME)
    assert all(f"\n{number} <!channel>" in written for number in range(60))
    assert "&lt;" not in written
