"""Whether each part of the process is alive, and the two local pages that say so: /healthz and /metrics."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import structlog
from aiohttp import web

from bot.metrics import Metrics
from bot.sockets import Sight

OK, DEGRADED, DOWN = "ok", "degraded", "down"
DATABASE_SECONDS = 3.0
BEAT_SECONDS = 45.0
"""A scheduler that has given no sign for so long is down: people read it within a minute."""
LATE_SECONDS, STUCK_SECONDS = 120.0, 900.0
"""A message so long overdue is a nuisance, or means that nothing gets out."""
PORT_SECONDS = 5.0
log = structlog.get_logger()


class Scheduler(Protocol):
    """Whoever keeps time. `beat_age` is how long ago it gave a sign of life, in seconds."""

    @property
    def beat_age(self) -> float: ...

    async def stop(self) -> None: ...


@dataclass(frozen=True)
class Part:
    """`state` is ok, degraded or down; the details are numbers."""

    state: str
    details: Mapping[str, float]


@dataclass(frozen=True)
class Health:
    """Looks at the parts when it is asked. A part this process does not have is None.

    `overdue` reads the memory: how many seconds the oldest delivery is overdue. `failures` are what it may raise.
    """

    overdue: Callable[[], Awaitable[float]]
    failures: tuple[type[Exception], ...]
    sockets: Callable[[], Sight | None]
    scheduler: Callable[[], Scheduler | None]

    async def look(self) -> dict[str, Part]:
        parts = await self._memory()
        if sight := self.sockets():
            parts["sockets"] = _sockets(sight)
        if scheduler := self.scheduler():
            parts["scheduler"] = _scheduler(scheduler.beat_age)
        return parts

    async def _memory(self) -> dict[str, Part]:
        began = asyncio.get_running_loop().time()
        gone: tuple[type[Exception], ...] = (TimeoutError, *self.failures)
        try:
            late = await asyncio.wait_for(self.overdue(), DATABASE_SECONDS)
        except gone:
            return {"database": Part(DOWN, _age(began))}
        state = DOWN if late > STUCK_SECONDS else DEGRADED if late > LATE_SECONDS else OK
        return {"database": Part(OK, _age(began)), "deliveries": Part(state, {"overdue_seconds": round(late, 1)})}


def _age(began: float) -> dict[str, float]:
    return {"answered_in_seconds": round(asyncio.get_running_loop().time() - began, 3)}


def _sockets(sight: Sight) -> Part:
    state = OK if sight.open >= sight.wanted else DEGRADED if sight.open else DOWN
    return Part(state, {"open": sight.open, "wanted": sight.wanted, "quiet_seconds": round(sight.quiet, 1)})


def _scheduler(age: float) -> Part:
    return Part(OK if age <= BEAT_SECONDS else DOWN, {"age_seconds": round(age, 1)})


def as_json(parts: Mapping[str, Part]) -> tuple[bool, dict[str, Any]]:
    """(whether the process does its work, what /healthz shows)."""
    states = {part.state for part in parts.values()}
    shown = {name: {"state": part.state, **part.details} for name, part in parts.items()}
    return DOWN not in states, {"status": OK if states <= {OK} else DEGRADED, "parts": shown}


class HealthDoor:
    """Serves the two pages. A port that is taken does not keep the bot from its work: it is tried again and again."""

    def __init__(
        self, health: Health, metrics: Metrics, host: str, port: int, *, patience: float = PORT_SECONDS
    ) -> None:
        self.health = health
        self.metrics = metrics
        self.host = host
        self.port = port
        self.patience = patience
        self.address = ""
        self._runner: web.AppRunner | None = None
        self._opening: asyncio.Task[None] | None = None

    async def open(self) -> None:
        app = web.Application()
        app.router.add_get("/healthz", self._healthz)
        app.router.add_get("/metrics", self._metrics)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        if not await self._listen(self._runner):
            log.warning("health port is taken", host=self.host, port=self.port)
            self._opening = asyncio.create_task(self._wait_for_port(self._runner), name="health port")

    async def close(self) -> None:
        if self._opening:
            self._opening.cancel()
        if self._runner:
            await self._runner.cleanup()

    async def _wait_for_port(self, runner: web.AppRunner) -> None:
        while True:
            await asyncio.sleep(self.patience)
            if await self._listen(runner):
                return

    async def _listen(self, runner: web.AppRunner) -> bool:
        site = web.TCPSite(runner, self.host, self.port)
        try:
            await site.start()
        except OSError:
            await site.stop()
            return False
        host, port = runner.addresses[0][:2]
        self.address = f"http://{host}:{port}"
        log.info("health", address=self.address)
        return True

    async def _healthz(self, request: web.Request) -> web.Response:
        well, shown = as_json(await self.health.look())
        return web.Response(status=200 if well else 503, text=json.dumps(shown), content_type="application/json")

    async def _metrics(self, request: web.Request) -> web.Response:
        parts = await self.health.look()
        late = parts.get("deliveries")
        self.metrics.overdue(late.details["overdue_seconds"] if late else 0)
        return web.Response(body=self.metrics.page(), headers={"Content-Type": "text/plain; version=0.0.4"})
