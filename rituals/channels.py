"""Knowing who is in the channels of teams with private goals: what events tell, and what Slack says when asked."""

import asyncio
from datetime import datetime

import structlog

from rituals.messenger import Messenger, Refused, SendError, TryLater
from storage import channels
from storage.channels import Due
from storage.database import Database

AT_ONCE = 8
"""Channels that are read in one tick: two calls each, more for a large one."""
SECONDS = 5.0
"""So long a tick waits for Slack in all: the messages that are due come after it."""
log = structlog.get_logger()


class Channels:
    """Claims what is due (a transaction each), asks Slack (none), and writes down what it says (a transaction)."""

    def __init__(self, database: Database, messenger: Messenger) -> None:
        self.database = database
        self.messenger = messenger
        self._stopping = False
        self._not_before = 0.0

    async def read_some(self, now: datetime) -> bool:
        """Read a few channels that are due; False when none was. Where Slack does not answer, what was read before
        holds until it is too old, and then nobody counts as inside.
        """
        until = _clock() + SECONDS
        if self._stopping or _clock() < self._not_before:
            return False
        found = await self._due(now)
        for one in found:
            if _clock() >= until or self._stopping or not await self._read(one, now, until):
                break
        return bool(found)

    async def note(self, workspace: str, channel: str, slack_id: str, at: datetime, *, inside: bool) -> None:
        """An event of Slack's: somebody has joined or left, at its time."""
        async with self.database.transaction() as tx:
            await channels.note(tx, workspace, channel, slack_id, at, inside=inside)

    async def forget(self, workspace: str, channel: str, now: datetime) -> None:
        """The bot itself has joined or left: what was known is void, and Slack is asked at the next tick."""
        async with self.database.transaction() as tx:
            await channels.forget(tx, workspace, channel, due=now)

    def wind_down(self) -> None:
        """Ask nothing more."""
        self._stopping = True

    async def _due(self, now: datetime) -> list[Due]:
        async with self.database.reading() as tx:
            needed, kept = await channels.needed(tx), await channels.kept(tx)
            if needed == kept:
                return await channels.due(tx, now, most=AT_ONCE)
        async with self.database.transaction() as tx:
            await channels.keep(tx, await channels.needed(tx), now)
            return await channels.due(tx, now, most=AT_ONCE)

    async def _read(self, due: Due, now: datetime, until: float) -> bool:
        """False when Slack is not to be asked more for now."""
        async with self.database.transaction() as tx:
            if not await channels.claim(tx, due, now):
                return True
        try:
            async with asyncio.timeout_at(until):
                found = await self.messenger.insiders(due.workspace, due.channel)
        except Refused as refused:
            log.warning("channel not readable", channel=due.channel, reason=refused.reason)
            async with self.database.transaction() as tx:
                await channels.forget(tx, due.workspace, due.channel)
            return True
        except (SendError, TimeoutError) as trouble:
            log.warning("channel not read", channel=due.channel, reason=type(trouble).__name__)
            self._not_before = _clock() + (trouble.after if isinstance(trouble, TryLater) else 0)
            return False
        async with self.database.transaction() as tx:
            await channels.write(tx, due.workspace, due.channel, found.slack_ids, private=found.private, asked_at=now)
        return True


def _clock() -> float:
    return asyncio.get_running_loop().time()
