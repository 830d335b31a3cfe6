"""Every block, what it holds and where it may stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playground.blockkit.agents import PLAN, TASK_CARD
from playground.blockkit.buttons import BUTTON, FOOTNOTE, WORKFLOW_BUTTON
from playground.blockkit.cards import ALERT, CARD, CAROUSEL, container
from playground.blockkit.charts import DATA_VISUALIZATION
from playground.blockkit.choices import OVERFLOW, SELECTS, TICKS
from playground.blockkit.inputs import FIELDS, PICKERS, RICH_TEXT_INPUT
from playground.blockkit.objects import IMAGE, IMAGE_BLOCK, block, plain_text, text, unique_action_ids
from playground.blockkit.richtext import RICH_TEXT
from playground.blockkit.rules import (
    FINE,
    Found,
    Rule,
    Surface,
    boolean,
    by_type,
    either,
    fault,
    integer,
    list_of,
    only_on,
    string,
)
from playground.blockkit.tables import DATA_TABLE, TABLE

_PRESSABLE: Mapping[str, Rule] = {
    "button": BUTTON,
    "workflow_button": WORKFLOW_BUTTON,
    "overflow": OVERFLOW,
}
_ANYWHERE: Mapping[str, Rule] = {**SELECTS, **TICKS}
_DAY_OR_TIME = {key: PICKERS[key] for key in ("datepicker", "timepicker")}

ACCESSORY = by_type({"image": IMAGE, **_PRESSABLE, **_ANYWHERE, **_DAY_OR_TIME})
ACTION = by_type({**_PRESSABLE, **_ANYWHERE, **PICKERS, "rich_text_input": RICH_TEXT_INPUT})
INPUT = by_type({**_ANYWHERE, **PICKERS, **FIELDS})
REMARK = by_type(
    {
        "image": IMAGE,
        "plain_text": text(3000),
        "mrkdwn": text(3000),
    }
)


def _input_fits(value: Any, surface: Surface) -> Found:
    if value.get("dispatch_action") and value["element"]["type"] == "file_input":
        return fault("dispatch_action is not allowed with file_input", "dispatch_action")
    return FINE


_BASIC: Mapping[str, Rule] = {
    "section": block(
        {},
        {
            "text": text(3000),
            "fields": list_of(text(2000), 1, 10),
            "accessory": ACCESSORY,
            "expand": boolean,
        },
        either("text", "fields"),
    ),
    "header": block({"text": plain_text(150)}, {"level": integer(1, 4)}),
    "context": block({"elements": list_of(REMARK, 1, 10)}, {}),
    "actions": block(
        {"elements": list_of(ACTION, 1, 25)},
        {},
        unique_action_ids("elements"),
    ),
    "divider": block({}, {}),
    "image": IMAGE_BLOCK,
    "input": block(
        {"label": plain_text(2000), "element": INPUT},
        {"hint": plain_text(2000), "optional": boolean, "dispatch_action": boolean},
        _input_fits,
    ),
    "rich_text": RICH_TEXT,
    "table": TABLE,
}

BLOCK = by_type(
    {
        **_BASIC,
        "markdown": only_on("message")(block({"text": string(12_000)}, {})),
        "data_table": DATA_TABLE,
        "data_visualization": DATA_VISUALIZATION,
        "card": CARD,
        "carousel": CAROUSEL,
        "container": container(by_type(_BASIC)),
        "alert": ALERT,
        "context_actions": only_on("message")(
            block({"elements": list_of(FOOTNOTE, 1, 5)}, {}, unique_action_ids("elements"))
        ),
        "plan": PLAN,
        "task_card": TASK_CARD,
    }
)
