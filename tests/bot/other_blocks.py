"""Block Kit by Slack's reference, as far as okrbot draws it: what is refused, and what Slack fills in by itself."""

import secrets
from collections.abc import Iterator, Mapping
from typing import Any

Json = dict[str, Any]

REQUIRED = {
    "section": {"text"},
    "header": {"text"},
    "context": {"elements"},
    "actions": {"elements"},
    "divider": set(),
    "input": {"label", "element"},
    "button": {"text"},
    "static_select": {"options"},
    "radio_buttons": {"options"},
    "checkboxes": {"options"},
    "plain_text_input": set(),
}
OPTIONAL = {
    "section": {"accessory", "expand"},
    "header": {"level"},
    "input": {"hint", "optional", "dispatch_action"},
    "button": {"value", "url", "style", "accessibility_label", "confirm"},
    "static_select": {"placeholder", "initial_option", "focus_on_load", "confirm"},
    "radio_buttons": {"initial_option", "focus_on_load", "confirm"},
    "checkboxes": {"initial_options", "focus_on_load", "confirm"},
    "plain_text_input": {
        "initial_value",
        "multiline",
        "min_length",
        "max_length",
        "placeholder",
        "focus_on_load",
        "dispatch_action_config",
    },
}
BLOCKS = ("section", "header", "context", "actions", "divider", "input")
MOST_OPTIONS = {"static_select": 100, "radio_buttons": 10, "checkboxes": 10}
MOST_ELEMENTS = {"context": 10, "actions": 25}
MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}
INPUTS = ("static_select", "radio_buttons", "checkboxes", "plain_text_input")


class InvalidBlocksError(Exception):
    """What is wrong, and where."""


def check(blocks: object, surface: str) -> None:
    """Raise InvalidBlocksError for blocks Slack would not take."""
    _expect(isinstance(blocks, list) and len(blocks) <= MOST_BLOCKS[surface], "/", "a list of blocks, not too many")
    assert isinstance(blocks, list)
    for place, block in enumerate(blocks):
        _block(block, f"/{place}")
    named = [block["block_id"] for block in blocks if "block_id" in block]
    _expect(len(named) == len(set(named)), "/", "each block_id once")
    focused = [one for one in elements(blocks) if one.get("focus_on_load")]
    _expect(len(focused) <= 1, "/", "the focus on one element")


def fill(blocks: list[Json]) -> None:
    """What Slack adds to blocks it keeps: ids, and the defaults of text objects."""
    for block in blocks:
        block.setdefault("block_id", secrets.token_urlsafe(4))
    _fill_texts(blocks)


def elements(blocks: list[Json]) -> Iterator[Json]:
    """All interactive elements, wherever they stand."""
    for block in blocks:
        for one in (*block.get("elements", []), block.get("accessory"), block.get("element")):
            if isinstance(one, dict) and "action_id" in one:
                yield one


def _block(block: Any, where: str) -> None:
    _fields(block, where, {"block_id"}, BLOCKS)
    _expect(len(block.get("block_id", "b")) in range(1, 256), where, "a block_id of 1 to 255 characters")
    match block["type"]:
        case "section":
            _text(block["text"], f"{where}/text", 3000)
            if "accessory" in block:
                _element(block["accessory"], f"{where}/accessory")
        case "header":
            _text(block["text"], f"{where}/text", 150, plain=True)
        case "context":
            for one in _some(block["elements"], where, "context"):
                _text(one, f"{where}/elements", 2000)
        case "actions":
            for one in _some(block["elements"], where, "actions"):
                _element(one, f"{where}/elements")
        case "input":
            _text(block["label"], f"{where}/label", 2000, plain=True)
            _element(block["element"], f"{where}/element", INPUTS)
            if "hint" in block:
                _text(block["hint"], f"{where}/hint", 2000, plain=True)


def _element(element: Any, where: str, kinds: tuple[str, ...] = ("button", *INPUTS)) -> None:
    _fields(element, where, {"action_id"}, kinds)
    _expect(len(element.get("action_id", "a")) in range(1, 256), where, "an action_id of 1 to 255 characters")
    kind = element["type"]
    if kind == "button":
        _text(element["text"], f"{where}/text", 75, plain=True)
        _expect(len(element.get("value", "")) <= 2000, where, "a value of at most 2000 characters")
        _expect(len(element.get("accessibility_label", "")) <= 75, where, "a label of at most 75 characters")
        _expect(element.get("style", "primary") in ("primary", "danger"), where, "a style Slack knows")
    elif kind in MOST_OPTIONS:
        options = element["options"]
        _expect(0 < len(options) <= MOST_OPTIONS[kind], where, "some options, not too many")
        for one in options:
            _option(one, where)
        initial = element.get("initial_options", [element["initial_option"]] if "initial_option" in element else [])
        _expect(all(one in options for one in initial), where, "initial options that are among the options")
    else:
        most = element.get("max_length", 3000)
        _expect(0 < most <= 3000, where, "a max_length of 1 to 3000")
        _expect(len(element.get("initial_value", "")) <= most, where, "an initial value that fits")


def _option(option: Any, where: str) -> None:
    _expect({"text", "value"} <= option.keys() <= {"text", "value", "description"}, where, "an option's fields")
    _text(option["text"], where, 75)
    _expect(0 < len(option["value"]) <= 150, where, "an option's value of 1 to 150 characters")
    if "description" in option:
        _text(option["description"], where, 75)


def _text(text: Any, where: str, most: int, *, plain: bool = False) -> None:
    _expect(isinstance(text, dict), where, "a text object")
    extra = {"plain_text": {"emoji"}, "mrkdwn": {"verbatim"}}.get(text.get("type"))
    _expect(extra is not None and not (plain and text["type"] != "plain_text"), where, "a text object of its kind")
    _expect({"type", "text"} <= text.keys() <= {"type", "text"} | (extra or set()), where, "a text object's fields")
    _expect(isinstance(text["text"], str) and 0 < len(text["text"]) <= most, where, f"1 to {most} characters")


def _fields(thing: Any, where: str, always: set[str], kinds: tuple[str, ...]) -> None:
    _expect(isinstance(thing, dict) and thing.get("type") in kinds, where, f"one of {', '.join(kinds)}")
    kind = thing["type"]
    known = {"type"} | always | REQUIRED[kind] | OPTIONAL.get(kind, set())
    _expect(thing.keys() <= known, where, f"no {', '.join(sorted(thing.keys() - known))}")
    _expect(REQUIRED[kind] <= thing.keys(), where, f"{', '.join(sorted(REQUIRED[kind]))}")
    _expect(None not in thing.values(), where, "no null")


def _some(these: Any, where: str, kind: str) -> list[Json]:
    _expect(isinstance(these, list) and 0 < len(these) <= MOST_ELEMENTS[kind], where, "some elements, not too many")
    return list(these)


def _fill_texts(value: Any) -> None:
    if isinstance(value, list):
        for one in value:
            _fill_texts(one)
    elif isinstance(value, Mapping):
        if value.get("type") in ("plain_text", "mrkdwn"):
            assert isinstance(value, dict)
            value.setdefault(*(("emoji", True) if value["type"] == "plain_text" else ("verbatim", False)))
        for one in value.values():
            _fill_texts(one)


def _expect(right: bool, where: str, what: str) -> None:
    if not right:
        raise InvalidBlocksError(f"[ERROR] expected {what} [json-pointer:{where}]")
