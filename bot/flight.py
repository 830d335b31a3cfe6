"""Listeners in flight: Bolt keeps no list of them, so a shutdown would cut answers off."""

import asyncio
from collections.abc import Callable

from slack_bolt.async_app import AsyncApp
from slack_bolt.listener.async_listener_completion_handler import AsyncListenerCompletionHandler
from slack_bolt.listener.async_listener_start_handler import AsyncListenerStartHandler
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse


class Flight:
    """Counts listeners from start to completion."""

    def __init__(self, app: AsyncApp) -> None:
        self._count = 0
        self._empty = asyncio.Event()
        self._empty.set()
        runner = app.listener_runner
        runner.listener_start_handler = _Start(self._take_off)
        runner.listener_completion_handler = _Completion(self._land)

    async def landed(self) -> None:
        """Wait until no listener is running."""
        await self._empty.wait()

    def _take_off(self) -> None:
        self._count += 1
        self._empty.clear()

    def _land(self) -> None:
        self._count -= 1
        if not self._count:
            self._empty.set()


class _Start(AsyncListenerStartHandler):
    def __init__(self, act: Callable[[], None]) -> None:
        self.act = act

    async def handle(self, request: AsyncBoltRequest, response: BoltResponse | None) -> None:
        self.act()


class _Completion(AsyncListenerCompletionHandler):
    def __init__(self, act: Callable[[], None]) -> None:
        self.act = act

    async def handle(self, request: AsyncBoltRequest, response: BoltResponse | None) -> None:
        self.act()
