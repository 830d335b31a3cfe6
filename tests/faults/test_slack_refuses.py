"""Slack refuses for good: a workspace, a person, a channel or a permission. The others go on, and somebody is told."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from structlog.testing import capture_logs

from bot.slack import SlackMessenger
from playground import Playground
from rituals.deliverer import Deliverer
from rituals.messenger import Posted
from tests.stage import COMPANY, MANIFEST, FrozenClock, Stage

AT_ONCE = 32
"""Messages that are on their way together."""


@pytest.mark.parametrize("reason", ["token_revoked", "account_inactive", "invalid_auth"])
async def test_a_workspace_that_shuts_us_out_is_left_alone_and_nothing_is_lost(lite: Stage, reason: str) -> None:
    lite.playground.faults.refuse("chat.postMessage", reason, times=1000)
    with capture_logs() as logs:
        await lite.comes("Mon 16 Nov 09:00")
        called = posts(lite)
        await lite.comes("Mon 16 Nov 11:00")
        await lite.comes("Mon 16 Nov 12:00")
    assert posts(lite) == called <= AT_ONCE, "after the first answer nobody asks again"
    assert [one["reason"] for one in logs if one["event"] == "workspace parked"] == [reason]
    lite.playground.faults.clear()
    await lite.stop_bot()
    await lite.wakes("Mon 16 Nov 12:30")
    assert [len(one.reads()) for one in (lite.dana, lite.luca)] == [1, 1]


async def test_the_doctor_says_that_slack_shut_us_out(lite: Stage) -> None:
    await lite.playground.change(lite.elena, locale="en-GB")
    lite.playground.faults.refuse("chat.postMessage", "token_revoked", times=1000)
    await lite.comes("Mon 16 Nov 09:00")
    await lite.comes("Mon 16 Nov 09:10")
    assert "Slack does not take the bot token any more" in (await lite.asks(lite.elena, "/okr doctor")).shown


async def test_other_workspaces_go_on(lite: Stage, other: "OtherWorkspace") -> None:
    await other.imports(lite)
    lite.playground.faults.refuse("chat.postMessage", "token_revoked", times=1000)
    deliverer = Deliverer(lite.running.database, other.beside(lite))
    lite.frozen.move_to(datetime(2026, 11, 16, 8, tzinfo=UTC))
    now = datetime.now(UTC)
    await lite.running.ticker.plan(now)
    await deliverer.deliver_all(now)
    assert lite.dana.reads() == []
    assert len(other.dana.reads()) == 1


@pytest.mark.parametrize("reason", ["user_disabled", "cannot_dm_bot", "channel_not_found"])
async def test_whoever_cannot_be_written_to_is_left_alone_and_the_lead_hears_of_it_once(
    stage: Stage, reason: str
) -> None:
    stage.playground.faults.refuse("chat.postMessage", reason, times=100, channel=stage.luca.id)
    await stage.comes("Mon 16 Nov 09:00")
    tried = posts(stage, to=stage.luca.id)
    await stage.comes("Mon 16 Nov 15:00")
    await stage.comes("Mon 16 Nov 18:00")
    assert posts(stage, to=stage.luca.id) == tried == 1
    for week in ("Mon 23 Nov 09:00", "Mon 30 Nov 09:00"):
        await stage.comes(week)
    told = [one.shown for one in stage.dana.reads() if "nobody I can ask" in one.shown]
    assert len(told) == 1
    assert told[0].startswith("1 key result has nobody I can ask\nThe loyalty card is out – Luca Bianchi")
    assert posts(stage, to=stage.luca.id) == 1


async def test_whoever_goes_away_while_their_prompt_is_unclear_reads_that_nobody_waits(stage: Stage) -> None:
    """Nothing is asked of him any more, but the prompt stands in his direct message."""
    stage.playground.faults.lose_answer("chat.postMessage", times=3)
    await stage.comes("Mon 16 Nov 09:00")
    await stage.asks(stage.luca, "/okr away until Friday")
    await stage.comes("Mon 16 Nov 09:03")
    assert stage.luca.reads()[0].shown.startswith("Sei via, quindi non aspetto")
    assert [str(one) for one in stage.playground.refusals] == []


async def test_who_may_not_be_looked_for_is_not_given_up(stage: Stage) -> None:
    """Slack refuses to show a conversation: that says nothing of whether it lets us write."""
    stage.playground.faults.lose_answer("chat.postMessage", times=3)
    await stage.comes("Mon 16 Nov 09:00")
    stage.playground.faults.refuse("conversations.history", "channel_not_found", times=3)
    await stage.comes("Mon 16 Nov 09:03")
    assert [len(one.reads()) for one in (stage.priya, stage.dana, stage.luca)] == [1, 1, 1], "nobody is asked twice"
    await stage.comes("Mon 16 Nov 15:00")
    assert [len(one.reads()) for one in (stage.dana, stage.luca)] == [2, 2], "they are reminded as ever"


async def test_news_of_somebody_is_a_reason_to_try_again(lite: Stage) -> None:
    lite.playground.faults.refuse("chat.postMessage", "channel_not_found", channel=lite.luca.id)
    await lite.comes("Mon 16 Nov 09:00")
    await lite.playground.change(lite.luca, real_name="Luca Bianchi-Neri")
    await lite.comes("Mon 23 Nov 09:00")
    assert len(lite.luca.reads()) == 1


@pytest.mark.parametrize(
    ("fate", "said"),
    [
        ("archive", "the channel is archived: give the team another one"),
        ("kick", "okrbot is not in the channel: invite it with /invite"),
        ("delete", "the channel is gone, or private and okrbot is not in it"),
    ],
)
async def test_a_digest_without_a_channel_goes_to_the_lead_once_with_what_to_do(
    stage: Stage, fate: str, said: str
) -> None:
    await stage.comes("Mon 16 Nov 09:00")
    await stage.answers(stage.dana, {"Returning customers": ("45", "On track")})
    stage.growth.kick(stage.slack_app) if fate == "kick" else getattr(stage.growth, fate)()
    await stage.comes("Tue 17 Nov 10:00")
    await stage.comes("Tue 17 Nov 10:05")
    await stage.comes("Tue 17 Nov 12:00")
    (brought,) = [one.shown for one in stage.dana.reads() if "could not be posted" in one.shown]
    assert said in brought
    assert "Growth: check-in of Monday 16 November" in brought
    assert "1 of 3 answered" in brought
    assert not any("could not be posted" in one.shown for one in stage.luca.reads())


async def test_the_digest_in_the_leads_hands_is_kept_up_to_date(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    lite.growth.kick(lite.slack_app)
    await lite.comes("Tue 17 Nov 10:00")
    await lite.comes("Tue 17 Nov 10:01")
    await lite.answers(lite.dana, {"Returning customers": ("45", "On track"), "Refunds a week": ("90", "On track")})
    assert "2 of 3 answered" in next(one.shown for one in lite.dana.reads() if "could not be posted" in one.shown)


async def test_once_the_bot_is_back_in_the_channel_the_next_digest_goes_there(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    lite.growth.kick(lite.slack_app)
    await lite.comes("Tue 17 Nov 10:00")
    lite.growth.invite(lite.slack_app)
    await lite.comes("Mon 23 Nov 09:00")
    await lite.comes("Tue 24 Nov 10:00")
    assert len(lite.growth.reads()) == 1


async def test_a_channel_with_a_new_name_is_the_same_channel(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    lite.growth.rename("growth-and-more")
    await lite.comes("Tue 17 Nov 10:00")
    assert len(lite.growth.reads()) == 1


async def test_a_missing_permission_is_named_and_not_asked_for_again(lite: Stage) -> None:
    await lite.playground.change(lite.elena, locale="en-GB")
    lite.slack_app.scopes -= {"chat:write"}
    await lite.comes("Mon 16 Nov 09:00")
    tried = posts(lite)
    await lite.comes("Mon 16 Nov 09:10")
    assert posts(lite) == tried
    assert await lite.kept("SELECT DISTINCT reason FROM deliveries WHERE state = 'failed'") == [
        ("missing_scope: chat:write",)
    ]
    doctor = (await lite.asks(lite.elena, "/okr doctor")).shown
    assert "the Slack app lacks the permission chat:write" in doctor


class OtherWorkspace:
    """A second Slack, with a Dana of its own, whose ids are the same as in the first."""

    id = "T0OTHER"

    def __init__(self) -> None:
        self.playground = Playground(FrozenClock())
        self.app = self.playground.install(MANIFEST)
        zone = "Europe/Rome"
        self.dana, *_ = (
            self.playground.person(name, real_name=name.title(), tz=zone)
            for name in ("dana", "luca", "elena", "marcus", "priya")
        )
        for name in ("company", "growth", "platform", "support"):
            self.playground.channel(name, members=[self.dana, self.app])

    async def imports(self, stage: Stage) -> None:
        """The same company, in the same memory."""
        companies = type(stage.running.rituals.companies)(stage.running.database, self.messenger(stage))
        await companies.import_file(self.id, "Other", COMPANY, datetime.now(UTC), dry_run=False)

    def messenger(self, stage: Stage) -> SlackMessenger:
        return SlackMessenger(self.app.bot_token, self.playground.api_url, stage.running.http)

    def beside(self, stage: Stage) -> "TwoSlacks":
        return TwoSlacks({self.id: self.messenger(stage), stage.running.workspace.id: stage.running.rituals.messenger})


class TwoSlacks:
    """Each workspace's messages go to its own Slack."""

    def __init__(self, slacks: dict[str, Any]) -> None:
        self.slacks = slacks

    def __getattr__(self, name: str) -> Any:
        async def call(workspace: str, *arguments: Any, **named: Any) -> Posted:
            return await getattr(self.slacks[workspace], name)(workspace, *arguments, **named)

        return call


@pytest.fixture
async def other(clock: FrozenDateTimeFactory) -> AsyncIterator[OtherWorkspace]:
    other = OtherWorkspace()
    await other.playground.start()
    yield other
    await other.playground.stop()


def posts(stage: Stage, to: str = "") -> int:
    """How often okrbot tried to post, to everybody or to one."""
    return sum(
        entry.name == "chat.postMessage" and to in ("", entry.body["request"]["channel"])
        for entry in stage.playground.traffic
    )
