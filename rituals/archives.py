"""An archive every night: the whole company, with all that was ever said, as plain files in a folder."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

import structlog

from okr.cadence import local_date
from okr.exports import Format
from rituals.attempts import attempt
from rituals.exports import Exports
from storage import archives, teams
from storage.database import Database

FORMATS = (Format.YAML, Format.MARKDOWN)
LEASE = timedelta(minutes=30)
"""So long whoever writes it has it to themselves; it is counted from when they began."""
AGAIN = timedelta(minutes=15)
LONGEST_TROUBLE = 500
NOT_IMPORTABLE = "okrbot import would not take it as it is, okrbot export says why"
log = structlog.get_logger()


class ShelfTrouble(Exception):
    """A file could not be put into the folder, or taken out of it; the words say why."""


class Shelf(Protocol):
    """The folder of the archive. Its methods wait for the disk; both raise ShelfTrouble."""

    def put(self, name: str, content: bytes) -> None:
        """All of it under this name, or nothing; what was there under it gives way."""

    def remove(self, name: str) -> None:
        """The file of this name, if it is there."""


@dataclass(frozen=True)
class Keeping:
    """Where archives go, and how many days' are kept."""

    shelf: Shelf
    days: int


class Archives:
    """Claims a night (a transaction), writes its files (none), and notes what came of it (a transaction). Nights on
    which nobody was awake have no archive.
    """

    def __init__(self, database: Database, exports: Exports, keeping: Keeping | None = None) -> None:
        self.database = database
        self.exports = exports
        self.keeping = keeping
        self._stopping = False

    async def write_next(self, now: datetime) -> bool:
        """Write one archive that is due, or find out that it cannot be written; False when none is due."""
        if self.keeping is None or self._stopping:
            return False
        for workspace, day in (await self._due(now)).items():
            async with self.database.transaction() as tx:
                won = await archives.claim(tx, workspace, day, now, until=now + LEASE)
            if won:
                await self._write_or_give_back(self.keeping, workspace, day, now)
                return True
        return False

    def wind_down(self) -> None:
        """Begin nothing more."""
        self._stopping = True

    async def _due(self, now: datetime) -> Mapping[str, date]:
        """The workspaces whose day, in the zone of the top team, has no archive yet."""
        found = {}
        for workspace in await self.exports.workspaces():
            async with self.database.reading() as tx:
                groups = (await teams.every(tx, workspace)).values()
                day = local_date(now, next((one.zone for one in groups if one.parent_id is None), "UTC"))
                if await archives.is_due(tx, workspace, day, now):
                    found[workspace] = day
        return found

    async def _write_or_give_back(self, keeping: Keeping, workspace: str, day: date, now: datetime) -> None:
        """Cut off, it leaves the night to whoever comes next."""
        try:
            await self._write(keeping, workspace, day, now)
        except asyncio.CancelledError:
            async with self.database.transaction() as tx:
                await archives.give_back(tx, workspace, day, until=now + LEASE, now=now)
            log.info("archive given back", workspace=workspace, day=str(day))
            raise

    async def _write(self, keeping: Keeping, workspace: str, day: date, now: datetime) -> None:
        flawed = await attempt(self._put(keeping, workspace, day, now))
        if isinstance(flawed, Exception):
            await self._fail(workspace, day, now, flawed)
            return
        async with self.database.transaction() as tx:
            await archives.written(tx, workspace, day, now, trouble=NOT_IMPORTABLE if flawed else "")
        log.info("archive written", workspace=workspace, day=str(day), importable=not flawed)
        await self._clear(keeping, workspace, day)

    async def _put(self, keeping: Keeping, workspace: str, day: date, now: datetime) -> bool:
        """Its files; true when the company file could not be imported as it is. Raises ShelfTrouble."""
        taken = await self.exports.take_all(workspace, FORMATS, now, history=True)
        for format, one in taken.items():
            await asyncio.to_thread(keeping.shelf.put, name(workspace, day, format), one.content)
        return any(one.flaws for one in taken.values())

    async def _fail(self, workspace: str, day: date, now: datetime, error: Exception) -> None:
        """Whatever it was, the doctor knows it; of what nobody expected the log has the rest."""
        expected = isinstance(error, ShelfTrouble)
        reason = str(error) if expected else type(error).__name__
        rest = None if expected else error
        log.warning("archive not written", workspace=workspace, day=str(day), reason=reason, exc_info=rest)
        async with self.database.transaction() as tx:
            await archives.failed(tx, workspace, day, reason[:LONGEST_TROUBLE], again_at=now + AGAIN)

    async def _clear(self, keeping: Keeping, workspace: str, day: date) -> None:
        """Remove what is kept no longer: files that were written here and no others, for each is remembered."""
        async with self.database.reading() as tx:
            old = await archives.older(tx, workspace, day, keep=keeping.days)
        gone = []
        for one in old:
            try:
                for format in FORMATS:
                    await asyncio.to_thread(keeping.shelf.remove, name(workspace, one, format))
                gone.append(one)
            except ShelfTrouble as trouble:
                log.warning("archive not removed", workspace=workspace, day=str(one), reason=str(trouble))
        if gone:
            async with self.database.transaction() as tx:
                await archives.forget(tx, workspace, gone)


def name(workspace: str, day: date, format: Format) -> str:
    """What the file of a day is called; a workspace's id is letters and digits."""
    return f"okrbot-{workspace}-{day}{format.suffix}"
