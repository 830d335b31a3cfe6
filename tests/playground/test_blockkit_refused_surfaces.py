"""Refused: whole views and whole messages that break Slack's rules."""

from __future__ import annotations

from typing import Any

import pytest

from playground.blockkit import check_message, check_view
from playground.blockkit.rules import Surface

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


SECTION = {"type": "section", "text": plain("Hello")}
INPUT = {"type": "input", "label": plain("Value"), "element": {"type": "plain_text_input"}}
MODAL: Json = {"type": "modal", "title": plain("Check in"), "blocks": [SECTION]}
HOME: Json = {"type": "home", "blocks": [SECTION]}
HEAVY = [{"type": "image", "image_url": "https://e.com/" + "x" * 2900, "alt_text": "x"}] * 100

VIEWS: dict[str, tuple[object, Surface, str, str, str]] = {
    "no object": ("modal", "modal", "invalid_arguments", "", "must provide an object"),
    "no type": (
        {"title": plain("x"), "blocks": [SECTION]},
        "modal",
        "invalid_arguments",
        "",
        "missing required field: type",
    ),
    "a home as a modal": (
        {**MODAL, "type": "home"},
        "modal",
        "invalid_arguments",
        "/type",
        "must be a valid enum value",
    ),
    "a modal as a home": (
        {**HOME, "type": "modal"},
        "home",
        "invalid_arguments",
        "/type",
        "must be a valid enum value",
    ),
    "no title": (
        {"type": "modal", "blocks": [SECTION]},
        "modal",
        "invalid_arguments",
        "",
        "missing required field: title",
    ),
    "title too long": (
        {**MODAL, "title": plain("x" * 25)},
        "modal",
        "invalid_arguments",
        "/title/text",
        "must be less than 25 characters",
    ),
    "title in mrkdwn": (
        {**MODAL, "title": {"type": "mrkdwn", "text": "x"}},
        "modal",
        "invalid_arguments",
        "/title/type",
        "unsupported type: mrkdwn",
    ),
    "submit too long": (
        {**MODAL, "submit": plain("x" * 25)},
        "modal",
        "invalid_arguments",
        "/submit/text",
        "less than 25",
    ),
    "close empty": ({**MODAL, "close": plain("")}, "modal", "invalid_arguments", "/close/text", "more than 0"),
    "close null": ({**MODAL, "close": None}, "modal", "invalid_arguments", "/close", "must provide an object"),
    "no submit for inputs": (
        {**MODAL, "blocks": [SECTION, INPUT]},
        "modal",
        "invalid_arguments",
        "",
        "missing required field: submit",
    ),
    "no blocks": ({**MODAL, "blocks": []}, "modal", "invalid_arguments", "/blocks", "no fewer than 1"),
    "101 blocks": ({**HOME, "blocks": [SECTION] * 101}, "home", "invalid_arguments", "/blocks", "more than 100"),
    "a broken block": (
        {**MODAL, "blocks": [SECTION, {"type": "header"}]},
        "modal",
        "invalid_arguments",
        "/blocks/1",
        "missing required field: text",
    ),
    "block_id twice": (
        {**HOME, "blocks": [{**SECTION, "block_id": "a"}] * 2},
        "home",
        "invalid_arguments",
        "/blocks/1/block_id",
        "already exists",
    ),
    "private_metadata too long": (
        {**MODAL, "private_metadata": "x" * 3001},
        "modal",
        "invalid_arguments",
        "/private_metadata",
        "less than 3001",
    ),
    "private_metadata an object": (
        {**MODAL, "private_metadata": {"kr": 12}},
        "modal",
        "invalid_arguments",
        "/private_metadata",
        "must provide a string",
    ),
    "callback_id too long": (
        {**MODAL, "callback_id": "x" * 256},
        "modal",
        "invalid_arguments",
        "/callback_id",
        "less than 256",
    ),
    "external_id too long": (
        {**HOME, "external_id": "x" * 256},
        "home",
        "invalid_arguments",
        "/external_id",
        "less than 256",
    ),
    "notify_on_close a string": (
        {**MODAL, "notify_on_close": "true"},
        "modal",
        "invalid_arguments",
        "/notify_on_close",
        "must provide a boolean",
    ),
    "fields Slack added": (
        {**MODAL, "hash": "156772938.1827394"},
        "modal",
        "invalid_arguments",
        "",
        "invalid additional property: hash",
    ),
    "a home with a title": (
        {**HOME, "title": plain("Home")},
        "home",
        "invalid_arguments",
        "",
        "invalid additional property: title",
    ),
    "over 250 kB": ({**HOME, "blocks": HEAVY}, "home", "view_too_large", "", "less than 250001 bytes"),
}


@pytest.mark.parametrize("name", VIEWS)
def test_a_broken_view_is_refused(name: str) -> None:
    view, surface, error, pointer, words = VIEWS[name]
    (problem,) = check_view(view, surface)
    assert (problem.error, problem.pointer) == (error, f"/view{pointer}")
    assert words in problem.message


LONG = {"type": "section", "text": plain("x" * 3000)}
EVENT = {"event_type": "digest", "event_payload": {"id": "7"}}

CALLS: dict[str, tuple[Json, str, str, str]] = {
    "nothing to say": ({"channel": "C1"}, "no_text", "", "must provide text"),
    "empty text and blocks": ({"text": "", "blocks": []}, "no_text", "", "must provide text"),
    "text a number": ({"text": 5}, "invalid_arguments", "/text", "must provide a string"),
    "blocks an object": ({"blocks": SECTION}, "invalid_blocks_format", "/blocks", "must provide an array"),
    "blocks null": ({"text": "x", "blocks": None}, "invalid_blocks_format", "/blocks", "an array"),
    "51 blocks": ({"blocks": [SECTION] * 51}, "invalid_blocks", "/blocks", "no more than 50"),
    "blocks too long together": ({"blocks": [LONG] * 5}, "msg_blocks_too_long", "/blocks", "13201"),
    "markdown_text with text": (
        {"text": "x", "markdown_text": "x"},
        "markdown_text_conflict",
        "/markdown_text",
        "must not be used",
    ),
    "markdown_text with blocks": (
        {"blocks": [SECTION], "markdown_text": "x"},
        "markdown_text_conflict",
        "/markdown_text",
        "must not be used",
    ),
    "markdown_text too long": (
        {"markdown_text": "x" * 12_001},
        "msg_too_long",
        "/markdown_text",
        "less than 12001",
    ),
    "101 attachments": (
        {"text": "x", "attachments": [{"text": "x"}] * 101},
        "too_many_attachments",
        "/attachments",
        "no more than 100",
    ),
    "attachments an object": (
        {"text": "x", "attachments": {"a": 1}},
        "invalid_attachments",
        "/attachments",
        "must provide an array",
    ),
    "attachment a string": (
        {"text": "x", "attachments": ["x"]},
        "invalid_attachments",
        "/attachments/0",
        "must provide an object",
    ),
    "attachment with a broken block": (
        {"text": "x", "attachments": [{}, {"blocks": [{"type": "alert", "text": plain("x")}]}]},
        "invalid_blocks",
        "/attachments/1/blocks/0/type",
        "not allowed in a message",
    ),
    "metadata a string": (
        {"text": "x", "metadata": "x"},
        "invalid_metadata_format",
        "/metadata",
        "must provide an object",
    ),
    "metadata without payload": (
        {"text": "x", "metadata": {"event_type": "digest"}},
        "invalid_metadata_schema",
        "/metadata",
        "missing required field: event_payload",
    ),
    "metadata of its own": (
        {"text": "x", "metadata": {"id": "7"}},
        "invalid_metadata_schema",
        "/metadata",
        "invalid additional property: id",
    ),
    "metadata too large": (
        {"text": "x", "metadata": {**EVENT, "event_payload": {"id": "x" * 8000}}},
        "metadata_too_large",
        "/metadata",
        "less than 8001 bytes",
    ),
}


@pytest.mark.parametrize("name", CALLS)
def test_a_broken_message_is_refused(name: str) -> None:
    call, error, pointer, words = CALLS[name]
    (problem,) = check_message(call)
    assert (problem.error, problem.pointer) == (error, pointer)
    assert words in problem.message


def test_a_long_text_is_refused_in_an_edit_only() -> None:
    call = {"text": "x" * 4001}
    assert check_message(call) == []
    assert [problem.error for problem in check_message(call, editing=True)] == ["msg_too_long"]


def test_an_edit_must_change_something() -> None:
    assert [problem.error for problem in check_message({"channel": "C1"}, editing=True)] == ["no_text"]
