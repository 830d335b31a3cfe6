"""Whether the process grows: a hundred thousand prompts over HTTP, and what it weighs along the way.

The rounds are opened by bulk SQL: the ritual would need most of an hour, and is not what is measured.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.company import Company
from benchmarks.days import DUE
from benchmarks.ground import Ground
from benchmarks.memories import memory
from benchmarks.processes import slack
from benchmarks.results import Line, at_most
from benchmarks.server import Manner
from benchmarks.sides import bot
from okr.deliveries import Kind
from rituals.counting import Counting

PAGE = 4096
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Size:
    prompts: int
    warm: int


SIZES = {"full": Size(100_000, 10_000), "quick": Size(4_000, 1_000), "smallest": Size(20, 10)}


def run(ground: Ground) -> list[Line]:
    size = SIZES[ground.scale]
    company = Company(size.prompts, due=size.prompts, weeks=0)
    with memory(ground.database_url, ground.folder, company) as kept, slack(Manner()) as server:
        asyncio.run(company.open_in_bulk(kept.url))
        weights = ground.alone(deliver, server.api_url, kept.url, size)
        tally = server.tally()
    if (tally["posted"], tally["doubled"]) != (size.prompts, 0):
        raise RuntimeError(f"expected {size.prompts} posts once each: {tally}")
    return [
        Line.ratio(
            f"memory after {size.prompts:,} prompts (after {size.warm:,})",
            [weights[size.prompts] / MEGABYTE],
            [weights[size.warm] / MEGABYTE],
            "{:.0f} MB",
            at_most(1.10),
        )
    ]


@dataclass
class Scales:
    """Weighs the process whenever so many prompts have gone out; counts on for the bot's own metrics."""

    counting: Counting
    at: tuple[int, ...]
    count: int = 0
    weights: dict[int, int] = field(default_factory=dict)

    def delivered(self, kind: Kind, what: str, reason: str = "") -> None:
        self.counting.delivered(kind, what, reason)
        self.count += 1
        if self.count in self.at:
            self.weights[self.count] = _weight()

    def __getattr__(self, name: str) -> Callable[..., None]:
        counted: Callable[..., None] = getattr(self.counting, name)
        return counted


def _weight() -> int:
    """Bytes of the process that are in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE


def deliver(api_url: str, database_url: str, size: Size) -> dict[int, int]:
    """What the process weighed after so many prompts."""
    return asyncio.run(_deliver(api_url, database_url, size))


async def _deliver(api_url: str, database_url: str, size: Size) -> dict[int, int]:
    async with bot(api_url, database_url) as built:
        scales = Scales(built.metrics, (size.warm, size.prompts))
        built.rituals.deliverer.outcomes.counting = scales
        await built.rituals.deliverer.deliver_all(DUE)
        return scales.weights
