"""Forms that several tests open."""

from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def option(text: str) -> Json:
    return {"text": plain(text), "value": text.lower()}


def text_input(label: str, block_id: str, **element: Any) -> Json:
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "element": {"type": "plain_text_input", "action_id": "v", **element},
    }


def colour_input(**block: Any) -> Json:
    element = {
        "type": "radio_buttons",
        "action_id": "v",
        "options": [option("Green"), option("Yellow"), option("Red")],
    }
    return {
        "type": "input",
        "block_id": "colour",
        "label": plain("Confidence"),
        "element": element,
        **block,
    }


def actions(*labels: str) -> Json:
    buttons = [{"type": "button", "action_id": label.lower(), "value": label, "text": plain(label)} for label in labels]
    return {"type": "actions", "block_id": "actions", "elements": buttons}


def form(*blocks: Json, title: str = "Check-in", callback_id: str = "form", **more: Any) -> Json:
    return {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain(title),
        "submit": plain("Save"),
        "close": plain("Not now"),
        "blocks": list(blocks),
        **more,
    }
