"""Bringing in key results from a spreadsheet: what it says is written, what it leaves out stays, all or nothing."""

import csv
import io
from typing import Any

import pytest

import blocks.export_sheets  # noqa: F401
import rituals.spreadsheet_xlsx  # noqa: F401 - openpyxl is not to meet its first day while the clock stands still
from bot.exports import Format, Wanted, export
from bot.settings import Settings
from rituals.company_marks import CompanyProblems
from tests.stage import Stage

ITALIAN = """\
Gruppo;Ciclo;Obiettivo;Titolo KR;Responsabile;Misurato;Peso;Fonte;Avanzamento;Nota interna
Growth;2026-Q4;Farsi trovare;Visite dal motore di ricerca;Dana Rossi;da 1.000 a 2.500;0,5;Statistiche;12%;boh
;;;Iscritti alla lettera;nora;da 10% a 20%;;;;
Support;2026-q4;Rispondere meglio;;;;;;;
"""


async def taken(stage: Stage, format: Format, *, history: bool = False) -> bytes:
    settings = Settings(_env_file=None, database_url=stage.database_url)
    return (await export(settings, Wanted(format, history=history))).content


async def refusal(stage: Stage, text: str, **given: Any) -> list[str]:
    before = await stage.kept("SELECT count(*) FROM revisions")
    with pytest.raises(CompanyProblems) as caught:
        await stage.imports_sheet(text.encode(), **given)
    assert await stage.kept("SELECT count(*) FROM revisions") == before, "nothing is half-written"
    return str(caught.value).splitlines()


async def test_key_results_from_a_spreadsheet_are_asked_on_monday(stage: Stage) -> None:
    imported = await stage.imports_sheet(ITALIAN.encode("cp1252"), chosen={"titolokr": "key result"})
    assert imported.changes.added == {"person": 1, "objective": 2, "key result": 2}
    kept = "SELECT k.key, p.key, k.baseline, k.target, k.weight, k.source FROM key_results k JOIN people p ON"
    kept += " p.id = k.owner_id WHERE k.objective_id IN (SELECT id FROM objectives WHERE key = 'farsi-trovare')"
    assert {tuple(map(str, row)) for row in await stage.kept(kept)} == {
        ("visite-dal-motore-di-ricerca", "dana", "1000", "2500", "0.5", "Statistiche"),
        ("iscritti-alla-lettera", "nora-member", "10", "20", "1", ""),
    }
    again = await stage.imports_sheet(ITALIAN.encode("utf-16"), chosen={"titolokr": "key result"})
    assert again.changes.added == again.changes.changed == {}
    await stage.comes("Mon 16 Nov 09:00")
    assert "Visite dal motore di ricerca" in stage.dana.reads()[-1].shown
    assert "Iscritti alla lettera" in stage.nora.reads()[-1].shown


async def test_a_dry_run_says_the_same_and_writes_nothing(lite: Stage) -> None:
    imported = await lite.imports_sheet(ITALIAN.encode(), chosen={"titolokr": "key result"}, dry_run=True)
    assert imported.changes.added == {"person": 1, "objective": 2, "key result": 2}
    assert await lite.kept("SELECT count(*) FROM objectives") == [(3,)]
    assert await lite.kept("SELECT key FROM people WHERE key = 'nora-member'") == []


async def test_every_problem_is_listed_at_once_by_row_and_column(lite: Stage) -> None:
    said = await refusal(
        lite,
        "Team,Cycle,Objective,KR,Owner,Measured,State,Weight,From,Private\n"
        "Growht,2026-Q4,Be seen,Views,danna,from 1 to 1,actve,heavy,2026-13-01,maybe\n"
        "Growth,Q9,Be seen,Views,dana,45%,,,,\n"
        "Growth,2026-Q4,Be seen,Views,,from 1 to 2,,,,\n"
        "Growth,2026-Q4,Be seen,Visits,dana,,,,2027-02-01,\n"
        "Growth,2026-Q4,Be seen,Clicks,dana,from 1 to 2,,,2027-02-01,\n",
    )
    assert said == [
        'row 2, From: expected a day that the calendar has, got "2026-13-01"',
        'row 2, Measured: expected a target that differs from the baseline, got "from 1 to 1"',
        'row 2, Owner: expected a member of this workspace (did you mean "dana"?), got "danna"',
        'row 2, Private: expected true or false, got "maybe"',
        'row 2, State: expected draft, active, paused, done or abandoned, got "actve"',
        'row 2, Team: expected a team of the company, by name or key (did you mean "growth"?), got "Growht"',
        'row 2, Weight: expected a number above 0, got "heavy"',
        'row 3, Cycle: expected a cycle of the company, by name or key, got "Q9"',
        'row 3, Measured: expected also from where, such as "from 31% to 45%" (or a column baseline), got "45%"',
        "row 4, Owner: expected who owns this new key result, got nothing",
        'row 5, Measured: expected a measure such as "from 31% to 45%" or "at least 99%" '
        "(or columns baseline and target), got nothing",
        "row 6, From: expected a date before 2026-12-31, got 2027-02-01",
    ]


async def test_what_the_sheet_leaves_out_stays(lite: Stage) -> None:
    before = await lite.kept("SELECT * FROM key_results WHERE key <> 'refunds'")
    text = "Team,Cycle,Objective,Key result,Target,Source\n"
    text += "Growth,2026-Q4,become the shop  people come back to,Refunds a week,50,\n"
    imported = await lite.imports_sheet(text.encode())
    assert imported.changes.changed == {"key result": 1}
    assert imported.changes.told == ["key result refunds: target 60 → 50"]
    assert await lite.kept("SELECT * FROM key_results WHERE key <> 'refunds'") == before


@pytest.mark.parametrize("format", [Format.CSV, Format.XLSX])
async def test_our_own_export_comes_back_in_and_changes_nothing(stage: Stage, format: Format) -> None:
    await stage.comes("Mon 16 Nov 09:00")
    await stage.answers(stage.dana, {"Returning customers": ("45", "On track", "-50 too many")})
    again = await stage.imports_sheet(await taken(stage, format))
    assert again.changes.added == again.changes.changed == {}
    assert again.changes.same == {"objective": 3, "key result": 6}
    if format is Format.XLSX:
        again = await stage.imports_sheet(await taken(stage, format), sheet="objectives")
        assert (again.changes.added, again.changes.changed, again.changes.same) == ({}, {}, {"objective": 3})


async def test_what_looks_like_a_formula_stays_a_text_on_every_way(lite: Stage) -> None:
    titles = ["=1+1", "'=1+1", "+39 call", "-3 calls", "@dana", "＝1"]
    rows = [["Team", "Cycle", "Objective", "KR", "Owner", "Measured", "Source"]]
    rows += [["Growth", "2026-Q4", "=SUM(A1)", one, "dana", "from 1 to 2", one] for one in titles]
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    # okrbot takes the apostrophe of a defused text away, so a text that has one of its own needs a second
    await lite.imports_sheet(written.getvalue().replace("'=1+1", "''=1+1").encode())
    kept = await lite.kept("SELECT title, source FROM key_results ORDER BY id DESC LIMIT 6")
    assert kept == [(one, one) for one in reversed(titles)]
    table = list(csv.reader(io.StringIO((await taken(lite, Format.CSV)).decode("utf-8-sig"))))
    assert [cell for row in table for cell in row if cell.startswith(("=", "+", "@", "＝"))] == []
    for format in (Format.CSV, Format.XLSX):
        again = await lite.imports_sheet(await taken(lite, format))
        assert again.changes.added == again.changes.changed == {}


async def test_two_rows_may_not_say_different_things_of_one(lite: Stage) -> None:
    head = "Team,Cycle,Objective,KR,Owner,Measured,Why,Contributes to\n"
    said = await refusal(
        lite,
        head + "Growth,2026-Q4,Be seen,Views,dana,from 1 to 2,Because,be-seen\n"
        ",,,Visits,dana,from 1 to 2,Otherwise,\n"
        ",,,views,dana,from 1 to 3,,\n",
    )
    assert said == [
        'row 2, Contributes to: expected a goal above, not one that leads back here, got "be-seen > be-seen"',
        "row 3, Why: expected the same why as in row 2, got another one",
        'row 4, KR: expected each key result once (row 2 has it), got "views"',
    ]


async def test_a_key_names_the_same_thing_under_another_title(lite: Stage) -> None:
    head = "Team,Cycle,Objective,Objective key,KR,Key,Owner\n"
    said = await refusal(lite, head + "Growth,2026-Q4,A new title,,Refunds,refunds,\n")
    assert said == [
        'row 2, Objective: expected "Become the shop people come back to", whose key result this is '
        '(a column objective key may rename it), got "A new title"'
    ]
    renamed = await lite.imports_sheet((head + "Growth,2026-Q4,A new title,love,Refunds,refunds,luca\n").encode())
    assert renamed.changes.changed == {"objective": 1, "key result": 1}
    assert await lite.kept("SELECT title FROM objectives WHERE key = 'love'") == [("A new title",)]


async def test_without_a_company_nothing_comes_in(lite: Stage, tmp_path: Any) -> None:
    await lite.stop_bot()
    lite.database_url = f"sqlite:///{tmp_path / 'another.sqlite3'}"
    await lite.start_bot()
    with pytest.raises(CompanyProblems, match="expected a company whose teams and cycles are there"):
        await lite.imports_sheet(ITALIAN.encode(), chosen={"titolokr": "key result"})
