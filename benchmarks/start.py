"""`okrbot run`, from its command to two open connections: against importing its libraries, and in a large company.

The start is the whole of it: Python, imports, settings, auth.test, the schema, Slack's list of people, the sockets.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.company import Company
from benchmarks.ground import Ground
from benchmarks.memories import memory
from benchmarks.processes import Slack, slack
from benchmarks.results import Line, at_most
from benchmarks.server import Manner
from benchmarks.sides import APP_TOKEN, TOKEN

LIBRARIES = (
    "slack_bolt.async_app",
    "slack_sdk.web.async_client",
    "slack_sdk.socket_mode.request",
    "aiohttp",
    "apscheduler.schedulers.asyncio",
    "sqlmodel.ext.asyncio.session",
    "sqlalchemy.ext.asyncio",
    "aiosqlite",
    "alembic.command",
    "alembic.config",
    "dateutil.rrule",
    "pydantic_settings",
    "typer",
    "structlog",
    "babel.dates",
    "babel.messages.pofile",
    "yaml",
    "prometheus_client",
    "aiolimiter",
    "holidays",
    "icalendar",
)
"""What pyproject.toml names, as the bot imports it."""
BOTH = 2
SECONDS = 300


@dataclass(frozen=True)
class Size:
    small: int
    large: int
    rounds: int


SIZES = {"full": Size(100, 100_000, 3), "quick": Size(100, 5_000, 3), "smallest": Size(10, 20, 1)}


def run(ground: Ground) -> list[Line]:
    size = SIZES[ground.scale]
    with (
        memory(ground.database_url, ground.folder, Company(size.small, due=0)) as few,
        memory(ground.database_url, ground.folder, Company(size.large, due=0)) as many,
        slack(Manner(members=size.small)) as quiet,
        slack(Manner(members=size.large)) as busy,
    ):
        imports, ours, starts, large = [], [], [], []
        compiled = _compiled(ground.folder)
        for modules in (LIBRARIES, ("bot.__main__",)):
            _import(compiled, *modules)()
        for _ in range(size.rounds):
            imports.append(_seconds(_import(compiled, *LIBRARIES)))
            ours.append(_seconds(_import(compiled, "bot.__main__")))
            starts.append(_start(compiled, ground.folder, few.url, quiet))
            large.append(_start(compiled, ground.folder, many.url, busy))
    return [
        Line.ratio("importing the bot (its libraries)", ours, imports, "{:.2f} s", at_most(1.10)),
        Line.ratio(
            "from the command to being connected (importing the libraries)", starts, imports, "{:.2f} s", at_most(1.10)
        ),
        Line.ratio(
            f"from the command to being connected with {size.large:,} people (with {size.small:,})",
            large,
            starts,
            "{:.2f} s",
            at_most(1.10),
        ),
    ]


def _compiled(folder: Path) -> dict[str, str]:
    """An environment in which everything is compiled the first time, as it is once installed."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(folder / "compiled"), "PYTHONPATH": str(Path.cwd())}


def _import(environment: dict[str, str], *modules: str) -> Callable[[], object]:
    command = [sys.executable, "-c", "import " + ", ".join(modules)]
    return lambda: subprocess.run(command, check=True, env=environment)


def _seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _start(environment: dict[str, str], folder: Path, database_url: str, server: Slack) -> float:
    """Start the bot, wait until both of its connections are open, and end it."""
    settings = {
        "OKRBOT_SLACK_BOT_TOKEN": TOKEN,
        "OKRBOT_SLACK_APP_TOKEN": APP_TOKEN,
        "OKRBOT_SLACK_API_URL": server.api_url,
        "OKRBOT_DATABASE_URL": database_url,
        "OKRBOT_HEALTH_PORT": "0",
        "OKRBOT_LOG_LEVEL": "ERROR",
        "OKRBOT_TICK_SECONDS": "300",
    }
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "bot", "run"], env={**environment, **settings}, cwd=folder)
    try:
        while server.sockets() < BOTH:
            if process.poll() is not None or time.perf_counter() - began > SECONDS:
                raise RuntimeError("the bot does not start")
            time.sleep(0.01)
        return time.perf_counter() - began
    finally:
        process.kill()  # how it ends is not what is measured
        process.wait(30)
        while server.sockets():
            time.sleep(0.01)
