"""/healthz and /metrics: what watches the process learns of every part, and of nobody."""

import asyncio
import socket
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from freezegun.api import FrozenDateTimeFactory
from structlog.testing import capture_logs

from bot.health import BEAT_SECONDS, Health, HealthDoor
from bot.metrics import Metrics
from tests.stage import ROME, Stage, at


class Scheduler:
    """One that gave its last sign so many seconds ago."""

    def __init__(self, beat_age: float) -> None:
        self.beat_age = beat_age

    async def stop(self) -> None:
        pass


@pytest.fixture
async def lite(clock: FrozenDateTimeFactory, sqlite_url: str) -> AsyncIterator[Stage]:
    """A bot that is watched."""
    async with Stage(clock, sqlite_url) as stage:
        await stage.imports()
        stage.running.settings.health_port = free_port()
        stage.running.scheduler = Scheduler(1)
        await stage.running.watch()
        yield stage


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


async def healthz(stage: Stage) -> tuple[int, dict[str, Any]]:
    async with aiohttp.ClientSession() as http, http.get(f"{address(stage)}/healthz") as answer:
        return answer.status, await answer.json()


async def metrics(stage: Stage) -> str:
    async with aiohttp.ClientSession() as http, http.get(f"{address(stage)}/metrics") as answer:
        assert answer.status == 200
        return await answer.text()


def address(stage: Stage) -> str:
    assert stage.running.health is not None
    return stage.running.health.address


async def test_when_all_is_well_every_part_says_so(lite: Stage) -> None:
    status, shown = await healthz(lite)
    assert (status, shown["status"]) == (200, "ok")
    states = {name: part["state"] for name, part in shown["parts"].items()}
    assert states == {"database": "ok", "deliveries": "ok", "sockets": "ok", "scheduler": "ok"}
    assert shown["parts"]["sockets"]["open"] == 2
    assert shown["parts"]["scheduler"]["age_seconds"] == 1


async def test_without_a_connection_to_slack_it_is_red(lite: Stage) -> None:
    assert lite.running.sockets is not None
    await lite.running.sockets.close(within=1)
    status, shown = await healthz(lite)
    assert (status, shown["status"]) == (503, "degraded")
    assert shown["parts"]["sockets"]["state"] == "down"


async def test_a_scheduler_that_stands_still_is_red_within_a_minute(lite: Stage) -> None:
    lite.running.scheduler = Scheduler(BEAT_SECONDS + 1)
    assert BEAT_SECONDS < 60
    status, shown = await healthz(lite)
    assert (status, shown["parts"]["scheduler"]["state"]) == (503, "down")


async def test_messages_that_wait_too_long_are_seen(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.comes("Mon 16 Nov 14:59")
    assert (await healthz(lite))[0] == 200
    lite.frozen.move_to(at("2026-11-16 15:05", ROME))
    status, shown = await healthz(lite)
    assert (status, shown["status"], shown["parts"]["deliveries"]["state"]) == (200, "degraded", "degraded")
    assert shown["parts"]["deliveries"]["overdue_seconds"] == 300
    lite.frozen.move_to(at("2026-11-16 15:20", ROME))
    assert (await healthz(lite))[0] == 503
    assert "okrbot_overdue_seconds 1200.0" in await metrics(lite)


async def test_a_database_that_is_gone_or_does_not_answer_is_red() -> None:
    async def gone() -> float:
        raise OSError

    health = Health(gone, (OSError,), lambda: None, lambda: None)
    assert {name: part.state for name, part in (await health.look()).items()} == {"database": "down"}


async def test_a_process_without_sockets_or_scheduler_shows_only_what_it_has() -> None:
    async def nothing() -> float:
        return 0

    health = Health(nothing, (OSError,), lambda: None, lambda: None)
    assert set(await health.look()) == {"database", "deliveries"}


async def test_metrics_count_what_happened_and_name_nobody(lite: Stage) -> None:
    lite.playground.faults.ratelimit("chat.postMessage", retry_after=1)
    await lite.comes("Mon 16 Nov 09:00")
    lite.frozen.tick(2)
    await lite.ticks()
    await lite.asks(lite.dana, "/okr status")
    shown = await metrics(lite)
    assert 'okrbot_deliveries_total{kind="prompt",reason="",state="sent"} 3.0' in shown
    assert 'okrbot_slack_calls_total{method="chat.postMessage",outcome="ok"} 3.0' in shown
    assert 'okrbot_slack_rate_limited_total{method="chat.postMessage"} 1.0' in shown
    assert 'okrbot_acknowledgement_seconds_count{kind="slash_commands"} 1.0' in shown
    assert "okrbot_sockets_open 2.0" in shown
    ids = [lite.dana.id, lite.luca.id, lite.growth.id, lite.running.workspace.id]
    for personal in ("Dana", "Luca", "Growth", "Returning", "Northwind", "xoxb", "xapp", *ids):
        assert personal not in shown


async def test_a_port_that_is_taken_keeps_nobody_from_work_and_is_used_once_it_is_free(lite: Stage) -> None:
    assert lite.running.health is not None
    taken = lite.running.health
    with capture_logs() as logs:
        second = HealthDoor(taken.health, Metrics(), taken.host, taken.port, patience=0.02)
        await second.open()
    assert [one["event"] for one in logs] == ["health port is taken"]
    await taken.close()
    async with asyncio.timeout(5), aiohttp.ClientSession() as http:
        while not second.address:  # noqa: ASYNC110 - ports tell nobody when they come free
            await asyncio.sleep(0.01)
        async with http.get(f"{second.address}/healthz") as answer:
            assert answer.status == 200
    await second.close()
