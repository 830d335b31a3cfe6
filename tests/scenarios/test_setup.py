"""A new team, from the bot's greeting to its first digest: no file, no terminal."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from freezegun.api import FrozenDateTimeFactory

from blocks import setup_standards
from blocks.setup_form import SetupWords
from tests.form import fills_in
from tests.stage import Stage

SHOP, VISITS = "Be the shop one tells friends about", "Customers sent by a friend"


@pytest.fixture
async def empty(clock: FrozenDateTimeFactory, sqlite_url: str) -> AsyncIterator[Stage]:
    """A workspace in which nobody has imported anything."""
    async with Stage(clock, sqlite_url) as stage:
        yield stage
        assert [str(one) for one in stage.playground.refusals] == []


async def names(stage: Stage) -> set[str]:
    """Everybody the company names."""
    return {name for (name,) in await stage.kept("SELECT name FROM people")}


async def sets_up_growth(stage: Stage) -> None:
    await stage.dana.types("/okr setup", stage.growth)
    await stage.dana.submits()


async def test_the_bot_greets_the_channel_it_is_invited_to_once(empty: Stage) -> None:
    room = empty.playground.channel("launch", members=[empty.dana])
    await room.invite(empty.slack_app)
    (greeting,) = room.reads()
    assert greeting.shown.startswith("Hello! I am here so that goals are not forgotten")
    assert greeting.buttons == ["Set up"]
    await room.kick(empty.slack_app)
    await room.invite(empty.slack_app)
    assert len(room.reads()) == 1


async def test_the_greeting_speaks_the_language_of_whoever_invited_the_bot(empty: Stage) -> None:
    italian = empty.playground.channel("lancio", members=[empty.luca])
    await italian.invite(empty.slack_app, by=empty.luca)
    assert italian.reads()[-1].buttons == ["Configura"]
    english = empty.playground.channel("launch", members=[empty.luca, empty.dana])
    await english.invite(empty.slack_app, by=empty.dana)
    assert english.reads()[-1].buttons == ["Set up"]


async def test_somebody_else_who_joins_is_not_greeted(empty: Stage) -> None:
    await empty.growth.invite(empty.nora)
    assert empty.growth.reads() == []


async def test_a_channel_in_which_a_team_reads_its_digest_is_not_greeted(lite: Stage) -> None:
    await lite.growth.kick(lite.slack_app)
    await lite.growth.invite(lite.slack_app)
    assert lite.growth.reads() == []


async def test_a_team_is_set_up_with_what_its_channel_says(empty: Stage) -> None:
    await empty.dana.types("/okr setup", empty.growth)
    assert empty.dana.modal.title == "Set up a team"
    assert empty.dana.modal.values["What the team is called"] == "Growth"
    assert set(empty.dana.modal.values["Who works in it"]) >= {empty.dana.id, empty.luca.id, empty.elena.id}
    await empty.dana.submits()
    assert "Growth is set up." in empty.dana.modal.text
    assert "The next 14 days" in empty.dana.modal.text or "Growth: the next 14 days" in empty.dana.modal.text


async def test_from_the_greeting_to_the_first_digest_without_a_file(empty: Stage) -> None:
    await sets_up_growth(empty)
    await empty.dana.clicks("Write an objective")
    await empty.dana.submits({"Objective": SHOP})
    await empty.dana.submits({"Key result": VISITS, "Measure": "from 5% to 15%", "Owner": "Luca Bianchi"})
    await empty.dana.closes_all()
    await empty.comes("Mon 16 Nov 09:00")
    assert VISITS in empty.luca.reads()[-1].shown
    await empty.luca.clicks("Fai il check-in")
    await fills_in(empty.luca, VISITS, "7", "On track")
    await empty.luca.submits()
    await empty.comes("Tue 17 Nov 10:00")
    assert VISITS in empty.growth.reads()[-1].shown
    assert "7%" in empty.growth.reads()[-1].shown


async def test_a_rhythm_can_be_written_in_ones_own_words(empty: Stage) -> None:
    await empty.dana.types("/okr setup", empty.growth)
    await empty.dana.submits({"Or in your own words": "every full moon"})
    assert "every full moon" in str(empty.dana.modal.errors)
    await empty.dana.submits({"Or in your own words": "ogni venerdì alle 14; riepilogo lunedì alle 10"})
    assert "Growth is set up." in empty.dana.modal.text
    assert "every Friday at 14:00" in empty.dana.modal.text.lower() or "Every Friday at 14:00" in empty.dana.modal.text


async def test_a_channel_the_bot_is_not_in_is_said_beside_the_field(empty: Stage) -> None:
    room = empty.playground.channel("secret-plans", members=[empty.dana])
    await empty.dana.types("/okr setup", empty.growth)
    await empty.dana.submits({"Channel": room})
    assert list(empty.dana.modal.errors.values()) == [
        "Invite me there first: type /invite @okrbot in that channel, then press Save again."
    ]


async def test_where_the_bot_is_not_in_yet_the_form_says_so_at_once(empty: Stage) -> None:
    room = empty.playground.channel("secret-plans", members=[empty.dana])
    await empty.dana.types("/okr setup", room)
    assert "I am not in this channel yet: type /invite @okrbot there before you save." in empty.dana.modal.text
    assert empty.dana.modal.values["What the team is called"] == "Secret plans"


async def test_a_private_channel_the_app_may_not_look_into_is_said_to_be_one(empty: Stage) -> None:
    room = empty.playground.channel("secret-plans", members=[empty.dana, empty.slack_app], private=True)
    empty.slack_app.scopes -= {"groups:read"}
    await empty.dana.types("/okr setup", room)
    await empty.dana.submits({"Channel": room, "What the team is called": "Secret"})
    (said,) = empty.dana.modal.errors.values()
    assert said.startswith("This channel is private, and okrbot’s Slack app lacks the permission groups:read")
    empty.forgives("missing_scope")


async def test_an_admin_of_slack_whom_the_company_does_not_name_may_set_up_and_write(empty: Stage) -> None:
    await sets_up_growth(empty)
    await empty.dana.closes_all()
    ada = empty.playground.person("ada", real_name="Ada Admin", locale="en-GB", is_admin=True)
    empty.growth.conversation.members.append(ada.id)
    await ada.types("/okr new")
    assert await names(empty) == {"Dana Rossi", "Luca Bianchi", "Elena Ferri"}, "looking makes nobody a person of it"
    await ada.submits({"Objective": SHOP})
    await ada.submits({"Key result": VISITS, "Measure": "from 5% to 15%"})
    await ada.closes_all()
    assert await empty.kept("SELECT title, state FROM objectives") == [(SHOP, "active")]
    await ada.types("/okr setup", empty.growth)
    await ada.submits({"What the team is called": "Growth and love", "Confidence": "1 to 5"})
    assert await empty.kept("SELECT teams.name, scale FROM teams, workspaces") == [("Growth and love", "1-5")]
    assert "Ada Admin" in await names(empty)


async def test_an_admin_of_slack_has_no_say_where_the_company_names_its_own(lite: Stage) -> None:
    ada = lite.playground.person("ada", real_name="Ada Admin", locale="en-GB", is_admin=True)
    lite.growth.conversation.members.append(ada.id)
    assert "Only the lead of Growth or an admin" in (await lite.asks(ada, "/okr setup", lite.growth)).shown
    await ada.types("/okr new")
    assert "This will be a draft until the team’s lead confirms it." in ada.modal.text
    assert "Ada Admin" not in await names(lite)


async def test_only_the_lead_sets_a_team_up_anew_and_finds_it_as_it_is(empty: Stage) -> None:
    await sets_up_growth(empty)
    await empty.dana.closes_all()
    refused = await empty.asks(empty.luca, "/okr configura", empty.growth)
    assert "Può riconfigurarlo solo chi guida Growth o un admin." in refused.shown
    await empty.dana.types("/okr setup", empty.growth)
    assert empty.dana.modal.values["When I ask"] == "As it is"
    await empty.dana.submits({"What the team is called": "Growth and love"})
    assert await empty.kept("SELECT name, key FROM teams") == [("Growth and love", "growth")]


async def test_who_sets_up_the_first_team_decides_how_confidence_is_given(empty: Stage) -> None:
    await empty.dana.types("/okr setup", empty.growth)
    await empty.dana.submits({"Confidence": "0 to 10", "Objectives of a team, at most": "1"})
    await empty.dana.clicks("Write an objective")
    await empty.dana.submits({"Objective": SHOP})
    assert "💡" not in empty.dana.modal.text
    await empty.dana.submits({"Key result": VISITS, "Measure": "from 5% to 15%", "Where the number comes from": "Till"})
    assert "💡 1 key result so far. With 3 to 5" in empty.dana.modal.text
    await empty.dana.closes_all()
    await empty.comes("Mon 16 Nov 09:00")
    await empty.dana.clicks("Check in")
    await fills_in(empty.dana, VISITS, "7", "8")
    await empty.dana.submits()
    assert "🟢 On track, 8 of 10" in empty.dana.reads()[-1].shown
    await empty.dana.types("/okr new")
    await empty.dana.submits({"Objective": "Be found by whoever looks for a gift"})
    assert "💡 2 objectives for one team: up to 1 get the attention they deserve." in empty.dana.modal.text


async def test_the_lead_of_a_team_below_reads_what_the_company_has_decided(lite: Stage) -> None:
    await lite.dana.types("/okr setup", lite.growth)
    assert "Confidence" not in lite.dana.modal.values
    assert "Confidence is given as a colour." in lite.dana.modal.text
    assert "The lead of Northwind and admins can change this here." in lite.dana.modal.text
    await lite.dana.submits({"Hour of the digest": "15:00"})
    assert "digest Tuesday at 15:00" in lite.dana.modal.text
    assert await lite.kept("SELECT digest_at FROM teams WHERE key = 'growth'") == [("15:00:00.000000",)]


async def test_a_guest_cannot_set_anything_up(empty: Stage) -> None:
    empty.growth.conversation.members.append(empty.omar.id)
    refused = await empty.asks(empty.omar, "/okr setup", empty.growth)
    assert refused.shown == "Guests cannot set up a team. Ask somebody who works here to do it."


async def test_the_same_set_up_delivered_twice_makes_one_team(empty: Stage) -> None:
    await empty.dana.types("/okr setup", empty.growth)
    empty.playground.deliver_twice()
    await empty.dana.submits()
    assert await empty.kept("SELECT count(*) FROM teams") == [(1,)]


async def test_a_channel_in_which_another_team_reads_its_digest_is_said_beside_the_field(empty: Stage) -> None:
    await sets_up_growth(empty)
    await empty.dana.closes_all()
    await empty.dana.types("/okr setup", empty.support if empty.dana.id in empty.support.conversation.members else None)
    await empty.dana.submits({"Channel": empty.growth, "What the team is called": "Another"})
    assert "Growth reads its digest there already." in str(empty.dana.modal.errors)
    assert await empty.kept("SELECT name FROM teams") == [("Growth",)]


async def test_an_admin_who_changes_a_team_does_not_become_one_of_it(lite: Stage) -> None:
    await lite.elena.types("/okr setup", lite.growth)
    await lite.elena.submits()
    assert await lite.kept(
        "SELECT people.key FROM team_members JOIN people ON people.id = person_id "
        "JOIN teams ON teams.id = team_id WHERE teams.key = 'growth' ORDER BY people.key"
    ) == [("dana",), ("luca",)]


async def test_what_another_admin_has_changed_since_a_form_was_read_stays(lite: Stage) -> None:
    rituals, workspace, now = lite.running.rituals, lite.running.workspace.id, datetime.now(UTC)
    elena = await rituals.actors.find(workspace, lite.elena.id, now)
    form = await rituals.setups.begin(workspace, elena, lite.growth.id)
    for source, chosen in (("hers", {setup_standards.SCALE: "0-10"}), ("his", {setup_standards.OBJECTIVES: "3"})):
        words = SetupWords(lite.growth.id, form.name, form.people, "en", form.rhythm, form.team_id, chosen)
        await rituals.setups.save(workspace, "", elena, words, source=source, now=now)
    assert await lite.kept("SELECT scale, most_objectives FROM workspaces") == [("0-10", 3)]
