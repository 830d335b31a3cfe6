"""A workspace with two people, a channel and the echo app, started for each test."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from playground import Channel, InstalledApp, Person, Playground
from tests.playground.echo import MANIFEST, Bot
from tests.playground.forms import colour_input, form, text_input


class StillClock:
    """A clock that stands until a test moves it."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment

    def pass_time(self, **amount: int) -> None:
        self.moment += timedelta(**amount)


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
async def playground(clock: StillClock) -> AsyncIterator[Playground]:
    playground = Playground(clock, redelivery_after=0.3, patience=1.0)
    await playground.start()
    yield playground
    await playground.stop()


@pytest.fixture
def installed(playground: Playground) -> InstalledApp:
    return playground.install(MANIFEST)


@pytest.fixture
def dana(playground: Playground) -> Person:
    return playground.person("dana", real_name="Dana Rossi", tz="Europe/Rome", locale="it-IT")


@pytest.fixture
def sam(playground: Playground) -> Person:
    return playground.person("sam", real_name="Sam Okafor", email="sam@example.com")


@pytest.fixture
def growth(playground: Playground, dana: Person, installed: InstalledApp) -> Channel:
    return playground.channel("growth", members=[dana, installed])


@pytest.fixture
async def bot(playground: Playground, installed: InstalledApp) -> AsyncIterator[Bot]:
    async with Bot(playground, installed) as bot:
        yield bot


@pytest.fixture
def opened(bot: Bot) -> list[Any]:
    """What the app saw; its command opens a form with two fields."""
    seen: list[Any] = []

    @bot.app.command("/echo")
    async def open_form(ack: Any, body: Any, client: Any) -> None:
        await ack()
        seen.append(body)
        await client.views_open(
            trigger_id=body["trigger_id"],
            view=form(text_input("Value", "value"), colour_input(), private_metadata="kr:12"),
        )

    return seen
