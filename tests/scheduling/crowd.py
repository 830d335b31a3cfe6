"""A crowd that is due all at once, and workers in processes of their own to ask it, in real time."""

import asyncio
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from signal import SIGTERM, Signals
from typing import Any, Self

import yaml

from bot.app import Bot, build
from bot.settings import Engine, Settings
from playground import Person, Playground
from tests.bot.okrbot import Ended, Okrbot

MANIFEST = yaml.safe_load(Path("slack/manifest.yaml").read_text(encoding="utf-8"))
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MODULE = (sys.executable, "-m", "bot")


class RealClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class Crowd:
    """People whose round opened at the last midnight of a working day, while nothing was running."""

    def __init__(self, folder: Path, database_url: str, size: int) -> None:
        self.folder = folder
        self.playground = Playground(RealClock())
        self.slack_app = self.playground.install(MANIFEST)
        self.people: list[Person] = [
            self.playground.person(f"p{number}", real_name=f"Person {number}", tz="UTC") for number in range(size)
        ]
        self.playground.channel("crowd", members=[*self.people, self.slack_app])
        self.settings: dict[str, Any] = {
            "slack_bot_token": self.slack_app.bot_token,
            "slack_app_token": self.slack_app.app_token,
            "database_url": database_url,
            "engine": Engine.DISTRIBUTED.value,
            "tick_seconds": 1,
            "lease_seconds": 3,
            "quarantine_seconds": 2,
            "posts_per_minute": 6000,
            "connections": 4,
            "health_port": 0,
        }

    async def __aenter__(self) -> Self:
        await self.playground.start()
        self.settings["slack_api_url"] = self.playground.api_url
        async with await self.builds() as bot:
            day = _last_working_day()
            before = datetime.combine(day, time(), UTC) - timedelta(hours=1)
            text = _company([person.name for person in self.people], day)
            await bot.rituals.companies.import_file(bot.workspace.id, "Crowd", text, before, dry_run=False)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.playground.stop()

    async def builds(self) -> Bot:
        """The parts of a bot, in this process."""
        return await build(Settings(_env_file=None, **self.settings))

    def runs(self, command: str, *, end: Signals = SIGTERM) -> AbstractAsyncContextManager[list[Ended]]:
        """`okrbot worker` or `okrbot run`, in a process of its own, while the block lasts."""
        settings = {name: str(value) for name, value in self.settings.items()}
        if command == "worker":
            del settings["slack_app_token"]
        return Okrbot(self.folder, settings, MODULE).runs(command, end=end)

    @property
    def asked(self) -> Counter[int]:
        """How many people have how many messages."""
        return Counter(sum(not message.ephemeral for message in person.reads()) for person in self.people)

    @property
    def posted(self) -> int:
        """How many messages Slack has taken: cheaper to look at again and again."""
        return self.called("chat.postMessage")

    def called(self, method: str) -> int:
        return sum(one.name == method and one.ok for one in self.playground.traffic)


async def until(seen: Callable[[], object], seconds: float = 45) -> None:
    """Wait until something holds in another process, looking again and again."""
    async with asyncio.timeout(seconds):
        while not seen():  # noqa: ASYNC110 - other processes set no event
            await asyncio.sleep(0.05)


def _last_working_day() -> date:
    day = (datetime.now(UTC) - timedelta(minutes=1)).date()
    return day - timedelta(days=max(0, day.weekday() - 4))


def _company(names: list[str], day: date) -> str:
    """One team, one key result each, asked at midnight of `day` without reminders; the digest is days away."""
    on, digest = (WEEKDAYS[(day.weekday() + later) % 7] for later in (0, 5))
    rhythm = {"on": on, "at": "00:00", "whose": "team", "digest": {"on": digest, "at": "00:01"}, "reminders": 0}
    key_results = [
        {"title": f"Calls by {name}", "owner": name, "measure": "increase", "baseline": 0, "target": 9}
        for name in names
    ]
    quarter = {"key": "now", "name": "Now", "from": day - timedelta(days=30), "to": day + timedelta(days=30)}
    return yaml.safe_dump(
        {
            "company": {"name": "Crowd", "zone": "UTC", "language": "en"},
            "people": [{"key": name, "slack": f"@{name}"} for name in names],
            "teams": [
                {
                    "key": "crowd",
                    "name": "Crowd",
                    "channel": "#crowd",
                    "lead": names[0],
                    "people": names,
                    "rhythm": rhythm,
                }
            ],
            "cycles": [{**quarter, "state": "active"}],
            "objectives": [
                {"key": "more", "team": "crowd", "cycle": "now", "title": "Call more", "key_results": key_results}
            ],
        },
        sort_keys=False,
    )
