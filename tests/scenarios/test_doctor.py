"""`/okr doctor`: an admin sees who was asked, what came of it, what comes next, and what only a person can settle."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from freezegun.api import FrozenDateTimeFactory

from okr.authority import Actor
from okr.errors import NotAllowed
from tests.stage import NEW_YORK, Stage


class Beating:
    """A scheduler that is alive."""

    beat_age = 1.0

    async def stop(self) -> None:
        pass


@pytest.fixture
async def stage(clock: FrozenDateTimeFactory, database_url: str) -> AsyncIterator[Stage]:
    async with Stage(clock, database_url) as stage:
        await stage.imports()
        stage.running.scheduler = Beating()
        yield stage


@pytest.fixture
async def lite(clock: FrozenDateTimeFactory, sqlite_url: str) -> AsyncIterator[Stage]:
    """As ever, with a scheduler; what Slack refuses here is part of the story."""
    async with Stage(clock, sqlite_url) as stage:
        await stage.imports()
        stage.running.scheduler = Beating()
        yield stage


async def test_an_admin_reads_who_was_asked_what_came_of_it_and_what_comes_next(stage: Stage) -> None:
    await stage.comes("Mon 16 Nov 15:00", NEW_YORK)
    await stage.answers(stage.dana, {"Returning customers": ("45", "On track"), "Refunds a week": ("90", "On track")})
    report = (await stage.asks(stage.elena, "/okr doctor")).shown
    assert "Tutto bene." in report
    await stage.playground.change(stage.elena, locale="en-GB")
    report = (await stage.asks(stage.elena, "/okr doctor")).shown
    assert "All is well." in report
    assert "2 of 2 connections to Slack, keeps time" in report
    assert "Round of Monday 16 November: 1 answered · 1 asked, no answer yet" in report
    assert "answered: Dana Rossi" in report
    assert "asked, no answer yet: Luca Bianchi" in report
    assert "Next round Monday 23 November: Dana Rossi Monday 09:00 and Luca Bianchi Monday 09:00; digest" in report


async def test_whoever_could_not_be_asked_is_named_with_the_reason(lite: Stage) -> None:
    await lite.playground.change(lite.elena, locale="en-GB")
    lite.playground.faults.refuse("chat.postMessage", "is_archived", times=1)
    await lite.comes("Mon 16 Nov 09:00", "Asia/Kolkata")
    report = (await lite.asks(lite.elena, "/okr doctor")).shown
    assert "Something needs attention." in report
    assert "Priya Nair: could not be asked – the channel is archived" in report
    assert report.index("Support") < report.index("Growth"), "what needs attention comes first"


async def test_a_message_that_is_late_and_a_scheduler_that_stands_still_are_said(lite: Stage) -> None:
    await lite.playground.change(lite.elena, locale="en-GB")
    await lite.comes("Mon 16 Nov 09:00", "Asia/Kolkata")
    lite.frozen.move_to(datetime(2026, 11, 16, 9, 45, tzinfo=UTC))
    Beating.beat_age, before = 3600.0, Beating.beat_age
    report = (await lite.asks(lite.elena, "/okr doctor")).shown
    Beating.beat_age = before
    assert "its scheduler stands still" in report
    assert "Nobody keeps time: what comes due is not sent." in report
    assert "⚠ Next round Monday 16 November: Dana Rossi" in report, "its hour has passed, and it did not open"


async def test_others_are_refused_kindly(lite: Stage) -> None:
    said = (await lite.asks(lite.dana, "/okr doctor")).shown
    assert "Only admins can see how okrbot itself is doing" in said
    assert "Round" not in said
    with pytest.raises(NotAllowed):
        await lite.running.rituals.doctor.post_again(
            lite.running.workspace.id, Actor("U1"), "any", 1, datetime.now(UTC)
        )


async def test_a_digest_nobody_can_look_for_is_posted_again_once_however_often_an_admin_presses(lite: Stage) -> None:
    await lite.playground.change(lite.elena, locale="en-GB")
    await lite.comes("Mon 16 Nov 09:00")
    await lite.comes("Tue 17 Nov 09:59")
    lite.playground.faults.lose_answer("chat.postMessage")
    await lite.comes("Tue 17 Nov 10:00")
    for _ in range(2):
        lite.frozen.tick(timedelta(minutes=3))
        await lite.ticks()
    assert len(lite.growth.reads()) == 1, "without permission to look, nothing is sent a second time"

    report = await lite.asks(lite.elena, "/okr doctor")
    assert "Digest of Growth, due Tuesday 10:00: Slack’s answer was lost" in report.shown
    await asyncio.gather(
        lite.elena.clicks("Post again: Digest of Growth", message=report),
        lite.elena.clicks("Post again: Digest of Growth", message=report),
    )
    await lite.elena.clicks("Post again: Digest of Growth", message=report)
    assert len(lite.growth.reads()) == 2
    replies = [one.shown for one in lite.elena.sees_ephemerals()][-3:]
    assert (
        sorted(replies)
        == ["It is posted again right away."] + ["That is settled already; nothing was posted again."] * 2
    )
    assert "Post again" not in (await lite.asks(lite.elena, "/okr doctor")).buttons
