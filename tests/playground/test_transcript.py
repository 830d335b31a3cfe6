"""Blocks read aloud: what `.shown` says of each kind."""

from typing import Any

import pytest

from playground.transcript import plain as read
from playground.transcript import transcript
from playground.values import Values
from tests.playground.forms import actions, colour_input, option, plain, text_input

NAMES = {"U1": "Dana Rossi", "C1": "growth"}


def name_of(some_id: str) -> str:
    return NAMES.get(some_id, some_id)


def mrkdwn(text: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text, "verbatim": True}


@pytest.mark.parametrize(
    ("markup", "seen"),
    [
        ("*Ready* for _Monday_, ~no~ `yes`?", "Ready for Monday, no yes?"),
        ("2*3*4 and snake_case_name", "2*3*4 and snake_case_name"),
        ("<@U1> in <#C1|growth>, <!here>", "@Dana Rossi in #growth, @here"),
        ("<https://example.com|the page> and <https://example.com>", "the page and https://example.com"),
        ("<!date^1732176000^{date_short}|21 November>", "21 November"),
        ("a &lt;b&gt; &amp;amp; *_both_*", "a <b> &amp; both"),
    ],
)
def test_markup_is_seen_without_its_signs(markup: str, seen: str) -> None:
    assert read(markup, name_of) == seen


def test_a_message_is_read_from_top_to_bottom() -> None:
    blocks = [
        {"type": "header", "text": plain("Growth, week 47")},
        {"type": "section", "text": mrkdwn("*62 %* done"), "accessory": actions("Edit")["elements"][0]},
        {"type": "section", "fields": [mrkdwn("one"), mrkdwn("two")]},
        {"type": "divider"},
        {"type": "context", "elements": [mrkdwn("by"), mrkdwn("<@U1>")]},
        {"type": "image", "alt_text": "A chart", "image_url": "https://example.com/c.png"},
        actions("Check in", "Later"),
    ]

    assert transcript(blocks, name_of).split("\n") == [
        "Growth, week 47",
        "62 % done",
        "[Edit]",
        "one",
        "two",
        "---",
        "by  @Dana Rossi",
        "(image: A chart)",
        "[Check in] [Later]",
    ]


def test_tables_charts_and_rich_text_are_read() -> None:
    pill = {"type": "tag", "text": "At risk", "color": "yellow"}
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": "MRR "}, pill]}
    items = {"type": "rich_text_list", "style": "bullet", "elements": [section, section]}
    points = [{"label": "W1", "value": 8}, {"label": "W2", "value": 19}]
    blocks = [
        {"type": "rich_text", "elements": [section, items]},
        {
            "type": "data_table",
            "caption": "Week 47",
            "rows": [
                [{"type": "raw_text", "text": "Key result"}, {"type": "raw_text", "text": "Progress"}],
                [{"type": "raw_text", "text": "MRR"}, {"type": "raw_number", "value": 62, "text": "62 %"}],
            ],
        },
        {
            "type": "data_visualization",
            "title": "Progress",
            "chart": {"type": "line", "series": [{"name": "Actual", "data": points}]},
        },
        {
            "type": "container",
            "title": plain("More"),
            "child_blocks": [{"type": "section", "text": plain("inside")}],
        },
        {"type": "card", "title": mrkdwn("*MRR*"), "actions": actions("Open")["elements"]},
    ]

    assert transcript(blocks, name_of).split("\n") == [
        "MRR At risk",
        "• MRR At risk",
        "• MRR At risk",
        "Week 47",
        "Key result | Progress",
        "MRR | 62 %",
        "Progress",
        "Actual: W1 8, W2 19",
        "More",
        "inside",
        "MRR",
        "[Open]",
    ]


def test_a_form_is_read_with_what_stands_in_it() -> None:
    people = {"type": "users_select", "action_id": "v", "initial_user": "U1"}
    boxes = {"type": "checkboxes", "action_id": "v", "options": [option("Write"), option("Send")]}
    blocks = [
        text_input("Value", "value", placeholder=plain("A number")),
        colour_input(hint=plain("How sure are you?")),
        {"type": "input", "block_id": "who", "label": plain("Owner"), "element": people},
        {"type": "input", "block_id": "done", "optional": True, "label": plain("Done"), "element": boxes},
    ]
    values = Values.of(blocks)
    values.entries["colour"]["v"]["selected_option"] = option("Red")

    assert transcript(blocks, name_of, values).split("\n") == [
        "Value: [A number]",
        "Confidence: ( ) Green  ( ) Yellow  (•) Red",
        "How sure are you?",
        "Owner: [Dana Rossi]",
        "Done (optional): [ ] Write  [ ] Send",
    ]
