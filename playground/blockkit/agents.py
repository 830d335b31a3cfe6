"""Blocks that show what an agent is doing: `plan` and `task_card`."""

from __future__ import annotations

from typing import Any

from playground.blockkit.formats import URL
from playground.blockkit.objects import block
from playground.blockkit.richtext import RICH_TEXT
from playground.blockkit.rules import (
    FINE,
    Found,
    Surface,
    by_type,
    fault,
    list_of,
    one_of,
    only_on,
    string,
    typed,
)

_RICH = by_type({"rich_text": RICH_TEXT})
_SOURCE = by_type({"url": typed({"url": URL, "text": string()}, {})})

_TASK = block(
    {
        "task_id": string(),
        "title": string(),
        "status": one_of("pending", "in_progress", "complete", "error"),
    },
    {"details": _RICH, "output": _RICH, "sources": list_of(_SOURCE)},
)


def _started(value: Any, surface: Surface) -> Found:
    """A task may only wait as part of a plan."""
    if found := _TASK(value, surface):
        return found
    if value["status"] == "pending":
        return fault("must be a valid enum value: in_progress, complete, error", "status")
    return FINE


_spoken = only_on("message")

TASK_CARD = _spoken(_started)
PLAN = _spoken(block({"title": string()}, {"tasks": list_of(by_type({"task_card": _TASK}))}))
