"""The small cast that plays the scenarios: three zones, an admin, and an outsider who must see nothing."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml
from freezegun.api import FrozenDateTimeFactory

from bot.app import Bot, build
from bot.settings import Settings
from playground import Event, Playground

MANIFEST = yaml.safe_load(Path("slack/manifest.yaml").read_text(encoding="utf-8"))
COMPANY = Path("tests/company.yaml").read_text(encoding="utf-8")
ROME, NEW_YORK, KOLKATA = "Europe/Rome", "America/New_York", "Asia/Kolkata"


def at(when: str, zone: str = "UTC") -> datetime:
    """ "2026-11-16 09:00" in a zone."""
    return datetime.fromisoformat(when).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


class FrozenClock:
    """What the playground and the bot read: freezegun's time."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class Stage:
    """A playground with the cast, the real bot connected to it, and time in the test's hands."""

    def __init__(self, frozen: FrozenDateTimeFactory, database_url: str) -> None:
        self.frozen = frozen
        self.database_url = database_url
        self.playground = Playground(FrozenClock(), redelivery_after=0.5, patience=3.0)
        self.slack_app = self.playground.install(MANIFEST)
        person = self.playground.person
        self.dana = person("dana", real_name="Dana Rossi", tz=ROME, locale="en-GB", email="dana@northwind.example")
        self.luca = person("luca", real_name="Luca Bianchi", tz=ROME, locale="it-IT")
        self.elena = person("elena", real_name="Elena Ferri", tz=ROME, locale="it-IT")
        self.marcus = person("marcus", real_name="Marcus Green", tz=NEW_YORK, locale="en-US")
        self.priya = person("priya", real_name="Priya Nair", tz=KOLKATA, locale="en-GB")
        self.omar = person("omar", real_name="Omar Stranger", tz=ROME, locale="en-GB", is_restricted=True)
        self.nora = person("nora", real_name="Nora Member", tz=ROME, locale="en-GB")
        channel = self.playground.channel
        self.company = channel("company", members=[self.elena, self.slack_app])
        self.growth = channel("growth", members=[self.dana, self.luca, self.elena, self.slack_app])
        self.platform = channel("platform", members=[self.marcus, self.elena, self.slack_app])
        self.support = channel("support", members=[self.priya, self.elena, self.slack_app])
        self.bot: Bot | None = None

    @property
    def running(self) -> Bot:
        assert self.bot is not None
        return self.bot

    async def __aenter__(self) -> "Stage":
        await self.playground.start()
        await self.start_bot()
        self.playground.world = self
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop_bot()
        await self.playground.stop()

    async def start_bot(self) -> None:
        settings = Settings(
            _env_file=None,
            slack_bot_token=self.slack_app.bot_token,
            slack_app_token=self.slack_app.app_token,
            slack_api_url=self.playground.api_url,
            database_url=self.database_url,
        )
        self.bot = await build(settings)
        await self.bot.connect()

    async def stop_bot(self) -> None:
        if self.bot:
            await self.bot.stop()
            self.bot = None

    async def imports(self, text: str = COMPANY, *, dry_run: bool = False):  # type: ignore[no-untyped-def]
        """What `okrbot import` does."""
        return await self.running.rituals.companies.import_file(
            self.running.workspace.id, "Northwind", text, datetime.now(UTC), dry_run=dry_run
        )

    async def moves_to(self, when: datetime) -> None:
        """Let it be `when`, and let the bot do what is due."""
        self.frozen.move_to(when)
        await self.ticks()

    async def ticks(self) -> None:
        await self.running.ticker.tick(datetime.now(UTC))
        await self.settle()

    async def settle(self) -> None:
        """The playground waits for this after each act of a person."""
        if self.bot:
            await self.bot.idle()

    async def next_event(self, after: datetime) -> Event | None:
        return None
