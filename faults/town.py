"""A company in a stand-in Slack: so many people, who are all due at one moment, at which the ritual's time stands."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from bot.app import Bot, build
from bot.settings import Settings
from playground import Person, Playground, SeenMessage

MANIFEST = yaml.safe_load(Path("slack/manifest.yaml").read_text(encoding="utf-8"))
MANIFEST["oauth_config"]["scopes"]["bot"].append("channels:history")  # or a digest that may stand waits for an admin
MONDAY = date(2026, 11, 16)
SUNDAY = datetime(2026, 11, 15, 12, tzinfo=UTC)
DUE = datetime(2026, 11, 16, 9, tzinfo=UTC)
FAST = {"posts_per_minute": 12_000, "updates_per_minute": 60_000, "channel_posts_per_second": 1000, "health_port": 0}
"""Settings under which next to nothing waits for its turn, and what is claimed at once can be sent in a short lease."""


class StandingClock:
    """It is DUE throughout; leases are counted in real time, whatever the ritual's time is."""

    def now(self) -> datetime:
        return DUE


class Town:
    """The same people with the same ids whenever it is built, so that one import serves many fan-outs."""

    def __init__(self, size: int, company: Callable[[list[str]], str] | None = None) -> None:
        self.company = company or one_each
        self.playground = Playground(StandingClock())
        self.app = self.playground.install(MANIFEST)
        self.people: list[Person] = [
            self.playground.person(f"p{number}", real_name=f"Person {number}", tz="UTC") for number in range(size)
        ]
        self.channel = self.playground.channel("town", members=[*self.people, self.app])

    async def __aenter__(self) -> "Town":
        await self.playground.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.playground.stop()

    def settings(self, database_url: str, **given: Any) -> dict[str, Any]:
        """What a bot needs to be told to work here."""
        return {
            "slack_bot_token": self.app.bot_token,
            "slack_app_token": self.app.app_token,
            "slack_api_url": self.playground.api_url,
            "database_url": database_url,
            **FAST,
            **given,
        }

    async def import_into(self, database_url: str) -> None:
        """Import the company as `okrbot import` does, on the day before."""
        async with await self._bot(database_url) as bot:
            text = self.company([person.name for person in self.people])
            await bot.rituals.companies.import_file(bot.workspace.id, "Town", text, SUNDAY, dry_run=False)

    async def open_in(self, database_url: str) -> None:
        """Import, and open the round: everybody is owed a prompt, and none is sent."""
        await self.import_into(database_url)
        async with await self._bot(database_url) as bot:
            await bot.ticker.plan(DUE)

    async def _bot(self, database_url: str) -> Bot:
        return await build(Settings(_env_file=None, **self.settings(database_url)))

    @property
    def messages(self) -> list[tuple[str, SeenMessage]]:
        """Every message that lives in Slack, those in threads too, with the person or channel that reads it."""
        heads = [(person.name, message) for person in self.people for message in person.reads()]
        heads += [(self.channel.name, message) for message in self.channel.reads()]
        alive = [(where, message) for where, head in heads for message in (head, *head.thread)]
        return [(where, message) for where, message in alive if not message.deleted]

    @property
    def standing(self) -> dict[str, Counter[tuple[str, str]]]:
        """For each delivery id the places, (channel, ts), where a message with it lives."""
        found: dict[str, Counter[tuple[str, str]]] = {}
        for _, message in self.messages:
            delivery = str(((message.metadata or {}).get("event_payload") or {}).get("delivery_id"))
            found.setdefault(delivery, Counter())[message.channel, message.ts] += 1
        return found


def one_each(names: list[str]) -> str:
    """One key result each, asked at nine without reminders."""
    return described(names, [(name, f"Calls by {name}") for name in names])


def described(names: list[str], key_results: list[tuple[str, str]], *, reminders: int = 0) -> str:
    """A company of one team with these key results, (owner, title); the digest comes a day after the prompts."""
    rhythm = {
        "on": "monday",
        "at": "09:00",
        "whose": "team",
        "digest": {"on": "tuesday", "at": "10:00"},
        "reminders": reminders,
    }
    quarter = {"from": MONDAY - timedelta(days=30), "to": MONDAY + timedelta(days=30)}
    counted = [
        {"key": f"kr-{number}", "title": title, "owner": owner, "measure": "increase", "baseline": 0, "target": 9}
        for number, (owner, title) in enumerate(key_results)
    ]
    team = {"key": "town", "name": "Town", "channel": "#town", "lead": names[0], "people": names, "rhythm": rhythm}
    objective = {"key": "more", "team": "town", "cycle": "now", "title": "Call more", "key_results": counted}
    return yaml.safe_dump(
        {
            "company": {
                "name": "Town",
                "zone": "UTC",
                "language": "en",
                "coaching": "no",  # notes come on days of their own, and nothing is at rest before them
            },
            "people": [{"key": name, "slack": f"@{name}"} for name in names],
            "teams": [team],
            "cycles": [{"key": "now", "name": "Now", **quarter, "state": "active"}],
            "objectives": [objective],
        },
        sort_keys=False,
    )
