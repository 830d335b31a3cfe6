"""What Slack takes, the playground takes: every block, and whole surfaces as people see them."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from playground.blockkit import check_blocks, check_message, check_view
from playground.blockkit.rules import Surface

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text, "emoji": True}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def rich(*parts: Json) -> Json:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(parts)}]}


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
RICH_TEXT_INPUT = {
    **TYPED,
    "type": "rich_text_input",
    "min_lines": 2,
    "max_lines": 12,
    "initial_value": rich({"type": "text", "text": "So far"}),
}
CELLS = [
    {"type": "raw_text", "text": "MRR to 50k"},
    {"type": "raw_number", "value": 62.5, "text": "62.5 %"},
    {"type": "raw_number", "value": -3},
    rich({"type": "tag", "text": "At risk", "color": "yellow"}),
]
HEADER = [{"type": "raw_text", "text": name} for name in ("Key result", "Progress", "Change", "Confidence")]
TABLE = {
    "type": "table",
    "rows": [HEADER, CELLS],
    "column_settings": [{"is_wrapped": True}, {"align": "right"}, None],
}
DATA_TABLE = {
    "type": "data_table",
    "caption": "Key results, week 47",
    "rows": [HEADER, CELLS, CELLS],
    "page_size": 10,
    "row_header_column_index": 3,
}
POINTS = [{"label": "W1", "value": 8}, {"label": "W2", "value": -1.5}]
AXES = {"categories": ["W1", "W2"], "x_label": "Week", "y_label": "% complete"}
SERIES = [{"name": "Actual", "data": POINTS}, {"name": "Plan", "data": POINTS[::-1]}]
CHART = {
    "type": "data_visualization",
    "title": "Q4 progress vs plan",
    "chart": {"type": "line", "series": SERIES, "axis_config": AXES},
}
PIE = {
    "type": "data_visualization",
    "title": "Confidence",
    "chart": {"type": "pie", "segments": [{"label": "Green", "value": 3}, {"label": "Red", "value": 0.5}]},
}
CARD = {
    "type": "card",
    "slack_icon": {"type": "icon", "name": "flag"},
    "hero_image": IMAGE,
    "title": mrkdwn("MRR to 50k"),
    "subtitle": plain("Growth"),
    "body": mrkdwn("62 %, at risk"),
    "subtext": plain("Due Friday"),
    "actions": [BUTTON, {**BUTTON, "action_id": "later"}],
}
TREE = {
    "type": "rich_text",
    "block_id": "tree",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "MRR ", "style": {"bold": True, "strike": False, "code": True}},
                {"type": "tag", "text": "At risk", "color": "yellow"},
                {"type": "user", "user_id": "U123", "style": {"highlight": True}},
                {"type": "emoji", "name": "wave", "skin_tone": 2},
                {"type": "link", "url": "https://example.com", "text": "board", "unsafe": True},
                {"type": "date", "timestamp": 1732176000, "format": "{date} at {time}", "fallback": "soon"},
                {"type": "channel", "channel_id": "C1"},
                {"type": "usergroup", "usergroup_id": "S1"},
                {"type": "team", "team_id": "T1"},
                {"type": "broadcast", "range": "here"},
                {"type": "color", "value": "#F405B3"},
            ],
        },
        {
            "type": "rich_text_list",
            "style": "ordered",
            "indent": 1,
            "offset": 2,
            "border": 1,
            "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "one"}]}],
        },
        {"type": "rich_text_quote", "elements": [{"type": "text", "text": "we ship"}], "border": 0},
        {
            "type": "rich_text_preformatted",
            "elements": [{"type": "text", "text": "a = 1"}, {"type": "link", "url": "https://example.com"}],
        },
    ],
}
TASK = {
    "type": "task_card",
    "task_id": "1",
    "title": "Reading check-ins",
    "status": "in_progress",
    "details": rich({"type": "text", "text": "12 of 14"}),
    "output": rich({"type": "text", "text": "Two are behind"}),
    "sources": [{"type": "url", "url": "https://example.com", "text": "The board"}],
}
CONTAINER = {
    "type": "container",
    "title": plain("Green ones"),
    "rich_text_title": rich({"type": "text", "text": "Green ones"}),
    "subtitle": mrkdwn("_8 key results_"),
    "width": "wide",
    "icon": IMAGE,
    "is_collapsible": True,
    "default_collapsed": True,
    "child_blocks": [{"type": "divider", "block_id": "inner"}, {"type": "header", "text": plain("Growth")}],
}
FEEDBACK = {
    "positive_button": {"text": plain("Good"), "value": "up", "accessibility_label": "Good answer"},
    "negative_button": {"text": plain("Bad"), "value": "down"},
}
SHOWN: dict[str, tuple[Json, str]] = {
    "section with fields": ({"type": "section", "fields": [mrkdwn("*Owner*"), plain("Dana")]}, "M V H"),
    "header": ({"type": "header", "text": plain("Week 47"), "level": 2}, "M V H"),
    "context": ({"type": "context", "elements": [IMAGE, mrkdwn("by Dana"), plain("today")]}, "M V H"),
    "divider": ({"type": "divider"}, "M V H"),
    "image": ({**IMAGE, "title": plain("Progress"), "block_id": "i"}, "M V H"),
    "image of Slack": (
        {"type": "image", "alt_text": "A line", "slack_file": {"id": "F1"}},
        "M V H",
    ),
    "rich_text": (TREE, "M V H"),
    "markdown": ({"type": "markdown", "text": "# Week 47\n- [x] done"}, "M"),
    "table": (TABLE, "M H"),
    "data_table": (DATA_TABLE, "M H"),
    "chart": (CHART, "M"),
    "pie": (PIE, "M"),
    "card": (CARD, "M V H"),
    "carousel": ({"type": "carousel", "elements": [CARD, CARD]}, "M H"),
    "container": (CONTAINER, "M H"),
    "alert": ({"type": "alert", "text": mrkdwn("*Late*"), "level": "warning"}, "V"),
    "context_actions": (
        {
            "type": "context_actions",
            "elements": [
                {"type": "feedback_buttons", "action_id": "rate", **FEEDBACK},
                {"type": "icon_button", "icon": "trash", "text": plain("Delete"), "confirm": CONFIRM},
            ],
        },
        "M",
    ),
    "task_card": (TASK, "M"),
    "plan": ({"type": "plan", "title": "Thinking", "tasks": [TASK, {**TASK, "status": "pending"}]}, "M"),
    "actions with rich_text_input": ({"type": "actions", "elements": [RICH_TEXT_INPUT]}, "V H"),
}
LETTERS: dict[str, Surface] = {"M": "message", "V": "modal", "H": "home"}


EXAMPLES = """
[{"type":"data_visualization","title":"Q4 progress vs plan",
 "chart":{"type":"line",
  "series":[{"name":"Actual","data":[{"label":"W1","value":8},{"label":"W2","value":19}]},
            {"name":"Plan","data":[{"label":"W1","value":10},{"label":"W2","value":20}]}],
  "axis_config":{"categories":["W1","W2"],"x_label":"Week","y_label":"% complete"}}},
 {"type":"data_table","caption":"Key results, week 47","page_size":10,"row_header_column_index":0,
 "rows":[[{"type":"raw_text","text":"Key result"},{"type":"raw_text","text":"Progress"},
          {"type":"raw_text","text":"Confidence"}],
         [{"type":"raw_text","text":"MRR to 50k"},{"type":"raw_number","value":62,"text":"62 %"},
          {"type":"raw_text","text":"At risk"}]]},
 {"type":"table","rows":[[{"type":"raw_text","text":"Key result"},{"type":"raw_number","value":62}]],
  "column_settings":[{"is_wrapped":true},{"align":"right"}]},
 {"type":"rich_text","elements":[{"type":"rich_text_section","elements":[
  {"type":"text","text":"MRR to 50k "},{"type":"tag","text":"At risk","color":"yellow"},
  {"type":"text","text":" owner "},{"type":"user","user_id":"U123"}]}]}]
"""


def test_the_documented_examples_are_taken_as_one_message() -> None:
    assert check_message({"text": "Week 47", "blocks": json.loads(EXAMPLES)}) == []


@pytest.mark.parametrize("name", SHOWN)
def test_a_block_is_taken_on_exactly_the_surfaces_it_is_made_for(name: str) -> None:
    block, letters = SHOWN[name]
    taken = [letter for letter, surface in LETTERS.items() if not check_blocks([block], surface)]
    assert taken == letters.split()


def test_the_longest_texts_fit() -> None:
    blocks = [
        {"type": "header", "text": plain("h" * 150), "block_id": "b" * 255},
        {"type": "section", "text": mrkdwn("t" * 3000), "fields": [mrkdwn("f" * 2000)] * 4},
        {"type": "actions", "elements": [{"type": "button", "text": plain("b" * 75), "value": "v" * 2000}]},
    ]
    assert check_blocks(blocks, "message") == []


def test_a_full_table_does_not_count_as_text_of_the_message() -> None:
    rows = [[{"type": "raw_text", "text": "x" * 99}] for _ in range(100)]
    text = {"type": "section", "text": mrkdwn("t" * 3000)}
    folded = {**CONTAINER, "child_blocks": [{"type": "table", "rows": rows}]}
    assert check_message({"blocks": [text, folded, text]}) == []


def test_a_weekly_digest_is_taken() -> None:
    call = {
        "channel": "C1",
        "text": "Week 47: 2 of 14 key results are behind.",
        "blocks": [block for block, letters in SHOWN.values() if "M" in letters],
        "attachments": [{"color": "#36a64f", "blocks": [{"type": "divider"}]}],
        "metadata": {"event_type": "digest", "event_payload": {"id": "7"}},
        "unfurl_links": False,
    }
    assert check_message(call) == []


@pytest.mark.parametrize(
    "call",
    [{"text": "t" * 40_001}, {"markdown_text": "m" * 12_000}, {"text": "hi", "blocks": []}],
    ids=["long text is cut off", "markdown text", "no blocks"],
)
def test_a_message_without_blocks_is_taken(call: Json) -> None:
    assert check_message(call) == []


@pytest.mark.parametrize("call", [{"text": "t" * 4000}, {"blocks": []}, {"metadata": {}}], ids=str)
def test_an_edit_is_taken(call: Json) -> None:
    assert check_message(call, editing=True) == []


def test_a_home_tab_is_taken() -> None:
    blocks = [block for block, letters in SHOWN.values() if "H" in letters]
    view = {"type": "home", "blocks": [*blocks, *[{"type": "divider"}] * 60], "private_metadata": ""}
    assert check_view(view, "home") == []


def test_inputs_of_a_home_tab_need_no_submit() -> None:
    block = {"type": "input", "label": plain("Value"), "element": {"type": "plain_text_input"}}
    assert check_view({"type": "home", "blocks": [block]}, "home") == []


def test_fifty_blocks_are_checked_in_a_moment() -> None:
    button = {"type": "button", "text": plain("Check in"), "value": "12", "action_id": "go"}
    row = {"type": "section", "text": mrkdwn("*MRR to 50k* is at 62 %"), "accessory": button}
    call = {"text": "Digest", "blocks": [{**row, "block_id": str(at)} for at in range(50)]}
    check_message(call)
    started = time.perf_counter()
    for _ in range(20):
        assert check_message(call) == []
    # About one thousandth of a second on a quiet machine; busy ones get room.
    assert (time.perf_counter() - started) / 20 < 0.02
