"""The three places blocks are shown: messages, modals and Home tabs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playground.blockkit.blocks import BLOCK
from playground.blockkit.objects import plain_text
from playground.blockkit.payload import has_input, whole
from playground.blockkit.problems import Problem
from playground.blockkit.rules import (
    FINE,
    Found,
    Rule,
    Surface,
    boolean,
    fault,
    list_of,
    one_of,
    shape,
    string,
)
from playground.blockkit.visible import json_bytes, visible_length

# Slack publishes no number; messages were refused from 12 to 13 thousand characters on.
MESSAGE_LENGTH = 13_200
VIEW_BYTES = 250_000

_LABEL = plain_text(24)

_MESSAGE_BLOCKS = list_of(BLOCK, 0, 50, whole)
_VIEW_BLOCKS = list_of(BLOCK, 1, 100, whole)


def check_blocks(blocks: object, surface: Surface) -> list[Problem]:
    """What Slack would refuse in an array of blocks; pointers start at `/blocks`."""
    if surface == "message":
        return message_blocks(blocks, "/blocks")
    return named("invalid_blocks", "/blocks", _VIEW_BLOCKS(blocks, surface))


def message_blocks(blocks: object, at: str) -> list[Problem]:
    """The blocks of a message or of one of its attachments, held at the pointer `at`."""
    if not isinstance(blocks, list):
        return [Problem("invalid_blocks_format", "must provide an array", at)]
    problems = named("invalid_blocks", at, _MESSAGE_BLOCKS(blocks, "message"))
    if not problems and visible_length(blocks) > MESSAGE_LENGTH:
        message = f"all blocks together must be less than {MESSAGE_LENGTH + 1} characters"
        problems.append(Problem("msg_blocks_too_long", message, at))
    return problems


def check_view(view: object, surface: Surface) -> list[Problem]:
    """What Slack would refuse in a whole view; pointers start at `/view`."""
    if isinstance(view, dict) and json_bytes(view) > VIEW_BYTES:
        return [Problem("view_too_large", f"must be less than {VIEW_BYTES + 1} bytes", "/view")]
    rule = _MODAL if surface == "modal" else _HOME
    return named("invalid_arguments", "/view", rule(view, surface))


def named(error: str, at: str, found: Found) -> list[Problem]:
    """Findings below the pointer `at`, under Slack's name for this kind of refusal."""
    return [Problem(error, message, at + pointer) for pointer, message in found]


def _inputs_can_be_submitted(view: Any, surface: Surface) -> Found:
    if "submit" not in view and has_input(view["blocks"]):
        return fault("missing required field: submit")
    return FINE


_KEPT: Mapping[str, Rule] = {
    "private_metadata": string(3000, shortest=0),
    "callback_id": string(255, shortest=0),
    "external_id": string(255, shortest=0),
}
_HOME = shape({"type": one_of("home"), "blocks": _VIEW_BLOCKS}, _KEPT)
_MODAL = shape(
    {"type": one_of("modal"), "title": _LABEL, "blocks": _VIEW_BLOCKS},
    {
        "submit": _LABEL,
        "close": _LABEL,
        "clear_on_close": boolean,
        "notify_on_close": boolean,
        **_KEPT,
    },
    _inputs_can_be_submitted,
)
