"""People go on doing things while prompts go out: how long the slowest waits, and how long the event loop stands still.

Somebody asks for a status, opens a form and sends it, four times a second. Beside it, a process that does nothing else
measures how long this machine lets anybody stand still.
"""

import asyncio
import threading
from dataclasses import dataclass
from itertools import cycle

from benchmarks import people
from benchmarks.company import Company, let_some_be_due_before
from benchmarks.days import BEFORE, DUE
from benchmarks.ground import Ground
from benchmarks.memories import memory
from benchmarks.processes import Slack, slack
from benchmarks.results import Line, at_most
from benchmarks.server import Manner
from benchmarks.sides import bot
from benchmarks.standing_still import Stall, idle_loop, watching

LATENCY = 0.1
EVERY = 0.25
ASKED = 100
"""So many people have their prompt before the others: these do things in Slack."""


@dataclass(frozen=True)
class Size:
    prompts: int


SIZES = {"full": Size(10_000), "quick": Size(600), "smallest": Size(20)}


def run(ground: Ground) -> list[Line]:
    size = SIZES[ground.scale]
    company = Company(size.prompts + ASKED, due=size.prompts + ASKED)
    manner = Manner(latency=LATENCY, certificate=ground.certificate)
    with memory(ground.database_url, ground.folder, company, opened=True) as kept, slack(manner) as server:
        asyncio.run(let_some_be_due_before(kept.url, ASKED))
        crowd = Crowd(server)
        with kept.copy() as url, idle_loop() as idle, crowd:
            stall = ground.alone(deliver, server.api_url, url)
        tally = server.tally()
    if (tally["posted"], tally["doubled"]) != (size.prompts + ASKED, 0) or crowd.problems:
        raise RuntimeError(f"expected {size.prompts} posts once each: {tally}, {crowd.problems}")
    waits = sorted(crowd.waits)
    what = f"while {size.prompts:,} prompts go out"
    return [
        Line.figure(
            f"slowest acknowledgement of {len(waits)} {what}", waits[-1] * 1000, "{:.0f} ms", at_most(500, " ms")
        ),
        Line.figure(f"median acknowledgement {what}", waits[len(waits) // 2] * 1000, "{:.0f} ms"),
        Line.figure(
            f"longest event-loop stall {what} (an idle loop beside it)",
            stall.longest * 1000,
            "{:.0f} ms",
            at_most(50, " ms"),
            theirs=idle.longest * 1000,
        ),
        Line.figure(
            f"stalls of more than 50 ms {what} (an idle loop beside it)", stall.long, "{:.0f}", theirs=idle.long
        ),
    ]


class Crowd(threading.Thread):
    """People who do things in Slack, one after the other, as soon as the bot has connected."""

    def __init__(self, server: Slack) -> None:
        super().__init__(daemon=True)
        self.server = server
        self.waits: list[float] = []
        self.problems: list[str] = []
        self._enough = threading.Event()

    def __enter__(self) -> "Crowd":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._enough.set()
        self.join()

    def run(self) -> None:
        try:
            for person in cycle(range(ASKED)):
                self._act(person)
                if self._enough.wait(EVERY):
                    return
        except OSError as error:
            if not self._enough.is_set():  # once the bot has gone, nobody answers
                self.problems.append(repr(error))

    def _act(self, person: int) -> None:
        self.waits.append(people.command(self.server, person, "status")["seconds"])
        opened = people.click(self.server, person)
        self.waits.append(opened["seconds"])
        self.waits.append(people.submit(self.server, person, opened["view"], "55")["seconds"])


def deliver(api_url: str, database_url: str) -> Stall:
    """The bot, connected, while everybody is prompted."""
    return asyncio.run(_deliver(api_url, database_url))


async def _deliver(api_url: str, database_url: str) -> Stall:
    async with bot(api_url, database_url) as built:
        await built.rituals.deliverer.deliver_all(BEFORE)
        await built.connect()
        async with watching() as stall:
            await built.rituals.deliverer.deliver_all(DUE)
        return stall
