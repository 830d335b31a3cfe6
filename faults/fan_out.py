"""One fan-out: everybody is due, the bot is disturbed while it sends, and Slack is asked what it shows at the end."""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from faults.memories import rows
from faults.town import DUE, Town
from faults.workers import Work, Worker

PATIENCE = 120.0
"""Seconds a fan-out may take after the last disturbance, besides what a dead worker's lease and the quarantine take; a
longer one is stuck.
"""


@dataclass
class Tally:
    """What came of fan-outs. `lost` counts messages that do not stand where the ledger says, `doubled` those too many,
    `removed` those that stood twice for a while and were found and deleted by the bot itself.
    """

    runs: int = 0
    kills: int = 0
    prompts: int = 0
    lost: int = 0
    doubled: int = 0
    removed: int = 0
    seconds: float = 0.0
    remarks: list[str] = field(default_factory=list)

    @property
    def kept(self) -> bool:
        """Whether the promise was kept."""
        return not self.lost and not self.doubled and not self.remarks

    def add(self, other: "Tally") -> None:
        for name in ("runs", "kills", "prompts", "lost", "doubled", "removed", "seconds"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.remarks += other.remarks


@dataclass
class FanOut:
    """A fan-out under way: its Slack, its memory, and whoever works on it."""

    town: Town
    database_url: str
    chance: random.Random
    lease: float
    quarantine: float
    restart: Callable[[], None]
    kills: int = 0
    workers: list[Worker] = field(default_factory=list)

    def start(self) -> Worker:
        settings = self.town.settings(self.database_url, lease_seconds=self.lease, quarantine_seconds=self.quarantine)
        worker = Worker.start(Work(settings, DUE))
        self.workers.append(worker)
        return worker

    async def lets_live(self, worker: Worker) -> bool:
        """Let a worker live for a random while: into the sending, or into looking after what the last one left.

        True when it was done before its time had come.
        """
        recovering = self.lease + self.quarantine if self.chance.random() < 0.4 else 0.0
        return await worker.ended(within=recovering + self.chance.uniform(0.05, 1.0))

    async def finish(self) -> None:
        """Let the last ones work until nothing is owed."""
        patience = PATIENCE + self.lease + self.quarantine
        for worker in self.workers:
            if worker.alive and not await worker.ended(within=patience):
                worker.kill()

    def tally(self) -> Tally:
        """Compare the ledger with what Slack shows."""
        tally = Tally(runs=1, kills=self.kills, prompts=len(self.town.people))
        standing, strays = self.town.standing, Counter[str]()
        ledger = rows(self.database_url, "SELECT id, channel, ts, state, reason, duplicates FROM deliveries")
        for id, channel, ts, state, reason, duplicates in ledger:
            places = standing.pop(id, Counter())
            if (channel, ts) not in places:
                tally.lost += 1
                strays[f"not where the ledger has it: {state} {reason}"] += 1
            tally.doubled += max(0, sum(places.values()) - 1)
            tally.removed += duplicates
        tally.lost += max(0, len(self.town.people) - len(ledger))
        tally.doubled += sum(sum(places.values()) for places in standing.values())
        tally.remarks += [f"{count} {what}" for what, count in strays.items()]
        tally.remarks += [f"a worker ended with {one.code}" for one in self.workers if one.code not in (0, -9)]
        return tally


Disturbance = Callable[[FanOut, int], Awaitable[None]]
"""What happens to the workers of a fan-out, at most so many times."""


async def one_after_the_other(fan_out: FanOut, most: int) -> None:
    """Kill the worker at random moments; another takes over at once."""
    while True:
        worker = fan_out.start()
        if fan_out.kills >= most or await fan_out.lets_live(worker):
            return
        worker.kill()
        fan_out.kills += 1


async def two_at_a_time(fan_out: FanOut, most: int) -> None:
    """Two workers on one database, and one or the other is killed."""
    pair = [fan_out.start(), fan_out.start()]
    while fan_out.kills < most:
        chosen = fan_out.chance.randrange(2)
        if await fan_out.lets_live(pair[chosen]):
            return
        pair[chosen].kill()
        fan_out.kills += 1
        pair[chosen] = fan_out.start()


async def stopped_past_its_lease(fan_out: FanOut, most: int) -> None:
    """Stop a worker, let another take over all that it held, then let the first one go on where it was."""
    while fan_out.kills < most:
        worker = fan_out.start()
        if await worker.ended(within=fan_out.chance.uniform(0.2, 1.5)):
            return
        worker.pause()
        other = fan_out.start()
        gone = fan_out.lease + fan_out.quarantine + fan_out.chance.uniform(0.2, 1.0)
        await other.ended(within=gone)
        worker.go_on()
        fan_out.kills += 1
        if fan_out.chance.random() < 0.5:
            await worker.ended(within=fan_out.chance.uniform(0.0, 0.5))
            other.kill()


async def database_restarted(fan_out: FanOut, most: int) -> None:
    """Restart the PostgreSQL under the worker, again and again."""
    worker = fan_out.start()
    while fan_out.kills < most:
        if await worker.ended(within=fan_out.chance.uniform(0.2, 2.0)):
            return
        await asyncio.to_thread(fan_out.restart)
        fan_out.kills += 1
