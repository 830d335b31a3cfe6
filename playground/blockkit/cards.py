"""Blocks with a frame: `card`, `carousel`, `container` and `alert`."""

from __future__ import annotations

from typing import Any

from playground.blockkit.buttons import BUTTON_ONLY
from playground.blockkit.objects import IMAGE, block, plain_text, text, unique_action_ids
from playground.blockkit.richtext import RICH_TEXT
from playground.blockkit.rules import (
    FINE,
    Found,
    Rule,
    Surface,
    boolean,
    by_type,
    either,
    fault,
    list_of,
    one_of,
    only_on,
    typed,
)
from playground.blockkit.visible import visible_length

_ICONS = (
    "archive book bookmark bot bug calendar call caret-left caret-right check clipboard code comment "
    "compass copy cube download edit email eye-closed eye-open file flag folder gear globe heart help "
    "image info key lightbulb link map mobile new-window pin plus refine refresh rocket save screen "
    "share sparkle star star-filled tag thumbs-down thumbs-up trash upload user warning"
)
_IMAGE = by_type({"image": IMAGE})
_TITLE_LENGTH = 150


def _one_icon(value: Any, surface: Surface) -> Found:
    both = "icon" in value and "slack_icon" in value
    return fault("must define either `icon` or `slack_icon`, not both") if both else FINE


CARD = block(
    {},
    {
        "hero_image": _IMAGE,
        "icon": _IMAGE,
        "slack_icon": by_type({"icon": typed({"name": one_of(*_ICONS.split())}, {})}),
        "title": text(_TITLE_LENGTH),
        "subtitle": text(_TITLE_LENGTH),
        "body": text(200),
        "subtext": text(200),
        "actions": list_of(BUTTON_ONLY, 1, 3),
    },
    either("hero_image", "title", "actions", "body"),
    _one_icon,
    unique_action_ids("actions"),
)

CAROUSEL = only_on("message", "home")(block({"elements": list_of(by_type({"card": CARD}), 1, 10)}, {}))

ALERT = only_on("modal")(
    block({"text": text(200)}, {"level": one_of("default", "info", "warning", "error", "success")})
)


def container(child: Rule) -> Rule:
    """A container of such child blocks."""
    return only_on("message", "home")(
        block(
            {"child_blocks": list_of(child, 1, 10)},
            {
                "title": plain_text(_TITLE_LENGTH),
                "rich_text_title": by_type({"rich_text": RICH_TEXT}),
                "subtitle": text(_TITLE_LENGTH),
                "icon": _IMAGE,
                "width": one_of("narrow", "standard", "wide", "full"),
                "is_collapsible": boolean,
                "default_collapsed": boolean,
                "has_header_divider": boolean,
            },
            either("title", "rich_text_title"),
            _rich_title_is_short,
            _folding_makes_sense,
        )
    )


def _rich_title_is_short(value: Any, surface: Surface) -> Found:
    if visible_length(value.get("rich_text_title")) > _TITLE_LENGTH:
        return fault(f"must be less than {_TITLE_LENGTH + 1} characters", "rich_text_title")
    return FINE


def _folding_makes_sense(value: Any, surface: Surface) -> Found:
    folds = value.get("is_collapsible", False)
    if value.get("default_collapsed") and not folds:
        return fault("default_collapsed requires is_collapsible", "default_collapsed")
    if value.get("has_header_divider") and folds:
        return fault("has_header_divider is not allowed with is_collapsible", "has_header_divider")
    return FINE
