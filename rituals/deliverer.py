"""Sending what is owed: claim (a transaction), draw and send (none), record (a transaction), all at once.

While some messages are on their way, the next are being drawn and the last are being written down.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

import structlog

from okr.deliveries import Delivery, Kind
from rituals.attempts import attempt
from rituals.clock import real_now
from rituals.counting import Counting, NotCounting
from rituals.digests import Digests
from rituals.drawing import Drawing, Drawn
from rituals.messenger import Concern, Messenger, Posted, Refused, TryLater, Unclear
from rituals.notices import Notices
from rituals.outcomes import Outcome, Outcomes
from rituals.pacing import Limits, Pacing
from rituals.prompts import Prompts
from storage import claims
from storage.claims import Patience
from storage.database import UNAVAILABLE, Database

BATCH = 100
LOOK_BACK = timedelta(days=2)
"""How much earlier than our first try a message of ours may stand: our clock may have been wrong by a day."""
log = structlog.get_logger()


@dataclass(frozen=True)
class Ready:
    """A delivery that is drawn and waits for its turn."""

    delivery: Delivery
    drawn: Drawn


class Deliverer:
    """Works through the ledger until nothing is due."""

    def __init__(
        self,
        database: Database,
        messenger: Messenger,
        *,
        patience: Patience | None = None,
        limits: Limits | None = None,
        connections: int = 32,
        real: Callable[[], datetime] = real_now,
        counting: Counting | None = None,
    ) -> None:
        self.database = database
        self.messenger = messenger
        self.patience = patience or Patience()
        self.pacing = Pacing(limits or Limits())
        self.connections = connections
        self.real = real
        self.outcomes = Outcomes(database, messenger, self.patience, real, counting or NotCounting())
        prompts = Prompts(database)
        self.drawings: Mapping[Kind, Drawing] = {
            Kind.PROMPT: prompts,
            Kind.REMINDER: prompts,
            Kind.DIGEST: Digests(database),
            Kind.NOTICE: Notices(database),
        }
        self._winding_down = False
        self._most = BATCH

    async def deliver_all(self, now: datetime, *, workspace: str | None = None) -> None:
        """Deliver until the ledger owes nothing at this moment, here or everywhere."""
        while await self.deliver_some(now, workspace):
            pass

    async def deliver_some(self, now: datetime, workspace: str | None = None) -> bool:
        """Deliver until nothing more can be claimed; False when there was nothing at all."""
        return await self._pump(now, workspace=workspace, changes_only=False)

    async def owing(self, now: datetime) -> list[str]:
        """The workspaces that owe something now."""
        async with self.database.reading() as tx:
            return await claims.owing(tx, now, real=self.real(), patience=self.patience)

    async def deliver_changes(self, now: datetime, *, workspace: str) -> None:
        """Bring messages up to date that say something old, without waiting behind what is still to be sent."""
        while await self._pump(now, workspace=workspace, changes_only=True):
            pass

    def wind_down(self) -> None:
        """Claim nothing more; what is on its way is finished, what waits goes back into the ledger."""
        self._winding_down = True

    async def _pump(self, now: datetime, *, workspace: str | None, changes_only: bool) -> bool:
        """Claim, draw, send and record until nothing more can be claimed; False when there was nothing at all."""
        first = await self._claim(now, workspace, changes_only)
        if not first:
            return False
        ready: asyncio.Queue[Ready | None] = asyncio.Queue(maxsize=BATCH)
        done: asyncio.Queue[Outcome | None] = asyncio.Queue()
        async with asyncio.TaskGroup() as group:
            recording = group.create_task(self._record(done, now))
            # A batch that is not full is all there is: it needs no more hands than it has messages.
            hands = self.connections if len(first) >= self._batch else min(len(first), self.connections)
            sending = [group.create_task(self._send_each(ready, done, now)) for _ in range(hands)]
            claimed = first
            while claimed:
                async for one in self._drawn(claimed, done, now):
                    await ready.put(one)
                claimed = await self._claim(now, workspace, changes_only)
            for _ in sending:
                await ready.put(None)
            await asyncio.gather(*sending)
            await done.put(None)
            await recording
        return True

    async def _claim(self, now: datetime, workspace: str | None, changes_only: bool) -> list[Delivery]:
        if self._winding_down:
            return []
        async with self.database.transaction() as tx:
            return await claims.claim(
                tx,
                now,
                real=self.real(),
                patience=self.patience,
                most=self._batch,
                workspace=workspace,
                without=self.pacing.closed,
                changes_only=changes_only,
            )

    @property
    def _batch(self) -> int:
        """Never more than can be sent while a quarter of the lease runs, and fewer after leases ran out in our hands:
        whoever is so slow that nothing of a batch is sent in time would otherwise claim the same ones for ever.
        """
        paced = self.pacing.limits.posts_per_minute / 60 * self.patience.lease.total_seconds() / 4
        return max(1, min(self._most, int(paced)))

    async def _drawn(
        self, claimed: Sequence[Delivery], done: "asyncio.Queue[Outcome | None]", now: datetime
    ) -> AsyncIterator[Ready]:
        """Draw a batch, kind by kind; where one cannot be drawn, each for itself, so that it holds up nobody."""
        kinds = sorted(claimed, key=lambda one: (one.workspace, one.kind))
        for (workspace, kind), group in groupby(kinds, key=lambda one: (one.workspace, one.kind)):
            deliveries = list(group)
            drawing = self.drawings[kind]
            batch = await attempt(drawing.draw(workspace, deliveries, now))
            for one in deliveries:
                drawn = batch
                if isinstance(drawn, Exception):
                    drawn = await attempt(drawing.draw(workspace, [one], now))
                if isinstance(drawn, UNAVAILABLE):
                    until = self.real() + self.patience.lease
                    await done.put(Outcome.put_off(one, "the database could not be read", until))
                elif isinstance(drawn, Exception):
                    await done.put(Outcome.broken(one, drawn))
                else:
                    yield Ready(one, drawn[one.id])

    async def _send_each(
        self, ready: "asyncio.Queue[Ready | None]", done: "asyncio.Queue[Outcome | None]", now: datetime
    ) -> None:
        while one := await ready.get():
            await done.put(await self._send(one, now))

    async def _record(self, done: "asyncio.Queue[Outcome | None]", now: datetime) -> None:
        """Write down what has happened, as much at once as has come together meanwhile."""
        while outcome := await done.get():
            together = [outcome]
            while not done.empty() and len(together) < BATCH:
                following = done.get_nowait()
                if following is None:
                    await self.outcomes.record(together, now)
                    return
                together.append(following)
            await self.outcomes.record(together, now)

    async def _send(self, one: Ready, now: datetime) -> Outcome:
        delivery, drawn = one.delivery, one.drawn
        try:
            self.pacing.check(delivery.workspace)
            if seen := await self._look(delivery, drawn):
                return seen
            if drawn.message is None:
                return Outcome.skipped(delivery, drawn.reason)
            where = delivery.channel or drawn.address
            await self.pacing.turn(delivery.workspace, "update" if delivery.is_update else "post", where)
            if self._winding_down or self._lease_runs_out(delivery):
                self._most = max(1, self._most // 2)
                return Outcome.put_off(delivery, "lease ran out", self.real())
            self._most = min(BATCH, self._most + 1)
            return await self._speak(delivery, drawn, where)
        except TryLater as later:
            return Outcome.put_off(delivery, later.reason, self.real() + timedelta(seconds=later.after))
        except Unclear as unclear:
            return Outcome.unclear(delivery, unclear.reason)
        except Refused as refused:
            if refused.concern is Concern.WORKSPACE:
                return self._parked(delivery, refused.reason)
            return Outcome.refused(delivery, refused)

    def _parked(self, delivery: Delivery, reason: str) -> Outcome:
        """Slack does not let us into the workspace any more: nothing of it is lost, and nothing more of it tried."""
        if self.pacing.close(delivery.workspace, reason):
            log.error("workspace parked", workspace=delivery.workspace, reason=reason)
        return Outcome.put_off(delivery, reason, self.real())

    async def _speak(self, delivery: Delivery, drawn: Drawn, where: str) -> Outcome:
        assert drawn.message is not None  # noqa: S101 - checked by the caller
        method = "update" if delivery.is_update else "post"
        try:
            if delivery.channel and delivery.ts:
                posted = Posted(delivery.channel, delivery.ts)
                await self.messenger.update(delivery.workspace, posted, drawn.message)
            else:
                posted = await self.messenger.post(
                    delivery.workspace, where, drawn.message, delivery=delivery.id, thread=delivery.thread_ts
                )
        except TryLater as later:
            self.pacing.pause(delivery.workspace, method, later.after)
            raise
        return Outcome.sent(delivery, posted, parts=drawn.parts)

    async def _look(self, delivery: Delivery, drawn: Drawn) -> Outcome | None:
        """What became of an earlier attempt, if there was one; None when nothing is to be seen of it."""
        again = delivery.second_look and not delivery.has_changed
        if not again and (delivery.is_update or not delivery.unsure):
            return None
        try:
            found = await self._find(delivery, drawn)
        except Refused as refused:
            if refused.concern is Concern.WORKSPACE:
                raise
            return Outcome.blind(delivery, refused)
        if again:
            return Outcome.looked(delivery, found)
        return Outcome.found(delivery, found, parts=drawn.parts) if found else None

    async def _find(self, delivery: Delivery, drawn: Drawn) -> list[Posted]:
        """Does this delivery stand in its conversation already? The oldest first."""
        since = (delivery.first_try_at or delivery.due_at) - LOOK_BACK
        return await self.messenger.find(
            delivery.workspace,
            delivery.channel or drawn.address,
            delivery=delivery.id,
            since=since.timestamp(),
            thread=delivery.thread_ts,
        )

    def _lease_runs_out(self, delivery: Delivery) -> bool:
        """Too little is left of the claim for a slow answer: somebody else may take it before we are done."""
        if delivery.lease_until is None:
            return False
        return delivery.lease_until - self.real() < self.patience.lease / 4
