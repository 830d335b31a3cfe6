"""What Slack refuses in blocks, the playground refuses: under the same name, at the same place."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.blockkit import Problem, check_blocks, check_message, check_view
from playground.blockkit.rules import Surface

Json = dict[str, Any]
Case = tuple[object, str, str]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def raw(text: str) -> Json:
    return {"type": "raw_text", "text": text}


def button(action_id: str = "go") -> Json:
    return {"type": "button", "text": plain("Go"), "action_id": action_id}


SECTION = {"type": "section", "text": mrkdwn("Hello")}
DIVIDER = {"type": "divider"}
IMAGE = {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "A line"}

# One broken block each: the block, the pointer below it, and some of the words.
BLOCKS: dict[str, Case] = {
    "block that is no object": ("divider", "", "must provide an object"),
    "block without type": ({"text": plain("x")}, "", "missing required field: type"),
    "block of unknown type": ({"type": "banner"}, "/type", "unsupported type: banner"),
    "block with a null type": ({"type": None}, "/type", "unsupported type"),
    "unknown field": ({**DIVIDER, "color": "red"}, "", "invalid additional property: color"),
    "unknown field with a slash": ({**SECTION, "text": {"a/b": 1}}, "/text", "missing required field: type"),
    "block_id too long": ({**DIVIDER, "block_id": "b" * 256}, "/block_id", "less than 256 characters"),
    "block_id empty": ({**DIVIDER, "block_id": ""}, "/block_id", "more than 0 characters"),
    "block_id null": ({**DIVIDER, "block_id": None}, "/block_id", "must provide a string"),
    "section without content": ({"type": "section"}, "", "either `text` or `fields`"),
    "section text empty": ({**SECTION, "text": mrkdwn("")}, "/text/text", "more than 0"),
    "section text too long": ({**SECTION, "text": mrkdwn("x" * 3001)}, "/text/text", "less than 3001"),
    "section text null": ({**SECTION, "text": None}, "/text", "must provide an object"),
    "section text a string": ({**SECTION, "text": "Hello"}, "/text", "must provide an object"),
    "text of unknown kind": ({**SECTION, "text": raw("x")}, "/text/type", "unsupported type: raw_text"),
    "emoji in mrkdwn": ({**SECTION, "text": {**mrkdwn("x"), "emoji": True}}, "/text", "property: emoji"),
    "verbatim in plain text": (
        {**SECTION, "text": {**plain("x"), "verbatim": True}},
        "/text",
        "property: verbatim",
    ),
    "emoji not a boolean": ({**SECTION, "text": {**plain("x"), "emoji": 1}}, "/text/emoji", "a boolean"),
    "section fields empty": ({**SECTION, "fields": []}, "/fields", "no fewer than 1"),
    "section with 11 fields": ({**SECTION, "fields": [plain("x")] * 11}, "/fields", "no more than 10"),
    "section field too long": ({**SECTION, "fields": [plain("x" * 2001)]}, "/fields/0/text", "2001"),
    "section fields an object": ({**SECTION, "fields": {}}, "/fields", "must provide an array"),
    "section expand a string": ({**SECTION, "expand": "yes"}, "/expand", "must provide a boolean"),
    "header in mrkdwn": ({"type": "header", "text": mrkdwn("x")}, "/text/type", "unsupported type: mrkdwn"),
    "header too long": ({"type": "header", "text": plain("x" * 151)}, "/text/text", "less than 151"),
    "header without text": ({"type": "header"}, "", "missing required field: text"),
    "header level 5": ({"type": "header", "text": plain("x"), "level": 5}, "/level", "less than 5"),
    "header level 0": ({"type": "header", "text": plain("x"), "level": 0}, "/level", "greater than 0"),
    "header level true": ({"type": "header", "text": plain("x"), "level": True}, "/level", "an integer"),
    "context empty": ({"type": "context", "elements": []}, "/elements", "no fewer than 1"),
    "context with 11": ({"type": "context", "elements": [plain("x")] * 11}, "/elements", "no more than 10"),
    "context with a button": ({"type": "context", "elements": [button()]}, "/elements/0/type", "button"),
    "actions empty": ({"type": "actions", "elements": []}, "/elements", "no fewer than 1"),
    "actions with 26": (
        {"type": "actions", "elements": [button(str(at)) for at in range(26)]},
        "/elements",
        "no more than 25",
    ),
    "action_id twice": (
        {"type": "actions", "elements": [button("a"), button("b"), button("a")]},
        "/elements/2/action_id",
        "unique",
    ),
    "image without alt_text": (
        {"type": "image", "image_url": "https://example.com"},
        "",
        "missing required field: alt_text",
    ),
    "image alt_text too long": ({**IMAGE, "alt_text": "x" * 2001}, "/alt_text", "less than 2001"),
    "image without source": ({"type": "image", "alt_text": "x"}, "", "either `image_url` or `slack_file`"),
    "image with two sources": ({**IMAGE, "slack_file": {"id": "F1"}}, "", "not both"),
    "image url too long": ({**IMAGE, "image_url": "https://e.com/" + "x" * 3000}, "/image_url", "3001"),
    "image of another kind": ({**IMAGE, "image_url": "https://e.com/A.SVG?v=2"}, "/image_url", "png, jpg"),
    "image url of another scheme": ({**IMAGE, "image_url": "ftp://e.com/a.png"}, "/image_url", "http"),
    "image title in mrkdwn": ({**IMAGE, "title": mrkdwn("x")}, "/title/type", "unsupported type: mrkdwn"),
    "image title too long": ({**IMAGE, "title": plain("x" * 2001)}, "/title/text", "less than 2001"),
    "slack_file without id or url": (
        {"type": "image", "alt_text": "x", "slack_file": {}},
        "/slack_file",
        "either `id` or `url`",
    ),
    "markdown empty": ({"type": "markdown", "text": ""}, "/text", "more than 0"),
    "markdown too long": ({"type": "markdown", "text": "x" * 12_001}, "/text", "less than 12001"),
    "markdown text an object": ({"type": "markdown", "text": mrkdwn("x")}, "/text", "must provide a string"),
}


@pytest.mark.parametrize("name", BLOCKS)
def test_a_broken_block_is_refused(name: str) -> None:
    block, pointer, words = BLOCKS[name]
    (problem,) = check_blocks([DIVIDER, block], "message")
    assert (problem.error, problem.pointer) == ("invalid_blocks", f"/blocks/1{pointer}")
    assert words in problem.message


ALERT = {"type": "alert", "text": plain("Late")}
CARD = {"type": "card", "title": plain("MRR")}
CAROUSEL = {"type": "carousel", "elements": [CARD]}
CONTAINER = {"type": "container", "title": plain("Greens"), "child_blocks": [DIVIDER]}
TABLE = {"type": "table", "rows": [[raw("x")]]}
PAGED = {"type": "data_table", "caption": "Week 47", "rows": [[raw("x")], [raw("y")]]}
PIE = {"type": "pie", "segments": [{"label": "Green", "value": 1}]}
CHART = {"type": "data_visualization", "title": "Progress", "chart": PIE}
MARKDOWN = {"type": "markdown", "text": "x" * 6001}
TASK = {"type": "task_card", "task_id": "1", "title": "Reading", "status": "complete"}
PLAN = {"type": "plan", "title": "Thinking", "tasks": [TASK]}
OPINION = {"text": plain("Good"), "value": "up"}
FEEDBACK = {"type": "feedback_buttons", "positive_button": OPINION, "negative_button": OPINION}
FOOTNOTES = {"type": "context_actions", "elements": [FEEDBACK]}

MISPLACED: list[tuple[Json, Surface]] = [
    (ALERT, "message"),
    (ALERT, "home"),
    *[(block, "modal") for block in (MARKDOWN, TABLE, PAGED, CHART, CAROUSEL, CONTAINER, FOOTNOTES, PLAN, TASK)],
    *[(block, "home") for block in (MARKDOWN, CHART, FOOTNOTES, PLAN, TASK)],
]


@pytest.mark.parametrize(
    ("block", "surface"), MISPLACED, ids=[f"{block['type']} in {place}" for block, place in MISPLACED]
)
def test_a_block_on_the_wrong_surface_is_refused(block: Json, surface: Surface) -> None:
    (problem,) = check_blocks([block], surface)
    assert (problem.error, problem.pointer) == ("invalid_blocks", "/blocks/0/type")
    assert f"unsupported type: {block['type']}" in problem.message


def focus(at: int) -> Json:
    element = {"type": "plain_text_input", "focus_on_load": True}
    return {"type": "input", "block_id": f"b{at}", "label": plain("Value"), "element": element}


# Blocks that are in order one by one, but not together.
TOGETHER: dict[str, tuple[list[Json], Surface, str, str]] = {
    "51 blocks": ([DIVIDER] * 51, "message", "", "no more than 50"),
    "101 blocks in a modal": ([DIVIDER] * 101, "modal", "", "no more than 100"),
    "101 blocks on a Home tab": ([DIVIDER] * 101, "home", "", "no more than 100"),
    "block_id twice": ([{**DIVIDER, "block_id": "a"}] * 2, "message", "/1/block_id", "already exists"),
    "block_id again in a container": (
        [
            {**DIVIDER, "block_id": "a"},
            {**CONTAINER, "child_blocks": [DIVIDER, {**SECTION, "block_id": "a"}]},
        ],
        "home",
        "/1/child_blocks/1/block_id",
        "block_id a already exists",
    ),
    "block_id twice in a carousel": (
        [{**CAROUSEL, "elements": [{**CARD, "block_id": "a"}] * 2}],
        "message",
        "/0/elements/1/block_id",
        "block_id a already exists",
    ),
    "two elements with the focus": ([focus(1), focus(2)], "modal", "/1/element/focus_on_load", "only one"),
    "two tables": ([TABLE, TABLE], "message", "/1", "only_one_table_allowed"),
    "three charts": ([CHART] * 3, "message", "/2", "no more than 2"),
    "markdown together": ([MARKDOWN] * 2, "message", "/1", "less than 12001"),
    "data tables together": (
        [{**PAGED, "rows": [[raw("x")], [raw("y" * 10_000)]]}] * 2,
        "message",
        "/1",
        "less than 20001",
    ),
}


@pytest.mark.parametrize("name", TOGETHER)
def test_blocks_that_clash_are_refused(name: str) -> None:
    blocks, surface, pointer, words = TOGETHER[name]
    (problem,) = check_blocks(blocks, surface)
    assert (problem.error, problem.pointer) == ("invalid_blocks", f"/blocks{pointer}")
    assert words in problem.message


def test_every_broken_part_is_named_with_its_place() -> None:
    blocks = [{"type": "header", "text": plain("")}, {"type": "header"}, DIVIDER]
    assert [problem.line for problem in check_blocks(blocks, "message")] == [
        "[ERROR] must be more than 0 characters [json-pointer:/blocks/0/text/text]",
        "[ERROR] missing required field: text [json-pointer:/blocks/1]",
    ]


def test_a_problem_with_the_whole_call_has_no_pointer() -> None:
    assert Problem("no_text", "say something", "").line == "[ERROR] say something"


def test_keys_are_escaped_in_pointers() -> None:
    (problem,) = check_message({"attachments": [{"blocks": [{**SECTION, "text": plain("")}]}]})
    assert problem.pointer == "/attachments/0/blocks/0/text/text"


def markdown(length: int) -> Json:
    return {"type": "markdown", "text": "m" * length}


ATTACHED: dict[str, tuple[Json, Json, str]] = {
    "markdown": (markdown(7000), markdown(7000), "must be less than 12001 characters"),
    "tables": (TABLE, TABLE, "only_one_table_allowed"),
    "long paged tables": (
        {**PAGED, "rows": [[{"type": "raw_text", "text": "x" * 6000}]] * 2},
        {**PAGED, "rows": [[{"type": "raw_text", "text": "x" * 6000}]] * 2},
        "must be less than 20001 characters",
    ),
    "block ids": ({**DIVIDER, "block_id": "b"}, {**DIVIDER, "block_id": "b"}, "block_id b already exists"),
}


@pytest.mark.parametrize("name", ATTACHED)
def test_attachments_count_with_the_message_they_hang_on(name: str) -> None:
    first, second, words = ATTACHED[name]
    (problem,) = check_message({"text": "x", "blocks": [first], "attachments": [{}, {"blocks": [second]}]})
    assert (problem.error, words in problem.message) == ("invalid_blocks", True)
    assert problem.pointer.startswith("/attachments/1/blocks/0")
    (problem,) = check_message({"text": "x", "attachments": [{"blocks": [first]}, {"blocks": [second]}]})
    assert problem.pointer.startswith("/attachments/1/blocks/0")
    assert check_message({"text": "x", "blocks": [first], "attachments": [{"blocks": [DIVIDER]}]}) == []


def test_a_third_chart_is_refused_wherever_it_hangs() -> None:
    assert check_message({"blocks": [CHART], "attachments": [{"blocks": [CHART]}]}) == []
    (problem,) = check_message({"blocks": [CHART, CHART], "attachments": [{"blocks": [CHART]}]})
    assert (problem.pointer, "no more than 2" in problem.message) == ("/attachments/0/blocks/0", True)


LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
ANY_JSON = st.recursive(
    LEAVES | st.sampled_from(["section", "input", "modal", "home", "table", "plan", "mrkdwn"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["type", "text", "elements", "rows", "blocks", "title"]), inner)
    ),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(ANY_JSON, st.sampled_from([SECTION, IMAGE, CONTAINER, PAGED, CHART, PLAN, focus(1)]), st.data())
def test_no_payload_breaks_the_validator(junk: Any, block: Json, data: st.DataObject) -> None:
    key = data.draw(st.sampled_from(sorted(block)))
    for blocks in (junk, [junk], [{**block, key: junk}]):
        check_message({"text": "x", "blocks": blocks})
        for surface in ("modal", "home"):
            check_blocks(blocks, surface)
            check_view({"type": surface, "title": plain("x"), "blocks": blocks}, surface)
