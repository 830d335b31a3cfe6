"""CSV as rows of texts: which characters the bytes stand for, and what separates the cells."""

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from blocks.export_csv import undefused
from rituals.company_marks import quoted
from rituals.spreadsheet import MOST_COLUMNS, MOST_ROWS, Sheet, refused, rows

SEPARATORS = (",", ";", "\t")
FIRST_ROWS = 30
"""So many rows are looked at for the headings."""
TEXT = "a text (in Excel: Save as, CSV UTF-8)"
UTF_32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
UTF_8_LETTER = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xe0[\xa0-\xbf][\x80-\xbf]|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
"""A letter beyond ASCII as UTF-8 has it, and hardly any text of Windows-1252."""
OWN_SEPARATOR = re.compile(r"\ufeff?sep=(.)\r?\n", re.IGNORECASE)

Score = Callable[[Sequence[str]], int]
"""How many headings a row has."""


def read(content: bytes, score: Score) -> Sheet:
    """The rows of a CSV file; of the separators the one under which a row reads most like headings.

    Raises CompanyProblems.
    """
    text = decoded(content)
    if own := OWN_SEPARATOR.match(text):  # as Excel writes and reads it
        separator = own[1]
    else:
        separator = max(SEPARATORS, key=lambda one: _score(text, one, score))
    return Sheet("", rows([tuple(map(undefused, row)) for row in _rows(text, separator, MOST_ROWS)]))


def decoded(content: bytes) -> str:
    """The text: in what its mark says, else in UTF-8, else in Windows-1252, which Excel writes without asking.

    A file without a mark that is no UTF-8 is in Windows-1252 only if nothing in it looks like UTF-8: else it was
    put together from both, and read as either it would say something else than was meant.
    """
    if content.startswith(UTF_32):
        raise refused(TEXT, "a text in UTF-32")
    mark = next((one for one in MARKS if content.startswith(one)), b"")
    body = content[len(mark) :]
    encoding = MARKS.get(mark, "utf-8")
    if encoding == "utf-8" and b"\0" in body:
        raise refused(TEXT, "a zero byte", line=_line(body, body.index(b"\0")), counted="line")
    try:
        return body.decode(encoding)
    except UnicodeDecodeError as error:
        if not mark and not UTF_8_LETTER.search(body):
            return _windows(body)
        got = ascii(body[error.start : error.start + 1])[2:-1]
        line = _line(body, error.start) if encoding == "utf-8" else body[: error.start].decode(encoding).count("\n") + 1
        mixed = " (other lines are in UTF-8, this one is not)" if not mark else ""
        raise refused(f"a text in one encoding, such as UTF-8{mixed}", got, line=line, counted="line") from error


def _windows(body: bytes) -> str:
    try:
        return body.decode("cp1252")
    except UnicodeDecodeError as error:
        got = ascii(body[error.start : error.start + 1])[2:-1]
        expected = "a text in UTF-8, or in Windows-1252"
        raise refused(expected, got, line=_line(body, error.start), counted="line") from error


def _line(body: bytes, place: int) -> int:
    return body.count(b"\n", 0, place) + 1


def _score(text: str, separator: str, score: Score) -> tuple[int, int]:
    found = list(islice(_parsed(text, separator, strict=False), FIRST_ROWS))
    best = max(found, key=score, default=[])
    return score(best), len(best)


def _rows(text: str, separator: str, most: int) -> Iterator[list[str]]:
    reader = _parsed(text, separator, strict=True)
    for number in range(1, len(text) + 3):
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            expected = "quotes that are closed, and doubled within a text"
            if "field larger" in str(error):
                expected = "cells of at most 131,072 characters (is a quote left open?)"
            raise refused(expected, quoted(str(error)), line=number) from error
        if number > most and any(row):
            raise refused(f"at most {most:,} rows", "more", line=number)
        if len(row) > MOST_COLUMNS and any(row[MOST_COLUMNS:]):
            raise refused(f"at most {MOST_COLUMNS} columns", f"{len(row):,}", line=number)
        if number <= most:
            yield row


def _parsed(text: str, separator: str, *, strict: bool) -> Iterator[list[str]]:
    source = io.StringIO(text, newline="")
    if own := OWN_SEPARATOR.match(text):
        yield []
        source.seek(own.end())
    try:
        yield from csv.reader(source, delimiter=separator, strict=strict)
    except csv.Error:
        if strict:
            raise
