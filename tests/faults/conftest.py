"""The stage for bad days: what Slack refuses there is part of the story."""

from collections.abc import AsyncIterator

import pytest
from freezegun.api import FrozenDateTimeFactory

from tests.stage import Stage


@pytest.fixture
async def stage(clock: FrozenDateTimeFactory, database_url: str) -> AsyncIterator[Stage]:
    """On both databases."""
    async with Stage(clock, database_url) as stage:
        await stage.imports()
        yield stage


@pytest.fixture
async def lite(clock: FrozenDateTimeFactory, sqlite_url: str) -> AsyncIterator[Stage]:
    """On SQLite alone, for what does not depend on the kind of database."""
    async with Stage(clock, sqlite_url) as stage:
        await stage.imports()
        yield stage
