"""Everything that passed between the workspace and its apps, for people who want to look underneath."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from playground.clock import Clock

Direction = Literal["to bot", "from bot"]
KEPT = 5000  # a demo may run for days


@dataclass(frozen=True, eq=False)
class Entry:
    """One payload or call, with the answer it got."""

    n: int
    at: datetime
    direction: Direction
    kind: str
    name: str
    ok: bool
    error: str | None
    summary: str
    body: Any
    messages: tuple[str, ...] = ()

    def __str__(self) -> str:
        outcome = "ok" if self.ok else f"{self.error} {' '.join(self.messages)}".strip()
        return f"{self.direction} {self.kind} {self.name}: {outcome}"


class Traffic:
    """The log: every entry, and apart those that Slack refused."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._count = 0
        self.entries: list[Entry] = []
        self.refusals: list[Entry] = []

    def add(
        self,
        direction: Direction,
        kind: str,
        name: str,
        body: Any,
        *,
        error: str | None = None,
        summary: str = "",
        messages: tuple[str, ...] = (),
        ordered: bool = False,
    ) -> Entry:
        """Note what passed; an error that was `ordered` as a fault is nobody's mistake."""
        self._count += 1
        entry = Entry(
            n=self._count,
            at=self._clock.now(),
            direction=direction,
            kind=kind,
            name=name,
            ok=error is None,
            error=error,
            summary=summary,
            body=body,
            messages=messages,
        )
        self.entries.append(entry)
        if len(self.entries) > KEPT:
            del self.entries[: KEPT // 10]
        if not entry.ok and not ordered:
            self.refusals.append(entry)
        return entry
