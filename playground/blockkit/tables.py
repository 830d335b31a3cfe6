"""The two tables: `table`, laid out as given, and `data_table`, which sorts and pages."""

from __future__ import annotations

from typing import Any

from playground.blockkit.objects import block
from playground.blockkit.richtext import RICH_TEXT
from playground.blockkit.rules import (
    FINE,
    Found,
    Rule,
    Surface,
    boolean,
    by_type,
    fault,
    integer,
    list_of,
    number,
    one_of,
    only_on,
    shape,
    string,
    typed,
)

_CELL = by_type(
    {
        "raw_text": typed({"text": string()}, {}),
        "raw_number": typed({"value": number}, {"text": string()}),
        "rich_text": RICH_TEXT,
    }
)
_ROW = list_of(_CELL, 1, 20)
_COLUMN = shape({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean})


def _or_skipped(rule: Rule) -> Rule:
    """`null` leaves a column as it is."""

    def check(value: Any, surface: Surface) -> Found:
        return FINE if value is None else rule(value, surface)

    return check


def _rows_are_even(value: Any, surface: Surface) -> Found:
    width = len(value["rows"][0])
    for index, row in enumerate(value["rows"]):
        if len(row) != width:
            return fault(f"all rows must have {width} cells like the first", "rows", index)
    return FINE


def _header_is_plain(value: Any, surface: Surface) -> Found:
    for index, cell in enumerate(value["rows"][0]):
        if cell["type"] == "rich_text":
            return fault("unsupported type: rich_text in the header row", "rows", 0, index, "type")
    return FINE


def _row_header_exists(value: Any, surface: Surface) -> Found:
    width = len(value["rows"][0])
    if value.get("row_header_column_index", 0) >= width:
        return fault(f"must be less than {width}", "row_header_column_index")
    return FINE


_shown = only_on("message", "home")

TABLE = _shown(
    block(
        {"rows": list_of(_ROW, 1, 100)},
        {"column_settings": list_of(_or_skipped(_COLUMN), 1, 20)},
    )
)

DATA_TABLE = _shown(
    block(
        {"caption": string(), "rows": list_of(_ROW, 2, 201)},
        {"page_size": integer(1, 100), "row_header_column_index": integer(0)},
        _rows_are_even,
        _header_is_plain,
        _row_header_exists,
    )
)
