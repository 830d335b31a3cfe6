"""The wiring: everything is built here, and nothing happens before."""

import asyncio
import gc
import os
import secrets
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

import aiohttp
import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

import handlers
from bot import checks, slack
from bot.calendars import HttpCalendars
from bot.flight import Flight
from bot.folder import FolderShelf
from bot.health import Health, HealthDoor, Scheduler
from bot.metrics import CallCounter, Metrics
from bot.pulse import Pulse
from bot.settings import Settings
from bot.sockets import Sight, Sockets, Watch
from okr.vitals import Vitals
from rituals.archives import Keeping
from rituals.bundle import Rituals
from rituals.clock import real_now
from rituals.messenger import SendError
from rituals.pacing import Limits
from scheduling.local import LocalScheduler
from scheduling.ticker import Ticker
from storage.claims import Patience
from storage.database import FAILURES, Database

Clock = Callable[[], datetime]
DRAIN_SECONDS = 8.0
"""What has begun may take so long to finish; whoever stops us usually waits ten."""
GOODBYE_SECONDS = 2.0
MEETING_SECONDS = 20.0
"""So long messages wait, at start, for Slack's list of people: in a large company it takes many minutes."""
AGAIN_SECONDS = 60.0
NOT_READ: tuple[type[Exception], ...] = (SendError, *FAILURES)
PEOPLE_CONNECTIONS = 20
"""Kept for answering people while messages go out."""
log = structlog.get_logger()


@dataclass
class Bot:
    """A bot that is connected: its parts, and how to stop it without losing an answer."""

    settings: Settings
    clock: Clock
    workspace: checks.Workspace
    http: aiohttp.ClientSession
    database: Database
    rituals: Rituals
    app: AsyncApp
    ticker: Ticker
    flight: Flight
    metrics: Metrics
    sockets: Sockets | None = field(default=None)
    scheduler: Scheduler | None = field(default=None)
    health: HealthDoor | None = field(default=None)
    pulse: Pulse | None = field(default=None)
    meeting: asyncio.Task[None] | None = field(default=None)
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    role: str = "run"
    started_at: datetime = field(default_factory=real_now)

    def __post_init__(self) -> None:
        self.rituals.doctor.vitals = self._vitals

    async def connect(self, watch: Watch | None = None) -> None:
        """Open Socket Mode and listen. Raises StartProblem when Slack does not take the app token."""
        token = self.settings.slack_app_token.get_secret_value()
        first = [address for address in [await checks.check_app_token(self.app.client, token)] if address]

        async def address() -> str:
            return first.pop() if first else str((await self.app.client.apps_connections_open(app_token=token))["url"])

        self.sockets = Sockets(self.app, self.http, address, self.metrics, watch)
        await self.sockets.open()

    async def meet_people(self) -> None:
        """Hear from Slack who is who by now, in the background when it takes long: whoever acts is answered anyway."""
        self.meeting = asyncio.create_task(self._meet_people(), name="meeting people")
        await asyncio.wait({self.meeting}, timeout=MEETING_SECONDS)

    def keep_time(self, every: float | None = None) -> None:
        """Tick in this process, every so many seconds; the settings know how many."""
        seconds = every or self.settings.tick_seconds
        scheduler = LocalScheduler(self.ticker, self.clock, every=seconds, counting=self.metrics)
        scheduler.start()
        self.scheduler = scheduler

    async def watch(self, role: str = "run") -> None:
        """Let others see whether this process is alive: on its local port, and in the database."""
        self.role = role
        self.pulse = Pulse(self.rituals.doctor, self.workspace.id)
        self.pulse.start()
        if self.settings.health_port:
            health = Health(self._overdue, FAILURES, self._sight, lambda: self.scheduler)
            self.health = HealthDoor(health, self.metrics, self.settings.health_host, self.settings.health_port)
            await self.health.open()

    async def idle(self) -> None:
        """Wait until every listener has finished."""
        await self.flight.landed()

    async def stop(self) -> None:
        """Take nothing new and acknowledge what was taken, finish what has begun, then close what is open."""
        try:
            async with asyncio.timeout(DRAIN_SECONDS):
                if self.sockets:
                    await self.sockets.close(within=GOODBYE_SECONDS)
                await asyncio.gather(self._stop_scheduler(), self.flight.landed())
        except TimeoutError:
            log.warning("stopped before everything was finished")
        finally:
            await self.ticker.cut_off()
            if self.meeting:
                self.meeting.cancel()
                await asyncio.wait({self.meeting})
            if self.health:
                await self.health.close()
            if self.pulse:
                await self.pulse.stop()
            await self.http.close()
            await self.database.close()

    async def _meet_people(self) -> None:
        while True:
            try:
                return await self.rituals.people.refresh_all(self.workspace.id, self.clock())
            except NOT_READ as error:
                log.warning("people not read", error=type(error).__name__)
                await asyncio.sleep(AGAIN_SECONDS)

    async def _stop_scheduler(self) -> None:
        if self.scheduler:
            await self.scheduler.stop()

    async def _overdue(self) -> float:
        return await self.rituals.agenda.overdue(self.clock())

    def _vitals(self, now: datetime) -> Vitals:
        sight = self._sight()
        beaten = now - timedelta(seconds=self.scheduler.beat_age) if self.scheduler else None
        return Vitals(
            id=self.id,
            role=self.role,
            host=socket.gethostname(),
            pid=os.getpid(),
            started_at=self.started_at,
            seen_at=now,
            sockets=sight.open if sight else None,
            sockets_wanted=sight.wanted if sight else None,
            beaten_at=beaten,
        )

    def _sight(self) -> Sight | None:
        return self.sockets.sight if self.sockets else None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()


async def build(settings: Settings, clock: Clock = real_now) -> Bot:
    """Check the bot token, prepare the database and put the parts together.

    Raises StartProblem and DatabaseProblem, each with the one line an admin needs.
    """
    token = settings.slack_bot_token.get_secret_value()
    http = slack.session(settings.connections + PEOPLE_CONNECTIONS)
    try:
        client = slack.client(token, settings.slack_api_url, http)
        workspace = await checks.check_bot_token(client)
        database = Database(settings.database_url)
        await database.prepare()
    except BaseException:
        await http.close()
        raise
    metrics = Metrics()
    calls = CallCounter(metrics)
    rituals = Rituals(
        database,
        slack.SlackMessenger(token, settings.slack_api_url, http, calls),
        patience=_patience(settings),
        limits=_limits(settings),
        connections=settings.connections,
        counting=metrics,
        calendars=HttpCalendars(settings.calendar_hosts.split(",")),
        keeping=_keeping(settings),
    )
    app = _bolt(slack.client(None, settings.slack_api_url, http, calls), workspace, token)
    flight = Flight(app)
    handlers.register(app, rituals, clock)
    return Bot(settings, clock, workspace, http, database, rituals, app, Ticker(rituals), flight, metrics)


def keep_what_is_loaded() -> None:
    """What is there once everything stands stays there: looking through it again and again, the garbage collector
    would hold everything up for a tenth of a second at a time.
    """
    gc.collect()
    gc.freeze()


def _bolt(client: AsyncWebClient, workspace: checks.Workspace, token: str) -> AsyncApp:
    """A custom authorize, or Bolt would ask auth.test again and again for a token we have just checked.

    `client` brings the session and the address; the token comes from authorize.
    """

    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=enterprise_id, team_id=team_id, bot_token=token, bot_user_id=workspace.bot_user_id
        )

    return AsyncApp(client=client, authorize=authorize, raise_error_for_unhandled_request=True)


def _patience(settings: Settings) -> Patience:
    return Patience(
        lease=timedelta(seconds=settings.lease_seconds), quarantine=timedelta(seconds=settings.quarantine_seconds)
    )


def _keeping(settings: Settings) -> Keeping | None:
    if not settings.archive_folder:
        return None
    return Keeping(FolderShelf(Path(settings.archive_folder)), settings.archive_days)


def _limits(settings: Settings) -> Limits:
    return Limits(
        posts_per_minute=settings.posts_per_minute,
        updates_per_minute=settings.updates_per_minute,
        channel_per_second=settings.channel_posts_per_second,
    )
