"""The nightly archive: what is known of it, and when somebody has to look after it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

LATE = timedelta(hours=36)
"""So long after the last archive was written the next one is missed."""


@dataclass(frozen=True)
class Archive:
    """One night's. `written_at` is None while it is not written; `trouble` says why, or what is wrong with it, and
    `due_at` when it is tried again.
    """

    day: date
    due_at: datetime
    written_at: datetime | None = None
    trouble: str = ""


@dataclass(frozen=True)
class Archiving:
    """`newest` is the last one that was begun, `written` the last that was written, as far as there are any."""

    newest: Archive | None = None
    written: Archive | None = None

    def is_late(self, now: datetime) -> bool:
        since = self.written.written_at if self.written else None
        begun = self.newest.day if self.newest else None
        if since is None:
            return begun is not None and now.date() - begun > LATE
        return now - since > LATE

    def needs_attention(self, now: datetime) -> bool:
        return self.is_late(now) or bool(self.newest and self.newest.trouble)
