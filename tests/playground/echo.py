"""A small app on Slack's own library, to run against the playground."""

import asyncio
from datetime import datetime
from types import TracebackType

from aiohttp import ClientSession
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.listener.async_listener_completion_handler import AsyncListenerCompletionHandler
from slack_bolt.listener.async_listener_start_handler import AsyncListenerStartHandler
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from playground import Event, InstalledApp, Playground

MANIFEST = {
    "display_information": {"name": "echo"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "bot_user": {"display_name": "Echo"},
        "shortcuts": [
            {"name": "Say it", "type": "global", "callback_id": "say_it", "description": "Opens the form"},
            {"name": "Quote", "type": "message", "callback_id": "quote", "description": "Quotes"},
        ],
        "slash_commands": [
            {"command": "/echo", "description": "Echoes", "usage_hint": "[text]", "should_escape": True}
        ],
    },
    "oauth_config": {
        "scopes": {
            "bot": [
                "chat:write",
                "commands",
                "users:read",
                "im:history",
                "im:read",
                "channels:read",
                "groups:read",
                "app_mentions:read",
            ]
        }
    },
    "settings": {
        "event_subscriptions": {
            "bot_events": [
                "app_home_opened",
                "app_mention",
                "app_uninstalled",
                "channel_archive",
                "member_left_channel",
                "message.im",
                "team_join",
                "user_change",
            ]
        },
        "interactivity": {"is_enabled": True},
        "socket_mode_enabled": True,
    },
}


class Bot:
    """An app under Bolt, connected while the block lasts."""

    def __init__(self, playground: Playground, installed: InstalledApp) -> None:
        self.playground = playground
        self.installed = installed
        self.client = AsyncWebClient(token=installed.bot_token, base_url=playground.api_url)
        self.app = AsyncApp(client=self.client, raise_error_for_unhandled_request=True)
        self.app.error(acknowledge_the_unhandled)
        self.handler = AsyncSocketModeHandler(self.app, installed.app_token)
        self.session: ClientSession | None = None
        self.listening = 0
        self.quiet = asyncio.Event()
        self.quiet.set()
        runner = self.app.listener_runner
        runner.listener_start_handler = Counting(self, +1)
        runner.listener_completion_handler = Counting(self, -1)
        playground.world = self

    async def settle(self) -> None:
        """Bolt acknowledges events before their listener starts, and never says when it is done."""
        await asyncio.sleep(0.02)
        await self.quiet.wait()

    async def next_event(self, after: datetime) -> Event | None:
        return None

    async def __aenter__(self) -> "Bot":
        self.session = ClientSession()
        self.client.session = self.session
        await self.handler.connect_async()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.handler.close_async()
        if self.session is not None:
            await self.session.close()


class Counting(AsyncListenerStartHandler, AsyncListenerCompletionHandler):
    """Counts the listeners at work."""

    def __init__(self, bot: Bot, step: int) -> None:
        self.bot = bot
        self.step = step

    async def handle(self, request: AsyncBoltRequest, response: BoltResponse | None) -> None:
        self.bot.listening += self.step
        if self.bot.listening:
            self.bot.quiet.clear()
        else:
            self.bot.quiet.set()


async def acknowledge_the_unhandled(error: Exception) -> BoltResponse:
    """What no test listens to is acknowledged all the same, or the playground would send it again."""
    if isinstance(error, BoltUnhandledRequestError):
        return BoltResponse(status=200)
    raise error
