"""Who reads what is private: whoever is in the team's channel, as far as it is known, and nobody else."""

from datetime import UTC, datetime, timedelta

import pytest

from playground import Person
from rituals.channels import Channels
from tests import companies
from tests.stage import Stage

TAKEOVER = "Price of the takeover"


@pytest.fixture
async def secret(lite: Stage) -> Stage:
    """Growth has a private key result of Dana's. Luca and Elena are in its channel; Nora and Marcus are not."""
    await lite.imports(companies.WITH_A_SECRET)
    await lite.reads_channels()
    return lite


def asked_about(stage: Stage) -> list[str]:
    """The channels Slack was asked about, one for each list of members."""
    return [one.body["request"]["channel"] for one in stage.playground.traffic if one.name == "conversations.members"]


async def reads_it(stage: Stage, person: Person) -> bool:
    return TAKEOVER in (await stage.asks(person, "/okr status growth")).shown


async def test_whoever_is_in_the_channel_reads_it_and_nobody_else_does(secret: Stage) -> None:
    assert [await reads_it(secret, one) for one in (secret.dana, secret.luca, secret.elena)] == [True, True, True]
    assert [await reads_it(secret, one) for one in (secret.nora, secret.marcus, secret.omar)] == [False, False, False]


async def test_joining_and_leaving_hold_at_once(secret: Stage) -> None:
    await secret.growth.invite(secret.nora)
    await secret.growth.kick(secret.luca)
    await secret.settle()
    assert await reads_it(secret, secret.nora)
    assert not await reads_it(secret, secret.luca)


async def test_a_guest_who_is_invited_reads_it(secret: Stage) -> None:
    await secret.growth.invite(secret.omar)
    await secret.settle()
    assert await reads_it(secret, secret.omar)


async def test_what_no_event_told_is_found_after_five_minutes(secret: Stage) -> None:
    inside = secret.growth.conversation.members
    inside.append(secret.nora.id)
    inside.remove(secret.luca.id)
    await secret.moves_to(datetime.now(UTC) + timedelta(minutes=4, seconds=59))
    assert (await reads_it(secret, secret.nora), await reads_it(secret, secret.luca)) == (False, True)
    await secret.moves_to(datetime.now(UTC) + timedelta(seconds=1))
    assert (await reads_it(secret, secret.nora), await reads_it(secret, secret.luca)) == (True, False)


async def test_nothing_is_known_any_more_when_slack_does_not_say_for_fifteen_minutes(secret: Stage) -> None:
    secret.playground.faults.break_down("conversations.members", times=9)
    await secret.moves_to(datetime.now(UTC) + timedelta(minutes=15))
    assert await reads_it(secret, secret.luca)
    await secret.moves_to(datetime.now(UTC) + timedelta(seconds=1))
    assert not await reads_it(secret, secret.luca)
    assert await reads_it(secret, secret.dana)


async def test_a_channel_of_several_pages_is_read_whole_and_one_of_thousands_keeps_nothing_to_itself(
    secret: Stage,
) -> None:
    inside = secret.growth.conversation.members
    inside[:] = [*inside, *(f"U0CROWD{number}" for number in range(450)), secret.nora.id]
    await secret.moves_to(datetime.now(UTC) + timedelta(minutes=5))
    assert await reads_it(secret, secret.nora)
    inside[:] = [*inside, *(f"U0MANY{number}" for number in range(1600))]
    await secret.moves_to(datetime.now(UTC) + timedelta(minutes=5))
    assert not await reads_it(secret, secret.nora)


async def test_a_bot_that_cannot_look_hides_it_at_once(secret: Stage) -> None:
    secret.playground.faults.refuse("conversations.info", "channel_not_found")
    await secret.moves_to(datetime.now(UTC) + timedelta(minutes=5))
    assert not await reads_it(secret, secret.luca)
    assert await reads_it(secret, secret.dana)
    await secret.moves_to(datetime.now(UTC) + timedelta(minutes=5))
    assert await reads_it(secret, secret.luca)


async def test_an_archived_channel_has_nobody_inside(secret: Stage) -> None:
    await secret.growth.archive()
    await secret.moves_to(datetime.now(UTC) + timedelta(minutes=5))
    assert not await reads_it(secret, secret.luca)


async def test_removing_the_bot_hides_it_until_slack_was_asked_again(secret: Stage) -> None:
    await secret.growth.kick(secret.slack_app)
    await secret.settle()
    assert not await reads_it(secret, secret.luca)
    await secret.reads_channels()
    assert await reads_it(secret, secret.luca)


async def test_news_that_comes_late_or_twice_changes_nothing(secret: Stage) -> None:
    channels, workspace = secret.running.rituals.channels, secret.running.workspace.id
    now = datetime.now(UTC)
    earlier, later = now + timedelta(seconds=1), now + timedelta(seconds=2)
    await channels.note(workspace, secret.growth.id, secret.nora.id, later, inside=False)
    await channels.note(workspace, secret.growth.id, secret.nora.id, earlier, inside=True)
    assert not await reads_it(secret, secret.nora)
    for _ in range(2):
        await channels.note(workspace, secret.growth.id, secret.nora.id, later + timedelta(seconds=1), inside=True)
    assert await reads_it(secret, secret.nora)
    before_it_was_read = now - timedelta(minutes=2)
    await channels.note(workspace, secret.growth.id, secret.marcus.id, before_it_was_read, inside=True)
    assert not await reads_it(secret, secret.marcus)


async def test_what_slack_answers_from_before_does_not_undo_newer_news(secret: Stage) -> None:
    await secret.moves_to(datetime.now(UTC) + timedelta(minutes=4, seconds=50))
    await secret.growth.kick(secret.luca)
    secret.growth.conversation.members.append(secret.luca.id)
    await secret.moves_to(datetime.now(UTC) + timedelta(seconds=20))
    assert asked_about(secret) == [secret.growth.id] * 2
    assert not await reads_it(secret, secret.luca)
    await secret.moves_to(datetime.now(UTC) + timedelta(minutes=5))
    assert await reads_it(secret, secret.luca)


async def test_only_channels_with_something_private_are_read_and_only_once_in_five_minutes(secret: Stage) -> None:
    await secret.reads_channels()
    assert asked_about(secret) == [secret.growth.id]
    await secret.moves_to(datetime.now(UTC) + timedelta(minutes=5))
    assert asked_about(secret) == [secret.growth.id] * 2
    assert [id for (id,) in await secret.kept("SELECT id FROM channels")] == [secret.growth.id]
    await secret.imports(companies.with_key_results("growth", [companies.key_result(TAKEOVER, "dana")]))
    await secret.reads_channels()
    assert await secret.kept("SELECT id FROM channels") == []
    assert await secret.kept("SELECT slack_id FROM channel_members") == []


async def test_of_two_processes_one_asks(secret: Stage) -> None:
    now = datetime.now(UTC) + timedelta(minutes=5)
    bot = secret.running
    for one in (bot.rituals.channels, Channels(bot.database, bot.rituals.messenger)):
        await one.read_some(now)
    assert asked_about(secret) == [secret.growth.id] * 2


async def test_on_both_databases_news_and_answers_find_the_same_people(stage: Stage) -> None:
    await stage.imports(companies.WITH_A_SECRET)
    await stage.reads_channels()
    assert (await reads_it(stage, stage.luca), await reads_it(stage, stage.nora)) == (True, False)
    await stage.growth.kick(stage.luca)
    await stage.growth.invite(stage.nora)
    await stage.settle()
    assert (await reads_it(stage, stage.luca), await reads_it(stage, stage.nora)) == (False, True)
    await stage.moves_to(datetime.now(UTC) + timedelta(minutes=6))
    await stage.moves_to(datetime.now(UTC) + timedelta(minutes=5))
    assert (await reads_it(stage, stage.luca), await reads_it(stage, stage.nora)) == (False, True)
    await stage.growth.kick(stage.slack_app)
    await stage.settle()
    assert not await reads_it(stage, stage.nora)
