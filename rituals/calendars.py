"""Reading the calendars people name for their leave: each at most once an hour, and none of them holds up the rest."""

import asyncio
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from okr import cadence
from rituals.absences import note_calendar, settle
from rituals.calendar_events import BrokenCalendar, leave_in
from storage import calendars, people, teams
from storage.calendars import Due
from storage.database import Database

EVERY = timedelta(hours=1)
AT_ONCE = 5
BEFORE, AHEAD = timedelta(days=1), timedelta(days=120)
log = structlog.get_logger()


class CalendarTrouble(Exception):
    """A calendar could not be fetched. `reason` names neither its address nor anything in it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class CalendarReader(Protocol):
    """The way out to people's calendars."""

    async def read(self, address: str) -> bytes:
        """The calendar at an https address. Raises CalendarTrouble."""


class NoCalendars:
    """For a bot that reads none."""

    async def read(self, address: str) -> bytes:
        raise CalendarTrouble("calendars are not read here")


class Calendars:
    """Claims what is due (a transaction), fetches it (none), and notes what it tells (a transaction each)."""

    def __init__(self, database: Database, reader: CalendarReader) -> None:
        self.database = database
        self.reader = reader
        self._stopping = asyncio.Event()

    async def read_some(self, now: datetime) -> bool:
        """Read a few calendars that are due; False when none was."""
        if self._stopping.is_set():
            return False
        async with self.database.transaction() as tx:
            due = await calendars.claim(tx, now, every=EVERY, most=AT_ONCE)
        await asyncio.gather(*(self._read(one, now) for one in due))
        return bool(due)

    def wind_down(self) -> None:
        """Fetch nothing more, and let go of what is being fetched."""
        self._stopping.set()

    async def _read(self, due: Due, now: datetime) -> None:
        """A calendar that cannot be read changes nothing: what it told before is still held to be true."""
        try:
            content = await self._fetch(due.address)
            await self._note(due, content, now)
        except CalendarTrouble as trouble:
            log.warning("calendar not read", person=due.person_id, reason=trouble.reason)
        except BrokenCalendar as broken:
            log.warning("calendar not understood", person=due.person_id, reason=str(broken))

    async def _fetch(self, address: str) -> bytes:
        fetching, stopping = (
            asyncio.ensure_future(self.reader.read(address)),
            asyncio.ensure_future(self._stopping.wait()),
        )
        try:
            await asyncio.wait({fetching, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if not fetching.done():
                raise CalendarTrouble("stopping")
            return fetching.result()
        finally:
            fetching.cancel()
            stopping.cancel()

    async def _note(self, due: Due, content: bytes, now: datetime) -> None:
        async with self.database.reading() as tx:
            person = (await people.some(tx, due.workspace, [due.person_id]))[due.person_id]
        today = cadence.local_date(now, person.zone)
        found = await asyncio.to_thread(leave_in, content, person.zone, today - BEFORE, today + AHEAD)
        async with self.database.transaction() as tx:
            await teams.lock_planning(tx, due.workspace)
            if await note_calendar(tx, due.workspace, person, found, now):
                await settle(tx, due.workspace, person.id, now)
