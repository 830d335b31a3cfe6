"""The small cast that plays the scenarios: three zones, an admin, and an outsider who must see nothing."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from freezegun.api import FrozenDateTimeFactory
from sqlalchemy import text as sql

from bot.app import Bot, build
from bot.settings import Settings
from bot.sockets import Watch
from okr.absence import Absence
from playground import Channel, Event, Person, Playground, SeenMessage
from rituals.spreadsheet_file import parse
from storage import absences, people
from tests.form import fills_in

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
    """A playground with the cast, the real bot connected to it, and time in the test's hands.

    `seconds` is how long people and triggers wait. Slack's three are for scenarios about them: elsewhere a machine that
    is busy otherwise must not decide.
    """

    def __init__(self, frozen: FrozenDateTimeFactory, database_url: str, *, seconds: float = 10) -> None:
        self.frozen = frozen
        self.database_url = database_url
        self.playground = Playground(
            FrozenClock(), redelivery_after=seconds, patience=seconds, trigger_lifetime=seconds
        )
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

    async def start_bot(self, watch: Watch | None = None) -> None:
        settings = Settings(
            _env_file=None,
            slack_bot_token=self.slack_app.bot_token,
            slack_app_token=self.slack_app.app_token,
            slack_api_url=self.playground.api_url,
            database_url=self.database_url,
            posts_per_minute=60_000,
            updates_per_minute=60_000,
            channel_posts_per_second=1000,
        )
        self.bot = await build(settings)
        await self.bot.connect(watch)

    async def stop_bot(self) -> None:
        if self.bot:
            await self.bot.stop()
            self.bot = None

    async def wakes(self, when: str) -> None:
        """The bot comes back at this moment of Rome's, and does what is due."""
        self.frozen.move_to(_moment(when, ROME))
        await self.start_bot()
        await self.ticks()

    async def imports(self, text: str = COMPANY, *, dry_run: bool = False):  # type: ignore[no-untyped-def]
        """What `okrbot import` does."""
        return await self.running.rituals.companies.import_file(
            self.running.workspace.id, "Northwind", text, datetime.now(UTC), dry_run=dry_run
        )

    async def imports_sheet(self, content: bytes, *, dry_run: bool = False, **given: Any):  # type: ignore[no-untyped-def]
        """What `okrbot import` does with a spreadsheet."""
        return await self.running.rituals.companies.import_sheet(
            self.running.workspace.id, "Northwind", parse(content, **given), datetime.now(UTC), dry_run=dry_run
        )

    async def moves_to(self, when: datetime) -> None:
        """Let it be `when`, and let the bot do what is due."""
        self.frozen.move_to(when)
        await self.ticks()

    async def reads_channels(self) -> None:
        """The bot learns who is in the channels of teams with private goals, as at each tick."""
        await self.running.ticker.look(datetime.now(UTC))

    async def comes(self, when: str, zone: str = ROME) -> None:
        """Let it be "Mon 16 Nov 09:00" in a zone."""
        await self.moves_to(_moment(when, zone))

    async def ticks(self) -> None:
        await self.running.ticker.tick(datetime.now(UTC))
        await self.running.ticker.kept()
        await self.settle()

    async def asks(self, person: Person, question: str, where: Channel | None = None) -> SeenMessage:
        """What a person reads after a command."""
        await person.types(question, where)
        return person.sees_ephemerals(where)[-1]

    async def answers(
        self, person: Person, said: Mapping[str, tuple[str, ...]], whose: str = "", **details: str
    ) -> None:
        """Check in or edit, one key result after the other: {title: (value, colour)}, with a note if need be.

        It goes through a status asked for in the team's channel, so that the direct message stays as it is; `whose`
        names somebody else's, as in "@dana".
        """
        status = await self.asks(person, f"/okr status {whose}", self.team_channel(person))
        for title, (value, colour, *note) in said.items():
            await person.clicks(_button_of(status, title), message=status)
            await fills_in(person, title, value, colour, **{"note": note[0] if note else "", **details})
            await person.submits()
            if person.modal:
                await person.closes_all()

    def team_channel(self, person: Person) -> Channel:
        """A channel the person is in."""
        every = (self.growth, self.platform, self.support, self.company)
        return next(one for one in every if person.id in one.conversation.members)

    async def is_away(self, person: Person, *, until: str) -> None:
        """Somebody's leave is known, from today to its last day."""
        async with self.running.database.transaction() as tx:
            found = await people.by_slack(tx, self.running.workspace.id, person.id)
            assert found is not None
            leave = Absence(datetime.now(UTC).date(), date.fromisoformat(until))
            await absences.add(tx, self.running.workspace.id, found.id, leave)

    def forgives(self, error: str) -> None:
        """Slack's refusals of this kind belong to the scenario; there must have been one."""
        refused = [one for one in self.playground.refusals if one.error == error]
        assert refused, f"nothing was refused with {error}"
        for one in refused:
            self.playground.refusals.remove(one)

    async def kept(self, question: str, **values: object) -> list[tuple[Any, ...]]:
        """What stands in the memory, for promises no message shows."""
        async with self.running.database.reading() as tx:
            return [tuple(row) for row in (await tx.exec(sql(question), params=values)).all()]  # type: ignore[call-overload]

    async def settle(self) -> None:
        """The playground waits for this after each act of a person."""
        if self.bot:
            await self.bot.idle()

    async def next_event(self, after: datetime) -> Event | None:
        return None


def _button_of(status: SeenMessage, title: str) -> str:
    """The spoken name of the button beside a key result."""
    sections = [block for block in status.blocks if "accessory" in block]
    own = [block for block in sections if block["text"]["text"].startswith(f"*{title}*")]
    assert own, f"there is no button beside {title!r} in:\n{status.shown}"
    return str(own[0]["accessory"]["accessibility_label"])


def _moment(when: str, zone: str) -> datetime:
    """ "Mon 16 Nov 09:00" of 2026 in a zone."""
    moment = datetime.strptime(f"2026 {when}", "%Y %a %d %b %H:%M")  # noqa: DTZ007 - the zone is put on below
    assert f"{moment:%a}" == when[:3], f"{when} is a {moment:%A}"
    return moment.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
