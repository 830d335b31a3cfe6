"""`okrbot export` on a command line of its own."""

from pathlib import Path

import pytest

from bot.__main__ import CANNOT_START, NEEDS_ATTENTION
from bot.exports import ExportProblem, export, save
from bot.settings import read
from okr.exports import Wanted
from storage import company as memory
from storage.database import Database
from tests.bot.okrbot import Okrbot
from tests.rituals.test_company_yaml import imported, parsed

COMPANY = Path("tests/company.yaml").resolve()


async def test_the_company_comes_out_as_a_file_that_goes_in_again(okrbot: Okrbot) -> None:
    assert (await okrbot.ends("import", str(COMPANY))).code == 0
    tokenless = Okrbot(okrbot.folder, {})
    said = await tokenless.ends("export")
    assert (said.code, said.err) == (0, "")
    saved = await tokenless.ends("export", "--history", "kept.yaml")
    assert (saved.code, saved.out, saved.err) == (0, "", "")
    kept = okrbot.folder / "kept.yaml"
    assert kept.read_text(encoding="utf-8").startswith(said.out)
    assert kept.stat().st_mode & 0o077 == 0, "it is for its owner alone"
    again = await okrbot.ends("import", "kept.yaml")
    assert (again.code, again.err) == (0, "")
    assert "added" not in again.out
    assert "changed" not in again.out


async def test_a_file_that_is_there_is_written_over_only_when_told_to(okrbot: Okrbot) -> None:
    kept = okrbot.folder / "kept.yaml"
    kept.write_text("mine", encoding="utf-8")
    assert (await okrbot.ends("import", str(COMPANY))).code == 0
    refused = await okrbot.ends("export", "kept.yaml")
    assert (refused.code, refused.out) == (CANNOT_START, "")
    assert refused.err == "okrbot: kept.yaml is there already: --force writes over it\n"
    assert kept.read_text(encoding="utf-8") == "mine"
    assert (await okrbot.ends("export", "--force", "kept.yaml")).code == 0
    assert "key: returning" in kept.read_text(encoding="utf-8")


async def test_how_things_stand_comes_out_for_people_and_programs(okrbot: Okrbot) -> None:
    assert (await okrbot.ends("import", str(COMPANY))).code == 0
    tokenless = Okrbot(okrbot.folder, {})
    printed = await tokenless.ends("export", "--format", "csv")
    assert printed.out.startswith("\ufeffTeam,Cycle,Objective,Key result,")
    assert len(printed.out.splitlines()) == 7
    told = await tokenless.ends("export", "--format", "csv", "--history")
    assert told.out.startswith("\ufeffTeam,Objective,Key result,Key,Round,")
    for name, begins in (("okrs.xlsx", b"PK"), ("okrs.md", b"# Northwind\n"), ("OKRS.CSV", b"\xef\xbb\xbfTeam,Cycle")):
        saved = await tokenless.ends("export", name)
        assert (saved.code, saved.out, saved.err) == (0, "", "")
        assert (okrbot.folder / name).read_bytes().startswith(begins)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--format", "pdf"), "'pdf' is not one of 'yaml', 'csv', 'xlsx', 'markdown'"),
        (("--format", "xlsx"), "okrbot: a spreadsheet needs a file: okrbot export --format xlsx okrs.xlsx"),
        ((), "okrbot: there is no database sqlite:///okrbot.sqlite3: see OKRBOT_DATABASE_URL"),
    ],
    ids=["format", "no file", "no database"],
)
async def test_what_cannot_be_exported_is_said_in_a_line(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    ended = await Okrbot(tmp_path, {}).ends("export", *arguments)
    assert (ended.code, ended.out) == (CANNOT_START, "")
    assert said in " ".join(ended.err.replace("│", "").split())
    assert _names(tmp_path) == []


async def test_where_nobody_has_imported_a_company_there_is_nothing_to_take(database_url: str) -> None:
    with pytest.raises(ExportProblem, match="Nobody has imported a company yet"):
        await export(read(_env_file=None, database_url=database_url), Wanted())


async def test_of_several_workspaces_one_is_named(database_url: str) -> None:
    database = Database(database_url)
    for _ in range(2):
        await imported(database, parsed())
    async with database.transaction() as tx:
        await memory.open_workspace(tx, "T0", name="Southwind")
        await memory.open_workspace(tx, "T9", name="Nobody's yet")
    await database.close()
    settings = read(_env_file=None, database_url=database_url)
    with pytest.raises(ExportProblem, match=r"choose one with --workspace: T1 \(Northwind\), T0 \(Southwind\)"):
        await export(settings, Wanted())
    with pytest.raises(
        ExportProblem, match=r"no workspace T9 in the database, only T1 \(Northwind\), T0 \(Southwind\)"
    ):
        await export(settings, Wanted(), "T9")
    by_id = await export(settings, Wanted(), "T1")
    assert by_id == await export(settings, Wanted(), "Northwind")


async def test_what_no_single_file_can_say_is_exported_and_told(okrbot: Okrbot) -> None:
    """Two imports have left two teams at the top."""
    assert (await okrbot.ends("import", str(COMPANY))).code == 0
    other = (
        COMPANY.read_text(encoding="utf-8")
        .replace("key: company", "key: firm")
        .replace("parent: company", "parent: firm")
    )
    (okrbot.folder / "other.yaml").write_text(other, encoding="utf-8")
    assert (await okrbot.ends("import", "other.yaml")).code == 0
    ended = await Okrbot(okrbot.folder, {}).ends("export", "kept.yaml")
    assert ended.code == NEEDS_ATTENTION
    assert 'teams[4].parent: expected a parent, since "company" is the top already' in ended.err
    assert "key: firm" in (okrbot.folder / "kept.yaml").read_text(encoding="utf-8")


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "mine").touch()
    with pytest.raises(ExportProblem, match=r"cannot write .*folder: "):
        save(tmp_path / "folder", b"all of it")
    with pytest.raises(ExportProblem, match="No such file or directory"):
        save(tmp_path / "nowhere" / "kept.yaml", b"all of it")
    assert _names(tmp_path) == ["folder"]


def _names(folder: Path) -> list[str]:
    return [one.name for one in folder.iterdir()]
