"""Scenarios play on a stage with the company imported; each ends with Slack having refused nothing."""

from collections.abc import AsyncIterator

import pytest
from freezegun.api import FrozenDateTimeFactory

from tests.stage import Stage


@pytest.fixture
async def stage(clock: FrozenDateTimeFactory, northwind_url: str) -> AsyncIterator[Stage]:
    """On both databases."""
    async with Stage(clock, northwind_url) as stage:
        yield stage
        assert [str(one) for one in stage.playground.refusals] == []


@pytest.fixture
async def lite(clock: FrozenDateTimeFactory, sqlite_northwind_url: str) -> AsyncIterator[Stage]:
    """On SQLite alone, for what does not depend on the kind of database."""
    async with Stage(clock, sqlite_northwind_url) as stage:
        yield stage
        assert [str(one) for one in stage.playground.refusals] == []
