"""The inputs of a form: a block with its label around a field, and what stands in it when it comes back."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from blocks.text import LABEL, plain

HINT, OPTION = 150, 75
Element = dict[str, Any]


def labelled(id: str, label: str, element: Element, *, hint: str = "", optional: bool = False) -> dict[str, Any]:
    """The block around a field; both have the same id."""
    block: dict[str, Any] = {"type": "input", "block_id": id, "label": plain(label, LABEL), "element": element}
    element["action_id"] = id.partition(":")[0]
    if optional:
        block["optional"] = True
    if hint:
        block["hint"] = plain(hint, HINT)
    return block


def text(initial: str = "", *, most: int, lines: bool = False, example: str = "") -> Element:
    """A field to type in."""
    element: Element = {"type": "plain_text_input", "max_length": most}
    if lines:
        element["multiline"] = True
    if initial:
        element["initial_value"] = initial[:most]
    if example:
        element["placeholder"] = plain(example, HINT)
    return element


def person(slack_id: str = "") -> Element:
    """A person of the workspace."""
    return {"type": "users_select", **({"initial_user": slack_id} if slack_id else {})}


def choice(options: Sequence[dict[str, Any]], initial: str = "", *, kind: str = "static_select") -> Element:
    """One of a few; `initial` is the value of the one that is chosen already."""
    element: Element = {"type": kind, "options": list(options)}
    chosen = next((one for one in options if one["value"] == initial), None)
    return element | ({"initial_option": chosen} if chosen else {})


def day(initial: date | None = None) -> Element:
    """A date."""
    return {"type": "datepicker", **({"initial_date": initial.isoformat()} if initial else {})}


def option(words: str, value: str, description: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {"text": plain(words, OPTION), "value": value}
    return found | ({"description": plain(description, OPTION)} if description else {})


def state(view: Mapping[str, Any], id: str) -> Mapping[str, Any]:
    """What stands in a field; empty for one that is not on the form."""
    fields = view["state"]["values"].get(id, {})
    return next(iter(fields.values()), {})


def by_name(view: Mapping[str, Any]) -> Mapping[str, Any]:
    """The fields by their names, without what stands behind a colon to make their ids new."""
    return {id.partition(":")[0]: given for id, given in view["state"]["values"].items()}


def read_text(view: Mapping[str, Any], id: str) -> str:
    return (state(view, id).get("value") or "").strip()


def read_choice(view: Mapping[str, Any], id: str) -> str:
    return str((state(view, id).get("selected_option") or {}).get("value", ""))


def read_day(view: Mapping[str, Any], id: str) -> date | None:
    chosen = state(view, id).get("selected_date")
    return date.fromisoformat(chosen) if chosen else None


def read_person(view: Mapping[str, Any], id: str) -> str:
    return state(view, id).get("selected_user") or ""
