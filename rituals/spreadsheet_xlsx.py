"""XLSX as rows of texts, read without trust: how large it unpacks and what its XML may hold is bounded before."""

import io
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from itertools import zip_longest
from typing import Any
from xml.parsers import expat

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from rituals.company_marks import nearest, quoted
from rituals.spreadsheet import MOST_COLUMNS, MOST_ROWS, Row, Sheet, refused
from rituals.spreadsheet_columns import HEADINGS_WITHIN
from rituals.spreadsheet_words import exact

MOST_UNPACKED = 64 * 1024 * 1024
MOST_BESIDE = 4 * 1024 * 1024
"""Of each part that is no sheet and no list of texts: openpyxl makes objects of many times that size of them."""
LAST_ROW = 2**20
"""The last the format knows. Rows between that are missing in a file are counted, and cost nothing."""
MOST_PARTS, MOST_SHEETS = 2000, 100
BULKY = re.compile(r"xl/(worksheets/[^/]+\.xml|sharedStrings\.xml)|.*\.(png|jpe?g|gif|emf|wmf|bin)", re.IGNORECASE)
CHUNK = 64 * 1024
CURRENCY = re.compile(r"\[\$([^\]-]*)[^\]]*\]|\"[^\"]*\"")
SIGNS = "€£$¥"
LINE_END = re.compile(r"_x000([9AaDd])_")
"""How the format writes what ends a line where XML would not keep it."""
WHOLE = "a whole .xlsx file (open it in a spreadsheet program and save it again)"
MALFORMED = (
    *(ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, OSError, RuntimeError, SyntaxError),
    *(TypeError, ValueError, zipfile.BadZipFile, zlib.error, struct.error, expat.ExpatError),
)
"""What zipfile and openpyxl raise on files that are not as they should be."""


def read(content: bytes, score: Callable[[Sequence[str]], int], wanted: str = "") -> tuple[Sheet, tuple[str, ...]]:
    """The sheet that is `wanted`, else the first whose headings name key results, else objectives; and the names of
    the others. Raises CompanyProblems.
    """
    try:
        with warnings.catch_warnings(action="ignore"):  # of styles and extensions that nothing here reads
            _check(content)
            return _read(content, score, wanted)
    except MALFORMED as error:
        raise refused(WHOLE, quoted(f"{type(error).__name__}: {error}"), counted="line") from error


def _check(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = packed.infolist()
        if any(part.flag_bits & 1 for part in parts):
            raise refused("an .xlsx without a password", "one that is encrypted", counted="line")
        if not any(part.filename == "[Content_Types].xml" for part in parts):
            raise refused("an .xlsx or a .csv", "another kind of file", counted="line")
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise refused(
                f"a file that unpacks to at most {MOST_UNPACKED // 2**20} MiB", "a larger one", counted="line"
            )
        for part in parts:
            if part.filename.lower().endswith((".xml", ".rels", ".vml")):
                _refuse_doctype(packed, part)
            if part.file_size > MOST_BESIDE and not BULKY.fullmatch(part.filename):
                expected = f"at most {MOST_BESIDE // 2**20} MiB of {quoted(part.filename)}"
                raise refused(expected, f"{part.file_size:,} bytes", counted="line")


def _refuse_doctype(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Entities are what attacks by XML are made of. They need a document type, which the format forbids (ECMA-376-2)
    and which can only stand before the first element.
    """
    begun: list[str] = []

    def doctype(*_: object) -> None:
        raise refused("XML without a document type, as the format asks", quoted(part.filename), counted="line")

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = lambda name, _: begun.append(name)
    with packed.open(part) as opened:
        while not begun and (chunk := opened.read(CHUNK)):
            parser.Parse(chunk)


def _read(content: bytes, score: Callable[[Sequence[str]], int], wanted: str) -> tuple[Sheet, tuple[str, ...]]:
    values = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    names = [one.title for one in values.worksheets][:MOST_SHEETS]
    if wanted:
        chosen = next((one for one in names if one.casefold() == wanted.casefold()), None)
        if chosen is None:
            near = nearest(wanted, names, most=1) or names
            raise refused(
                f"one of the sheets (did you mean {quoted(near[0] if near else '')}?)", quoted(wanted), counted="line"
            )
    else:
        chosen = max(names, key=lambda one: _worth(values[one], score), default=None)
    if chosen is None:
        raise refused("a sheet with rows", "none", counted="line")
    formulas = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    sheet = Sheet(chosen, tuple(_rows(values[chosen], formulas[chosen])))
    return sheet, tuple(one for one in names if one != chosen)


def _worth(sheet: Any, score: Callable[[Sequence[str]], int]) -> int:
    """How a sheet compares with others: with headings that name key results, with headings, without; the first of
    equals is taken.
    """
    first = [[_plain(cell) for cell in row] for row in _cells(sheet, HEADINGS_WITHIN)]
    best = max(first, key=score, default=[])
    has = score(best)
    return (2 if score([*best, "key result"]) == has else 1) if has else 0


def _cells(sheet: Any, most: int) -> Iterator[tuple[Any, ...]]:
    sheet.reset_dimensions()  # a file may say whatever it likes of its size
    for row in sheet.iter_rows(max_row=most):
        yield row[:MOST_COLUMNS]


def _rows(values: Any, formulas: Any) -> Iterator[Row]:
    both = zip_longest(_cells(values, LAST_ROW), _cells(formulas, LAST_ROW), fillvalue=())
    for number, (row, written) in enumerate(both, start=1):
        texts, wrong = [], {}
        for place, (cell, formula) in enumerate(zip_longest(row, written)):
            texts.append(_plain(cell))
            if problem := _problem(cell, formula):
                wrong[place] = problem
        if not any(texts) and not wrong:
            continue
        if number > MOST_ROWS:
            raise refused(f"at most {MOST_ROWS:,} rows", "more", line=number)
        yield Row(number, tuple(texts), wrong)


def _problem(cell: Any, formula: Any) -> tuple[str, str] | None:
    """What no text stands for: a formula whose value was never saved, and an error."""
    value = getattr(cell, "value", None)
    if getattr(cell, "data_type", "") == "e":
        return "a value", str(value)
    if getattr(formula, "data_type", "") == "f" and value is None:
        where = f"{get_column_letter(formula.column)}{formula.row}"
        return "a value (the file holds only the formula: open it in a spreadsheet program and save it)", where
    return None


def _plain(cell: Any) -> str:
    """A cell as a person would type it; a number so that it has one reading in every language."""
    value = getattr(cell, "value", None)
    if value is None or cell.data_type == "e":
        return ""
    if isinstance(value, str):
        return LINE_END.sub(lambda found: chr(int(found[1], 16)), value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return str(value.date()) if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return str(value)
    return _number(value, cell.number_format or "") if isinstance(value, int | float) else str(value)


def _number(value: float, written_as: str) -> str:
    """With its percent or currency sign; of a fraction the 15 digits a spreadsheet program shows."""
    number = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
    if not number.is_finite() or abs(number) >= 10**15:
        return str(value)
    shown = CURRENCY.sub(lambda found: found[1] or found[0].strip('"') if found else "", written_as)
    if "%" in shown:
        return f"{exact(number * 100)}%"
    sign = next((one for one in SIGNS if one in shown), "")
    return f"{exact(number)} {sign}".rstrip()
