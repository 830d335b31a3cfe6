"""Refused: things to fill in or to choose from, when they break Slack's rules."""

from __future__ import annotations

from typing import Any

import pytest

from playground.blockkit import check_blocks

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


def select(**more: object) -> Json:
    return {"type": "static_select", **more}


def groups(*labels: str, count: int = 1) -> list[Json]:
    return [{"label": plain(label), "options": options(count)} for label in labels]


def number(**more: object) -> Json:
    return {"type": "number_input", "is_decimal_allowed": False, **more}


def words(**more: object) -> Json:
    return {"type": "plain_text_input", **more}


RED = option("red")
RADIO = {"type": "radio_buttons", "options": options(2)}
BOXES = {"type": "checkboxes", "options": options(3)}
PEOPLE = {"type": "multi_users_select"}
PLACES = {"type": "conversations_select"}
EDITOR = {"type": "rich_text_input"}

# One broken element each, in an input block of a modal: element, pointer below it, words.
ENTERED: dict[str, Case] = {
    "button in input": (button(), "/type", "unsupported type: button"),
    "overflow in input": ({"type": "overflow", "options": options(1)}, "/type", "unsupported type: overflow"),
    "select without options": (select(), "", "either `options` or `option_groups`"),
    "select with both": (select(options=options(1), option_groups=groups("A")), "", "not both"),
    "select with 101": (select(options=options(101)), "/options", "no more than 100"),
    "select with 101 groups": (
        select(option_groups=[{"label": plain("A"), "options": [RED]}] * 101),
        "/option_groups",
        "no more than 100",
    ),
    "group with 101": (select(option_groups=groups("A", count=101)), "/option_groups/0/options", "100"),
    "group empty": (select(option_groups=groups("A", count=0)), "/option_groups/0/options", "fewer than 1"),
    "group label too long": (
        select(option_groups=groups("x" * 76)),
        "/option_groups/0/label/text",
        "less than 76",
    ),
    "value twice": (select(options=[RED, RED]), "/options/1/value", "unique"),
    "value twice over groups": (
        select(option_groups=groups("A", "B")),
        "/option_groups/1/options/0/value",
        "unique",
    ),
    "option text too long": (
        select(options=[{"text": plain("x" * 76), "value": "x"}]),
        "/options/0/text/text",
        "less than 76",
    ),
    "option value too long": (select(options=[option("x" * 151)]), "/options/0/value", "less than 151"),
    "option value empty": (select(options=[option("")]), "/options/0/value", "more than 0"),
    "option description too long": (
        select(options=[option("a", description=plain("x" * 76))]),
        "/options/0/description/text",
        "less than 76",
    ),
    "option with a type": (select(options=[option("a", type="option")]), "/options/0", "property: type"),
    "option url in a select": (
        select(options=[option("a", url="https://example.com")]),
        "/options/0",
        "property: url",
    ),
    "option in mrkdwn": (
        select(options=[{"text": mrkdwn("a"), "value": "a"}]),
        "/options/0/text/type",
        "unsupported type: mrkdwn",
    ),
    "preset not offered": (select(options=options(2), initial_option=RED), "/initial_option", "exactly"),
    "preset with another text": (
        select(options=[RED], initial_option={"text": plain("Red!"), "value": "red"}),
        "/initial_option",
        "exactly",
    ),
    "preset without description": (
        select(options=[option("red", description=plain("Late"))], initial_option=RED),
        "/initial_option",
        "exactly",
    ),
    "placeholder too long": (
        select(options=[RED], placeholder=plain("x" * 151)),
        "/placeholder/text",
        "less than 151",
    ),
    "placeholder in mrkdwn": (select(options=[RED], placeholder=mrkdwn("x")), "/placeholder/type", "mrkdwn"),
    "radio with 11": ({**RADIO, "options": options(11)}, "/options", "no more than 10"),
    "radio preset not offered": ({**RADIO, "initial_option": RED}, "/initial_option", "exactly"),
    "radio with placeholder": ({**RADIO, "placeholder": plain("x")}, "", "property: placeholder"),
    "checkboxes without options": ({"type": "checkboxes"}, "", "missing required field: options"),
    "checkboxes with 11": ({**BOXES, "options": options(11)}, "/options", "no more than 10"),
    "checkboxes preset empty": ({**BOXES, "initial_options": []}, "/initial_options", "no fewer than 1"),
    "checkboxes preset not offered": (
        {**BOXES, "initial_options": [option("0"), RED]},
        "/initial_options/1",
        "exactly",
    ),
    "checkboxes preset twice": ({**BOXES, "initial_options": options(1) * 2}, "/initial_options/1", "twice"),
    "multi of none": ({**PEOPLE, "max_selected_items": 0}, "/max_selected_items", "greater than 0"),
    "multi with too many presets": (
        {**PEOPLE, "max_selected_items": 1, "initial_users": ["U1", "U2"]},
        "/initial_users",
        "no more than 1",
    ),
    "min_query_length below zero": (
        {"type": "external_select", "min_query_length": -1},
        "/min_query_length",
        "greater than -1",
    ),
    "filter empty": ({**PLACES, "filter": {}}, "/filter", "must define either `include`"),
    "filter including nothing": (
        {**PLACES, "filter": {"include": []}},
        "/filter/include",
        "no fewer than 1",
    ),
    "filter including unknown": (
        {**PLACES, "filter": {"include": ["dm"]}},
        "/filter/include/0",
        "valid enum value",
    ),
    "number without decimals said": (
        {"type": "number_input"},
        "",
        "missing required field: is_decimal_allowed",
    ),
    "number as a number": (number(initial_value=5), "/initial_value", "must provide a string"),
    "number with decimals": (number(initial_value="4.5"), "/initial_value", "whole number"),
    "number with thousands": (number(min_value="1,000"), "/min_value", "reads as a whole number"),
    "number with exponent": (
        {**number(max_value="1e3"), "is_decimal_allowed": True},
        "/max_value",
        "reads as a number",
    ),
    "number bounds crossed": (number(min_value="9", max_value="10", initial_value="11"), "/initial_value", "10"),
    "number below": (number(min_value="9", initial_value="8"), "/initial_value", "min_value 9"),
    "number bounds swapped": (number(min_value="10", max_value="9"), "/min_value", "max_value"),
    "text max_length 0": (words(max_length=0), "/max_length", "greater than 0"),
    "text max_length 3001": (words(max_length=3001), "/max_length", "less than 3001"),
    "text min_length 3001": (words(min_length=3001), "/min_length", "less than 3001"),
    "text lengths swapped": (words(min_length=5, max_length=4), "/min_length", "max_length"),
    "text preset empty": (words(initial_value=""), "/initial_value", "more than 0"),
    "text preset too long": (words(max_length=3, initial_value="four"), "/initial_value", "less than 4"),
    "text preset too short": (words(min_length=5, initial_value="four"), "/initial_value", "more than 4"),
    "text multiline a string": (words(multiline="yes"), "/multiline", "must provide a boolean"),
    "dispatch on nothing": (
        words(dispatch_action_config={"trigger_actions_on": []}),
        "/dispatch_action_config/trigger_actions_on",
        "no fewer than 1",
    ),
    "dispatch on unknown": (
        words(dispatch_action_config={"trigger_actions_on": ["on_blur"]}),
        "/dispatch_action_config/trigger_actions_on/0",
        "valid enum value",
    ),
    "editor of 101 lines": ({**EDITOR, "max_lines": 101}, "/max_lines", "less than 101"),
    "editor preset a string": ({**EDITOR, "initial_value": "x"}, "/initial_value", "must provide an object"),
    "time without zero": ({"type": "timepicker", "initial_time": "9:00"}, "/initial_time", "HH:mm"),
    "time 24:00": ({"type": "timepicker", "initial_time": "24:00"}, "/initial_time", "real time"),
    "time with seconds": ({"type": "timepicker", "initial_time": "09:00:00"}, "/initial_time", "HH:mm"),
    "zone unknown": ({"type": "timepicker", "timezone": "Europe/Roma"}, "/timezone", "IANA"),
    "date of no calendar": ({"type": "datepicker", "initial_date": "2026-02-29"}, "/initial_date", "real date"),
    "date without dashes": ({"type": "datepicker", "initial_date": "20261116"}, "/initial_date", "YYYY-MM-DD"),
    "moment as a string": (
        {"type": "datetimepicker", "initial_date_time": "1628633820"},
        "/initial_date_time",
        "must provide an integer",
    ),
    "moment in milliseconds": (
        {"type": "datetimepicker", "initial_date_time": 1628633820000},
        "/initial_date_time",
        "less than",
    ),
    "file input of 11": ({"type": "file_input", "max_files": 11}, "/max_files", "less than 11"),
}


@pytest.mark.parametrize("name", ENTERED)
def test_a_broken_element_of_an_input_block_is_refused(name: str) -> None:
    element, pointer, said = ENTERED[name]
    (problem,) = check_blocks([{"type": "input", "label": plain("V"), "element": element}], "modal")
    assert (problem.error, problem.pointer) == ("invalid_blocks", f"/blocks/0/element{pointer}")
    assert said in problem.message
