"""Starting the demo: the playground, the bot, five weeks of history, and a Monday about to begin."""

import asyncio
import signal
import tempfile
import webbrowser
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
from scheduling.local import LocalScheduler

COMPANY = Path(__file__).parent / "company.yaml"
MONDAY = datetime(2026, 11, 16, tzinfo=ZoneInfo("Europe/Rome"))
BEFORE_WORK = timedelta(hours=8, minutes=59)
TICK_SECONDS = 1.0


async def play(*, port: int, open_page: bool) -> None:
    """Run the demo until Ctrl-C. Raises StartProblem when the port is taken."""
    logs.configure("ERROR")
    clock = PlaygroundClock((MONDAY - timedelta(weeks=WEEKS, hours=12)).astimezone(UTC))
    playground = Playground(clock)
    cast = gather(playground)
    await _open(playground, port)
    try:
        with tempfile.TemporaryDirectory(prefix="okrbot-demo-") as folder:
            async with await _bot(playground, cast, folder) as bot:
                await _set_the_scene(playground, clock, cast, bot)
                await _let_people_in(playground, clock, cast, bot, open_page=open_page)
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
            "database_url": f"sqlite:///{Path(folder) / 'demo.sqlite3'}",
        }
    )
    return await build(settings, clock=playground.clock.now)


async def _set_the_scene(playground: Playground, clock: PlaygroundClock, cast: Cast, bot: Bot) -> None:
    await bot.connect()
    text = COMPANY.read_text(encoding="utf-8")
    await bot.rituals.companies.import_file(bot.workspace.id, "Ruota", text, clock.now(), dry_run=False)
    playground.world = BotWorld(bot)
    print(f"Playing the last {WEEKS} weeks of a made-up company…", flush=True)
    await live_through(clock, cast.people, parse(text).company, MONDAY)
    await clock.move_to(MONDAY + BEFORE_WORK)


async def _let_people_in(
    playground: Playground, clock: PlaygroundClock, cast: Cast, bot: Bot, *, open_page: bool
) -> None:
    scheduler = LocalScheduler(bot.ticker, clock.now, every=TICK_SECONDS)
    scheduler.start()
    address = f"{playground.url}/#{cast.people['dana'].id}/messages"
    print(_welcome(address), flush=True)
    if open_page:
        await asyncio.to_thread(webbrowser.open, address)
    await _asked_to_stop()
    print("\nThe demo has ended; nothing of it was kept.", flush=True)
    await scheduler.stop()


def _welcome(address: str) -> str:
    return f"""
okrbot demo: {address}

It is Monday 16 November, 08:59 in Rome, and you are Dana, who leads Growth. Priya in Bangalore
was asked at 04:30 Rome time; in New York it is still night.

  1. Press "Next event" at the top: it is 09:00, and okrbot asks you about your key results.
  2. Press "Check in", answer, and see the message become your receipt.
  3. Press "Next event" until the digest appears in #growth, or type /okr status anywhere.

"Acting as" at the top left makes you somebody else. Ctrl-C ends the demo."""


async def _asked_to_stop() -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for one in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(one, stop.set)
    await stop.wait()
