"""Who was asked in a round and what became of it, for whoever looks after the bot: everybody owed stands in it once."""

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from okr.deliveries import DeliveryState
from okr.goals import Person, Team
from okr.rounds import Ask, Round, RoundState

LATE = timedelta(minutes=2)
"""A message not sent so long after it was due needs a look."""
NOT_PLANNED = "not planned"


class Fate(StrEnum):
    """What became of one person in one round, or of one message."""

    ANSWERED = "answered"
    ASKED = "asked"
    """The message stands, and the answer is still to come, or for a digest: it is posted."""
    DUE = "due"
    LATE = "late"
    """It should have been sent already."""
    SENDING = "sending"
    UNCLEAR = "unclear"
    """It was sent and the answer was lost: okrbot looks for it, or may not look and waits for an admin."""
    PARKED = "parked"
    """It could not be sent, and nobody tries again."""
    DROPPED = "dropped"
    """There was nothing left to say."""
    EXCUSED = "excused"


TROUBLE = frozenset({Fate.LATE, Fate.UNCLEAR, Fate.PARKED})


@dataclass(frozen=True)
class Sending:
    """How one message stands in the ledger. `settled_by_hand` says that only a person can say whether it was sent."""

    id: str
    state: DeliveryState
    due_at: datetime
    reason: str = ""
    tries: int = 0
    sent_at: datetime | None = None
    settled_by_hand: bool = False

    def fate(self, now: datetime) -> Fate:
        match self.state:
            case DeliveryState.PLANNED:
                return Fate.LATE if now - self.due_at > LATE else Fate.DUE
            case DeliveryState.LEASED:
                return Fate.SENDING
            case DeliveryState.UNKNOWN:
                return Fate.UNCLEAR
            case DeliveryState.SENT:
                return Fate.ASKED
            case DeliveryState.FAILED:
                return Fate.PARKED
            case DeliveryState.SKIPPED:
                return Fate.DROPPED


@dataclass(frozen=True)
class Entry:
    """One person in one round: `answered` of `owed` key results. `at` is when they were or will be asked."""

    person: Person
    fate: Fate
    at: datetime
    reason: str = ""
    answered: int = 0
    owed: int = 0
    message: Sending | None = None


@dataclass(frozen=True)
class RollCall:
    """A team's last round. `digest` is None as long as none is owed."""

    team: Team
    round: Round
    entries: tuple[Entry, ...]
    digest: Sending | None

    @property
    def counts(self) -> Mapping[Fate, int]:
        """How many persons met each fate; together they are everybody owed."""
        return Counter(one.fate for one in self.entries)

    def needs_attention(self, now: datetime) -> bool:
        if any(one.fate in TROUBLE for one in self.entries):
            return True
        if self.digest is not None:
            return self.digest.fate(now) in TROUBLE
        return self.round.state is RoundState.OPEN and now - self.round.closes_at > LATE


@dataclass(frozen=True)
class NextRound:
    """A team's next round, as it would open today. Without anybody to ask, `day` and `opens_at` are None."""

    team: Team
    day: date | None
    opens_at: datetime | None
    closes_at: datetime | None
    entries: tuple[Entry, ...] = ()

    def needs_attention(self, now: datetime) -> bool:
        """Its hour has passed and it did not open."""
        return self.opens_at is not None and now - self.opens_at > LATE


def call_roll(
    team: Team,
    round: Round,
    asks: Iterable[Ask],
    people: Mapping[str, Person],
    *,
    answered: Set[str],
    messages: Mapping[tuple[str, date], Sending],
    digest: Sending | None,
    now: datetime,
) -> RollCall:
    """Give everybody owed in the round exactly one fate. `answered` are key results, by id, that have an answer in it;
    `messages` the prompts by person and date.
    """
    by_person: dict[str, list[Ask]] = {}
    for ask in asks:
        by_person.setdefault(ask.person_id, []).append(ask)
    entries = [_entry(people[id], theirs, answered, messages, now) for id, theirs in by_person.items()]
    return RollCall(team, round, tuple(sorted(entries, key=lambda one: (one.at, one.person.name))), digest)


def _entry(
    person: Person,
    asks: list[Ask],
    answered: Set[str],
    messages: Mapping[tuple[str, date], Sending],
    now: datetime,
) -> Entry:
    owed = [ask for ask in asks if ask.excuse is None]
    if not owed:
        excuse = min(ask.excuse.value for ask in asks if ask.excuse)
        return Entry(person, Fate.EXCUSED, min(ask.due_at for ask in asks), excuse)
    done = sum(ask.key_result_id in answered for ask in owed)
    first = min(owed, key=lambda ask: ask.due_at)
    message = messages.get((person.id, first.date))
    fate, reason = _fate(message, now)
    if done == len(owed):
        fate, reason = Fate.ANSWERED, ""
    at = message.sent_at or message.due_at if message else first.due_at
    return Entry(person, fate, at, reason, done, len(owed), message)


def _fate(message: Sending | None, now: datetime) -> tuple[Fate, str]:
    if message is None:
        return Fate.PARKED, NOT_PLANNED
    return message.fate(now), message.reason
