"""How long an event loop does not come round; the same of a loop with nothing to do shows the machine's share."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection

from benchmarks.processes import ZYGOTE, beside, until_told

LOOK = 0.002
LONG = 0.05


@dataclass
class Stall:
    """The longest time the loop did not come round, in seconds, and how often it was more than 50 ms."""

    longest: float = 0.0
    long: int = 0

    def note(self, seconds: float) -> None:
        self.longest = max(self.longest, seconds)
        self.long += seconds > LONG


@asynccontextmanager
async def watching() -> AsyncIterator[Stall]:
    """Look again and again how late this event loop comes round."""
    stall = Stall()

    async def look() -> None:
        while True:
            began = time.perf_counter()
            await asyncio.sleep(LOOK)
            stall.note(time.perf_counter() - began - LOOK)

    looking = asyncio.create_task(look())
    try:
        yield stall
    finally:
        looking.cancel()
        with suppress(asyncio.CancelledError):
            await looking


@contextmanager
def idle_loop() -> Iterator[Stall]:
    """Another process that does nothing but look, while the block lasts; what it saw is there afterwards."""
    seen, telling = ZYGOTE.Pipe()
    stall = Stall()
    with beside(_idle, telling):
        yield stall
    told: Stall = seen.recv()
    stall.longest, stall.long = told.longest, told.long


def _idle(telling: Connection, told: Connection) -> None:
    asyncio.run(_look_on(telling, told))


async def _look_on(telling: Connection, told: Connection) -> None:
    async with watching() as stall:
        await until_told(told)
    telling.send(stall)
