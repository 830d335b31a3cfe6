"""The ways in which fan-outs are disturbed, by name."""

import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import dataclass

from faults import fan_out
from faults.fan_out import Disturbance, FanOut, Tally
from faults.memories import Memories
from faults.town import Town

SCALE = 100
LEASE, QUARANTINE = 60.0, 60.0
"""What a real bot has by default."""
BOTH = ("sqlite", "postgres")


@dataclass(frozen=True)
class Scenario:
    """`kills` is how often fan-outs are disturbed altogether, `at_once` how often one of them is at most.

    `scale` is how many times shorter than real ones lease and quarantine are; `lost_answers` is the share of messages
    whose answer Slack loses after taking them. The kinds of database take turns.
    """

    name: str
    disturb: Disturbance
    kills: int = 300
    at_once: int = 10
    kinds: tuple[str, ...] = BOTH
    scale: float = SCALE
    lost_answers: float = 0.0


SCENARIOS = (
    Scenario("kills", fan_out.one_after_the_other),
    Scenario("lost answers", fan_out.one_after_the_other, lost_answers=0.05),
    Scenario("two workers", fan_out.two_at_a_time),
    Scenario("stopped", fan_out.stopped_past_its_lease, at_once=5),
    Scenario("postgres restarts", fan_out.database_restarted, kinds=("postgres",)),
)
REAL = Scenario("real times", fan_out.one_after_the_other, kills=5, at_once=5, kinds=("sqlite",), scale=1)
"""With lease and quarantine as they are by default: two minutes of waiting."""


@dataclass
class Ground:
    """What fan-outs are run on: one size of town, imported once, and its databases."""

    size: int
    memories: Memories
    restart: Callable[[], None]

    async def prepare(self) -> None:
        async with Town(self.size) as town:
            await self.memories.fill(town.open_in)

    async def run(self, scenario: Scenario, *, kills: int, seed: int) -> Tally:
        """Fan-outs until they were disturbed so many times, each from a seed of its own."""
        tally = Tally()
        while tally.kills < kills:
            run = tally.runs
            kind = scenario.kinds[run % len(scenario.kinds)]
            most = min(scenario.at_once, kills - tally.kills)
            one = await self._fan_out(scenario, kind, most, f"{scenario.name} {seed} {run}")
            one.remarks = [f"{kind}, seed {seed}, fan-out {run}: {remark}" for remark in one.remarks]
            tally.add(one)
        return tally

    async def _fan_out(self, scenario: Scenario, kind: str, most: int, seed: str) -> Tally:
        began = time.monotonic()
        chance = random.Random(seed)
        with self.memories.copy(kind) as url:
            async with Town(self.size) as town:
                if scenario.lost_answers:
                    town.playground.faults.lose_some("chat.postMessage", scenario.lost_answers, chance)
                lease, quarantine = LEASE / scenario.scale, QUARANTINE / scenario.scale
                disturbed = FanOut(town, url, chance, lease, quarantine, self.restart)
                try:
                    await scenario.disturb(disturbed, most)
                    await disturbed.finish()
                    tally = disturbed.tally()
                finally:
                    await _end(disturbed)
        tally.seconds = time.monotonic() - began
        return tally


async def _end(fan_out: FanOut) -> None:
    """Leave no process behind, whatever went wrong."""
    for worker in fan_out.workers:
        worker.kill()
    await asyncio.gather(*(worker.ended(within=10) for worker in fan_out.workers))
