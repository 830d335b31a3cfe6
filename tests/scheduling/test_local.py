"""Several bots with the local engine on one database."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from freezegun.api import FrozenDateTimeFactory

from bot.app import build
from tests.companies import DANA_IN_TWO_TEAMS
from tests.stage import Stage


@pytest.fixture
async def stage(clock: FrozenDateTimeFactory, database_url: str) -> AsyncIterator[Stage]:
    async with Stage(clock, database_url) as stage:
        yield stage
        assert [str(one) for one in stage.playground.refusals] == []


async def test_two_bots_that_tick_at_once_ask_each_person_once(stage: Stage) -> None:
    await stage.imports(DANA_IN_TWO_TEAMS)
    stage.frozen.move_to(datetime(2026, 11, 16, 8, 30, tzinfo=UTC))
    async with await build(stage.running.settings) as other:
        now = datetime.now(UTC)
        await asyncio.gather(stage.running.ticker.tick(now), other.ticker.tick(now))
    assert [len(person.reads()) for person in (stage.dana, stage.luca, stage.priya)] == [1, 1, 1]
    assert stage.marcus.reads() == []
