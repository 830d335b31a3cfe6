"""One message we owe somebody, from planned to sent."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Kind(StrEnum):
    PROMPT = "prompt"
    REMINDER = "reminder"
    DIGEST = "digest"
    NOTICE = "notice"


TO_LEAD = 0
"""The part of a notice that tells a lead everything that came up."""


WELCOME = 1
"""The part of a notice that greets somebody who comes back from leave."""


UNPOSTED = 2
"""The part of a notice that brings a lead the digest their channel does not take."""


GREETING = 3
"""The notice that greets a channel the bot was invited to."""


REVIEWED = 4
"""The notice that brings whoever proposed something the lead's answer."""


FINDINGS = 5
"""The notice that tells an owner what the nightly look has found."""


UNREACHABLE = "cannot be written to"
"""Why a message is not sent to somebody Slack did not take the last one for."""


MESSAGES_A_WEEK = 3
"""Messages nobody asked for that a person gets from Monday to Sunday before reminders give way, and then coaching,
unless the company says otherwise. All others are always sent; hours a person chose do not count."""
NO_HOUR, ENOUGH = "no hour for a reminder", "enough messages this week"
"""Why a reminder is not sent."""


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
    """A message as a worker has claimed it. `part` is the reminder's number, or the part of a digest.

    `wanted` is the revision to show and `shown` the one Slack has; `chosen` says that the person chose the hour;
    `unsure` that an earlier attempt may have gone through; `second_look` that it was sent anew after such an
    attempt, and that a late first one is still to be looked for; `broken` counts the drawings that failed since the
    last one that went well. The claim holds until `lease_until`, in real time. `locale` is whose language it speaks
    where that does not follow from whom it is for.
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
    shown: int = 0
    lease_until: datetime | None = None
    second_look: bool = False
    tries: int = 1
    broken: int = 0
    chosen: bool = False
    key: str = ""
    first_try_at: datetime | None = None
    channel: str | None = None
    ts: str | None = None
    thread_ts: str | None = None
    locale: str = ""

    @property
    def is_update(self) -> bool:
        """It already stands in Slack and only what it says has changed."""
        return self.ts is not None

    @property
    def has_changed(self) -> bool:
        return self.wanted > self.shown
