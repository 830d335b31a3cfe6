"""A form once more, with all that was typed into it, when it could not be taken."""

from collections.abc import Mapping
from typing import Any

from blocks.message import View
from blocks.text import Mrkdwn, section

KEPT = ("type", "callback_id", "title", "submit", "close", "private_metadata")
CHOICES = {"selected_option": "initial_option", "selected_options": "initial_options", "value": "initial_value"}


def again(view: Mapping[str, Any], text: Mrkdwn) -> View:
    """The view as it was submitted, under a line that says why it is back."""
    values = view.get("state", {}).get("values", {})
    blocks = [_refilled(block, values.get(block["block_id"], {})) for block in view["blocks"]]
    return {**{name: view[name] for name in KEPT if view.get(name)}, "blocks": [section(text), *blocks]}


def _refilled(block: Mapping[str, Any], typed: Mapping[str, Any]) -> dict[str, Any]:
    """A block with its element's initial value set to what stands in it."""
    element = block.get("element")
    if not element or element.get("action_id") not in typed:
        return dict(block)
    state = typed[element["action_id"]]
    bare = {name: value for name, value in element.items() if name not in CHOICES.values()}
    chosen = {initial: state[name] for name, initial in CHOICES.items() if state.get(name)}
    return {**block, "element": {**bare, **chosen}}
