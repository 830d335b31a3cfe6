"""Everybody is due at once: prompts over TLS to a Slack that takes 100 ms, each written down durably.

Against the bare client, which sends the same bodies and writes nothing down, and against the naive bot.
"""

import asyncio
import pickle
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from benchmarks import naive
from benchmarks.company import Company, let_some_be_due_before
from benchmarks.days import BEFORE, DUE
from benchmarks.ground import Ground
from benchmarks.memories import Memory, memory
from benchmarks.processes import Slack, slack
from benchmarks.results import Line, at_least, at_most
from benchmarks.server import Manner
from benchmarks.sides import TOKEN, Measure, bot, measured
from bot import slack as bot_slack
from bot.slack import SlackMessenger
from rituals.deliverer import Deliverer
from rituals.pacing import Limits
from storage.database import Database

LATENCY = 0.1
WARM = 100
"""So many go out before the measurement, on every side."""
FREE = Limits(posts_per_minute=600_000, channel_per_second=10_000)


@dataclass(frozen=True)
class Size:
    prompts: int
    naive: int
    rounds: int


SIZES = {"full": Size(3000, 600, 5), "quick": Size(500, 100, 2), "smallest": Size(20, 5, 1)}


def run(ground: Ground) -> list[Line]:
    size = SIZES[ground.scale]
    company = Company(size.prompts + WARM, due=size.prompts + WARM)
    manner = Manner(latency=LATENCY, certificate=ground.certificate)
    with memory(ground.database_url, ground.folder, company, opened=True) as kept, slack(manner) as server:
        asyncio.run(let_some_be_due_before(kept.url, WARM))
        bodies = ground.folder / "bodies"
        with kept.copy() as url:
            bodies.write_bytes(pickle.dumps(ground.alone(bodies_of, url)))
        few = _compare(ground, size, kept, server, bodies, connections=32)
        many = _compare(ground, size, kept, server, bodies, connections=128, naively=True)
    return [
        Line.ratio(
            "prompts a second, 32 connections (the bare client)",
            [one.ours.rate for one in few],
            [one.raw.rate for one in few],
            "{:.0f}/s",
            at_least(0.80),
        ),
        Line.ratio(
            "prompts a second, 128 connections (the bare client)",
            [one.ours.rate for one in many],
            [one.raw.rate for one in many],
            "{:.0f}/s",
            at_least(0.5),
        ),
        Line.ratio(
            "prompts a second, 128 connections (the naive bot)",
            [one.ours.rate for one in many],
            [one.naive.rate for one in many if one.naive],
            "{:.0f}/s",
            at_least(8),
        ),
        Line.ratio(
            "CPU of a prompt (the naive bot)",
            [one.ours.cpu_each * 1000 for one in many],
            [one.naive.cpu_each * 1000 for one in many if one.naive],
            "{:.2f} ms",
            at_most(0.1),
        ),
        Line.ratio(
            "CPU of a prompt (the bare client)",
            [one.ours.cpu_each * 1000 for one in few],
            [one.raw.cpu_each * 1000 for one in few],
            "{:.2f} ms",
        ),
    ]


@dataclass(frozen=True)
class Round:
    """All sides, one right after the other."""

    raw: Measure
    ours: Measure
    naive: Measure | None


def _compare(
    ground: Ground, size: Size, kept: Memory, server: Slack, bodies: Path, *, connections: int, naively: bool = False
) -> list[Round]:
    rounds = []
    for _ in range(size.rounds):
        with kept.copy() as url:
            raw = ground.alone(send_raw, server.api_url, bodies, connections)
            _expect(server, size.prompts + WARM)
            ours = ground.alone(deliver, server.api_url, url, size.prompts, connections)
            _expect(server, size.prompts + WARM)
        others = None
        if naively:
            others = ground.alone(ask_naively, server.api_url, ground.folder, size.naive)
            _expect(server, size.naive)
        rounds.append(Round(raw, ours, others))
    return rounds


def _expect(server: Slack, posted: int) -> None:
    """A side that loses or doubles something is not fast but wrong."""
    tally = server.tally()
    if (tally["posted"], tally["doubled"], tally["refused"]) != (posted, 0, []):
        raise RuntimeError(f"expected {posted} posts once each: {tally}")


def bodies_of(url: str) -> list[dict[str, Any]]:
    """What okrbot would post: the arguments of every chat.postMessage, in the order of their turns."""
    return asyncio.run(_bodies_of(url))


async def _bodies_of(url: str) -> list[dict[str, Any]]:
    database, recorder = Database(url), Recorder()
    async with bot_slack.session() as http:
        messenger = SlackMessenger(TOKEN, "http://localhost/", http)
        messenger.sending = recorder  # type: ignore[assignment]
        try:
            await Deliverer(database, messenger, limits=FREE).deliver_all(DUE)
        finally:
            await database.close()
    return recorder.bodies


class Recorder:
    """In the place of the client that sends."""

    def __init__(self) -> None:
        self.bodies: list[dict[str, Any]] = []

    async def chat_postMessage(self, **given: Any) -> dict[str, str]:  # noqa: N802 - as the client names it
        self.bodies.append(given)
        return {"channel": f"D{given['channel'][1:]}", "ts": f"1763280000.{len(self.bodies):06d}"}


def send_raw(api_url: str, bodies: Path, connections: int) -> Measure:
    """The bare client: one session, so many posts at a time, nothing written down."""
    return asyncio.run(_send_raw(api_url, pickle.loads(bodies.read_bytes()), connections))  # noqa: S301 - our own


async def _send_raw(api_url: str, bodies: list[dict[str, Any]], connections: int) -> Measure:
    async with bot_slack.session(connections) as http:
        client = AsyncWebClient(token=TOKEN, base_url=api_url, session=http)

        async def send(some: list[dict[str, Any]]) -> None:
            left = iter(some)

            async def work() -> None:
                for body in left:
                    await client.chat_postMessage(**body)

            await asyncio.gather(*(work() for _ in range(connections)))

        await send(bodies[:WARM])
        return await measured(len(bodies) - WARM, lambda: send(bodies[WARM:]))


def deliver(api_url: str, database_url: str, prompts: int, connections: int) -> Measure:
    """The bot's deliverer, as a tick calls it."""
    return asyncio.run(_deliver(api_url, database_url, prompts, connections))


async def _deliver(api_url: str, database_url: str, prompts: int, connections: int) -> Measure:
    async with bot(api_url, database_url, connections=connections) as built:
        await built.rituals.deliverer.deliver_all(BEFORE)
        return await measured(prompts, lambda: built.rituals.deliverer.deliver_all(DUE))


def ask_naively(api_url: str, folder: Path, people: int) -> Measure:
    """The naive bot, from the moment its jobs are due."""
    with tempfile.TemporaryDirectory(dir=folder) as made:
        return asyncio.run(_ask_naively(api_url, f"sqlite+aiosqlite:///{made}/naive.sqlite3", people))


async def _ask_naively(api_url: str, url: str, people: int) -> Measure:
    engine = await naive.prepare(url, people)
    bot = naive.NaiveBot(engine, TOKEN, api_url)
    try:
        await bot.start()
        return await measured(people, bot.run)
    finally:
        await engine.dispose()
