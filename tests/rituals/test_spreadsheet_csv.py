"""What an admin sees of a CSV file: read in whatever it was written, or refused in words."""

import pytest

from rituals.company_marks import CompanyProblems
from rituals.spreadsheet_file import parse
from rituals.spreadsheet_rows import SheetFile

HEAD = "Team,Cycle,Objective,Key result,Owner,Measured"
ROW = "Growth,2026-Q4,Be loved,Perché tornano,dana,from 1 to 2"


def titles(content: bytes) -> list[str | None]:
    file = parse(content)
    assert file.problems == []
    return [one.form.key_result if one.form else None for one in file.rows]


def refusal(content: bytes) -> str:
    with pytest.raises(CompanyProblems) as caught:
        parse(content)
    return str(caught.value)


def told(file: SheetFile) -> str:
    return "\n".join(file.told)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_way_a_program_writes_csv_is_read(encoding: str, separator: str, newline: str) -> None:
    text = newline.join((HEAD, ROW, "")).replace(",", separator)
    assert titles(text.encode(encoding)) == ["Perché tornano"]


def test_the_other_byte_order_of_utf_16_is_read() -> None:
    assert titles(b"\xfe\xff" + f"{HEAD}\n{ROW}".encode("utf-16-be")) == ["Perché tornano"]


def test_a_first_line_that_names_the_separator_is_believed() -> None:
    text = f"sep=|\n{HEAD}\n{ROW}".replace(",", "|")
    file = parse(text.encode())
    assert [one.number for one in file.rows] == [3]


def test_commas_in_texts_do_not_hide_semicolons() -> None:
    text = f"OKR, Q4, 2026, of all, the teams, we, have\n\n{HEAD}\n{ROW}".replace(HEAD, HEAD.replace(",", ";"))
    text = text.replace(ROW, ROW.replace(",", ";").replace("Be loved", "Be loved, by all, and soon"))
    file = parse(text.encode())
    assert [one.number for one in file.rows] == [4], "rows are counted as a spreadsheet counts them"
    assert file.rows[0].form is not None
    assert file.rows[0].form.objective == "Be loved, by all, and soon"


def test_a_text_of_several_lines_is_one_cell_and_one_row() -> None:
    text = f'{HEAD},Why\n{ROW},"one\n""two""\n"\n{ROW.replace("Perché", "E")},'
    assert [one.number for one in parse(text.encode()).rows] == [2, 3]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (f"{HEAD}\n{ROW}\n".encode() + ROW.encode("cp1252"), "line 3: expected a text in one encoding, such as UTF-8"),
        (f"{HEAD}\n".encode() + b"a\x81b", "line 2: expected a text in UTF-8, or in Windows-1252, got \\x81"),
        (b"\xff\xfe" + HEAD.encode("utf-16-le") + b"\n\x00\x00\xdc", "line 2: expected a text in one encoding"),
        (b"\xff\xfe\x00\x00" + HEAD.encode("utf-32-le"), "expected a text (in Excel: Save as, CSV UTF-8)"),
        (HEAD.encode("utf-16-le"), "line 1: expected a text (in Excel: Save as, CSV UTF-8), got a zero byte"),
        (f'{HEAD}\n{ROW}\n"open,{ROW}\n'.encode(), "row 3: expected quotes that are closed"),
        (f"{HEAD}\n{'x' * 200_000}".encode(), "row 2: expected cells of at most 131,072 characters"),
        (f"{HEAD}\n{',' * 300}x".encode(), "row 2: expected at most 200 columns"),
        (b"", "expected headings such as Team, Cycle, Objective, Key result, Owner"),
        (b"a,b\nc,d", "expected headings such as Team"),
        (HEAD.encode() + b"\n" + b"a,b\n" * 20_000, "expected at most 20,000 rows"),
        (b"x" * (16 * 2**20 + 1), "expected a file of at most 16 MiB"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "(save it as .xlsx), got an .xls of Excel 97-2003"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(content: bytes, said: str) -> None:
    assert said in refusal(content)


def test_a_file_without_rows_is_said_to_have_none() -> None:
    (problem,) = parse(HEAD.encode()).problems
    assert str(problem) == "row 2: expected a row below the headings, got nothing"
