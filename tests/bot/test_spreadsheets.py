"""`okrbot import` with a spreadsheet, on a command line of its own."""

from pathlib import Path

from bot.__main__ import CANNOT_START
from tests.bot.okrbot import Okrbot

COMPANY = Path("tests/company.yaml").resolve()
SHEET = "Team;Ciclo;Obiettivo;Titolo;Responsabile;Target;Nota\nGrowth;2026-Q4;Farsi trovare;Visite;dana;da 1 a 2;boh\n"


async def test_a_spreadsheet_says_how_it_was_read_and_what_came_of_it(okrbot: Okrbot) -> None:
    assert (await okrbot.ends("import", str(COMPANY))).code == 0
    (okrbot.folder / "okrs.CSV").write_bytes(SHEET.encode())
    arguments = ("import", "okrs.CSV", "--column", "Titolo=key result")
    tried = await okrbot.ends(*arguments, "--dry-run")
    assert (tried.code, tried.err) == (0, "")
    assert tried.out.splitlines() == [
        "Team → team",
        "Ciclo → cycle",
        "Obiettivo → objective",
        "Titolo → key result",
        "Responsabile → owner",
        "Target → target",
        "left out: Nota",
        "okrs.CSV → Other Wind: 1 objective added, 1 key result added. Nothing was written: this was a dry run.",
    ]
    assert "1 key result added." in (await okrbot.ends(*arguments)).out
    assert "1 objective as before, 1 key result as before." in (await okrbot.ends(*arguments)).out


async def test_our_own_spreadsheet_comes_back_in(okrbot: Okrbot) -> None:
    assert (await okrbot.ends("import", str(COMPANY))).code == 0
    assert (await okrbot.ends("export", "okrs.xlsx")).code == 0
    again = await okrbot.ends("import", "okrs.xlsx")
    assert (again.code, again.err) == (0, "")
    assert 'sheet "Key results", headings in row 1' in again.out
    assert "not read: Objectives (--sheet chooses)" in again.out
    assert again.out.endswith("3 objectives as before, 6 key results as before.\n")


async def test_what_is_wrong_is_said_after_how_it_was_read(okrbot: Okrbot) -> None:
    assert (await okrbot.ends("import", str(COMPANY))).code == 0
    (okrbot.folder / "okrs.csv").write_text(SHEET.replace("dana", "danna").replace("Titolo", "KR"), encoding="utf-8")
    ended = await okrbot.ends("import", "okrs.csv")
    assert ended.code == CANNOT_START
    assert "KR → key result" in ended.out
    assert ended.err == (
        'okrbot: row 2, Responsabile: expected a member of this workspace (did you mean "dana"?), got "danna"\n'
        "Nothing was written.\n"
    )


async def test_options_of_spreadsheets_are_refused_with_a_company_file(okrbot: Okrbot) -> None:
    ended = await okrbot.ends("import", str(COMPANY), "--sheet", "OKRs")
    assert ended.code == CANNOT_START
    assert "--sheet: expected a spreadsheet, got company.yaml" in ended.err
