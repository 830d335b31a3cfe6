"""What Slack takes, the playground takes: every element in every block made for it."""

from __future__ import annotations

from typing import Any

import pytest

from playground.blockkit import check_blocks, check_view
from playground.blockkit.rules import Surface

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text, "emoji": True}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def option(value: str) -> Json:
    return {"text": plain(value.title()), "value": value, "description": plain("About " + value)}


def rich(*parts: Json) -> Json:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(parts)}]}


COLOURS = [option("green"), option("yellow"), option("red")]
CONFIRM = {
    "title": plain("Sure?"),
    "text": mrkdwn("It *cannot* be undone."),
    "confirm": plain("Close it"),
    "deny": plain("Keep it"),
    "style": "danger",
}
IMAGE = {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "A rising line"}
BUTTON = {
    "type": "button",
    "action_id": "check_in",
    "text": plain("Check in"),
    "value": "kr:12",
    "url": "https://example.com/kr/12?week=47",
    "style": "primary",
    "accessibility_label": "Check in: MRR to 50k",
    "confirm": CONFIRM,
    "visible_to_user_ids": ["U123"],
    "agent_prompt": "Which key result is most behind?",
    "agent_prompt_display": "Most behind",
}
TYPED = {"action_id": "v", "placeholder": plain("Type here")}
ON_ENTER = {"trigger_actions_on": ["on_enter_pressed", "on_character_entered"]}

ANYWHERE: dict[str, Json] = {
    "static_select": {
        "options": COLOURS,
        "initial_option": option("red"),
        "placeholder": plain("Confidence"),
        "confirm": CONFIRM,
        "focus_on_load": True,
    },
    "external_select": {"min_query_length": 0, "initial_option": option("red")},
    "users_select": {"initial_user": "U123"},
    "conversations_select": {
        "initial_conversation": "C123",
        "default_to_current_conversation": True,
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    },
    "channels_select": {"initial_channel": "C123"},
    "multi_static_select": {
        "option_groups": [
            {"label": plain("Good"), "options": COLOURS[:1]},
            {"label": plain("Less good"), "options": COLOURS[1:]},
        ],
        "initial_options": COLOURS[1:],
        "max_selected_items": 2,
    },
    "multi_external_select": {"initial_options": COLOURS, "min_query_length": 2},
    "multi_users_select": {"initial_users": ["U1", "U2"], "max_selected_items": 2},
    "multi_conversations_select": {"initial_conversations": ["C1"], "filter": {"include": ["im"]}},
    "multi_channels_select": {"initial_channels": ["C1"]},
    "radio_buttons": {
        "options": [{"text": mrkdwn("*On track*"), "value": "green"}, *COLOURS[1:]],
        "initial_option": {"text": mrkdwn("*On track*"), "value": "green"},
    },
    "checkboxes": {"options": COLOURS, "initial_options": COLOURS[:2], "confirm": CONFIRM},
    "datepicker": {"initial_date": "2028-02-29", "placeholder": plain("Due")},
    "timepicker": {"initial_time": "09:00", "timezone": "Europe/Rome"},
}
PRESSED: dict[str, Json] = {
    "button": BUTTON,
    "overflow": {
        "options": [{"text": plain("Open"), "value": "open", "url": "http://example.com"}],
        "confirm": CONFIRM,
    },
    "workflow_button": {
        "text": plain("Run"),
        "workflow": {
            "trigger": {
                "url": "https://slack.com/shortcuts/Ft0123/xyz",
                "customizable_input_parameters": [{"name": "kr", "value": "12"}],
            }
        },
    },
}
TYPED_INTO: dict[str, Json] = {
    "plain_text_input": {
        **TYPED,
        "initial_value": "Two pilots signed",
        "multiline": True,
        "min_length": 0,
        "max_length": 3000,
        "dispatch_action_config": ON_ENTER,
    },
    "datetimepicker": {"action_id": "when", "initial_date_time": 1628633820},
}
MODAL_ONLY: dict[str, Json] = {
    "number_input": {
        **TYPED,
        "is_decimal_allowed": True,
        "initial_value": "42.5",
        "min_value": "-10",
        "max_value": "100",
        "dispatch_action_config": ON_ENTER,
    },
    "email_text_input": {**TYPED, "initial_value": "dana@example.com"},
    "url_text_input": {**TYPED, "initial_value": "https://example.com"},
    "file_input": {"filetypes": ["png"], "max_files": 10},
    "conversations_select": {"response_url_enabled": True},
    "channels_select": {"response_url_enabled": True},
}
RICH_TEXT_INPUT = {
    **TYPED,
    "type": "rich_text_input",
    "min_lines": 2,
    "max_lines": 12,
    "initial_value": rich({"type": "text", "text": "So far"}),
}


def an(elements: dict[str, Json]) -> list[Json]:
    return [{"type": kind, **fields} for kind, fields in elements.items()]


@pytest.mark.parametrize("surface", ["message", "modal", "home"])
@pytest.mark.parametrize("element", [IMAGE, *an({**ANYWHERE, **PRESSED})], ids=lambda each: each["type"])
def test_a_section_takes_it_as_accessory(element: Json, surface: Surface) -> None:
    section = {"type": "section", "text": mrkdwn("MRR to 50k"), "accessory": element, "expand": True}
    assert check_blocks([section], surface) == []


@pytest.mark.parametrize("surface", ["message", "modal", "home"])
@pytest.mark.parametrize("element", an({**ANYWHERE, **PRESSED}), ids=lambda each: each["type"])
def test_an_actions_block_takes_it(element: Json, surface: Surface) -> None:
    assert check_blocks([{"type": "actions", "block_id": "a", "elements": [element]}], surface) == []


@pytest.mark.parametrize("surface", ["message", "modal", "home"])
@pytest.mark.parametrize("element", an({**ANYWHERE, **TYPED_INTO}), ids=lambda each: each["type"])
def test_an_input_block_takes_it(element: Json, surface: Surface) -> None:
    block = {"type": "input", "label": plain("Value"), "element": element, "hint": plain("In euros")}
    assert check_blocks([{**block, "optional": True, "dispatch_action": True}], surface) == []


@pytest.mark.parametrize("element", [*an(MODAL_ONLY), RICH_TEXT_INPUT], ids=lambda each: each["type"])
def test_an_input_block_of_a_modal_takes_it_too(element: Json) -> None:
    assert check_blocks([{"type": "input", "label": plain("Value"), "element": element}], "modal") == []


def test_a_check_in_form_is_taken() -> None:
    fields = [
        {"type": "input", "block_id": f"b{at}", "label": plain("Value"), "element": element}
        for at, element in enumerate(an({**MODAL_ONLY, **TYPED_INTO, **ANYWHERE}))
    ]
    view = {
        "type": "modal",
        "callback_id": "check_in",
        "external_id": "check_in:12",
        "private_metadata": "m" * 3000,
        "title": plain("Check in"),
        "submit": plain("Save"),
        "close": plain("Not now"),
        "notify_on_close": True,
        "clear_on_close": False,
        "blocks": fields,
    }
    assert check_view(view, "modal") == []
