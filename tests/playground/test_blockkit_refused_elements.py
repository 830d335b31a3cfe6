"""Refused: elements that break Slack's rules, or stand where they may not."""

from __future__ import annotations

from typing import Any

import pytest

from playground.blockkit import check_blocks
from playground.blockkit.rules import Surface

Json = dict[str, Any]
Case = tuple[object, str, str]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def option(value: str, **more: object) -> Json:
    return {"text": plain(value[:75] or "none"), "value": value, **more}


def options(count: int) -> list[Json]:
    return [option(str(at)) for at in range(count)]


def button(**more: object) -> Json:
    return {"type": "button", "text": plain("Go"), **more}


def number(**more: object) -> Json:
    return {"type": "number_input", "is_decimal_allowed": False, **more}


def words(**more: object) -> Json:
    return {"type": "plain_text_input", **more}


CONFIRM = {"title": plain("Sure?"), "text": plain("Really?"), "confirm": plain("Yes"), "deny": plain("No")}
PLACES = {"type": "conversations_select"}
EDITOR = {"type": "rich_text_input"}
WORKFLOW = {"trigger": {"url": "https://slack.com/shortcuts/Ft1/x"}}

# One broken element each, as it stands in an actions block: element, pointer below it, words.
PRESSED: dict[str, Case] = {
    "null": (None, "", "must provide an object"),
    "unknown type": ({"type": "slider"}, "/type", "unsupported type: slider"),
    "unknown field": (button(disabled=True), "", "invalid additional property: disabled"),
    "action_id too long": (button(action_id="a" * 256), "/action_id", "less than 256"),
    "action_id empty": (button(action_id=""), "/action_id", "more than 0"),
    "button without text": ({"type": "button"}, "", "missing required field: text"),
    "button in mrkdwn": (button(text=mrkdwn("Go")), "/text/type", "unsupported type: mrkdwn"),
    "button text too long": (button(text=plain("x" * 76)), "/text/text", "less than 76"),
    "button text empty": (button(text=plain("")), "/text/text", "more than 0"),
    "button value too long": (button(value="x" * 2001), "/value", "less than 2001"),
    "button value a number": (button(value=12), "/value", "must provide a string"),
    "button url without scheme": (button(url="example.com"), "/url", "http or https"),
    "button url with a space": (button(url="https://exa mple.com"), "/url", "http or https"),
    "button url of a script": (button(url="javascript:alert(1)"), "/url", "http or https"),
    "button style": (button(style="default"), "/style", "valid enum value"),
    "button label too long": (button(accessibility_label="x" * 76), "/accessibility_label", "less than 76"),
    "button prompt too long": (button(agent_prompt="x" * 4001), "/agent_prompt", "less than 4001"),
    "button with focus": (button(focus_on_load=True), "", "property: focus_on_load"),
    "confirm without deny": (
        button(confirm={key: CONFIRM[key] for key in ("title", "text", "confirm")}),
        "/confirm",
        "missing required field: deny",
    ),
    "confirm title too long": (
        button(confirm={**CONFIRM, "title": plain("x" * 101)}),
        "/confirm/title/text",
        "less than 101",
    ),
    "confirm text too long": (
        button(confirm={**CONFIRM, "text": plain("x" * 301)}),
        "/confirm/text/text",
        "less than 301",
    ),
    "confirm button too long": (
        button(confirm={**CONFIRM, "deny": plain("x" * 31)}),
        "/confirm/deny/text",
        "less than 31",
    ),
    "confirm style": (button(confirm={**CONFIRM, "style": "red"}), "/confirm/style", "valid enum value"),
    "workflow without trigger": (
        {"type": "workflow_button", "text": plain("Run"), "workflow": {}},
        "/workflow",
        "missing required field: trigger",
    ),
    "overflow empty": ({"type": "overflow", "options": []}, "/options", "no fewer than 1"),
    "overflow with 6": ({"type": "overflow", "options": options(6)}, "/options", "no more than 5"),
    "image in actions": ({"type": "image"}, "/type", "unsupported type: image"),
    "text input in actions": (words(), "/type", "unsupported type: plain_text_input"),
    "number input in actions": (number(), "/type", "unsupported type: number_input"),
    "feedback in actions": ({"type": "feedback_buttons"}, "/type", "unsupported type: feedback_buttons"),
}


@pytest.mark.parametrize("name", PRESSED)
def test_a_broken_element_of_an_actions_block_is_refused(name: str) -> None:
    element, pointer, said = PRESSED[name]
    (problem,) = check_blocks([{"type": "actions", "elements": [element]}], "message")
    assert (problem.error, problem.pointer) == ("invalid_blocks", f"/blocks/0/elements/0{pointer}")
    assert said in problem.message


FILE = {"type": "file_input"}
LABELLED = {"type": "input", "label": plain("Value"), "element": words()}
ANSWER_URL = {**PLACES, "response_url_enabled": True}

# Elements in order by themselves, in blocks or on surfaces that do not take them.
MISPLACED: dict[str, tuple[Json, Surface, str, str]] = {
    "input without label": (
        {"type": "input", "element": words()},
        "modal",
        "",
        "missing required field: label",
    ),
    "input label in mrkdwn": ({**LABELLED, "label": mrkdwn("V")}, "modal", "/label/type", "mrkdwn"),
    "input label too long": ({**LABELLED, "label": plain("x" * 2001)}, "modal", "/label/text", "2001"),
    "input hint too long": ({**LABELLED, "hint": plain("x" * 2001)}, "modal", "/hint/text", "2001"),
    "input optional a string": ({**LABELLED, "optional": "yes"}, "modal", "/optional", "a boolean"),
    "file input dispatching": (
        {**LABELLED, "element": FILE, "dispatch_action": True},
        "modal",
        "/dispatch_action",
        "file_input",
    ),
    "number in a message": ({**LABELLED, "element": number()}, "message", "/element/type", "number_input"),
    "number on a Home tab": ({**LABELLED, "element": number()}, "home", "/element/type", "a Home tab"),
    "email in a message": (
        {**LABELLED, "element": {"type": "email_text_input"}},
        "message",
        "/element/type",
        "not allowed in a message",
    ),
    "url on a Home tab": (
        {**LABELLED, "element": {"type": "url_text_input"}},
        "home",
        "/element/type",
        "not allowed in a Home tab",
    ),
    "file in a message": ({**LABELLED, "element": FILE}, "message", "/element/type", "file_input"),
    "editor in a message": ({**LABELLED, "element": EDITOR}, "message", "/element/type", "a message"),
    "editor among the actions of a message": (
        {"type": "actions", "elements": [EDITOR]},
        "message",
        "/elements/0/type",
        "rich_text_input is not allowed",
    ),
    "moment as accessory": (
        {"type": "section", "text": plain("x"), "accessory": {"type": "datetimepicker"}},
        "modal",
        "/accessory/type",
        "unsupported type: datetimepicker",
    ),
    "text input as accessory": (
        {"type": "section", "text": plain("x"), "accessory": words()},
        "modal",
        "/accessory/type",
        "unsupported type: plain_text_input",
    ),
    "response_url in a message": (
        {**LABELLED, "element": ANSWER_URL},
        "message",
        "/element/response_url_enabled",
        "input blocks of modals",
    ),
    "response_url in actions": (
        {"type": "actions", "elements": [button(), ANSWER_URL]},
        "modal",
        "/elements/1/response_url_enabled",
        "input blocks of modals",
    ),
    "feedback without value": (
        {
            "type": "context_actions",
            "elements": [
                {
                    "type": "feedback_buttons",
                    "positive_button": {"text": plain("Good")},
                    "negative_button": {"text": plain("Bad"), "value": "down"},
                }
            ],
        },
        "message",
        "/elements/0/positive_button",
        "missing required field: value",
    ),
    "workflow style": (
        {
            "type": "section",
            "text": plain("x"),
            "accessory": {"type": "workflow_button", "text": plain("x"), "workflow": WORKFLOW, "style": "big"},
        },
        "message",
        "/accessory/style",
        "valid enum value",
    ),
}


@pytest.mark.parametrize("name", MISPLACED)
def test_an_element_in_the_wrong_place_is_refused(name: str) -> None:
    block, surface, pointer, said = MISPLACED[name]
    (problem,) = check_blocks([block], surface)
    assert (problem.error, problem.pointer) == ("invalid_blocks", f"/blocks/0{pointer}")
    assert said in problem.message
