"""Elements that offer something to choose from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playground.blockkit.objects import (
    CONFIRM,
    CONVERSATION_FILTER,
    LINK_OPTION,
    OPTION,
    OPTION_GROUP,
    RICH_OPTION,
    element,
    plain_text,
    unknown_choice,
)
from playground.blockkit.rules import (
    FINE,
    Found,
    Rule,
    Surface,
    boolean,
    exactly_one,
    fault,
    integer,
    list_of,
    string,
    unique,
)

_SAME_VALUE = "option values must be unique within the element"
_SAME_CHOICE = "must not contain the same item twice"

_ID = string()
_IDS = list_of(_ID, 1, None, unique(_SAME_CHOICE))
_OPTIONS = list_of(OPTION, 1, 100, unique(_SAME_VALUE, "value"))
_OFFER: Mapping[str, Rule] = {"options": _OPTIONS, "option_groups": list_of(OPTION_GROUP, 1, 100)}
_FEW = list_of(RICH_OPTION, 1, 10, unique(_SAME_VALUE, "value"))
_SOME = list_of(OPTION, 1, 100, unique(_SAME_CHOICE))
_TYPED_AHEAD: Mapping[str, Rule] = {"min_query_length": integer(0)}
_CONVERSATIONS: Mapping[str, Rule] = {
    "default_to_current_conversation": boolean,
    "filter": CONVERSATION_FILTER,
}
_PRESSED: Mapping[str, Rule] = {"confirm": CONFIRM, "focus_on_load": boolean}
_MENU: Mapping[str, Rule] = {"placeholder": plain_text(150), **_PRESSED}


def _distinct_across_groups(value: Any, surface: Surface) -> Found:
    seen: set[str] = set()
    for group_at, group in enumerate(value.get("option_groups", ())):
        for option_at, option in enumerate(group["options"]):
            if option["value"] in seen:
                return fault(_SAME_VALUE, "option_groups", group_at, "options", option_at, "value")
            seen.add(option["value"])
    return FINE


def _preset_is_offered(value: Any, surface: Surface) -> Found:
    """Slack compares the whole option, its text and description too, not the value alone."""
    offered = _offered(value)
    if "initial_option" in value and value["initial_option"] not in offered:
        return unknown_choice("initial_option")
    for index, option in enumerate(value.get("initial_options", ())):
        if option not in offered:
            return unknown_choice("initial_options", index)
    return FINE


def _offered(value: Any) -> list[object]:
    grouped = [option for group in value.get("option_groups", ()) for option in group["options"]]
    return [*value.get("options", ()), *grouped]


def _presets_fit(key: str) -> Rule:
    def check(value: Any, surface: Surface) -> Found:
        most = value.get("max_selected_items")
        if most is not None and len(value.get(key, ())) > most:
            return fault(f"no more than {most} items allowed", key)
        return FINE

    return check


def _single(key: str, kind: Rule, **more: Rule) -> Rule:
    return element({}, {key: kind, **more, **_MENU})


def _several(key: str, kind: Rule, optional: Mapping[str, Rule], *also: Rule) -> Rule:
    fields = {key: kind, "max_selected_items": integer(1), **optional, **_MENU}
    return element({}, fields, *also, _presets_fit(key))


_FROM_OFFER = (exactly_one("options", "option_groups"), _distinct_across_groups, _preset_is_offered)

SELECTS: Mapping[str, Rule] = {
    "static_select": element({}, {"initial_option": OPTION, **_OFFER, **_MENU}, *_FROM_OFFER),
    "external_select": _single("initial_option", OPTION, **_TYPED_AHEAD),
    "users_select": _single("initial_user", _ID),
    "conversations_select": _single("initial_conversation", _ID, response_url_enabled=boolean, **_CONVERSATIONS),
    "channels_select": _single("initial_channel", _ID, response_url_enabled=boolean),
    "multi_static_select": _several("initial_options", _SOME, _OFFER, *_FROM_OFFER),
    "multi_external_select": _several("initial_options", _SOME, _TYPED_AHEAD),
    "multi_users_select": _several("initial_users", _IDS, {}),
    "multi_conversations_select": _several("initial_conversations", _IDS, _CONVERSATIONS),
    "multi_channels_select": _several("initial_channels", _IDS, {}),
}

TICKS: Mapping[str, Rule] = {
    "radio_buttons": element({"options": _FEW}, {"initial_option": RICH_OPTION, **_PRESSED}, _preset_is_offered),
    "checkboxes": element(
        {"options": _FEW},
        {"initial_options": list_of(RICH_OPTION, 1, 10, unique(_SAME_CHOICE)), **_PRESSED},
        _preset_is_offered,
    ),
}

OVERFLOW = element({"options": list_of(LINK_OPTION, 1, 5, unique(_SAME_VALUE, "value"))}, {"confirm": CONFIRM})
