"""One round, again and again: each time another call to the database or to Slack goes wrong, until none is left.

Whatever went wrong, in the end Slack shows and the memory holds what they do after an undisturbed round.
"""

import asyncio
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from faults.fan_out import Tally
from faults.memories import Memories, rows
from faults.one_round import company, play
from faults.sabotage import Way
from faults.town import DUE, Town
from faults.workers import Work, Worker

LEASE = QUARANTINE = 0.6
HANG = LEASE + QUARANTINE + 0.1
PATIENCE = 120.0
AT_ONCE = 4
"""Rounds played side by side: most of the time they wait for a lease to run out."""
KINDS = ("sqlite", "postgres")
MEMORY = {
    "rounds": "SELECT date, state, missed FROM rounds",
    "asks": "SELECT key_result_id, person_id, date, due_at, excuse FROM asks",
    "checkins": "SELECT key_result_id, value, author_id, source, supersedes_id IS NULL FROM checkins",
    "deliveries": "SELECT kind, person_id, date, part, due_at, state, wanted > shown, lease IS NULL FROM deliveries",
}
"""What has to stand in the memory, without the ids and times that differ from round to round."""


@dataclass(frozen=True)
class Picture:
    """What is left of a round: messages as they read, and rows as they stand."""

    messages: tuple[str, ...]
    memory: tuple[tuple[str, tuple[str, ...]], ...]

    def differences(self, other: "Picture") -> Iterator[str]:
        mine, theirs = dict(self.memory), dict(other.memory)
        for what, one, two in [
            ("messages", self.messages, other.messages),
            *((table, mine[table], theirs[table]) for table in MEMORY),
        ]:
            yield from (f"{what}: only undisturbed: {line}" for line in _without(one, two))
            yield from (f"{what}: only disturbed: {line}" for line in _without(two, one))


@dataclass(frozen=True)
class Ended:
    """How a disturbed round ended: what is left of it, what came of its messages, and how many calls it took."""

    picture: Picture
    tally: Tally
    calls: int


class Sweep:
    """Rounds on databases of a kind, each with another call going wrong."""

    def __init__(self, memories: Memories) -> None:
        self.memories = memories
        self.undisturbed: dict[str, Ended] = {}

    async def prepare(self) -> None:
        """Import, and play the round once on each kind of database without any fault."""
        async with Town(2, company) as town:
            await self.memories.fill(town.import_into)
        for kind in KINDS:
            self.undisturbed[kind] = await self.plays(kind, 0, Way.ERROR)

    @property
    def calls(self) -> int:
        """How many calls an undisturbed round takes."""
        return max(ended.calls for ended in self.undisturbed.values())

    async def run(self, points: Iterable[int] | None = None) -> Tally:
        """Let every call go wrong in every way, or only these; the kinds of database take turns."""
        began = time.monotonic()
        jobs = [(number, way) for number in points or range(1, self.calls + 1) for way in Way]
        total, gate = Tally(), asyncio.Semaphore(AT_ONCE)

        async def one(number: int, way: Way) -> None:
            async with gate:
                total.add(await self._goes_wrong(KINDS[number % 2], number, way))

        await asyncio.gather(*(one(number, way) for number, way in jobs))
        total.seconds = time.monotonic() - began
        return total

    async def _goes_wrong(self, kind: str, number: int, way: Way) -> Tally:
        ended = await self.plays(kind, number, way)
        remarks = [*ended.tally.remarks, *self.undisturbed[kind].picture.differences(ended.picture)]
        ended.tally.remarks = [f"{kind}, call {number}, {way}: {remark}" for remark in remarks]
        return ended.tally

    async def plays(self, kind: str, number: int, way: Way) -> Ended:
        """Play the round with one fault; a worker that was killed is followed by another."""
        with self.memories.copy(kind) as url, tempfile.TemporaryDirectory() as folder:
            async with Town(2, company) as town:
                notes = Path(folder) / "notes"
                notes.write_text("0")
                work = Work(town.settings(url, lease_seconds=LEASE, quarantine_seconds=QUARANTINE), DUE)
                tally = Tally(runs=1)
                code = await _ended(Worker.forked(play, work, notes, number, way, HANG))
                if code == -9:
                    tally.kills += 1
                    code = await _ended(Worker.forked(play, work, notes, 0, way, HANG))
                if code:
                    tally.remarks.append(f"a worker ended with {code}")
                calls = notes.with_suffix(".calls")
                _count(tally, town, url)
                return Ended(_picture(town, url), tally, int(calls.read_text()) if calls.exists() else 0)


async def _ended(worker: Worker) -> int | None:
    if not await worker.ended(within=PATIENCE):
        worker.kill()
        await worker.ended(within=PATIENCE)
        return None
    return worker.code


def _count(tally: Tally, town: Town, url: str) -> None:
    """Every message the ledger calls sent stands once, and nothing else does."""
    standing = town.standing
    for id, state, channel, ts, duplicates in rows(url, "SELECT id, state, channel, ts, duplicates FROM deliveries"):
        places = standing.pop(id, Counter())
        sent = state == "sent"
        tally.prompts += sent
        tally.lost += sent and (channel, ts) not in places
        tally.doubled += max(0, sum(places.values()) - sent)
        tally.removed += duplicates
    tally.doubled += sum(sum(places.values()) for places in standing.values())


def _picture(town: Town, url: str) -> Picture:
    return Picture(
        tuple(sorted(f"{where}: {message.shown}" for where, message in town.messages)),
        tuple((table, tuple(sorted(map(str, rows(url, question))))) for table, question in MEMORY.items()),
    )


def _without(lines: tuple[str, ...], others: tuple[str, ...]) -> list[str]:
    """Lines that the others lack, counting repetitions."""
    left = list(others)
    missing = []
    for line in lines:
        if line in left:
            left.remove(line)
        else:
            missing.append(line)
    return missing
