"""Rules that hold over all blocks together: unique ids, one focus, and the totals of a message."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from playground.blockkit.rules import FINE, Found, Surface, fault
from playground.blockkit.visible import table_length, visible_length

Path = tuple[str | int, ...]
Placed = list[tuple[Path, Any]]
Check = Callable[[Placed, Surface], Found]

_NESTED = {"container": "child_blocks", "carousel": "elements", "plan": "tasks"}


def whole(blocks: Any, surface: Surface) -> Found:
    """What is wrong with blocks that are each in order by themselves."""
    return _checked(list(_every_block(blocks)), surface)


def whole_message(lists: Mapping[Path, Any]) -> Found:
    """The same of all lists of blocks a message has, each under its path: those of its attachments count too."""
    placed = [each for path, blocks in lists.items() for each in _every_block(blocks, path)]
    return _checked(placed, "message")


def _checked(placed: Placed, surface: Surface) -> Found:
    for check in _IN_MESSAGES if surface == "message" else _EVERYWHERE:
        if found := check(placed, surface):
            return found
    return FINE


def has_input(blocks: Any) -> bool:
    return any(block["type"] == "input" for _, block in _every_block(blocks))


def _every_block(blocks: Any, at: Path = ()) -> Iterator[tuple[Path, Any]]:
    """All blocks with their paths, those inside containers, carousels and plans too."""
    for index, block in enumerate(blocks):
        path = (*at, index)
        yield path, block
        if inside := _NESTED.get(block["type"]):
            yield from _every_block(block.get(inside, ()), (*path, inside))


def _unique_block_ids(placed: Placed, surface: Surface) -> Found:
    seen: set[str] = set()
    for path, block in placed:
        name = block.get("block_id")
        # Slack ignores the block_id of a markdown block.
        if name is None or block["type"] == "markdown":
            continue
        if name in seen:
            return fault(f"block_id {name} already exists", *path, "block_id")
        seen.add(name)
    return FINE


def _one_focus(placed: Placed, surface: Surface) -> Found:
    taken = False
    for path, block in placed:
        for below, element in _elements(block):
            if not element.get("focus_on_load"):
                continue
            if taken:
                return fault("only one element may set focus_on_load", *path, *below, "focus_on_load")
            taken = True
    return FINE


def _answers_from_modals(placed: Placed, surface: Surface) -> Found:
    key = "response_url_enabled"
    for path, block in placed:
        if surface == "modal" and block["type"] == "input":
            continue
        for below, element in _elements(block):
            if element.get(key):
                return fault(f"{key} is only allowed in input blocks of modals", *path, *below, key)
    return FINE


def _elements(block: Any) -> Iterator[tuple[Path, Any]]:
    if block["type"] == "input":
        yield ("element",), block["element"]
    elif block["type"] == "section" and "accessory" in block:
        yield ("accessory",), block["accessory"]
    elif block["type"] == "actions":
        for index, element in enumerate(block["elements"]):
            yield ("elements", index), element


def _at_most(most: int, kind: str, message: str) -> Check:
    def check(placed: Placed, surface: Surface) -> Found:
        paths = [path for path, block in placed if block["type"] == kind]
        return fault(message, *paths[most]) if len(paths) > most else FINE

    return check


def _together(most: int, kind: str, measure: Callable[[Any], int]) -> Check:
    def check(placed: Placed, surface: Surface) -> Found:
        total = 0
        for path, block in placed:
            if block["type"] == kind:
                total += measure(block)
                if total > most:
                    message = f"all {kind} blocks together must be less than {most + 1} characters"
                    return fault(message, *path)
        return FINE

    return check


_EVERYWHERE: tuple[Check, ...] = (
    _unique_block_ids,
    _one_focus,
    _answers_from_modals,
    _together(10_000, "table", table_length),
    _together(20_000, "data_table", table_length),
)
_IN_MESSAGES: tuple[Check, ...] = (
    *_EVERYWHERE,
    _at_most(1, "table", "only_one_table_allowed"),
    _at_most(2, "data_visualization", "no more than 2 data_visualization blocks allowed"),
    _together(12_000, "markdown", visible_length),
)
