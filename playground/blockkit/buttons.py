"""Things to press."""

from __future__ import annotations

from playground.blockkit.formats import URL
from playground.blockkit.objects import CONFIRM, STYLE, element, plain_text
from playground.blockkit.rules import by_type, list_of, shape, string

_LABEL = plain_text(75)
_VALUE = string(2000)
_SPOKEN_LABEL = string(75)
_USER_IDS = list_of(string())

BUTTON = element(
    {"text": _LABEL},
    {
        "value": _VALUE,
        "url": URL,
        "style": STYLE,
        "confirm": CONFIRM,
        "accessibility_label": _SPOKEN_LABEL,
        "visible_to_user_ids": _USER_IDS,
        "agent_prompt": string(4000),
        "agent_prompt_display": string(),
    },
)

_WORKFLOW = shape(
    {
        "trigger": shape(
            {"url": URL},
            {"customizable_input_parameters": list_of(shape({"name": string(), "value": string(shortest=0)}, {}))},
        )
    },
    {},
)
WORKFLOW_BUTTON = element(
    {"text": _LABEL, "workflow": _WORKFLOW}, {"style": STYLE, "accessibility_label": _SPOKEN_LABEL}
)

ICON_BUTTON = element(
    {"icon": string(), "text": _LABEL},
    {
        "value": _VALUE,
        "accessibility_label": _SPOKEN_LABEL,
        "visible_to_user_ids": _USER_IDS,
        "confirm": CONFIRM,
    },
)

_FEEDBACK = shape({"text": _LABEL, "value": _VALUE}, {"accessibility_label": _SPOKEN_LABEL})
FEEDBACK_BUTTONS = element({"positive_button": _FEEDBACK, "negative_button": _FEEDBACK}, {})

BUTTON_ONLY = by_type({"button": BUTTON})
FOOTNOTE = by_type({"feedback_buttons": FEEDBACK_BUTTONS, "icon_button": ICON_BUTTON})
