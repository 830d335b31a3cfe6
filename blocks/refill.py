"""A form once more, with all that was typed into it, when it could not be taken."""

from collections.abc import Mapping
from typing import Any

from blocks.message import Blocks, View
from blocks.text import Mrkdwn, context, escape, section

KEPT = ("type", "callback_id", "title", "submit", "close", "private_metadata", "notify_on_close")
PICKED = {
    "value": "value",
    "selected_user": "user",
    "selected_users": "users",
    "selected_conversation": "conversation",
    "selected_date": "date",
}
"""What stands in an element, and the name of its initial value."""
WHY = "why"
"""How the ids of the blocks begin that say why the form is back; the next time they are left out."""


def again(view: Mapping[str, Any], text: Mrkdwn | None = None, errors: Mapping[str, str] | None = None) -> View:
    """The view as it was submitted, under a line that says why it is back, each error above its field."""
    values = view.get("state", {}).get("values", {})
    blocks: Blocks = [section(text, block_id=WHY)] if text else []
    for block in view["blocks"]:
        id = block.get("block_id", "")
        if id.startswith(WHY):
            continue
        if errors and id in errors:
            blocks.append({**context(Mrkdwn("⚠️ {why}").format(why=escape(errors[id]))), "block_id": f"{WHY}:{id}"})
        blocks.append(_refilled(block, values.get(id, {})))
    return {**{name: view[name] for name in KEPT if view.get(name)}, "blocks": blocks}


def _refilled(block: Mapping[str, Any], typed: Mapping[str, Any]) -> dict[str, Any]:
    """A block with its element's initial value set to what stands in it."""
    element = block.get("element")
    if not element or element.get("action_id") not in typed:
        return dict(block)
    state = typed[element["action_id"]]
    bare = {name: value for name, value in element.items() if not name.startswith("initial_")}
    return {**block, "element": {**bare, **_initial(element, state)}}


def _initial(element: Mapping[str, Any], state: Mapping[str, Any]) -> dict[str, Any]:
    """Slack takes an initial option only if it equals one of the options, and need not send it back whole."""
    chosen = [
        *(state.get("selected_options") or ()),
        *([state["selected_option"]] if state.get("selected_option") else []),
    ]
    if chosen:
        values = {one["value"] for one in chosen}
        groups = [element, *element.get("option_groups", ())]
        options = [one for group in groups for one in group.get("options", ()) if one["value"] in values]
        if "selected_options" in state:
            return {"initial_options": options}
        return {"initial_option": options[0]} if options else {}
    return {f"initial_{name}": state[kept] for kept, name in PICKED.items() if state.get(kept)}
