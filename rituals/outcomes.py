"""What became of deliveries, and writing it down."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Self

import structlog

from okr.deliveries import Delivery, DeliveryState, Kind
from rituals.counting import Counting
from rituals.messenger import Concern, Messenger, Posted, Refused, SendError
from rituals.refusals import tell_of_refusal
from storage import deliveries, ledger
from storage.claims import Patience
from storage.database import Database, Transaction
from storage.ledger import Standing

MOST_BROKEN = 3
"""Drawings that fail one after the other before a message is given up."""
log = structlog.get_logger()


class What(StrEnum):
    """What may become of a delivery, in the words of the logs and the metrics."""

    SENT = "sent"
    FOUND = "found"
    LOOKED = "looked"
    SKIPPED = "skipped"
    PUT_OFF = "put off"
    UNCLEAR = "unclear"
    REFUSED = "refused"
    BLIND = "blind"
    BROKEN = "broken"


STANDING = (What.SENT, What.FOUND)
"""The message stands in Slack, and where is to be recorded."""


@dataclass(frozen=True)
class Outcome:
    """One thing that happened to one delivery."""

    delivery: Delivery
    what: What
    reason: str = ""
    posted: tuple[Posted, ...] = ()
    until: datetime | None = None
    parts: int = 1
    concern: Concern = Concern.MESSAGE
    error: Exception | None = field(default=None, compare=False)

    @property
    def stands(self) -> Posted:
        """Where the message stands from now on: where the ledger knows it, else its oldest copy."""
        known = Posted(self.delivery.channel or "", self.delivery.ts or "")
        return known if known in self.posted else self.posted[0]

    @property
    def duplicates(self) -> tuple[Posted, ...]:
        return tuple(posted for posted in self.posted if posted != self.stands)

    @classmethod
    def sent(cls, delivery: Delivery, posted: Posted, *, parts: int) -> Self:
        return cls(delivery, What.SENT, posted=(posted,), parts=parts)

    @classmethod
    def found(cls, delivery: Delivery, posted: Sequence[Posted], *, parts: int) -> Self:
        """An earlier attempt whose answer was lost stands in Slack: it need not be sent again."""
        return cls(delivery, What.FOUND, posted=tuple(posted), parts=parts)

    @classmethod
    def looked(cls, delivery: Delivery, posted: Sequence[Posted]) -> Self:
        """The second look after a second attempt."""
        return cls(delivery, What.LOOKED, posted=tuple(posted))

    @classmethod
    def skipped(cls, delivery: Delivery, reason: str) -> Self:
        return cls(delivery, What.SKIPPED, reason)

    @classmethod
    def put_off(cls, delivery: Delivery, reason: str, until: datetime) -> Self:
        return cls(delivery, What.PUT_OFF, reason, until=until)

    @classmethod
    def unclear(cls, delivery: Delivery, reason: str) -> Self:
        return cls(delivery, What.UNCLEAR, reason)

    @classmethod
    def refused(cls, delivery: Delivery, refused: Refused) -> Self:
        return cls(delivery, What.REFUSED, refused.reason, concern=refused.concern)

    @classmethod
    def blind(cls, delivery: Delivery, refused: Refused) -> Self:
        """We may not look where an earlier attempt would stand."""
        return cls(delivery, What.BLIND, refused.reason, concern=refused.concern)

    @classmethod
    def broken(cls, delivery: Delivery, error: Exception) -> Self:
        return cls(delivery, What.BROKEN, type(error).__name__, error=error)


class Outcomes:
    """Writes down many outcomes in one transaction, and deletes what stands in Slack once too often."""

    def __init__(
        self,
        database: Database,
        messenger: Messenger,
        patience: Patience,
        real: Callable[[], datetime],
        counting: Counting,
    ) -> None:
        self.database = database
        self.messenger = messenger
        self.patience = patience
        self.real = real
        self.counting = counting

    async def record(self, outcomes: Sequence[Outcome], now: datetime) -> None:
        standing = [one for one in outcomes if one.what in STANDING]
        async with self.database.transaction() as tx:
            lost = await self._record_standing(tx, standing, now)
            for one in outcomes:
                if one not in standing:
                    await self._record_other(tx, one, now)
        for one in outcomes:
            _log(one)
            self.counting.delivered(one.delivery.kind, one.what, one.reason)
        for one in outcomes:
            await self._remove(one, one.duplicates)
        for one in lost:
            await self._settle_lost(one)

    async def _record_standing(self, tx: Transaction, outcomes: Sequence[Outcome], now: datetime) -> list[Outcome]:
        """Record where messages stand; answers those whose lease was lost before they were written down."""
        by_id = {one.delivery.id: one for one in outcomes}
        stands = [_standing(one) for one in outcomes]
        check_at = self.real() + self.patience.quarantine
        lost = {one.delivery.id for one in await ledger.stand(tx, stands, now=now, check_at=check_at)}
        for one in outcomes:
            if one.parts > 1 and one.delivery.id not in lost:
                await _owe_thread(tx, one)
        return [by_id[id] for id in lost]

    async def _record_other(self, tx: Transaction, one: Outcome, now: datetime) -> None:
        delivery = one.delivery
        match one.what:
            case What.SKIPPED:
                await ledger.skipped(tx, delivery, one.reason)
            case What.PUT_OFF:
                await ledger.put_off(tx, delivery, one.reason, until=one.until or self.real())
            case What.UNCLEAR:
                await ledger.unknown(tx, delivery, one.reason, until=self.real())
            case What.BLIND if delivery.is_update:
                await ledger.checked(tx, delivery)
            case What.BLIND if one.concern is not Concern.PLACE:
                # A person has to settle it: sending blindly could say it twice.
                await ledger.unknown(tx, delivery, one.reason, until=None)
            case What.BLIND if delivery.kind is not Kind.DIGEST:
                # That somebody's conversation cannot be read does not say that they cannot be written to.
                await ledger.failed(tx, delivery, one.reason)
            case What.REFUSED | What.BLIND:
                if await ledger.failed(tx, delivery, one.reason) and one.concern is Concern.PLACE:
                    await tell_of_refusal(tx, delivery, one.reason, now)
            case What.LOOKED:
                await ledger.checked(tx, delivery, stands=_elsewhere(one))
            case What.BROKEN if delivery.broken + 1 >= MOST_BROKEN:
                await ledger.failed(tx, delivery, f"broken: {one.reason}")
            case What.BROKEN:
                until = self.real() + self.patience.lease
                await ledger.broken(tx, delivery, f"broken: {one.reason}", until=until)

    async def _settle_lost(self, one: Outcome) -> None:
        """Somebody took the delivery over while we were sending it: if theirs stands, ours is one too many."""
        async with self.database.reading() as tx:
            state, channel, ts = await ledger.whereabouts(tx, one.delivery)
        if state is DeliveryState.SENT and one.what is What.SENT and not one.delivery.is_update:
            ours = [posted for posted in one.posted if (posted.channel, posted.ts) != (channel, ts)]
            await self._remove(one, ours)

    async def _remove(self, one: Outcome, duplicates: Sequence[Posted]) -> None:
        for posted in duplicates:
            try:
                await self.messenger.delete(one.delivery.workspace, posted)
            except SendError as error:
                log.warning("duplicate stays", delivery=one.delivery.id, reason=error.reason)
        if duplicates:
            async with self.database.transaction() as tx:
                await ledger.count_duplicates(tx, one.delivery, len(duplicates))
            self.counting.duplicates(one.delivery.kind, len(duplicates))
            log.warning("duplicate deleted", delivery=one.delivery.id, count=len(duplicates))


def _standing(one: Outcome) -> Standing:
    """What was found shows an old revision for all we know: 0, so that it is brought up to date."""
    delivery, stands = one.delivery, one.stands
    anew = one.what is What.SENT and delivery.unsure and not delivery.is_update
    return Standing(delivery, stands.channel, stands.ts, delivery.wanted if one.what is What.SENT else 0, anew=anew)


def _elsewhere(one: Outcome) -> tuple[str, str] | None:
    """(channel, ts) of the copy that is left, when the one the ledger knows is not there any more."""
    if not one.posted or one.stands.ts == one.delivery.ts:
        return None
    return one.stands.channel, one.stands.ts


async def _owe_thread(tx: Transaction, one: Outcome) -> None:
    """Once a digest stands, owe the parts that go on in its thread and are not owed yet; they are as due as it was."""
    delivery, posted = one.delivery, one.stands
    assert delivery.round_id is not None  # noqa: S101 - only digests have parts
    owed = await deliveries.parts_of_round(tx, delivery.workspace, delivery.round_id)
    for part in set(range(1, one.parts)) - owed:
        await deliveries.plan(
            tx,
            delivery.workspace,
            f"digest:{delivery.round_id}:{part}",
            Kind.DIGEST,
            delivery.due_at,
            round_id=delivery.round_id,
            part=part,
            channel=posted.channel,
            thread_ts=posted.ts,
        )


def _log(one: Outcome) -> None:
    about = {"delivery": one.delivery.id, "kind": one.delivery.kind.value, "reason": one.reason}
    if one.what is What.BROKEN:
        log.error("delivery broken", **about, exc_info=one.error)
    elif one.what in (What.UNCLEAR, What.REFUSED, What.BLIND):
        log.warning(f"delivery {one.what}", **about)
