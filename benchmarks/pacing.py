"""A fan-out under a workspace's limit: as fast as is allowed, and never told to slow down."""

import asyncio
from dataclasses import dataclass

from benchmarks.company import Company
from benchmarks.days import DUE
from benchmarks.ground import Ground
from benchmarks.memories import memory
from benchmarks.processes import slack
from benchmarks.results import Line, at_most
from benchmarks.server import Manner
from benchmarks.sides import Measure, bot, measured
from rituals.pacing import Limits

LATENCY = 0.1


@dataclass(frozen=True)
class Size:
    prompts: int
    per_minute: int


SIZES = {"full": Size(1200, 1200), "quick": Size(300, 1200), "smallest": Size(20, 6000)}


def run(ground: Ground) -> list[Line]:
    size = SIZES[ground.scale]
    company = Company(size.prompts, due=size.prompts)
    manner = Manner(latency=LATENCY, per_minute=size.per_minute, certificate=ground.certificate)
    with memory(ground.database_url, ground.folder, company, opened=True) as kept, slack(manner) as server:
        with kept.copy() as url:
            taken = ground.alone(deliver, server.api_url, url, size)
        tally = server.tally()
    # What the bot may send at once need not wait; the last one still takes its latency.
    ideal = (size.prompts - Limits().burst) / size.per_minute * 60 + LATENCY
    lost = size.prompts - tally["posted"] + tally["doubled"] + len(tally["refused"])
    return [
        Line.ratio(
            f"{size.prompts} prompts at {size.per_minute} a minute (the time that takes at best)",
            [taken.seconds],
            [ideal],
            "{:.2f} s",
            at_most(1.10),
        ),
        Line.figure("answers of 429 meanwhile", tally["limited"], "{:.0f}", at_most(0)),
        Line.figure("prompts lost, doubled or refused", lost, "{:.0f}", at_most(0)),
    ]


def deliver(api_url: str, database_url: str, size: Size) -> Measure:
    """The bot with the workspace's limit in its settings."""
    return asyncio.run(_deliver(api_url, database_url, size))


async def _deliver(api_url: str, database_url: str, size: Size) -> Measure:
    async with bot(api_url, database_url, posts_per_minute=size.per_minute) as built:
        return await measured(size.prompts, lambda: built.rituals.deliverer.deliver_all(DUE))
