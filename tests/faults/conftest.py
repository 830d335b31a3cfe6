"""The stage for bad days: what Slack refuses there is part of the story."""

from collections.abc import AsyncIterator

import pytest
from freezegun.api import FrozenDateTimeFactory

from tests.stage import Stage


@pytest.fixture
async def stage(clock: FrozenDateTimeFactory, northwind_url: str) -> AsyncIterator[Stage]:
    """On both databases."""
    async with Stage(clock, northwind_url) as stage:
        yield stage


@pytest.fixture
async def lite(clock: FrozenDateTimeFactory, sqlite_northwind_url: str) -> AsyncIterator[Stage]:
    """On SQLite alone, for what does not depend on the kind of database."""
    async with Stage(clock, sqlite_northwind_url) as stage:
        yield stage
