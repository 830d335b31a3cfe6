"""Who may answer for a key result, and who may read of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from okr.absence import Absence
from okr.authority import Actor, may_answer, may_export, may_read, may_read_of, may_set_standards, require_answer
from okr.errors import NotAllowed
from okr.goals import Person, Team
from tests.making import MONDAY, key_result, person, team

OWNER, ASKED, LEAD = person("Dana Rossi"), person("Giulia Conti", deputy_id="noah"), person("Luca Bianchi")
DEPUTY, COLLEAGUE, BOSS = person("Noah Kim"), person("Ava Brooks"), person("Elena Ferri")
RETURNING = key_result(owner_id=OWNER.id, check_in_owner_id=ASKED.id)
GROWTH = team(lead_id=LEAD.id, member_ids=(OWNER.id, ASKED.id, DEPUTY.id))
YESTERDAY, TOMORROW = MONDAY - timedelta(days=1), MONDAY + timedelta(days=1)


def actor(who: Person | None, *, inside: bool = False, **given: bool) -> Actor:
    """Whoever acts, `inside` the team's channel or not known to be."""
    channels = frozenset({GROWTH.channel}) if inside else frozenset[str]()
    return Actor(who.slack_id if who else "U0NOBODY", who, channels=channels, **given)


def away(until: date) -> Person:
    return person("Giulia Conti", deputy_id="noah", absences=(Absence(MONDAY - timedelta(days=9), until),))


@pytest.mark.parametrize(
    ("who", "asked", "may"),
    [
        pytest.param(actor(OWNER), ASKED, True, id="the owner"),
        pytest.param(actor(ASKED), ASKED, True, id="the check-in owner"),
        pytest.param(actor(LEAD), ASKED, True, id="the team's lead"),
        pytest.param(actor(BOSS, admin=True), ASKED, True, id="an admin"),
        pytest.param(actor(BOSS), ASKED, False, id="a boss who is no admin"),
        pytest.param(actor(COLLEAGUE), ASKED, False, id="a colleague"),
        pytest.param(actor(DEPUTY), ASKED, False, id="the deputy of somebody who is there"),
        pytest.param(actor(DEPUTY), away(TOMORROW), True, id="the deputy of somebody away"),
        pytest.param(actor(DEPUTY), away(MONDAY), True, id="the deputy on the last day away"),
        pytest.param(actor(DEPUTY), away(None), True, id="the deputy of somebody whose return is unknown"),
        pytest.param(actor(DEPUTY), away(YESTERDAY), False, id="the deputy of somebody back again"),
        pytest.param(actor(DEPUTY), DEPUTY, True, id="a deputy the round has asked"),
        pytest.param(actor(COLLEAGUE), away(TOMORROW), False, id="a colleague of somebody away"),
        pytest.param(actor(ASKED), away(TOMORROW), True, id="somebody away who answers all the same"),
        pytest.param(actor(COLLEAGUE, outsider=True), ASKED, False, id="a guest"),
        pytest.param(actor(OWNER, outsider=True), ASKED, True, id="a guest who owns it"),
        pytest.param(actor(None), ASKED, False, id="somebody the company does not name"),
        pytest.param(actor(None, admin=True), ASKED, False, id="an admin the company does not name"),
        pytest.param(actor(None, outsider=True), ASKED, False, id="a stranger"),
    ],
)
def test_an_answer_is_taken_from_those_it_concerns(who: Actor, asked: Person, may: bool) -> None:
    assert may_answer(who, RETURNING, GROWTH, asked, MONDAY) is may
    if may:
        require_answer(who, RETURNING, GROWTH, asked, MONDAY)
        return
    with pytest.raises(NotAllowed) as caught:
        require_answer(who, RETURNING, GROWTH, asked, MONDAY)
    assert caught.value.fields == {"owner": "Giulia Conti"}


@pytest.mark.parametrize(
    ("who", "may"),
    [
        pytest.param(actor(BOSS, admin=True), False, id="an admin outside the channel"),
        pytest.param(actor(BOSS, admin=True, inside=True), True, id="an admin inside"),
        pytest.param(actor(COLLEAGUE, inside=True), False, id="whoever may only read it"),
        pytest.param(actor(ASKED), True, id="the check-in owner"),
        pytest.param(actor(LEAD), True, id="the team's lead"),
    ],
)
def test_what_is_private_is_answered_by_nobody_who_may_not_read_it(who: Actor, may: bool) -> None:
    assert may_answer(who, replace(RETURNING, private=True), GROWTH, ASKED, MONDAY) is may


def test_the_deputy_of_the_owner_is_no_deputy_of_the_one_who_is_asked() -> None:
    asked = person("Giulia Conti", absences=away(TOMORROW).absences)
    assert not may_answer(actor(DEPUTY), RETURNING, GROWTH, asked, MONDAY)


def test_a_team_without_a_lead_has_no_lead_to_answer() -> None:
    assert not may_answer(actor(LEAD), RETURNING, team(lead_id=None), ASKED, MONDAY)


@pytest.mark.parametrize(
    ("who", "top", "may"),
    [
        pytest.param(actor(LEAD), GROWTH, True, id="who leads the top team"),
        pytest.param(actor(OWNER), GROWTH, False, id="somebody who works in it"),
        pytest.param(actor(OWNER, admin=True), GROWTH, True, id="an admin"),
        pytest.param(actor(None, admin=True), GROWTH, True, id="an admin whom the company does not name"),
        pytest.param(actor(None), GROWTH, False, id="somebody else it does not name"),
        pytest.param(actor(None), None, True, id="anybody before there is a team"),
    ],
)
def test_what_holds_in_every_team_is_set_by_the_lead_of_the_top_one_and_admins(
    who: Actor, top: Team | None, may: bool
) -> None:
    assert may_set_standards(who, top) is may


@pytest.mark.parametrize(
    ("who", "private", "may"),
    [
        pytest.param(actor(COLLEAGUE), False, True, id="any member reads what is open"),
        pytest.param(actor(None), False, True, id="so does one the company does not name"),
        pytest.param(actor(COLLEAGUE), True, False, id="what is private stays in the channel"),
        pytest.param(actor(COLLEAGUE, inside=True), True, True, id="which reads it"),
        pytest.param(actor(None, inside=True), True, True, id="also one the company does not name"),
        pytest.param(actor(COLLEAGUE, outsider=True, inside=True), True, True, id="and a guest who was let in"),
        pytest.param(actor(OWNER), True, False, id="a member of the team who is not in its channel does not"),
        pytest.param(actor(BOSS, admin=True), True, False, id="nor does an admin"),
        pytest.param(actor(LEAD), True, True, id="the team's lead does"),
        pytest.param(actor(COLLEAGUE, outsider=True), False, False, id="a guest of another team sees nothing"),
        pytest.param(actor(OWNER, outsider=True), False, True, id="a guest in the team sees it"),
        pytest.param(actor(COLLEAGUE, outsider=True, inside=True), False, True, id="and so does one in its channel"),
        pytest.param(actor(None, outsider=True), False, False, id="a stranger sees nothing"),
        pytest.param(actor(LEAD, outsider=True), False, True, id="a guest who leads it sees it"),
    ],
)
def test_members_read_all_that_is_open_and_guests_only_their_teams(who: Actor, private: bool, may: bool) -> None:
    assert may_read(who, GROWTH, private=private) is may


@pytest.mark.parametrize(
    ("who", "asked", "may"),
    [
        pytest.param(actor(OWNER), (), True, id="its owner"),
        pytest.param(actor(BOSS), (), True, id="its objective's owner"),
        pytest.param(actor(ASKED), (), True, id="its check-in owner"),
        pytest.param(actor(OWNER, outsider=True), (), True, id="a guest who owns it"),
        pytest.param(actor(COLLEAGUE), (RETURNING.id,), True, id="a deputy who is asked for it"),
        pytest.param(actor(COLLEAGUE), ("another",), False, id="a colleague who is asked for another"),
        pytest.param(actor(None), (), False, id="one the company does not name"),
    ],
)
def test_whoever_a_private_key_result_concerns_reads_it_outside_its_team_too(
    who: Actor, asked: tuple[str, ...], may: bool
) -> None:
    secret = replace(RETURNING, private=True, objective=replace(RETURNING.objective, owner_id=BOSS.id))
    assert may_read_of(who, secret, team(lead_id=LEAD.id, member_ids=()), asked=asked) is may


def test_only_an_admin_whom_the_company_names_takes_it_along() -> None:
    assert may_export(actor(BOSS, admin=True))
    assert not may_export(actor(None, admin=True)), "an admin of Slack whom the company does not name"
    assert not may_export(actor(LEAD))
