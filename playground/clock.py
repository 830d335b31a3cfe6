"""The time people see in the playground, and the world that moves with it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Protocol
from zoneinfo import ZoneInfo

from playground.errors import CannotDoError

LONGEST_JUMP = timedelta(days=7)
MONDAY_MORNING = {"hour": 8, "minute": 59, "second": 0, "microsecond": 0}  # one minute before work starts


@dataclass(frozen=True)
class Event:
    """Something that will happen by itself: when, and in plain words what."""

    at: datetime
    what: str


class Clock(Protocol):
    """Anything that tells the time as an aware UTC datetime."""

    def now(self) -> datetime: ...


class World(Protocol):
    """What lives beside the stand-in and follows its clock: the app under test or on show."""

    async def settle(self) -> None:
        """Return when nothing is left to do at the present moment."""

    async def next_event(self, after: datetime) -> Event | None:
        """The next thing due strictly after a moment, if anything is."""


class PlaygroundClock:
    """A clock that runs at real speed from where it was set and can be moved forward, never back.

    A move stops at every due moment on the way and waits there until the world has settled, so that a
    day passed in a second happens in the same order as a day lived through.
    """

    def __init__(self, start: datetime) -> None:
        self._base = start.astimezone(UTC)
        self._set_at = monotonic()
        self.world: World | None = None
        self.moving = False
        self.on_change: Callable[[], None] = lambda: None

    def now(self) -> datetime:
        return self._base + timedelta(seconds=monotonic() - self._set_at)

    async def next_event(self) -> Event | None:
        return await self.world.next_event(self.now()) if self.world else None

    async def move_to(self, when: datetime) -> None:
        """Move forward to a moment, stopping at everything due before or at it."""
        if self.moving:
            raise CannotDoError("The clock is already moving.")
        self.moving = True
        self.on_change()
        try:
            await self._pass_due_moments(when)
            self._set(when)
            await self._settle()
        finally:
            self.moving = False
            self.on_change()

    async def move_by(self, minutes: float) -> None:
        await self.move_to(self.now() + timedelta(minutes=minutes))

    async def move_to_next_event(self) -> None:
        """Move to the next due moment; where nothing is due, stay."""
        event = await self.next_event()
        if event is not None:
            await self.move_to(event.at)

    async def move_to_next_monday(self, zone: str) -> None:
        """Move to 08:59 of the next Monday on the clocks of one zone."""
        now = self.now()
        monday = monday_morning_after(now, zone)
        if monday - now <= LONGEST_JUMP:
            await self.move_to(monday)

    async def _pass_due_moments(self, when: datetime) -> None:
        reached = self.now()
        while self.world is not None:
            event = await self.world.next_event(reached)
            if event is None or event.at > when:
                return
            # A world that names the same moment again would hold the clock there for ever.
            reached = max(event.at, reached + timedelta(microseconds=1))
            self._set(event.at)
            await self._settle()

    def _set(self, when: datetime) -> None:
        if when > self.now():
            self._base = when.astimezone(UTC)
            self._set_at = monotonic()
            self.on_change()

    async def _settle(self) -> None:
        if self.world is not None:
            await self.world.settle()


def monday_morning_after(now: datetime, zone: str) -> datetime:
    """The first Monday 08:59 of a zone that lies after a moment, in UTC."""
    local = now.astimezone(ZoneInfo(zone))
    for days in range(8):
        day = local + timedelta(days=days)
        monday = day.replace(**MONDAY_MORNING).astimezone(UTC)  # type: ignore[arg-type]
        if day.weekday() == 0 and monday > now:
            return monday
    raise AssertionError("a week has a Monday")
