"""How long a payload is: what a person gets to read of it, and what it weighs."""

from __future__ import annotations

import json
from typing import Any

_SHOWN = ("text", "title")
# Menus and dialogs are not on screen until they are opened; tables and charts have limits of their own.
_APART = ("options", "option_groups", "confirm", "rows", "chart")


def visible_length(value: Any) -> int:
    """Characters on screen in a block, an element, a text object or a list of them."""
    if isinstance(value, list):
        return sum(map(visible_length, value))
    if not isinstance(value, dict):
        return 0
    total = 0
    for key, entry in value.items():
        if isinstance(entry, str):
            if key in _SHOWN:
                total += len(entry)
        elif key not in _APART:
            total += visible_length(entry)
    return total


def table_length(table: Any) -> int:
    """Characters over all cells of a table; a number counts as it is shown."""
    return sum(_cell_length(cell) for row in table["rows"] for cell in row)


def _cell_length(cell: Any) -> int:
    if cell["type"] == "raw_number" and "text" not in cell:
        return len(str(cell["value"]))
    return visible_length(cell)


def json_bytes(value: object) -> int:
    """Size as compact JSON in UTF-8; half a surrogate pair counts as it would be sent."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return len(text.encode(errors="surrogatepass"))
