"""Refused: rich text, tables, charts, and blocks with a frame, when they break Slack's rules."""

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


def raw(text: str) -> Json:
    return {"type": "raw_text", "text": text}


def row(count: int, text: str = "x") -> list[Json]:
    return [raw(text)] * count


def table(*rows: list[Json], **more: object) -> Json:
    return {"type": "table", "rows": list(rows), **more}


def paged(*rows: list[Json], **more: object) -> Json:
    return {"type": "data_table", "caption": "Week 47", "rows": list(rows), **more}


def tree(*elements: Json) -> Json:
    return {"type": "rich_text", "elements": list(elements)}


def rich(*parts: Json) -> Json:
    return tree({"type": "rich_text_section", "elements": list(parts)})


def bullets(style: str, item: Json) -> Json:
    return tree({"type": "rich_text_list", "style": style, "elements": [item]})


def points(*labels: str) -> list[Json]:
    return [{"label": label, "value": 1} for label in labels]


def chart(data: list[Json] | None = None, *, names: tuple[str, ...] = ("Actual",), **axes: object) -> Json:
    series = [{"name": name, "data": points("W1", "W2") if data is None else data} for name in names]
    drawn = {"type": "bar", "series": series, "axis_config": {"categories": ["W1", "W2"], **axes}}
    return {"type": "data_visualization", "title": "Progress", "chart": drawn}


def pie(*segments: tuple[str, float]) -> Json:
    pieces = [{"label": label, "value": value} for label, value in segments]
    return {"type": "data_visualization", "title": "P", "chart": {"type": "pie", "segments": pieces}}


def button(action_id: str = "go") -> Json:
    return {"type": "button", "text": plain("Go"), "action_id": action_id}


def container(*blocks: Json, **more: object) -> Json:
    return {"type": "container", "title": plain("Greens"), "child_blocks": list(blocks), **more}


SECTION = {"type": "section", "text": mrkdwn("Hello")}
DIVIDER = {"type": "divider"}
IMAGE = {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "A line"}
CARD = {"type": "card", "title": plain("MRR")}
TASK = {"type": "task_card", "task_id": "1", "title": "Reading", "status": "complete"}
PLAN = {"type": "plan", "title": "Thinking", "tasks": [TASK]}
NUMBER = {"type": "raw_number", "value": 1}

# One broken block each: the block, the pointer below it, and some of the words.
LAYOUTS: dict[str, Case] = {
    "rich text empty": (tree(), "/elements", "no fewer than 1"),
    "rich text of unknown part": (tree({"type": "text", "text": "x"}), "/elements/0/type", "type: text"),
    "rich section empty": (rich(), "/elements/0/elements", "no fewer than 1"),
    "rich text text empty": (rich({"type": "text", "text": ""}), "/elements/0/elements/0/text", "more than 0"),
    "rich text style unknown": (
        rich({"type": "text", "text": "x", "style": {"blink": True}}),
        "/elements/0/elements/0/style",
        "property: blink",
    ),
    "tag of unknown colour": (
        rich({"type": "tag", "text": "x", "color": "pink"}),
        "/elements/0/elements/0/color",
        "valid enum value",
    ),
    "tag without text": (rich({"type": "tag"}), "/elements/0/elements/0", "missing required field: text"),
    "date without format": (
        rich({"type": "date", "timestamp": 1}),
        "/elements/0/elements/0",
        "missing required field: format",
    ),
    "date as a string": (
        rich({"type": "date", "timestamp": "1", "format": "{date}"}),
        "/elements/0/elements/0/timestamp",
        "must provide an integer",
    ),
    "user without id": (rich({"type": "user"}), "/elements/0/elements/0", "missing required field: user_id"),
    "emoji without name": (rich({"type": "emoji"}), "/elements/0/elements/0", "required field: name"),
    "rich link of another scheme": (
        rich({"type": "link", "url": "javascript:alert(1)"}),
        "/elements/0/elements/0/url",
        "http or https",
    ),
    "broadcast of unknown range": (
        rich({"type": "broadcast", "range": "all"}),
        "/elements/0/elements/0/range",
        "valid enum value",
    ),
    "list without style": (
        tree({"type": "rich_text_list", "elements": [rich({"type": "text", "text": "x"})["elements"][0]]}),
        "/elements/0",
        "missing required field: style",
    ),
    "list of unknown style": (
        bullets("dash", {"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}),
        "/elements/0/style",
        "valid enum value",
    ),
    "list of bare text": (
        bullets("bullet", {"type": "text", "text": "x"}),
        "/elements/0/elements/0/type",
        "unsupported type: text",
    ),
    "quote holding a section": (
        tree({"type": "rich_text_quote", "elements": [{"type": "rich_text_section", "elements": []}]}),
        "/elements/0/elements/0/type",
        "unsupported type: rich_text_section",
    ),
    "preformatted with a user": (
        tree({"type": "rich_text_preformatted", "elements": [{"type": "user", "user_id": "U1"}]}),
        "/elements/0/elements/0/type",
        "unsupported type: user",
    ),
    "table without rows": (table(), "/rows", "no fewer than 1"),
    "table with 101 rows": (table(*[row(1)] * 101), "/rows", "no more than 100"),
    "table with 21 cells": (table(row(21)), "/rows/0", "no more than 20"),
    "table cell empty": (table([raw("")]), "/rows/0/0/text", "more than 0"),
    "table cell mrkdwn": (table([mrkdwn("x")]), "/rows/0/0/type", "unsupported type: mrkdwn"),
    "table cell number as string": (
        table([{**NUMBER, "value": "1"}]),
        "/rows/0/0/value",
        "must provide a number",
    ),
    "table cell not a number": (table([{**NUMBER, "value": float("nan")}]), "/rows/0/0/value", "finite"),
    "table of unknown alignment": (
        table(row(1), column_settings=[{"align": "top"}]),
        "/column_settings/0/align",
        "valid enum value",
    ),
    "table with 21 column settings": (
        table(row(1), column_settings=[None] * 21),
        "/column_settings",
        "no more than 20",
    ),
    "table too long": (table(*[row(1, "x" * 101)] * 100), "", "less than 10001 characters"),
    "data table without caption": (
        {"type": "data_table", "rows": [row(1), row(1)]},
        "",
        "missing required field: caption",
    ),
    "data table with header alone": (paged(row(1)), "/rows", "no fewer than 2"),
    "data table with 202 rows": (paged(*[row(1)] * 202), "/rows", "no more than 201"),
    "data table uneven": (paged(row(2), row(1)), "/rows/1", "all rows must have 2 cells"),
    "data table with rich header": (
        paged([rich({"type": "text", "text": "x"})], row(1)),
        "/rows/0/0/type",
        "unsupported type: rich_text",
    ),
    "data table page of 101": (paged(row(1), row(1), page_size=101), "/page_size", "less than 101"),
    "data table page of 0": (paged(row(1), row(1), page_size=0), "/page_size", "greater than 0"),
    "data table row header outside": (
        paged(row(2), row(2), row_header_column_index=2),
        "/row_header_column_index",
        "less than 2",
    ),
    "data table too long": (paged(*[row(2, "x" * 101)] * 100), "", "less than 20001 characters"),
    "chart without title": ({**chart(), "title": ""}, "/title", "more than 0"),
    "chart title too long": ({**chart(), "title": "x" * 51}, "/title", "less than 51"),
    "chart of unknown type": ({**chart(), "chart": {"type": "radar"}}, "/chart/type", "type: radar"),
    "chart point missing": (chart(points("W1")), "/chart/series/0/data", "one point for each"),
    "chart point twice": (chart(points("W1", "W1")), "/chart/series/0/data/1/label", "used twice"),
    "chart point of no category": (
        chart(points("W1", "W3")),
        "/chart/series/0/data/1/label",
        "not one of the categories",
    ),
    "chart value as string": (
        chart([{"label": "W1", "value": "8"}]),
        "/chart/series/0/data/0/value",
        "must provide a number",
    ),
    "chart series name twice": (chart(names=("A", "A")), "/chart/series/1/name", "unique"),
    "chart with 13 series": (chart(names=tuple("abcdefghijklm")), "/chart/series", "no more than 12"),
    "chart series name too long": (chart(names=("x" * 21,)), "/chart/series/0/name", "less than 21"),
    "chart with 21 categories": (
        chart(categories=[str(at) for at in range(21)]),
        "/chart/axis_config/categories",
        "no more than 20",
    ),
    "chart category twice": (chart(categories=["W1", "W1"]), "/chart/axis_config/categories/1", "unique"),
    "chart axis label too long": (chart(x_label="x" * 51), "/chart/axis_config/x_label", "less than 51"),
    "pie of nothing": (pie(), "/chart/segments", "no fewer than 1"),
    "pie of zero": (pie(("Green", 0)), "/chart/segments/0/value", "greater than 0"),
    "pie with 13 segments": (pie(*[("x", 1.0)] * 13), "/chart/segments", "no more than 12"),
    "card without content": (
        {"type": "card", "subtitle": plain("x"), "subtext": plain("x")},
        "",
        "must define either `hero_image`",
    ),
    "card title a string": ({**CARD, "title": "MRR"}, "/title", "must provide an object"),
    "card title too long": ({**CARD, "title": plain("x" * 151)}, "/title/text", "less than 151"),
    "card body too long": ({**CARD, "body": plain("x" * 201)}, "/body/text", "less than 201"),
    "card subtext too long": ({**CARD, "subtext": plain("x" * 201)}, "/subtext/text", "less than 201"),
    "card with 4 buttons": ({**CARD, "actions": [button(x) for x in "abcd"]}, "/actions", "no more than 3"),
    "card with an actions block": (
        {**CARD, "actions": {"type": "actions", "elements": [button()]}},
        "/actions",
        "must provide an array",
    ),
    "card with one action_id twice": ({**CARD, "actions": [button()] * 2}, "/actions/1/action_id", "unique"),
    "card with two icons": (
        {**CARD, "icon": IMAGE, "slack_icon": {"type": "icon", "name": "flag"}},
        "",
        "not both",
    ),
    "carousel empty": ({"type": "carousel", "elements": []}, "/elements", "no fewer than 1"),
    "carousel with 11": ({"type": "carousel", "elements": [CARD] * 11}, "/elements", "no more than 10"),
    "carousel of sections": (
        {"type": "carousel", "elements": [SECTION]},
        "/elements/0/type",
        "unsupported type: section",
    ),
    "container empty": (container(), "/child_blocks", "no fewer than 1"),
    "container with 11": (container(*[DIVIDER] * 11), "/child_blocks", "no more than 10"),
    "container with a card": (container(CARD), "/child_blocks/0/type", "unsupported type: card"),
    "container with a chart": (container(chart()), "/child_blocks/0/type", "data_visualization"),
    "container without title": ({"type": "container", "child_blocks": [DIVIDER]}, "", "`rich_text_title`"),
    "container title too long": (container(DIVIDER, title=plain("x" * 151)), "/title/text", "less than 151"),
    "container rich title too long": (
        container(DIVIDER, rich_text_title=rich({"type": "text", "text": "x" * 151})),
        "/rich_text_title",
        "less than 151",
    ),
    "container of unknown width": (container(DIVIDER, width="huge"), "/width", "valid enum value"),
    "container collapsed for good": (
        container(DIVIDER, default_collapsed=True),
        "/default_collapsed",
        "requires is_collapsible",
    ),
    "container divided and collapsible": (
        container(DIVIDER, is_collapsible=True, has_header_divider=True),
        "/has_header_divider",
        "not allowed",
    ),
    "context_actions with 6": (
        {"type": "context_actions", "elements": [{"type": "icon_button"}] * 6},
        "/elements",
        "no more than 5",
    ),
    "context_actions with a button": (
        {"type": "context_actions", "elements": [button()]},
        "/elements/0/type",
        "unsupported type: button",
    ),
    "plan title an object": ({**PLAN, "title": plain("x")}, "/title", "must provide a string"),
    "plan of sections": ({**PLAN, "tasks": [SECTION]}, "/tasks/0/type", "unsupported type: section"),
    "task pending alone": ({**TASK, "status": "pending"}, "/status", "valid enum value"),
    "task of unknown status": ({**TASK, "status": "done"}, "/status", "valid enum value"),
    "task details a string": ({**TASK, "details": "x"}, "/details", "must provide an object"),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_broken_layout_is_refused(name: str) -> None:
    block, pointer, words = LAYOUTS[name]
    (problem,) = check_blocks([DIVIDER, block], "message")
    assert (problem.error, problem.pointer) == ("invalid_blocks", f"/blocks/1{pointer}")
    assert words in problem.message
