"""The archive of okrbot in processes of their own."""

import asyncio
import re
from pathlib import Path

from bot.__main__ import NEEDS_ATTENTION
from tests.bot import other_workspace as workspace
from tests.bot.okrbot import Okrbot
from tests.bot.other_people import Someone
from tests.bot.other_slack import OtherSlack

COMPANY = Path("tests/company.yaml").resolve()


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir()) if folder.exists() else []


def test_the_folder_and_the_days_are_settings(okrbot: Okrbot) -> None:
    chosen = okrbot.read(archive_folder="/data/archive", archive_days="7")
    assert (chosen.archive_folder, chosen.archive_days) == ("/data/archive", 7)


async def test_two_processes_write_one_archive(slack: OtherSlack, okrbot: Okrbot) -> None:
    assert (await okrbot.ends("import", str(COMPANY))).code == 0
    folder, dana = okrbot.folder / "archive", Someone(slack, workspace.DANA)
    keeping = Okrbot(okrbot.folder, okrbot.settings | {"archive_folder": "archive", "tick_seconds": "0.5"})
    async with keeping.runs("run") as first, keeping.runs("run") as second:
        await slack.until(lambda: len(slack.sockets) == 4)
        async with asyncio.timeout(40):
            while len(names(folder)) < 2:
                await dana.types("/okr help")
    logs = first[0].err + second[0].err
    assert logs.count('"event": "archive written"') == 1
    assert "Traceback" not in logs
    assert all(re.fullmatch(r"okrbot-\w+-\d{4}-\d\d-\d\d\.(md|yaml)", name) for name in names(folder))


async def test_a_folder_that_cannot_be_written_to_stops_nothing_and_is_told(slack: OtherSlack, okrbot: Okrbot) -> None:
    assert (await okrbot.ends("import", str(COMPANY))).code == 0
    (okrbot.folder / "file").touch()
    keeping = Okrbot(okrbot.folder, okrbot.settings | {"archive_folder": "file/archive"})
    async with keeping.runs("run") as ended:
        await slack.until(lambda: len(slack.sockets) == 2)
        said = await keeping.ends("doctor")
        async with asyncio.timeout(40):
            while "could not be written" not in said.out:
                said = await keeping.ends("doctor")
    assert said.code == NEEDS_ATTENTION
    assert "could not be written: cannot write file/archive/okrbot-" in said.out
    assert ": Not a directory. I try again" in said.out
    assert ended[0].code == 0
    assert '"event": "archive not written"' in ended[0].err
