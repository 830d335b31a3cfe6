"""Stopping under load: what was taken is answered, what was begun is finished, and the rest waits for the next bot."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from freezegun.api import FrozenDateTimeFactory

from bot.app import DRAIN_SECONDS
from playground import Person, Playground
from tests.bot.okrbot import Okrbot
from tests.stage import COMPANY, MANIFEST, ROME, Stage

NAMES = {
    "dana": "Dana Rossi",
    "luca": "Luca Bianchi",
    "elena": "Elena Ferri",
    "marcus": "Marcus Green",
    "priya": "Priya Nair",
}
COMMANDS_EACH = 8
PATIENCE = "This takes longer than usual."
"""What people read first where the machine is busy."""


class RealClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


@pytest.fixture
async def playground() -> AsyncIterator[Playground]:
    """It sends again, patiently, what nobody acknowledged: a busy machine has not lost what it is slow about."""
    playground = Playground(RealClock(), redelivery_after=12, patience=80)
    await playground.start()
    yield playground
    await playground.stop()


@pytest.fixture
def people(playground: Playground) -> list[Person]:
    return [playground.person(name, real_name=real, tz=ROME, locale="en-GB") for name, real in NAMES.items()]


@pytest.fixture
async def okrbot(playground: Playground, people: list[Person], tmp_path: Path) -> Okrbot:
    app = playground.install(MANIFEST)
    for name in ("company", "growth", "platform", "support"):
        playground.channel(name, members=[*people, app])
    settings = {"slack_api_url": playground.api_url, "slack_bot_token": app.bot_token, "slack_app_token": app.app_token}
    okrbot = Okrbot(tmp_path, settings | {"health_port": "0"})
    (tmp_path / "company.yaml").write_text(COMPANY, encoding="utf-8")
    imported = await okrbot.ends("import", "company.yaml")
    assert imported.code == 0, imported.err
    return okrbot


@pytest.fixture
async def lite(clock: FrozenDateTimeFactory, sqlite_url: str) -> AsyncIterator[Stage]:
    async with Stage(clock, sqlite_url) as stage:
        await stage.imports()
        yield stage


async def test_sigterm_under_load_loses_no_acknowledgement(
    playground: Playground, people: list[Person], okrbot: Okrbot
) -> None:
    asked = [one for one in people for _ in range(COMMANDS_EACH)]
    async with okrbot.runs("run") as ended:
        async with asyncio.timeout(30):
            await people[0].types("/okr help")
        talking = [asyncio.create_task(one.types("/okr status")) for one in asked]
        await asyncio.wait(talking, return_when=asyncio.FIRST_COMPLETED)
    assert ended[0].code == 0
    assert "Traceback" not in ended[0].err
    assert DRAIN_SECONDS < 10

    async with okrbot.runs("run"):
        await asyncio.gather(*talking)
    said = [message.shown for one in people for message in one.sees_ephemerals() if PATIENCE not in message.shown]
    assert len(said) == 1 + len(asked)
    assert not [one for one in said if "dispatch_failed" in one]
    assert [str(one) for one in playground.refusals] == []


async def test_stopping_finishes_what_is_on_its_way_and_leaves_the_rest_to_the_next_bot(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 08:59")
    before = posts(lite)
    lite.frozen.tick(60)
    lite.playground.faults.slow_down("chat.postMessage", 0.3, times=2)
    lite.running.keep_time(0.1)
    async with asyncio.timeout(5):
        while posts(lite) == before:  # noqa: ASYNC110 - the playground tells nobody what comes in
            await asyncio.sleep(0.01)
    await lite.stop_bot()
    arrived = posts(lite) - before
    assert arrived >= 1

    await lite.start_bot()
    states = [state for (state,) in await lite.kept("SELECT state FROM deliveries WHERE kind = 'prompt'")]
    assert states.count("sent") == before + arrived, "what Slack has is written down, and nothing is left half done"
    assert "leased" not in states
    await lite.ticks()
    assert [len(one.reads()) for one in (lite.dana, lite.luca)] == [1, 1]


def posts(stage: Stage) -> int:
    return len([one for one in stage.playground.traffic if one.name == "chat.postMessage"])
