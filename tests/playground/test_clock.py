"""The clock that can be moved."""

from datetime import UTC, datetime, timedelta

from playground import Event, PlaygroundClock
from playground.clock import monday_morning_after

SUNDAY = datetime(2026, 11, 15, 12, 0, tzinfo=UTC)


class Day:
    """A world in which something is due every six hours."""

    def __init__(self, clock: PlaygroundClock) -> None:
        self.clock = clock
        self.due = [SUNDAY + timedelta(hours=hours) for hours in (6, 12, 18)]
        self.settled_at: list[datetime] = []
        clock.world = self

    async def settle(self) -> None:
        self.settled_at.append(self.clock.now())

    async def next_event(self, after: datetime) -> Event | None:
        return next((Event(at, "a round opens") for at in self.due if at > after), None)


def about(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


async def test_a_move_stops_at_every_due_moment() -> None:
    clock = PlaygroundClock(SUNDAY)
    day = Day(clock)

    await clock.move_to(SUNDAY + timedelta(hours=13))

    hours = (6, 12, 13)
    assert [about(at) for at in day.settled_at] == [SUNDAY + timedelta(hours=hour) for hour in hours]


async def test_the_next_event_is_one_step() -> None:
    clock = PlaygroundClock(SUNDAY)
    day = Day(clock)

    await clock.move_to_next_event()
    assert about(clock.now()) == day.due[0]
    await clock.move_to_next_event()
    assert about(clock.now()) == day.due[1]


async def test_the_clock_never_goes_back_and_never_stands() -> None:
    clock = PlaygroundClock(SUNDAY)
    first = clock.now()
    await clock.move_to(SUNDAY - timedelta(days=1))

    assert clock.now() > first


async def test_next_monday_is_a_minute_before_work_where_the_person_is() -> None:
    clock = PlaygroundClock(SUNDAY)
    await clock.move_to_next_monday("Europe/Rome")
    assert about(clock.now()) == datetime(2026, 11, 16, 7, 59, tzinfo=UTC)

    await clock.move_to_next_monday("Europe/Rome")
    assert about(clock.now()) == datetime(2026, 11, 23, 7, 59, tzinfo=UTC)


def test_monday_comes_earlier_in_the_east() -> None:
    assert monday_morning_after(SUNDAY, "Pacific/Auckland") == datetime(2026, 11, 15, 19, 59, tzinfo=UTC)
