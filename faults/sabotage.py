"""Inside a worker: the n-th call to the database or to Slack goes wrong, in one of three ways."""

import asyncio
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.util import await_only

from bot.app import Bot
from bot.slack import SlackMessenger


class Way(StrEnum):
    """How a call goes wrong: it fails, it hangs longer than anybody waits for it, or the process is killed in it."""

    ERROR = "error"
    HANG = "hang"
    KILL = "kill"


class Sabotage:
    """Counts calls: each statement but BEGIN, each commit before and after it is done, each request to Slack before
    Slack has heard it and after Slack has done it. The n-th, counted from 1, goes wrong; with 0 none does.
    """

    def __init__(self, at: int, way: Way, *, hang: float) -> None:
        self.at = at
        self.way = way
        self.hang = hang
        self.calls = 0
        self._counting = True

    def into(self, bot: Bot) -> None:
        """Stand between a bot and everything it calls."""
        engine = bot.database._writing.sync_engine
        event.listen(engine, "before_cursor_execute", self._statement)
        event.listen(engine, "commit", lambda _: self._database())
        event.listen(Session, "after_commit", lambda _: self._database())
        messenger = bot.rituals.messenger
        assert isinstance(messenger, SlackMessenger)
        for client in (messenger.sending, messenger.reading):
            self._between(client)

    @property
    def struck(self) -> bool:
        return 0 < self.at <= self.calls

    @contextmanager
    def looking_on(self) -> Iterator[None]:
        """What is called in the block is the observer's, and does not count."""
        self._counting = False
        yield
        self._counting = True

    def _strikes(self) -> bool:
        if not self._counting:
            return False
        self.calls += 1
        if self.calls != self.at:
            return False
        if self.way is Way.KILL:
            os.kill(os.getpid(), signal.SIGKILL)
        return True

    def _statement(self, connection: object, cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            self._database()

    def _database(self) -> None:
        if self._strikes():
            if self.way is Way.HANG:
                await_only(asyncio.sleep(self.hang))
            else:
                raise OperationalError("a fault", None, OSError("the connection was cut"))

    async def _slack(self) -> None:
        if self._strikes():
            if self.way is Way.HANG:
                await asyncio.sleep(self.hang)
                raise TimeoutError
            raise aiohttp.ServerDisconnectedError

    def _between(self, client: AsyncWebClient) -> None:
        call = client.api_call

        async def sabotaged(*arguments: Any, **named: Any) -> Any:
            await self._slack()
            answer = await call(*arguments, **named)
            await self._slack()
            return answer

        client.api_call = sabotaged  # type: ignore[method-assign]
