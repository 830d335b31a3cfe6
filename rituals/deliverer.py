"""Sending what is owed: claim (a transaction), draw and send (none), record (a transaction)."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Protocol

import structlog

from blocks.message import Message
from okr.deliveries import Delivery, Kind
from rituals.digests import Digests
from rituals.messenger import Messenger, Posted, Refused, TryLater, Unclear
from rituals.notices import Notices
from rituals.prompts import Nothing, Prompts
from storage import deliveries, people
from storage.database import Database
from storage.deliveries import Patience

BATCH = 20
MOST_TRIES = 3
LOOK_BACK = timedelta(seconds=5)
log = structlog.get_logger()


class Drawing(Protocol):
    """What knows the words of one kind of delivery."""

    async def message(self, delivery: Delivery, now: datetime) -> Message | Nothing: ...

    async def address(self, delivery: Delivery) -> str: ...


def real_now() -> datetime:
    """Real time, whatever time it is for the ritual: leases are counted in it."""
    return datetime.now(UTC)


class Deliverer:
    """Works through the ledger until nothing is due."""

    def __init__(
        self,
        database: Database,
        messenger: Messenger,
        *,
        patience: Patience | None = None,
        real: Callable[[], datetime] = real_now,
    ) -> None:
        self.database = database
        self.messenger = messenger
        self.patience = patience or Patience()
        self.real = real
        self.digests = Digests(database)
        prompts = Prompts(database)
        self.drawings: Mapping[Kind, Drawing] = {
            Kind.PROMPT: prompts,
            Kind.REMINDER: prompts,
            Kind.DIGEST: self.digests,
            Kind.NOTICE: Notices(database),
        }

    async def deliver_some(self, now: datetime) -> bool:
        """Deliver a batch of what is due; False when there was nothing to do."""
        async with self.database.transaction() as tx:
            claimed = await deliveries.claim(tx, now, real=self.real(), patience=self.patience, most=BATCH)
        outcomes = await asyncio.gather(*(self._deliver(one, now) for one in claimed), return_exceptions=True)
        for delivery, outcome in zip(claimed, outcomes, strict=True):
            if outcome is not None:
                await self._broken(delivery, outcome)
        return bool(claimed)

    async def deliver_all(self, now: datetime) -> None:
        """Deliver until the ledger owes nothing at this moment."""
        while await self.deliver_some(now):
            pass

    async def _deliver(self, delivery: Delivery, now: datetime) -> None:
        drawing = self.drawings[delivery.kind]
        try:
            if delivery.unsure and not delivery.is_update:
                found = await self._find(delivery, drawing)
                if found:
                    await self._record_sent(delivery, found, now, shown=0)
                    return
            message = await drawing.message(delivery, now)
            if isinstance(message, Nothing):
                async with self.database.transaction() as tx:
                    await deliveries.skipped(tx, delivery, message.reason)
                return
            posted = await self._send(delivery, drawing, message)
        except Refused as refused:
            await self._refused(delivery, refused)
        except TryLater as later:
            async with self.database.transaction() as tx:
                until = self.real() + timedelta(seconds=later.after)
                await deliveries.put_off(tx, delivery, later.reason, until=until)
        except Unclear as unclear:
            async with self.database.transaction() as tx:
                await deliveries.unknown(tx, delivery, unclear.reason, until=self.real())
            log.warning("delivery unclear", delivery=delivery.id, kind=delivery.kind.value, reason=unclear.reason)
        else:
            await self._record_sent(delivery, posted, now)

    async def _broken(self, delivery: Delivery, error: BaseException) -> None:
        """One that cannot be drawn or recorded must not hold up the others: after three tries it is parked.

        Until then its lease runs out, and before the next try we look whether it stands in Slack already.
        """
        if not isinstance(error, Exception):
            raise error
        log.error("delivery broken", delivery=delivery.id, kind=delivery.kind.value, exc_info=error)
        if delivery.tries >= MOST_TRIES:
            async with self.database.transaction() as tx:
                await deliveries.failed(tx, delivery, f"broken: {type(error).__name__}")

    async def _find(self, delivery: Delivery, drawing: Drawing) -> Posted | None:
        """Before a second attempt: does the first one stand in the conversation already?"""
        since = (delivery.first_try_at or delivery.due_at) - LOOK_BACK
        where = delivery.channel or await drawing.address(delivery)
        return await self.messenger.find(
            delivery.workspace, where, delivery=delivery.id, since=since.timestamp(), thread=delivery.thread_ts
        )

    async def _send(self, delivery: Delivery, drawing: Drawing, message: Message) -> Posted:
        if delivery.channel and delivery.ts:
            posted = Posted(delivery.channel, delivery.ts)
            await self.messenger.update(delivery.workspace, posted, message)
            return posted
        where = delivery.channel or await drawing.address(delivery)
        return await self.messenger.post(
            delivery.workspace, where, message, delivery=delivery.id, thread=delivery.thread_ts
        )

    async def _record_sent(
        self, delivery: Delivery, posted: Posted, now: datetime, *, shown: int | None = None
    ) -> None:
        parts = len(await self.digests.parts(delivery, now)) if _leads_a_thread(delivery) else 0
        async with self.database.transaction() as tx:
            kept = await deliveries.sent(tx, delivery, channel=posted.channel, ts=posted.ts, now=now, shown=shown)
            if not kept:
                return
            if delivery.person_id and not delivery.is_update:
                await people.note_dm(tx, delivery.workspace, delivery.person_id, posted.channel)
            if _leads_a_thread(delivery):
                await self.digests.owe_thread(tx, delivery, posted, parts=parts, now=now)

    async def _refused(self, delivery: Delivery, refused: Refused) -> None:
        """A search that is not permitted leaves the outcome unknown for a person to settle; else it has failed."""
        async with self.database.transaction() as tx:
            if delivery.unsure and refused.reason == "missing_scope":
                await deliveries.unknown(tx, delivery, "cannot look: missing_scope", until=None)
            else:
                await deliveries.failed(tx, delivery, refused.reason)
        log.warning("delivery refused", delivery=delivery.id, kind=delivery.kind.value, reason=refused.reason)


def _leads_a_thread(delivery: Delivery) -> bool:
    return delivery.kind is Kind.DIGEST and delivery.part == 0
