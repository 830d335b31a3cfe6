"""One message we owe somebody, from planned to sent."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Kind(StrEnum):
    PROMPT = "prompt"
    REMINDER = "reminder"
    DIGEST = "digest"
    NOTICE = "notice"


class DeliveryState(StrEnum):
    PLANNED = "planned"
    LEASED = "leased"
    UNKNOWN = "unknown"
    """It was sent and the answer was lost: look in the conversation before sending again."""
    SENT = "sent"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Delivery:
    """`part` is the reminder's number, or the part of a digest; `wanted` the revision to show.

    `chosen` says that the person chose the hour.
    """

    workspace: str
    id: str
    kind: Kind
    person_id: str | None
    round_id: str | None
    date: date | None
    part: int
    due_at: datetime
    wanted: int
    lease: str
    unsure: bool
    tries: int = 1
    chosen: bool = False
    first_try_at: datetime | None = None
    channel: str | None = None
    ts: str | None = None
    thread_ts: str | None = None

    @property
    def is_update(self) -> bool:
        """It already stands in Slack and only what it says has changed."""
        return self.ts is not None
