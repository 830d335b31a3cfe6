"""What a tick costs in companies of any size: when nothing is due, and for each person who is.

Slack is left out: messages count as said at once.
"""

import asyncio
from contextlib import ExitStack
from dataclasses import dataclass

from benchmarks.company import Company
from benchmarks.days import BEFORE, DUE
from benchmarks.ground import Ground
from benchmarks.memories import Memory, memory
from benchmarks.results import Line, at_most
from benchmarks.sides import Instant, Measure, measured, rituals
from scheduling.ticker import Ticker
from storage.database import Database


@dataclass(frozen=True)
class Size:
    """`small` and `large` companies tick idly; of each of `growing`, so many are `due`."""

    small: int
    large: int
    growing: tuple[int, ...]
    due: int
    idle: int
    rounds: int


SIZES = {
    "full": Size(1_000, 1_000_000, (10_000, 100_000, 1_000_000), due=1_000, idle=100, rounds=3),
    "quick": Size(1_000, 50_000, (2_000, 50_000), due=200, idle=100, rounds=3),
    "smallest": Size(10, 100, (20, 100), due=10, idle=3, rounds=1),
}


def run(ground: Ground) -> list[Line]:
    size = SIZES[ground.scale]
    with ExitStack() as stack:
        companies = {
            people: stack.enter_context(
                memory(ground.database_url, ground.folder, Company(people, due=0 if people == size.small else size.due))
            )
            for people in sorted({size.small, size.large, *size.growing})
        }
        return [_idle(ground, size, companies), *_due(ground, size, companies)]


def _idle(ground: Ground, size: Size, companies: dict[int, Memory]) -> Line:
    small, large = [], []
    for _ in range(size.rounds):
        small.append(ground.alone(tick_idly, companies[size.small].url, size.idle))
        large.append(ground.alone(tick_idly, companies[size.large].url, size.idle))
    return Line.ratio(
        f"an idle tick with {size.large:,} people (with {size.small:,})",
        [one.seconds / one.count * 1000 for one in large],
        [one.seconds / one.count * 1000 for one in small],
        "{:.2f} ms",
        at_most(1.5),
    )


def _due(ground: Ground, size: Size, companies: dict[int, Memory]) -> list[Line]:
    """Each round ticks in every company, on a copy that is thrown away."""
    taken: dict[int, list[Measure]] = {people: [] for people in size.growing}
    for _ in range(size.rounds):
        for people in size.growing:
            with companies[people].copy() as url:
                taken[people].append(ground.alone(tick_once, url, size.due))
    smallest, *larger = size.growing
    return [
        Line.ratio(
            f"a due tick with {people:,} people, per due person (with {smallest:,})",
            [one.seconds / one.count * 1000 for one in taken[people]],
            [one.seconds / one.count * 1000 for one in taken[smallest]],
            "{:.2f} ms",
            at_most(1.25),
        )
        for people in larger
    ]


def tick_idly(url: str, count: int) -> Measure:
    """Ticks a minute before anything is due."""
    return asyncio.run(_tick_idly(url, count))


async def _tick_idly(url: str, count: int) -> Measure:
    database = Database(url)
    ticker = Ticker(rituals(database))

    async def tick() -> None:
        for _ in range(count):
            await ticker.tick(BEFORE)

    try:
        await ticker.tick(BEFORE)
        return await measured(count, tick)
    finally:
        await database.close()


def tick_once(url: str, due: int) -> Measure:
    """One tick that opens the rounds of everybody who is due, and asks them."""
    return asyncio.run(_tick_once(url, due))


async def _tick_once(url: str, due: int) -> Measure:
    database, messenger = Database(url), Instant()
    ticker = Ticker(rituals(database, messenger))
    try:
        await ticker.tick(BEFORE)
        measure = await measured(due, lambda: ticker.tick(DUE))
    finally:
        await database.close()
    if messenger.count != due:
        raise RuntimeError(f"{due} were due and {messenger.count} were asked")
    return measure
