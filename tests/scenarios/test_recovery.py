"""Bad days: the bot was down, an answer was lost, Slack said later or no. Nothing is lost and nothing doubled."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.app import Bot, build
from okr.deliveries import Kind
from storage import deliveries
from tests.stage import NEW_YORK, Stage

RETURNING, REFUNDS, CARD = "Returning customers", "Refunds a week", "The loyalty card is out"


async def test_a_bot_that_was_down_at_nine_asks_once_when_it_is_back(stage: Stage) -> None:
    await stage.stop_bot()
    await stage.wakes("Mon 16 Nov 11:20")
    assert len(stage.dana.reads()) == len(stage.luca.reads()) == 1
    await stage.comes("Mon 16 Nov 15:00")
    await stage.comes("Mon 16 Nov 18:00")
    assert len(stage.dana.reads()) == 3


async def test_coming_back_in_the_afternoon_brings_no_reminder_along(lite: Stage) -> None:
    await lite.stop_bot()
    await lite.wakes("Mon 16 Nov 15:30")
    assert len(lite.dana.reads()) == 1
    await lite.comes("Mon 16 Nov 18:00")
    assert len(lite.dana.reads()) == 1


async def test_a_bot_that_was_down_for_both_reminders_sends_one(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.stop_bot()
    await lite.wakes("Mon 16 Nov 18:10")
    assert len(lite.dana.reads()) == 2


async def test_no_reminder_comes_at_night(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.stop_bot()
    await lite.wakes("Mon 16 Nov 23:00")
    await lite.comes("Tue 17 Nov 08:00")
    assert len(lite.dana.reads()) == 1


async def test_after_a_whole_round_down_nobody_is_asked_and_the_next_digest_says_so(stage: Stage) -> None:
    await stage.stop_bot()
    await stage.wakes("Wed 18 Nov 09:00")
    assert stage.dana.reads() == []
    assert stage.growth.reads() == []
    await stage.comes("Mon 23 Nov 09:00")
    assert len(stage.dana.reads()) == 1
    await stage.comes("Tue 24 Nov 10:00")
    assert "I was not running on 16 Nov, so nobody was asked then." in stage.growth.reads()[-1].shown


async def test_whom_the_question_never_reached_is_not_called_silent(lite: Stage) -> None:
    await lite.playground.change(lite.luca, tz=NEW_YORK)
    await lite.comes("Mon 16 Nov 09:00")
    await lite.stop_bot()
    await lite.wakes("Tue 17 Nov 12:00")
    assert len(lite.dana.reads()) == 1
    assert lite.luca.reads() == []
    digest = lite.growth.reads()[-1].shown
    assert "Still waiting to hear from Dana Rossi." in digest
    assert "My question did not reach Luca Bianchi." in digest
    await lite.answers(lite.luca, {CARD: ("Designed", "On track")})
    assert "did not reach" not in lite.growth.reads()[-1].shown


async def test_asleep_through_three_mondays_there_is_one_round(stage: Stage) -> None:
    await stage.stop_bot()
    await stage.wakes("Mon 7 Dec 12:00")
    assert len(stage.dana.reads()) == 1
    await stage.comes("Tue 8 Dec 10:00")
    assert len(stage.growth.reads()) == 1
    said = "I was not running on 16 Nov, 23 Nov and 30 Nov, so nobody was asked then."
    assert said in stage.growth.reads()[-1].shown.replace("Nov, and", "Nov and")


async def test_down_over_the_digest_it_is_posted_on_return(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.answers(lite.dana, {RETURNING: ("45", "On track")})
    await lite.stop_bot()
    await lite.wakes("Tue 17 Nov 13:00")
    assert "1 of 3 answered" in lite.growth.reads()[-1].shown
    assert len(lite.growth.reads()) == 1


async def test_a_prompt_whose_answer_was_lost_is_found_and_not_doubled(stage: Stage) -> None:
    stage.playground.faults.lose_answer("chat.postMessage", times=3)
    await stage.comes("Mon 16 Nov 09:00")
    assert _received(stage) == [1, 1, 1]
    await stage.answers(stage.dana, {RETURNING: ("45", "On track")})
    await _waits(stage, seconds=30)
    assert stage.dana.reads()[0].shown.startswith("Hello Dana"), "left alone until the quarantine is over"
    await _waits(stage, seconds=120)
    assert _received(stage) == [1, 1, 1]
    assert stage.dana.reads()[0].shown.startswith("1 key result to go")


async def test_a_digest_whose_answer_was_lost_is_not_doubled(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    lite.playground.faults.lose_answer("chat.postMessage")
    await lite.comes("Tue 17 Nov 05:30")
    await _waits(lite, seconds=130)
    await _waits(lite, seconds=3600)
    assert len(lite.support.reads()) == 1
    lite.forgives("missing_scope")  # a bot that may not read the channel cannot look, so a person has to


async def test_another_process_finds_what_the_first_one_sent(stage: Stage) -> None:
    stage.playground.faults.lose_answer("chat.postMessage", times=3)
    await stage.comes("Mon 16 Nov 09:00")
    await stage.stop_bot()
    await stage.wakes("Mon 16 Nov 09:30")
    assert len(stage.dana.reads()) == len(stage.luca.reads()) == 1


@pytest.mark.parametrize("reason", ["internal_error", "fatal_error"])
async def test_what_slack_broke_on_without_posting_is_sent_later(lite: Stage, reason: str) -> None:
    lite.playground.faults.refuse("chat.postMessage", reason, times=3)
    await lite.comes("Mon 16 Nov 09:00")
    assert _received(lite) == [0, 0, 0]
    await _waits(lite, seconds=130)
    assert _received(lite) == [1, 1, 1]


async def test_when_slack_asks_for_patience_the_prompt_waits_and_is_sent(stage: Stage) -> None:
    stage.playground.faults.ratelimit("chat.postMessage", retry_after=1, times=3)
    await stage.comes("Mon 16 Nov 09:00")
    assert _received(stage) == [0, 0, 0]
    await _waits(stage, seconds=2)
    assert _received(stage) == [1, 1, 1]


async def test_a_channel_that_refuses_is_noted_with_its_reason_and_others_go_on(stage: Stage) -> None:
    await stage.comes("Mon 16 Nov 09:00")
    await stage.comes("Mon 16 Nov 09:00", NEW_YORK)
    await stage.growth.kick(stage.slack_app)
    await stage.comes("Tue 17 Nov 10:00")
    assert stage.growth.reads() == []
    failed = await stage.kept("SELECT reason FROM deliveries WHERE state = 'failed' AND kind = 'digest'")
    assert failed == [("not_in_channel",)]
    await stage.comes("Tue 17 Nov 10:00", NEW_YORK)
    assert len(stage.platform.reads()) == 1
    stage.forgives("not_in_channel")


async def test_a_message_that_cannot_be_drawn_holds_up_nobody(stage: Stage) -> None:
    await _owes_something_impossible(stage)
    await stage.comes("Mon 16 Nov 09:00")
    assert len(stage.dana.reads()) == len(stage.luca.reads()) == 1
    for _ in range(4):
        await _waits(stage, seconds=130)
    kept = await stage.kept("SELECT state, tries FROM deliveries WHERE key = 'prompt:nobody'")
    assert kept == [("failed", 3)]
    await stage.comes("Tue 17 Nov 10:00")
    assert len(stage.growth.reads()) == 1


async def test_a_receipt_slack_refuses_costs_nobody_their_answer(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    lite.playground.faults.break_down("chat.update")
    await lite.answers(lite.dana, {RETURNING: ("45", "On track")})
    assert await lite.kept("SELECT count(*) FROM checkins") == [(1,)]
    await _waits(lite, seconds=130)
    assert lite.dana.reads()[0].shown.startswith("1 key result to go")


async def test_two_bots_on_one_database_ask_everybody_once(stage: Stage, twin: Bot) -> None:
    stage.frozen.move_to(datetime(2026, 11, 16, 8, tzinfo=UTC))
    now = datetime.now(UTC)
    await asyncio.gather(stage.running.ticker.tick(now), twin.ticker.tick(now))
    assert len(stage.dana.reads()) == len(stage.luca.reads()) == len(stage.priya.reads()) == 1
    stage.frozen.move_to(datetime(2026, 11, 17, 9, tzinfo=UTC))
    now = datetime.now(UTC)
    await asyncio.gather(stage.running.ticker.tick(now), twin.ticker.tick(now))
    assert len(stage.growth.reads()) == 1


async def test_slack_that_cannot_be_reached_is_tried_again(lite: Stage) -> None:
    lite.playground.faults.break_down("chat.postMessage", 503, times=3)
    await lite.comes("Mon 16 Nov 09:00")
    assert _received(lite) == [0, 0, 0]
    await _waits(lite, seconds=130)
    assert _received(lite) == [1, 1, 1]


@pytest.fixture
async def twin(stage: Stage) -> AsyncIterator[Bot]:
    """A second process of the same bot."""
    async with await build(stage.running.settings) as bot:
        yield bot


def _received(stage: Stage) -> list[int]:
    """How many messages each of those who are asked by Monday 09:00 in Rome has."""
    return [len(one.reads()) for one in (stage.priya, stage.dana, stage.luca)]


async def _waits(stage: Stage, *, seconds: int) -> None:
    await stage.moves_to(datetime.now(UTC) + timedelta(seconds=seconds))


async def _owes_something_impossible(stage: Stage) -> None:
    """A prompt to nobody, due before all others: no bot makes one, but a broken row must not stop the ledger."""
    async with stage.running.database.transaction() as tx:
        due = datetime(2026, 11, 16, 3, tzinfo=UTC)
        await deliveries.plan(tx, stage.running.workspace.id, "prompt:nobody", Kind.PROMPT, due)
