"""The bot as it is, in a process of its own, told of nothing but the benchmark's Slack and database."""

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, cast

from benchmarks.days import DUE
from bot import logs
from bot.app import Bot, build, keep_what_is_loaded
from bot.settings import Settings
from rituals.bundle import Rituals
from rituals.messenger import Messenger, Posted
from rituals.pacing import Limits
from storage.database import Database

TOKEN = "xoxb-benchmark"  # noqa: S105 - a made-up one
APP_TOKEN = "xapp-benchmark"  # noqa: S105
FAST = {"posts_per_minute": 600_000, "updates_per_minute": 600_000, "channel_posts_per_second": 10_000}
"""Settings under which nothing waits for its turn."""


@dataclass(frozen=True)
class Measure:
    """What some work took, in seconds: on the clock, and of the process's CPU."""

    count: int
    seconds: float
    cpu: float

    @property
    def rate(self) -> float:
        return self.count / self.seconds

    @property
    def cpu_each(self) -> float:
        return self.cpu / self.count


async def measured(count: int, work: Callable[[], Awaitable[object]]) -> Measure:
    """What it takes to do something that counts for so many."""
    began, cpu = time.perf_counter(), time.process_time()
    await work()
    return Measure(count, time.perf_counter() - began, time.process_time() - cpu)


def settings(api_url: str, database_url: str, **given: Any) -> Settings:
    logs.configure("ERROR")
    usual = {"slack_bot_token": TOKEN, "slack_app_token": APP_TOKEN, "health_port": 0, **FAST}
    return Settings(_env_file=None, slack_api_url=api_url, database_url=database_url, **{**usual, **given})


@asynccontextmanager
async def bot(api_url: str, database_url: str, **given: Any) -> AsyncIterator[Bot]:
    """The bot as `okrbot run` has it, not connected, on the Monday everybody is due."""
    async with await build(settings(api_url, database_url, **given), clock=lambda: DUE) as built:
        keep_what_is_loaded()
        yield built


def rituals(database: Database, messenger: "Instant | None" = None) -> Rituals:
    """What the bot does, without Slack: messages count as said at once, and nothing waits for its turn."""
    limits = Limits(posts_per_minute=600_000, updates_per_minute=600_000, channel_per_second=10_000)
    return Rituals(database, cast(Messenger, messenger or Instant()), limits=limits)


class Instant:
    """A messenger that has said everything at once: for what is measured without Slack."""

    def __init__(self) -> None:
        self.count = 0

    async def post(
        self, workspace: str, channel: str, message: Any, *, delivery: str, thread: str | None = None
    ) -> Any:
        self.count += 1
        return Posted(f"D{channel[1:]}", f"1763280000.{self.count:06d}")

    async def update(self, workspace: str, at: Posted, message: Any) -> None:
        self.count += 1
