"""A table as CSV (RFC 4180), in UTF-8 with the mark that lets Excel know it."""

import csv
import io
from datetime import datetime
from decimal import Decimal

from blocks.export_table import Cell, Table

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes a text for a formula by (OWASP, CSV Injection)."""


def write(table: Table) -> bytes:
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(table.columns)
    writer.writerows([_cell(one) for one in row] for row in table.rows)
    return written.getvalue().encode("utf-8-sig")


def _cell(cell: Cell) -> str:
    if isinstance(cell, Decimal):
        return format(cell, "f")
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M:%S}"
    return _defused(cell) if isinstance(cell, str) else "" if cell is None else str(cell)


def undefused(text: str) -> str:
    """A text as it was before it was written."""
    return text[1:] if text.startswith("'") and _is_formula(text) else text


def _defused(text: str) -> str:
    """A text that would be a formula gets an apostrophe before it; numbers are no texts and keep their minus.

    So does one that has such an apostrophe of its own, so that `undefused` finds every text again.
    """
    return f"'{text}" if _is_formula(text) else text


def _is_formula(text: str) -> bool:
    return text.lstrip("'").startswith(FORMULA)
