"""Socket Mode on two connections, so that losing one loses nothing; each is replaced once it is not to be trusted.

Slack sends each message on any one of an app's connections. All times are seconds on the event loop's clock, which no
change of the clock on the wall can move.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import aiohttp
import structlog
from slack_bolt.async_app import AsyncApp

from bot import slack
from bot.line import Line
from bot.metrics import Metrics
from handlers.failures import FAILURES
from rituals.messenger import SendError, TryLater

SILENT = "silent"
OPEN_SECONDS = 10.0
log = structlog.get_logger()


@dataclass(frozen=True)
class Watch:
    """When a connection is not to be trusted any more, and how soon the next is opened.

    A dead one is noticed after one and a half pings. One that answers pings and brings nothing is noticed after
    `silent`; while the whole workspace is quiet that grows to `most_silent`, for opening connections is rationed
    (about one a minute). A new one is opened at once, unless the last ones failed or lived less than `steady`.
    """

    connections: int = 2
    ping: float = 8
    silent: float = 120
    most_silent: float = 960
    steady: float = 60
    first_delay: float = 1
    longest_delay: float = 60
    close: float = 10

    def patience(self, quiet: float) -> float:
        """How long a connection may bring nothing, when all had brought nothing for so long before that.

        Silence is suspicious while others bring something; when all are quiet, the workspace may just be asleep.
        """
        return min(max(quiet, self.silent), self.most_silent)

    def delay(self, bad: int) -> float:
        """How long to wait before opening one, after so many bad ones in a row: a place each is tried again at once."""
        steps = bad - self.connections
        return 0 if steps < 0 else min(self.first_delay * 2.0**steps, self.longest_delay)


@dataclass(frozen=True)
class Sight:
    """How the connections are: `quiet` is how long none has brought anything."""

    open: int
    wanted: int
    quiet: float


class Sockets:
    """Keeps every place filled until it is closed. `address` asks Slack for a new connection's address."""

    def __init__(
        self,
        app: AsyncApp,
        http: aiohttp.ClientSession,
        address: Callable[[], Awaitable[str]],
        metrics: Metrics,
        watch: Watch | None = None,
    ) -> None:
        self.app = app
        self.http = http
        self.address = address
        self.metrics = metrics
        self.watch = watch or Watch()
        self._lines: dict[int, Line] = {}
        self._retiring: dict[asyncio.Task[None], Line] = {}
        self._keepers: list[asyncio.Task[None]] = []
        self._opening = asyncio.Lock()
        self._filled = asyncio.Event()
        self._bad = 0
        self._heard_at = asyncio.get_running_loop().time()
        metrics.watch_sockets(lambda: self.sight.open)

    @property
    def sight(self) -> Sight:
        still_open = [line for line in self._lines.values() if line.is_open]
        return Sight(len(still_open), self.watch.connections, _now() - self._heard_at)

    async def open(self) -> None:
        """Fill every place; what cannot be opened in ten seconds is tried again in the background."""
        self._keepers = [asyncio.create_task(self._keep(place)) for place in range(self.watch.connections)]
        try:
            await asyncio.wait_for(self._filled.wait(), OPEN_SECONDS)
        except TimeoutError:
            log.warning("sockets not open yet", **vars(self.sight))

    async def close(self, *, within: float) -> None:
        """Take nothing more and acknowledge what was taken; then each has `within` seconds to say goodbye."""
        for keeper in self._keepers:
            keeper.cancel()
        await asyncio.gather(*self._keepers, return_exceptions=True)
        lines = {*self._lines.values(), *self._retiring.values()}
        for line in lines:
            line.stop_taking()
        for retiring in self._retiring:
            retiring.cancel()
        await asyncio.gather(*(line.finish(close=within) for line in lines))

    async def _keep(self, place: int) -> None:
        """The new connection stands before the old one is closed."""
        old: Line | None = None
        while True:
            line = await self._open_line()
            self._lines[place] = line
            if len(self._lines) == self.watch.connections:
                self._filled.set()
            if old:
                self._retire(old)
            why = await self._wear(line)
            self._bad = 0 if _now() - line.opened_at >= self.watch.steady else self._bad + 1
            self.metrics.socket_replaced(why)
            log.info("socket is replaced", why=why, lived=round(_now() - line.opened_at))
            old = line

    async def _open_line(self) -> Line:
        """One at a time, and slower and slower while it does not help."""
        async with self._opening:
            while True:
                await asyncio.sleep(self.watch.delay(self._bad))
                try:
                    async with asyncio.timeout(OPEN_SECONDS):
                        line = Line(self.app, self.metrics, self._hear)
                        await line.open(self.http, await self.address(), ping=self.watch.ping)
                    return line
                except FAILURES as error:
                    await self._failed(slack.failure(error))

    async def _failed(self, failure: SendError) -> None:
        """Slack's own words about patience are kept to."""
        self._bad += 1
        log.warning("socket not opened", reason=failure.reason, tries=self._bad)
        if isinstance(failure, TryLater) and failure.reason in slack.LATER:
            await asyncio.sleep(failure.after)

    async def _wear(self, line: Line) -> str:
        """Wait until the connection should be replaced, and say why."""
        while True:
            left = self._trusted_until(line) - _now()
            if left <= 0:
                return SILENT
            try:
                async with asyncio.timeout(min(left, self.watch.silent / 4)):
                    await line.worn.wait()
            except TimeoutError:
                continue
            return line.why

    def _trusted_until(self, line: Line) -> float:
        return line.heard_at + self.watch.patience(line.heard_at - self._heard_at)

    def _hear(self, line: Line, message: dict[str, Any]) -> None:
        if "envelope_id" in message:
            self._heard_at = _now()
        elif message.get("type") == "hello":
            ours = len({*self._lines.values(), *self._retiring.values(), line})
            there = message.get("num_connections")
            log.info("socket open", connections=there)
            if isinstance(there, int) and there > ours:
                log.warning("more sockets are open than ours: does another process use this app token?", open=there)

    def _retire(self, line: Line) -> None:
        task = asyncio.create_task(line.finish(close=self.watch.close), name="retiring socket")
        self._retiring[task] = line
        task.add_done_callback(self._retiring.pop)


def _now() -> float:
    return asyncio.get_running_loop().time()
