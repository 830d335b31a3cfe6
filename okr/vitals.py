"""The signs of life of one process, as it last wrote them down."""

from dataclasses import dataclass
from datetime import datetime, timedelta

BEAT = timedelta(seconds=15)
ALIVE = timedelta(seconds=60)
"""Without a sign for so long, a process is taken for dead."""


@dataclass(frozen=True)
class Vitals:
    """`role` is run or worker. Times are real time. `sockets` is None for a process that has none, and `beaten_at`,
    when its scheduler gave its last sign, for one that keeps no time.
    """

    id: str
    role: str
    host: str
    pid: int
    started_at: datetime
    seen_at: datetime
    sockets: int | None = None
    sockets_wanted: int | None = None
    beaten_at: datetime | None = None

    def is_alive(self, now: datetime) -> bool:
        return now - self.seen_at <= ALIVE

    def keeps_time(self, now: datetime) -> bool:
        return self.is_alive(now) and self.beaten_at is not None and now - self.beaten_at <= ALIVE

    def listens(self, now: datetime) -> bool:
        return self.is_alive(now) and bool(self.sockets)
