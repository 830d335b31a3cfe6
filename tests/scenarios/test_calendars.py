"""Leave that people's calendars tell of, read once an hour."""

import asyncio

from rituals.calendars import CalendarTrouble
from tests import companies
from tests.rituals.test_calendar_events import calendar, event
from tests.stage import Stage

COMPANY = companies.with_people(dana={"calendar": "https://calendar.example/dana-secret.ics"})


class Shelf:
    """The calendars there are: what `read` finds is what a test has put there."""

    def __init__(self) -> None:
        self.content: bytes | None = calendar()
        self.times = 0

    async def read(self, address: str) -> bytes:
        self.times += 1
        if self.content is None:
            raise CalendarTrouble("http 500")
        return self.content


async def _with_calendar(stage: Stage, *events: list[str]) -> Shelf:
    shelf = Shelf()
    shelf.content = calendar(*events)
    stage.running.rituals.calendars.reader = shelf
    await stage.imports(COMPANY)
    return shelf


async def test_leave_in_a_calendar_is_leave(stage: Stage) -> None:
    await _with_calendar(stage, event("Vacation", "20261116", "20261118"))
    for when in ("Sun 15 Nov 20:00", "Mon 16 Nov 09:00", "Tue 17 Nov 10:00"):
        await stage.comes(when)
    assert stage.dana.reads() == []
    assert "2 away" in stage.growth.reads()[-1].shown
    await stage.comes("Wed 18 Nov 09:00")
    assert stage.dana.reads()[-1].shown.startswith("Welcome back, Dana")


async def test_a_calendar_is_read_at_most_once_an_hour(lite: Stage) -> None:
    shelf = await _with_calendar(lite)
    for when in ("Sun 15 Nov 20:00", "Sun 15 Nov 20:15", "Sun 15 Nov 20:59", "Sun 15 Nov 21:00", "Sun 15 Nov 21:30"):
        await lite.comes(when)
    assert shelf.times == 2


async def test_leave_that_is_called_off_is_none(lite: Stage) -> None:
    shelf = await _with_calendar(lite, event("Vacation", "20261116", "20261118"))
    await lite.comes("Sun 15 Nov 20:00")
    shelf.content = calendar()
    await lite.comes("Sun 15 Nov 21:00")
    await lite.comes("Mon 16 Nov 09:00")
    assert len(lite.dana.reads()) == 1


async def test_a_broken_calendar_changes_nothing(lite: Stage) -> None:
    shelf = await _with_calendar(lite, event("Vacation", "20261116", "20261118"))
    await lite.comes("Sun 15 Nov 20:00")
    for broken in (None, b"<html>Please sign in</html>"):
        shelf.content = broken
        await lite.comes("Sun 15 Nov 22:00" if broken is None else "Sun 15 Nov 23:30")
    await lite.comes("Mon 16 Nov 09:00")
    assert (shelf.times, lite.dana.reads()) == (4, [])


async def test_back_counts_more_than_a_calendar(lite: Stage) -> None:
    await _with_calendar(lite, event("Vacation", "20261116", "20261121"))
    await lite.comes("Sun 15 Nov 20:00")
    await lite.comes("Mon 16 Nov 08:00")
    await lite.asks(lite.dana, "/okr back")
    await lite.comes("Mon 16 Nov 09:00")
    assert lite.dana.reads()[-1].shown.startswith("Hello Dana")


async def test_a_calendar_that_is_named_no_more_is_forgotten(lite: Stage) -> None:
    await _with_calendar(lite, event("Vacation", "20261116", "20261118"))
    await lite.comes("Sun 15 Nov 20:00")
    await lite.imports(companies.with_people(dana={"calendar": None}))
    await lite.comes("Mon 16 Nov 09:00")
    assert len(lite.dana.reads()) == 1


async def test_the_address_stays_out_of_the_history(lite: Stage) -> None:
    await _with_calendar(lite)
    (histories,) = zip(*await lite.kept("SELECT after FROM revisions"), strict=True)
    assert "dana-secret" not in "".join(map(str, histories))


async def test_a_calendar_that_hangs_is_let_go_when_the_bot_stops(lite: Stage) -> None:
    shelf = await _with_calendar(lite)
    asked, never = asyncio.Event(), asyncio.Event()

    async def hang(address: str) -> bytes:
        asked.set()
        await never.wait()
        return b""

    shelf.read = hang  # type: ignore[method-assign]
    ticking = asyncio.create_task(lite.ticks())
    await asked.wait()
    lite.running.ticker.stop_soon()
    await asyncio.wait_for(ticking, 5)
