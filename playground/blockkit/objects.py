"""Composition objects: the parts that blocks and elements are put together from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playground.blockkit.formats import PICTURE, URL
from playground.blockkit.rules import (
    Found,
    Rule,
    Surface,
    boolean,
    by_type,
    either,
    exactly_one,
    fault,
    list_of,
    one_of,
    shape,
    string,
    typed,
    unique,
)

BLOCK_ID = string(255)
ACTION_ID = string(255)
STYLE = one_of("primary", "danger")


def text(longest: int) -> Rule:
    """A text object of either kind."""
    return by_type({"plain_text": _plain(longest), "mrkdwn": _mrkdwn(longest)})


def plain_text(longest: int) -> Rule:
    return by_type({"plain_text": _plain(longest)})


def _plain(longest: int) -> Rule:
    return typed({"text": string(longest)}, {"emoji": boolean})


def _mrkdwn(longest: int) -> Rule:
    return typed({"text": string(longest)}, {"verbatim": boolean})


def block(required: Mapping[str, Rule], optional: Mapping[str, Rule], *also: Rule) -> Rule:
    return typed(required, {"block_id": BLOCK_ID, **optional}, *also)


def element(required: Mapping[str, Rule], optional: Mapping[str, Rule], *also: Rule) -> Rule:
    """An interactive element; Slack makes up the `action_id` when it is missing."""
    return typed(required, {"action_id": ACTION_ID, **optional}, *also)


def _option(kind: Rule, **more: Rule) -> Rule:
    return shape({"text": kind, "value": string(150)}, {"description": kind, **more})


OPTION = _option(plain_text(75))
RICH_OPTION = _option(text(75))
LINK_OPTION = _option(plain_text(75), url=URL)
OPTION_GROUP = shape({"label": plain_text(75), "options": list_of(OPTION, 1, 100)}, {})

CONFIRM = shape(
    {"title": plain_text(100), "text": text(300), "confirm": plain_text(30), "deny": plain_text(30)},
    {"style": STYLE},
)

CONVERSATION_FILTER = shape(
    {},
    {
        "include": list_of(
            one_of("im", "mpim", "private", "public"), 1, 4, unique("must not repeat a conversation type")
        ),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
    either("include", "exclude_external_shared_channels", "exclude_bot_users"),
)

DISPATCH_ACTION_CONFIG = shape(
    {
        "trigger_actions_on": list_of(
            one_of("on_enter_pressed", "on_character_entered"), 1, 2, unique("must not repeat a trigger")
        )
    },
    {},
)

SLACK_FILE = shape({}, {"id": string(), "url": URL}, exactly_one("id", "url"))

_PICTURE: Mapping[str, Rule] = {"image_url": PICTURE, "slack_file": SLACK_FILE}
IMAGE = typed({"alt_text": string(2000)}, _PICTURE, exactly_one("image_url", "slack_file"))
IMAGE_BLOCK = block(
    {"alt_text": string(2000)},
    {"title": plain_text(2000), **_PICTURE},
    exactly_one("image_url", "slack_file"),
)


def unique_action_ids(key: str) -> Rule:
    """No two elements under `key` share an `action_id`."""
    check_ids = unique("action_id must be unique within its block", "action_id")

    def check(value: Any, surface: Surface) -> Found:
        from_list = check_ids(value.get(key, []), surface)
        return tuple((f"/{key}{pointer}", message) for pointer, message in from_list)

    return check


def unknown_choice(key: str, *more: str | int) -> Found:
    return fault("must match one of the provided options exactly", key, *more)
