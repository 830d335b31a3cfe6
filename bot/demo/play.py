"""Starting the demo: the playground, the bot, five weeks of history, and a Monday about to begin."""

import asyncio
import signal
import tempfile
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot import logs
from bot.app import Bot, build
from bot.checks import StartProblem
from bot.demo.cast import Cast, gather
from bot.demo.history import WEEKS, live_through
from bot.demo.world import BotWorld
from bot.settings import Settings
from playground import Playground, PlaygroundClock
from rituals.company_file import parse

COMPANY = Path(__file__).parent / "company.yaml"
MONDAY = datetime(2026, 11, 16, tzinfo=ZoneInfo("Europe/Rome"))
BEFORE_WORK = timedelta(hours=8, minutes=59)
TICK_SECONDS = 1.0
UNHURRIED = {"posts_per_minute": 60_000, "updates_per_minute": 60_000, "channel_posts_per_second": 1000}
"""The playground has no limits to keep to, and weeks pass in seconds there."""


@dataclass(frozen=True)
class Show:
    """A demo that is running: `address` opens the page as Dana."""

    playground: Playground
    clock: PlaygroundClock
    cast: Cast
    bot: Bot

    @property
    def address(self) -> str:
        return f"{self.playground.url}/#{self.cast.people['dana'].id}/messages"


async def play(*, port: int, open_page: bool) -> None:
    """Run the demo until Ctrl-C. Raises StartProblem when the port is taken."""
    logs.configure("ERROR")
    stop = asyncio.create_task(_stop_signal().wait())
    show = asyncio.create_task(_show(port=port, open_page=open_page))
    await asyncio.wait({stop, show}, return_when=asyncio.FIRST_COMPLETED)
    if show.done():
        stop.cancel()
        show.result()
    show.cancel()
    with suppress(asyncio.CancelledError):
        await show
    print("\nThe demo has ended; nothing of it was kept.", flush=True)


async def _show(*, port: int, open_page: bool) -> None:
    """Play until cancelled."""
    print(f"Playing the last {WEEKS} weeks of a made-up company…", flush=True)
    async with running(port=port, weeks=WEEKS) as show:
        show.bot.keep_time(TICK_SECONDS)
        print(_welcome(show.address), flush=True)
        if open_page:
            await asyncio.to_thread(webbrowser.open, show.address)
        await asyncio.Event().wait()


@asynccontextmanager
async def running(*, port: int, weeks: int) -> AsyncIterator[Show]:
    """The demo with the last `weeks` of its history behind it, one minute before Monday 09:00 in Rome."""
    async with opened(port=port, weeks=weeks) as show:
        await _set_the_scene(show, weeks)
        yield show


@asynccontextmanager
async def opened(*, port: int, weeks: int) -> AsyncIterator[Show]:
    """The demo `weeks` earlier, on the evening before a Monday: nobody has described a company yet."""
    clock = PlaygroundClock((MONDAY - timedelta(weeks=weeks, hours=12)).astimezone(UTC))
    playground = Playground(clock)
    cast = gather(playground)
    await _open(playground, port)
    try:
        with tempfile.TemporaryDirectory(prefix="okrbot-demo-") as folder:
            async with await _bot(playground, cast, folder) as bot:
                await bot.connect()
                playground.world = BotWorld(bot)
                yield Show(playground, clock, cast, bot)
    finally:
        await playground.stop()


async def _open(playground: Playground, port: int) -> None:
    try:
        await playground.start(port=port)
    except OSError as error:
        raise StartProblem(
            f"port {port} is taken: stop what runs there, or choose another with --port {port + 1} "
            f'(make demo ARGS="--port {port + 1}")'
        ) from error


async def _bot(playground: Playground, cast: Cast, folder: str) -> Bot:
    """The bot itself, with only its addresses and tokens set: nothing in it knows of the playground."""
    settings = Settings.model_validate(
        {
            "slack_bot_token": cast.app.bot_token,
            "slack_app_token": cast.app.app_token,
            "slack_api_url": playground.api_url,
            **UNHURRIED,
            "database_url": f"sqlite:///{Path(folder) / 'demo.sqlite3'}",
        }
    )
    return await build(settings, clock=playground.clock.now)


async def _set_the_scene(show: Show, weeks: int) -> None:
    text = COMPANY.read_text(encoding="utf-8")
    await show.bot.rituals.companies.import_file(show.bot.workspace.id, "Ruota", text, show.clock.now(), dry_run=False)
    await live_through(show.clock, show.cast.people, parse(text).company, MONDAY, weeks=weeks)
    await show.clock.move_to(MONDAY + BEFORE_WORK)


def _welcome(address: str) -> str:
    return f"""
okrbot demo: {address}

It is Monday 16 November, 08:59 in Rome, and you are Dana, who leads Growth. Priya in Bangalore
was asked at 04:30 Rome time; in New York it is still night.

  1. Press "Next event" at the top: it is 09:00, and okrbot asks you about your key results.
  2. Press "Check in", answer, and see the message become your receipt.
  3. Press "Next event" until the digest appears in #growth, or type /okr status anywhere.

"Acting as" at the top left makes you somebody else: Giulia reads Italian, Elena is the admin
(/okr export, /okr doctor). #design has no team yet: try /okr setup there. Ctrl-C ends the demo."""


def _stop_signal() -> asyncio.Event:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for one in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(one, stop.set)
    return stop
