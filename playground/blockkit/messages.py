"""The arguments of chat.postMessage and its siblings that make up the message itself."""

from __future__ import annotations

from collections.abc import Mapping

from playground.blockkit.payload import Path, whole_message
from playground.blockkit.problems import Problem
from playground.blockkit.rules import Rule, any_object, anything, shape, string
from playground.blockkit.surfaces import message_blocks, named
from playground.blockkit.visible import json_bytes

EDITED_TEXT = 4_000
MARKDOWN_TEXT = 12_000
ATTACHMENTS = 100
# Slack publishes no number for metadata_too_large.
METADATA_BYTES = 8_000

_CONTENT = ("text", "blocks", "attachments", "markdown_text")
_A_STRING = string(shortest=0)


def check_message(payload: Mapping[str, object], *, editing: bool = False) -> list[Problem]:
    """What Slack would refuse in a message whose JSON arguments are decoded.

    `editing` is for chat.update, which refuses the long `text` that posting only cuts off (at
    40,000 characters), and which may change the metadata alone.
    """
    problems = [
        *_something_to_say(payload, editing=editing),
        *_text(payload, editing=editing),
        *_markdown_text(payload),
        *(message_blocks(payload["blocks"], "/blocks") if "blocks" in payload else ()),
        *_attachments(payload),
        *_metadata(payload),
    ]
    return problems or _all_blocks(payload)


def _something_to_say(payload: Mapping[str, object], *, editing: bool) -> list[Problem]:
    if any(payload.get(key) for key in _CONTENT):
        return []
    if editing and ("blocks" in payload or "attachments" in payload or "metadata" in payload):
        return []
    return [Problem("no_text", "must provide text, blocks, attachments or markdown_text", "")]


def _text(payload: Mapping[str, object], *, editing: bool) -> list[Problem]:
    if "text" not in payload:
        return []
    text = payload["text"]
    if editing and isinstance(text, str) and len(text) > EDITED_TEXT:
        return [Problem("msg_too_long", f"must be less than {EDITED_TEXT + 1} characters", "/text")]
    return named("invalid_arguments", "/text", _A_STRING(text, "message"))


def _markdown_text(payload: Mapping[str, object]) -> list[Problem]:
    if "markdown_text" not in payload:
        return []
    at, text = "/markdown_text", payload["markdown_text"]
    if "text" in payload or "blocks" in payload:
        return [Problem("markdown_text_conflict", "must not be used with text or blocks", at)]
    if isinstance(text, str) and len(text) > MARKDOWN_TEXT:
        return [Problem("msg_too_long", f"must be less than {MARKDOWN_TEXT + 1} characters", at)]
    return named("invalid_arguments", at, _A_STRING(text, "message"))


def _attachments(payload: Mapping[str, object]) -> list[Problem]:
    """Only the blocks of attachments are looked into; their older fields are let through."""
    if "attachments" not in payload:
        return []
    at, attachments = "/attachments", payload["attachments"]
    if not isinstance(attachments, list):
        return [Problem("invalid_attachments", "must provide an array", at)]
    if len(attachments) > ATTACHMENTS:
        return [Problem("too_many_attachments", f"no more than {ATTACHMENTS} items allowed", at)]
    problems = []
    for index, attachment in enumerate(attachments):
        here = f"{at}/{index}"
        if not isinstance(attachment, dict):
            problems.append(Problem("invalid_attachments", "must provide an object", here))
        elif "blocks" in attachment:
            problems += message_blocks(attachment["blocks"], f"{here}/blocks")
    return problems


def _all_blocks(payload: Mapping[str, object]) -> list[Problem]:
    """What holds over the whole message: its own blocks and those of its attachments, each in order by itself."""
    lists: dict[Path, object] = {("blocks",): payload["blocks"]} if "blocks" in payload else {}
    attachments = payload.get("attachments", [])
    assert isinstance(attachments, list)  # noqa: S101 - found in order before
    for index, attachment in enumerate(attachments):
        if "blocks" in attachment:
            lists["attachments", index, "blocks"] = attachment["blocks"]
    return named("invalid_blocks", "", whole_message(lists)) if len(lists) > 1 else []


def _metadata(payload: Mapping[str, object]) -> list[Problem]:
    if "metadata" not in payload:
        return []
    at, metadata = "/metadata", payload["metadata"]
    if not isinstance(metadata, dict):
        return [Problem("invalid_metadata_format", "must provide an object", at)]
    if json_bytes(metadata) > METADATA_BYTES:
        return [Problem("metadata_too_large", f"must be less than {METADATA_BYTES + 1} bytes", at)]
    # An empty object takes the metadata away; entities may come with or without an event.
    rule = _EVENT if "event_type" in metadata or "event_payload" in metadata else _ENTITIES
    return named("invalid_metadata_schema", at, rule(metadata, "message"))


_LATER: Mapping[str, Rule] = {"entities": anything}
_ENTITIES = shape({}, _LATER)
_EVENT = shape({"event_type": string(), "event_payload": any_object}, _LATER)
