"""The wiring: everything is built here, and nothing happens before."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Self

import aiohttp
import structlog
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

import handlers
from bot import checks, slack
from bot.flight import Flight
from bot.settings import Settings
from rituals.bundle import Rituals
from scheduling.ticker import Ticker
from storage.database import Database
from storage.deliveries import Patience

Clock = Callable[[], datetime]
DRAIN_SECONDS = 10.0
log = structlog.get_logger()


def real_clock() -> datetime:
    return datetime.now(UTC)


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
    socket: AsyncSocketModeHandler | None = field(default=None)

    async def connect(self) -> None:
        """Open Socket Mode and listen."""
        token = self.settings.slack_app_token.get_secret_value()
        await checks.check_app_token(self.app.client, token)
        self.socket = AsyncSocketModeHandler(self.app, token)
        await self.socket.connect_async()  # type: ignore[no-untyped-call]

    async def idle(self) -> None:
        """Wait until every listener has finished."""
        await self.flight.landed()

    async def stop(self) -> None:
        """Take nothing new, finish what has begun, then close what is open."""
        if self.socket:
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self.socket.close_async(), DRAIN_SECONDS)  # type: ignore[no-untyped-call]
        with suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self.flight.landed(), DRAIN_SECONDS)
        await self.http.close()
        await self.database.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()


async def build(settings: Settings, clock: Clock = real_clock) -> Bot:
    """Check the bot token, prepare the database and put the parts together.

    Raises StartProblem and DatabaseProblem, each with the one line an admin needs.
    """
    token = settings.slack_bot_token.get_secret_value()
    http = slack.session()
    try:
        client = slack.client(token, settings.slack_api_url, http)
        workspace = await checks.check_bot_token(client)
        database = Database(settings.database_url)
        await database.prepare()
    except BaseException:
        await http.close()
        raise
    messenger = slack.SlackMessenger(token, settings.slack_api_url, http)
    rituals = Rituals(database, messenger, _patience(settings))
    app = _bolt(slack.client(None, settings.slack_api_url, http), workspace, token)
    flight = Flight(app)
    handlers.register(app, rituals, clock)
    return Bot(settings, clock, workspace, http, database, rituals, app, Ticker(rituals), flight)


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
