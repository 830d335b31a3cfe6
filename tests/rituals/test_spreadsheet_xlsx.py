"""What an admin sees of an XLSX file: its values as they are meant, and nothing that harms."""

import io
import re
import time
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from rituals.company_marks import CompanyProblems
from rituals.spreadsheet_file import parse
from rituals.spreadsheet_rows import Said, SheetFile

HEAD = ("Team", "Cycle", "Objective", "Key result", "Owner", "Baseline", "Target", "From")
ROW = ("Growth", "2026-Q4", "Be loved", "They come back", "dana", 1, 2, date(2026, 11, 1))


def book(*rows: Sequence[Any], change: Callable[[Any], object] = lambda sheet: None, name: str = "OKRs") -> bytes:
    made = Workbook()
    sheet = made.active
    sheet.title = name
    for row in rows:
        sheet.append(list(row))
    change(sheet)
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def repacked(content: bytes, **changes: tuple[bytes, bytes]) -> bytes:
    """The file with a text replaced in some of its parts; `sheet1` means xl/worksheets/sheet1.xml."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            data = old.read(part)
            for stem, (before, after) in changes.items():
                if part.endswith(f"/{stem}.xml"):
                    assert before in data
                    data = data.replace(before, after, 1)
            new.writestr(part, data)
    return written.getvalue()


def refusal(content: bytes, **given: Any) -> str:
    with pytest.raises(CompanyProblems) as caught:
        parse(content, **given)
    return str(caught.value)


def only(file: SheetFile) -> Said:
    assert file.problems == []
    (row,) = file.rows
    return row


def test_numbers_keep_their_one_meaning_whatever_the_language() -> None:
    def formats(sheet: Any) -> None:
        for place, (value, written_as) in enumerate(
            [(0.45, "0%"), (1.234, "General"), (1200, '#,##0.00 "€"'), (1200.5, "[$£-809]#,##0.00"), (0.1 + 0.2, "0.0")]
        ):
            cell = sheet.cell(row=2 + place, column=6, value=value)
            cell.number_format = written_as

    file = parse(book(HEAD, *[ROW] * 5, change=formats))
    assert [row.cells["baseline"] for row in file.rows] == ["45%", "1.2340", "1200 €", "1200.5 £", "0.3"]
    assert [row.form and row.form.starts for row in file.rows] == [date(2026, 11, 1)] * 5


def test_merged_cells_say_the_same_for_every_row_and_empty_rows_say_nothing() -> None:
    rows = [("OKRs of 2026",), (), HEAD, ROW, (None, None, None, "Another", "luca", 1, 2), ()]
    rows += [(None, None, None, "A third", "luca", 1, 2)]

    def merge(sheet: Any) -> None:
        sheet.merge_cells("A1:H1")
        for column in "ABC":
            sheet.merge_cells(f"{column}4:{column}7")

    file = parse(book(*rows, change=merge))
    assert file.problems == []
    assert [(row.number, row.cells["team"], row.form and row.form.objective) for row in file.rows] == [
        (4, "Growth", "Be loved"),
        (5, "Growth", "Be loved"),
        (7, "Growth", "Be loved"),
    ]
    assert "team, cycle or objective taken from the row above: rows 5, 7" in file.told


def test_of_several_sheets_the_first_with_key_results_is_read_unless_another_is_named() -> None:
    def more(sheet: Any) -> None:
        objectives = sheet.parent.create_sheet("Objectives", 0)
        objectives.append(HEAD[:3])
        objectives.append(ROW[:3])
        sheet.parent.create_sheet("Notes", 0).append(["whatever", "else"])

    content = book(HEAD, ROW, change=more)
    file = parse(content)
    assert (file.sheet, file.others) == ("OKRs", ("Notes", "Objectives"))
    assert "not read: Notes, Objectives (--sheet chooses)" in file.told
    assert parse(content, sheet="objectives").sheet == "Objectives"
    assert 'one of the sheets (did you mean "Objectives"?), got "Objectivs"' in refusal(content, sheet="Objectivs")
    assert "expected headings" in refusal(content, sheet="Notes")


def test_a_formula_is_its_value_when_the_file_has_it_and_else_a_problem() -> None:
    content = book(HEAD, (*ROW[:5], "=1+1", "=2*2", ROW[7]))
    problems = [str(one) for one in parse(content).problems]
    wanted = "a value (the file holds only the formula: open it in a spreadsheet program and save it)"
    assert problems == [f"row 2, Baseline: expected {wanted}, got F2", f"row 2, Target: expected {wanted}, got G2"]
    computed = repacked(content, sheet1=(b"<f>1+1</f><v />", b"<f>1+1</f><v>7</v>"))
    assert parse(computed).rows[0].cells["baseline"] == "7"
    error = book(HEAD, (*ROW[:5], "#REF!", *ROW[6:]))
    assert [str(one) for one in parse(error).problems] == ["row 2, Baseline: expected a value, got #REF!"]


def test_a_text_that_looks_like_a_formula_is_a_text() -> None:
    def as_text(sheet: Any) -> None:
        sheet["D2"].value = "=1+1"
        sheet["D2"].data_type = "s"

    row = only(parse(book(HEAD, ROW, change=as_text)))
    assert row.form is not None
    assert row.form.key_result == "=1+1"


@pytest.mark.parametrize("part", ["sheet1", "workbook", "styles"])
def test_entities_are_refused_before_anything_is_read(part: str) -> None:
    root = {"sheet1": b"worksheet", "workbook": b"workbook", "styles": b"styleSheet"}[part]
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]><' + root
    content = repacked(book(HEAD, ROW), **{part: (b"<" + root, bomb)})
    assert "expected XML without a document type" in refusal(content)


def test_a_document_type_in_another_encoding_is_refused_too() -> None:
    content = book(HEAD, ROW)
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(written, "w") as new:
        for part in old.namelist():
            data = old.read(part)
            if part.endswith("sheet1.xml"):
                data = data.decode().replace("<worksheet", "<!DOCTYPE x []><worksheet", 1).encode("utf-16")
            new.writestr(part, data)
    assert "expected XML without a document type" in refusal(written.getvalue())


def test_what_unpacks_to_too_much_is_refused_at_once() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        with packed.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as bomb:
            for _ in range(100):
                bomb.write(b"0" * 2**20)
    began = time.monotonic()
    assert "expected a file that unpacks to at most 64 MiB" in refusal(written.getvalue())
    assert time.monotonic() - began < 5


def test_rows_and_columns_far_away_cost_nothing() -> None:
    far = repacked(book(HEAD, ROW), sheet1=(b'<row r="2"', b'<row r="1000000"'))
    assert "row 1000000: expected at most 20,000 rows" in refusal(far)
    farther = repacked(book(HEAD, ROW), sheet1=(b'<row r="2"', b'<row r="999999999999"'))
    assert parse(farther).rows == ()
    wide = re.sub(rb'r="H2"', b'r="XFD2"', b'r="H2"')
    assert parse(repacked(book(HEAD, ROW), sheet1=(b'r="H2"', wide))).rows[0].form is not None


def test_files_that_are_no_spreadsheet_are_refused_in_words() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000
    assert "(save it without a password)" in refusal(ole + "EncryptedPackage".encode("utf-16-le"))
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as packed:
        packed.writestr("content.xml", "<x/>")
    assert "expected an .xlsx or a .csv, got another kind of file" in refusal(written.getvalue())
    whole = book(HEAD, ROW)
    assert "expected a whole .xlsx file" in refusal(whole[: len(whole) // 2])
    broken = repacked(whole, sheet1=(b"</row>", b""))
    assert "expected a whole .xlsx file" in refusal(broken)


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_a_damaged_file_is_read_or_refused_in_words(data: st.DataObject) -> None:
    part = data.draw(st.sampled_from(["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "raw"]))
    content = bytearray(WHOLE if part == "raw" else PARTS[part])
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        cut = data.draw(st.integers(0, 12))
        content[place : place + cut] = data.draw(st.binary(max_size=6) | st.sampled_from([b'"', b"<", b"9" * 12, b"-"]))
    if part == "raw":
        damaged = bytes(content)
    else:
        written = io.BytesIO()
        with zipfile.ZipFile(written, "w") as packed:
            for name, old in PARTS.items():
                packed.writestr(name, bytes(content) if name == part else old)
        damaged = written.getvalue()
    try:
        parse(damaged)
    except CompanyProblems as problems:
        found = str(problems)
    else:
        return
    assert found.startswith(("line 1: expected", "row "))


WHOLE = book(HEAD, ROW, ROW)
with zipfile.ZipFile(io.BytesIO(WHOLE)) as whole:
    PARTS = {name: whole.read(name) for name in whole.namelist()}
