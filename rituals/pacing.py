"""How fast we may speak: a bucket for each (workspace, method), one for each channel, and pauses Slack asks for."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass

from aiolimiter import AsyncLimiter

from rituals.messenger import TryLater

REMEMBERED_CHANNELS = 2000
CLOSED_SECONDS = 3600.0
LONGEST_WAIT = 5.0
"""Seconds a message waits in hand for a pause to end; for longer ones it goes back into the ledger."""


@dataclass(frozen=True)
class Limits:
    """Slack's documented limits, with room to spare: messages a minute and a workspace, and a second and a channel."""

    posts_per_minute: float = 300
    updates_per_minute: float = 50
    channel_per_second: float = 1
    burst: float = 10


class Pacing:
    """Real time throughout: buckets run on the event loop's clock."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._methods: dict[tuple[str, str], AsyncLimiter] = {}
        self._channels: OrderedDict[tuple[str, str], AsyncLimiter] = OrderedDict()
        self._pauses: dict[tuple[str, str], float] = {}
        self._closed: dict[str, tuple[float, str]] = {}

    async def turn(self, workspace: str, method: str, channel: str) -> None:
        """Wait for the turn of one call. Raises TryLater when Slack has asked for a longer pause."""
        self.check(workspace)
        await self._paused(workspace, method)
        await self._channel(workspace, channel).acquire()
        await self._method(workspace, method).acquire()
        await self._paused(workspace, method)
        self.check(workspace)

    @property
    def closed(self) -> frozenset[str]:
        """Workspaces Slack does not let us into."""
        now = asyncio.get_running_loop().time()
        return frozenset(workspace for workspace, (until, _) in self._closed.items() if until > now)

    def check(self, workspace: str) -> None:
        """Raises TryLater while the workspace is closed to us."""
        until, reason = self._closed.get(workspace, (0.0, ""))
        left = until - asyncio.get_running_loop().time()
        if left > 0:
            raise TryLater(reason, after=left)

    def close(self, workspace: str, reason: str) -> bool:
        """Slack does not let us into the workspace: ask again in an hour. False when that is known already."""
        now = asyncio.get_running_loop().time()
        known = self._closed.get(workspace, (0.0, ""))[0] > now
        if not known:
            self._closed[workspace] = (now + CLOSED_SECONDS, reason)
        return not known

    def pause(self, workspace: str, method: str, seconds: float) -> None:
        """Slack answered 429: only this bucket waits."""
        until = asyncio.get_running_loop().time() + seconds
        self._pauses[workspace, method] = max(until, self._pauses.get((workspace, method), 0))

    async def _paused(self, workspace: str, method: str) -> None:
        left = self._pauses.get((workspace, method), 0) - asyncio.get_running_loop().time()
        if left > LONGEST_WAIT:
            raise TryLater("ratelimited", after=left)
        if left > 0:
            await asyncio.sleep(left)

    def _method(self, workspace: str, method: str) -> AsyncLimiter:
        key = (workspace, method)
        if key not in self._methods:
            per_minute = self.limits.updates_per_minute if method == "update" else self.limits.posts_per_minute
            self._methods[key] = _limiter(per_minute / 60, self.limits.burst)
        return self._methods[key]

    def _channel(self, workspace: str, channel: str) -> AsyncLimiter:
        """The newest channels are remembered: one that was quiet for long has a full bucket anyway."""
        key = (workspace, channel)
        if key not in self._channels:
            self._channels[key] = _limiter(self.limits.channel_per_second, 1)
            if len(self._channels) > REMEMBERED_CHANNELS:
                self._channels.popitem(last=False)
        self._channels.move_to_end(key)
        return self._channels[key]


def _limiter(per_second: float, burst: float) -> AsyncLimiter:
    """A bucket of `burst` that refills at `per_second`."""
    return AsyncLimiter(burst, burst / per_second)
