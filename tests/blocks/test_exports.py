"""What is taken along as tables and as a page: everything is there, and nothing of it comes alive."""

import csv
import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from blocks import export_csv, export_page, export_sheets, export_table
from blocks.export_table import Table
from okr.checkins import Via
from okr.confidence import Confidence, Given, Scale
from okr.exports import Entry, Export
from okr.measures import Measure, MeasureKind
from okr.standing import Standing
from rituals.company_file import parse
from rituals.company_yaml import write_history
from tests.making import ROME, at, checkin, key_result, person

FILE = """\
company: {name: Ruota *, zone: Europe/Rome}
people: [{key: dana, slack: U0DANA001}, {key: luca, slack: U0LUCA001}]
teams:
  - {key: growth, name: "Growth | Rome", parent: ruota, channel: growth, lead: dana}
  - {key: ruota, name: Ruota, channel: general, lead: luca}
cycles: [{key: q4, name: Q4, from: 2026-10-01, to: 2026-12-31}]
objectives:
  - key: love
    team: growth
    cycle: q4
    title: "=HYPERLINK(1)"
    why: "Half of them\\nnever <come> back"
    owner: dana
    private: true
    key_results:
      - key: debt
        title: "-1+1|x"
        owner: luca
        check_in_owner: dana
        measure: increase
        unit: EUR
        baseline: -100
        target: 0
        actions: [{key: ask, title: "@ask", assignee: luca, due: 2026-11-13, done: true}]
      - {key: calm, title: Stay calm, owner: luca, measure: keep within, unit: "%", low: 92, state: paused}
"""
DANGEROUS = ("=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1")


def export(**given: Any) -> Export:
    """Dana's debt was answered on Monday at 9; Luca's calm never."""
    company = parse(FILE).company
    debt, calm = company.key_results
    luca, today = person("Luca Bianchi"), date(2026, 11, 18)
    last = checkin(Decimal("-60.5"), Confidence.RED, note="=cmd()", blocker="bank")
    standings = {
        one.key: Standing(
            key_result(one.title, one.measure, id=one.key, private=one.key == "debt"), luca, luca, today, last=last_of
        )
        for one, last_of in ((debt, last), (calm, None))
    }
    entry = Entry(
        "debt", at("2026-11-09 09:05", ROME), date(2026, 11, 9), "dana", Decimal("-60.5"), Confidence.RED.given,
        "=cmd()", "@won", "bank", Via.ONE_TAP, True,
    )  # fmt: skip
    usual: dict[str, Any] = {"names": {"dana": "Dana Rossi", "luca": "+Luca"}, "history": (entry,)}
    return Export(company, standings=standings, now=at("2026-11-18 08:00"), zone=ROME, **usual | given)


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def of_one(*texts: object) -> Table:
    return Table("Texts", ("Text",), tuple((one,) for one in texts))  # type: ignore[misc]


def test_a_row_says_how_a_key_result_stands() -> None:
    debt, calm = read(export_csv.write(export_table.key_results(export())))
    said: Mapping[str, str] = {
        "Team": "Growth | Rome", "Objective": "'=HYPERLINK(1)", "Key result": "'-1+1|x", "Key": "debt",
        "Owner": "'+Luca", "Check-in owner": "Dana Rossi", "Value": "-60.5", "Unit": "EUR", "Progress %": "39.5",
        "Confidence": "Off track", "Stale": "", "Checked in": "2026-11-09", "Days ago": "9", "Note": "'=cmd()",
        "Baseline": "-100", "Target": "0", "Low": "", "Private": "yes", "State": "active",
    }  # fmt: skip
    assert {name: debt[name] for name in said} == said
    never = {"Value": "", "Progress %": "0", "Confidence": "", "Days ago": "", "State": "paused", "Low": "92"}
    assert {name: calm[name] for name in never} == never


def test_a_row_of_the_history_is_a_check_in() -> None:
    [row] = read(export_csv.write(export_table.check_ins(export())))
    assert row == {
        "Team": "Growth | Rome", "Objective": "'=HYPERLINK(1)", "Key result": "'-1+1|x", "Key": "debt",
        "Round": "2026-11-09", "At (UTC)": "2026-11-09 08:05:00", "By": "Dana Rossi", "Value": "-60.5", "Unit": "EUR",
        "Progress %": "39.5", "Confidence": "Off track", "Confidence number": "",
        "Confidence scale": "colours", "Note": "'=cmd()", "Win": "'@won", "Blocker": "bank",
        "How": "one tap", "Edited later": "yes",
    }  # fmt: skip


def test_a_number_is_exported_with_its_scale_beside_its_word() -> None:
    plain = export()
    [told], seven = plain.history or (), Given(7, Scale.ZERO_TO_TEN)
    last = replace(checkin(level=7, scale=Scale.ZERO_TO_TEN), value=Decimal("-60.5"))
    standings = plain.standings | {"debt": replace(plain.standings["debt"], last=last)}  # type: ignore[operator]
    numbered = replace(plain, history=(replace(told, given=seven),), standings=standings)
    for table in (export_table.check_ins, export_table.key_results):
        row = read(export_csv.write(table(numbered)))[0]
        said = (row["Confidence"], row["Confidence number"], row["Confidence scale"])
        assert said == ("On track", "7", "0 to 10")
    assert export_page.write(numbered).count("On track, 7 of 10") == 2
    assert "confidence: 7, scale: 0-10," in write_history(numbered.history or ()).replace('"', "")


def test_a_stale_key_result_has_a_value_and_no_colour() -> None:
    plain = export()
    stale = replace(plain, standings={key: replace(one, stale=True) for key, one in plain.standings.items()})
    row = read(export_csv.write(export_table.key_results(stale)))[0]
    assert (row["Value"], row["Confidence"], row["Stale"]) == ("-60.5", "", "yes")


def test_progress_without_measure_is_still_a_number() -> None:
    plain = export()
    tiny = Measure(MeasureKind.INCREASE, baseline=Decimal(0), target=Decimal("0.0001"))
    far = replace(plain.standings["debt"].key_result, measure=tiny)
    last = checkin(Decimal("9" * 28))
    standings = {**plain.standings, "debt": replace(plain.standings["debt"], key_result=far, last=last)}
    row = read(export_csv.write(export_table.key_results(replace(plain, standings=standings))))[0]
    assert float(row["Progress %"]) == pytest.approx(1e34)


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_is_a_formula_in_csv(text: str) -> None:
    [row] = read(export_csv.write(of_one(text)))
    assert row["Text"] == f"'{text}"


def test_numbers_and_harmless_texts_stay_as_they_are_in_csv() -> None:
    cells = (Decimal("-5.5"), -3, Decimal("1E+3"), "a=b", "", 'say "x",\ny', None, date(2026, 11, 9))
    rows = [row["Text"] for row in read(export_csv.write(of_one(*cells)))]
    assert rows == ["-5.5", "-3", "1000", "a=b", "", 'say "x",\ny', "", "2026-11-09"]


def test_csv_is_what_excel_and_the_standard_expect() -> None:
    content = export_csv.write(of_one("perché", 'a "b", c'))
    assert content == b"\xef\xbb\xbfText\r\nperch\xc3\xa9\r\n" + b'"a ""b"", c"\r\n'


def test_no_text_is_a_formula_in_a_spreadsheet() -> None:
    content = export_sheets.write([of_one(*DANGEROUS, "plain", "a\x00\x0bb\uffff")])
    sheet = load_workbook(io.BytesIO(content))["Texts"]
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert [one.value.replace("_x000D_", "\r") for one in cells[:-2]] == [one.replace("\r", "\n") for one in DANGEROUS]
    assert [one.value for one in cells[-2:]] == ["plain", "ab"]
    assert {one.data_type for one in cells} == {"s"}
    assert [bool(one.quotePrefix) for one in cells] == [True] * len(DANGEROUS) + [False, False]


def test_a_spreadsheet_has_sheets_of_numbers_dates_and_texts() -> None:
    tables = [export_table.objectives(export()), export_table.key_results(export()), export_table.check_ins(export())]
    book = load_workbook(io.BytesIO(export_sheets.write(tables)))
    assert book.sheetnames == ["Objectives", "Key results", "Check-ins"]
    for table in tables:
        rows = list(book[table.name].values)
        assert rows[0] == table.columns
        assert len(rows) == len(table.rows) + 1
    debt = dict(zip(tables[1].columns, list(book["Key results"].values)[1], strict=True))
    assert debt["Objective"] == "=HYPERLINK(1)"
    assert (debt["Value"], debt["Days ago"], debt["Checked in"]) == (-60.5, 9, datetime(2026, 11, 9))  # noqa: DTZ001
    told = dict(zip(tables[2].columns, list(book["Check-ins"].values)[1], strict=True))
    assert told["At (UTC)"] == datetime(2026, 11, 9, 8, 5)  # noqa: DTZ001


def test_a_page_has_the_top_team_first_and_no_markup_of_peoples() -> None:
    page = export_page.write(export())
    assert page == PAGE
    assert export_page.write(export(history=None)) == PAGE[: PAGE.index("\n| When")]


def test_a_company_without_objectives_has_tables_and_a_page_too() -> None:
    company = parse(FILE.split("cycles:")[0]).company
    bare = Export(company, {}, {}, at("2026-11-18 08:00"), ROME)
    tables = [export_table.objectives(bare), export_table.key_results(bare), export_table.check_ins(bare)]
    assert [table.rows for table in tables] == [(), (), ()]
    assert load_workbook(io.BytesIO(export_sheets.write(tables)))["Key results"].max_row == 1
    assert read(export_csv.write(tables[1])) == []
    assert export_page.write(bare).splitlines()[0] == r"# Ruota \*"


PAGE = r"""# Ruota \*

As of Wednesday 18 November 2026.

## Ruota

Lead: +Luca. Every Monday at 09:00, each in their own zone; digest Tuesday at 14:00.

## Growth \| Rome

Lead: Dana Rossi. Every Monday at 09:00, each in their own zone; digest Tuesday at 10:00.

### =HYPERLINK(1)

Q4, committed, owner: Dana Rossi, private.

> Half of them
> never \<come\> back

| Key result | Owner | Value | Aim | Progress | Confidence | Last check-in |
| --- | --- | --- | --- | --- | --- | --- |
| -1+1\|x | +Luca | -€60.50 | -€100 → €0 | 40% | Off track | 2026-11-09 |
| Stay calm (paused) | +Luca |  | at least 92% |  | Not started |  |

- [x] @ask (+Luca, by 2026-11-13)

| When | Key result | Value | Confidence | By | What was said |
| --- | --- | --- | --- | --- | --- |
| 2026-11-09 (edited later) | -1+1\|x | -€60.50 | Off track | Dana Rossi | =cmd(); Win: @won; Blocker: bank |
"""
