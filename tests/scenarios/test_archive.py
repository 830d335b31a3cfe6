"""The archive: once a night, whole, for its owner alone; what cannot be written is told and tried again."""

import asyncio
import errno
import os
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Event

import pytest
from freezegun.api import FrozenDateTimeFactory

from bot.app import Bot, build
from bot.folder import FolderShelf
from rituals.archives import LEASE, Archives, Keeping, ShelfTrouble
from storage import archives
from tests.scenarios.test_doctor import Beating
from tests.stage import ROME, Stage, at

REFUNDS = "Refunds a week"


class Full(FolderShelf):
    """A folder on a disk that is full until it is `emptied`."""

    emptied = False

    def put(self, name: str, content: bytes) -> None:
        if not self.emptied:
            raise ShelfTrouble(f"cannot write {name}: {os.strerror(errno.ENOSPC)}")
        super().put(name, content)


class Broken(FolderShelf):
    """A folder behind a mistake of okrbot's own, until it is `mended`."""

    mended = False

    def put(self, name: str, content: bytes) -> None:
        if not self.mended:
            raise ZeroDivisionError
        super().put(name, content)


class Slow(FolderShelf):
    """A folder that takes nothing until it may."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.begun, self.may = Event(), Event()

    def put(self, name: str, content: bytes) -> None:
        self.begun.set()
        self.may.wait()
        super().put(name, content)


class Counted(FolderShelf):
    """A folder that counts what is put into it."""

    count = 0

    def put(self, name: str, content: bytes) -> None:
        self.count += 1
        super().put(name, content)


def keeps(bot: Bot, shelf: FolderShelf, days: int = 30) -> None:
    """As with OKRBOT_ARCHIVE_FOLDER and OKRBOT_ARCHIVE_DAYS."""
    bot.rituals.archives = Archives(bot.database, bot.rituals.exports, Keeping(shelf, days))
    bot.rituals.doctor.archiving = True


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir()) if folder.exists() else []


def modes(folder: Path) -> set[str]:
    """Of the folder and all that is in it."""
    return {oct(one.stat().st_mode & 0o777) for one in (folder, *folder.iterdir())}


def empty(folder: Path) -> None:
    for one in folder.iterdir():
        one.unlink()


def of(*days: str) -> list[str]:
    return [f"okrbot-T0PLAYGRND-{day}.{ending}" for day in days for ending in ("md", "yaml")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "archive"


@pytest.fixture
async def archiving(lite: Stage, folder: Path) -> Stage:
    keeps(lite.running, FolderShelf(folder))
    lite.running.scheduler = Beating()
    await lite.playground.change(lite.elena, locale="en-GB")
    return lite


async def test_every_night_the_company_and_all_that_was_said_goes_into_the_folder(
    archiving: Stage, folder: Path, tmp_path: Path
) -> None:
    await archiving.comes("Mon 16 Nov 23:59")
    assert names(folder) == of("2026-11-16"), "the first one at once"
    await archiving.answers(archiving.dana, {REFUNDS: ("95", "Off track", "Too many")})
    await archiving.comes("Tue 17 Nov 00:00")
    await archiving.ticks()
    assert names(folder) == of("2026-11-16", "2026-11-17")
    assert modes(folder) == {"0o700", "0o600"}
    page, company = (folder / name for name in of("2026-11-17"))
    assert "Too many" not in (folder / of("2026-11-16")[1]).read_text(encoding="utf-8")
    assert "Too many" in page.read_text(encoding="utf-8")
    written = company.read_text(encoding="utf-8")
    assert "note: Too many" in written
    report = (await archiving.asks(archiving.elena, "/okr doctor")).shown
    assert "The archive of Tuesday 17 November was written Tuesday 00:00." in report

    await archiving.stop_bot()
    archiving.database_url = f"sqlite:///{tmp_path / 'another.sqlite3'}"
    await archiving.start_bot()
    assert (await archiving.imports(written)).changes.added["key result"] == 6


async def test_a_restart_writes_no_second_one_and_a_night_asleep_has_none(archiving: Stage, folder: Path) -> None:
    await archiving.comes("Mon 16 Nov 12:00")
    empty(folder)
    await archiving.stop_bot()
    await archiving.start_bot()
    keeps(archiving.running, FolderShelf(folder))
    await archiving.ticks()
    assert names(folder) == []
    await archiving.stop_bot()
    await archiving.wakes("Thu 19 Nov 12:00")
    keeps(archiving.running, FolderShelf(folder))
    await archiving.ticks()
    assert names(folder) == of("2026-11-19")


async def test_two_workers_at_midnight_write_one(clock: FrozenDateTimeFactory, database_url: str, folder: Path) -> None:
    async with Stage(clock, database_url) as stage:
        await stage.imports()
        other = await build(stage.running.settings)
        try:
            shelves = [Counted(folder), Counted(folder)]
            for bot, shelf in zip((stage.running, other), shelves, strict=True):
                keeps(bot, shelf)
            clock.move_to(at("2026-11-17 00:00", ROME))
            now = datetime.now(UTC)
            done = await asyncio.gather(*(bot.rituals.archives.write_next(now) for bot in (stage.running, other)))
            assert sorted(done) == [False, True]
            assert sum(one.count for one in shelves) == 2, "a company file and a page"
            assert names(folder) == of("2026-11-17")
            again = await asyncio.gather(*(bot.rituals.archives.write_next(now) for bot in (stage.running, other)))
            assert again == [False, False]
        finally:
            await other.stop()


async def test_what_cannot_be_written_is_told_and_tried_again_and_nothing_else_waits(
    archiving: Stage, folder: Path
) -> None:
    shelf = Full(folder)
    keeps(archiving.running, shelf)
    await archiving.comes("Mon 16 Nov 09:00")
    assert "2 key results" in archiving.dana.reads()[-1].shown, "people are asked all the same"
    report = (await archiving.asks(archiving.elena, "/okr doctor")).shown
    assert "Something needs attention." in report
    assert "The archive of Monday 16 November could not be written: cannot write okrbot-T0PLAYGRND-2026-11-16" in report
    assert "No space left on device. I try again Monday 09:15." in report
    shelf.emptied = True
    await archiving.comes("Mon 16 Nov 09:14")
    assert names(folder) == []
    await archiving.comes("Mon 16 Nov 09:15")
    assert names(folder) == of("2026-11-16")
    report = (await archiving.asks(archiving.elena, "/okr doctor")).shown
    assert "The archive of Monday 16 November was written Monday 09:15." in report


async def test_what_nobody_expected_is_told_and_tried_again_as_soon(archiving: Stage, folder: Path) -> None:
    """Here the writing fails with what is no trouble of the folder's."""
    shelf = Broken(folder)
    keeps(archiving.running, shelf)
    await archiving.comes("Mon 16 Nov 09:00")
    report = (await archiving.asks(archiving.elena, "/okr doctor")).shown
    assert (
        "The archive of Monday 16 November could not be written: ZeroDivisionError. I try again Monday 09:15" in report
    )
    shelf.mended = True
    await archiving.comes("Mon 16 Nov 09:15")
    assert names(folder) == of("2026-11-16")


async def test_a_worker_that_dies_over_it_leaves_it_to_the_next(archiving: Stage, folder: Path) -> None:
    await archiving.comes("Mon 16 Nov 12:00")
    midnight, workspace = at("2026-11-17 00:00", ROME), archiving.running.workspace.id
    async with archiving.running.database.transaction() as tx:
        assert await archives.claim(tx, workspace, date(2026, 11, 17), midnight, until=midnight + LEASE)
    await archiving.comes("Tue 17 Nov 00:29")
    assert names(folder) == of("2026-11-16")
    await archiving.comes("Tue 17 Nov 00:30")
    assert names(folder) == of("2026-11-16", "2026-11-17")


async def test_a_bot_that_is_stopped_over_it_leaves_it_to_the_next_at_once(archiving: Stage, folder: Path) -> None:
    await archiving.comes("Mon 16 Nov 12:00")
    shelf = Slow(folder)
    keeps(archiving.running, shelf)
    archiving.running.ticker.keep(at("2026-11-17 00:00", ROME))
    await asyncio.to_thread(shelf.begun.wait)
    try:
        await archiving.stop_bot()
        assert names(folder) == of("2026-11-16")
        await archiving.wakes("Tue 17 Nov 00:01")
        keeps(archiving.running, FolderShelf(folder))
        await archiving.ticks()
        assert names(folder) == of("2026-11-16", "2026-11-17")
    finally:
        shelf.may.set()


async def test_old_ones_go_and_what_okrbot_did_not_write_stays(archiving: Stage, folder: Path) -> None:
    keeps(archiving.running, FolderShelf(folder), days=2)
    await archiving.comes("Mon 16 Nov 12:00")
    foreign = [*of("2026-11-01"), "okrbot-T0OTHER-2026-11-16.yaml", "notes.md"]
    for name in foreign:
        (folder / name).touch()
    left = folder / f".{of('2026-11-16')[1]}.k1ll3d"
    left.touch()
    await archiving.comes("Tue 17 Nov 12:00")
    assert names(folder) == sorted([*of("2026-11-16", "2026-11-17"), *foreign, left.name])
    await archiving.comes("Wed 18 Nov 12:00")
    assert names(folder) == sorted([*of("2026-11-17", "2026-11-18"), *foreign])


async def test_a_clock_that_was_once_far_ahead_costs_one_archive_and_never_the_one_of_today(
    archiving: Stage, folder: Path
) -> None:
    keeps(archiving.running, FolderShelf(folder), days=3)
    for day in ("Mon 16 Nov 12:00", "Tue 17 Nov 12:00", "Wed 18 Nov 12:00"):
        await archiving.comes(day)
    await archiving.running.rituals.archives.write_next(at("2036-02-01 12:00", ROME))
    assert names(folder) == of("2026-11-17", "2026-11-18", "2036-02-01")
    keeps(archiving.running, FolderShelf(folder), days=1)
    await archiving.comes("Thu 19 Nov 12:00")
    assert names(folder) == of("2026-11-19", "2036-02-01")


async def test_an_archive_that_stays_away_is_missed(archiving: Stage) -> None:
    await archiving.comes("Mon 16 Nov 12:00")
    keeps(archiving.running, Full(Path("nowhere")))
    await archiving.comes("Tue 17 Nov 12:00")
    assert "could not be written" in (await archiving.asks(archiving.elena, "/okr doctor")).shown
    archiving.running.rituals.archives.wind_down()
    await archiving.comes("Thu 19 Nov 12:00")
    async with archiving.running.database.transaction() as tx:
        await archives.forget(tx, archiving.running.workspace.id, [date(2026, 11, 17)])
    assert (
        "No archive was written since Monday 16 November 2026."
        in (await archiving.asks(archiving.elena, "/okr doctor")).shown
    )
