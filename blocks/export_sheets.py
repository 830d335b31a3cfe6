"""Tables as the sheets of one XLSX file. A text is a text there, whatever it begins with; no cell is a formula."""

import io
import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from blocks.export_csv import FORMULA
from blocks.export_table import Table

UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML has no way to write."""
NARROW, WIDE = 10, 60


def write(tables: Sequence[Table]) -> bytes:
    book, written = Workbook(write_only=True), io.BytesIO()
    for table in tables:
        _fill(book.create_sheet(table.name), table)
    book.save(written)
    return written.getvalue()


def _fill(sheet: Any, table: Table) -> None:
    sheet.freeze_panes = "A2"
    for place, column in enumerate(zip(table.columns, *table.rows, strict=True), start=1):
        longest = max(len(str(one)) for one in column)
        sheet.column_dimensions[get_column_letter(place)].width = min(max(longest + 2, NARROW), WIDE)
    headings = [_text(sheet, one) for one in table.columns]
    for one in headings:
        one.font = Font(bold=True)
    sheet.append(headings)
    for row in table.rows:
        sheet.append([_cell(sheet, one) for one in row])


def _cell(sheet: Any, cell: Any) -> Any:
    if isinstance(cell, str):
        return _text(sheet, cell)
    made = WriteOnlyCell(sheet, cell.replace(tzinfo=None) if isinstance(cell, datetime) else cell)
    if isinstance(cell, date):
        made.number_format = "yyyy-mm-dd hh:mm" if isinstance(cell, datetime) else "yyyy-mm-dd"
    return made


def _text(sheet: Any, text: str) -> Any:
    """As a string cell, marked so that it stays one when somebody edits it."""
    made = WriteOnlyCell(sheet, UNWRITABLE.sub("", text) or None)
    if made.value is not None:
        made.data_type = "s"
        made.quotePrefix = text.startswith(FORMULA)
    return made
