"""Blocks as plain text: what a person reads on the screen, line by line."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from playground.elements import SEVERAL_CHOICES, SINGLE_CHOICES, Element
from playground.jsons import Json, text_of
from playground.values import Values

Names = Callable[[str], str]  # the name people read for an id

MARKS = re.compile(r"(?<![\w*_~`])([*_~`])(?=\S)([^\n]*?\S)\1(?![\w*_~`])")
REFERENCE = re.compile(r"<([^<>]+)>")


def transcript(blocks: list[Json], names: Names, values: Values | None = None) -> str:
    """All visible text of blocks, in order; with `values`, what stands in the inputs too."""
    return "\n".join(line for block in blocks for line in _lines(block, names, values) if line)


def plain(mrkdwn: str, names: Names) -> str:
    """Slack's markup as people see it: references resolved, marks gone, entities back."""
    text = REFERENCE.sub(lambda match: _reference(match[1], names), mrkdwn)
    for _ in range(2):  # *_both_* has two layers
        text = MARKS.sub(r"\2", text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def text_shown(text_object: object, names: Names) -> str:
    """A text object as people see it: only mrkdwn has markup."""
    text = text_of(text_object)
    if isinstance(text_object, dict) and text_object.get("type") == "mrkdwn":
        return plain(text, names)
    return text


def _lines(block: Json, names: Names, values: Values | None) -> Iterator[str]:
    kind = block.get("type")
    if kind == "section":
        yield text_shown(block.get("text"), names)
        yield from (text_shown(one, names) for one in block.get("fields") or [])
        yield _element(block, block.get("accessory"), names, values)
    elif kind in ("header", "alert"):
        yield text_shown(block.get("text"), names)
    elif kind == "context":
        yield "  ".join(_element(block, one, names, values) for one in block.get("elements") or [])
    elif kind in ("actions", "context_actions"):
        yield " ".join(_element(block, one, names, values) for one in block.get("elements") or [])
    elif kind == "input":
        yield from _input(block, names, values)
    elif kind == "divider":
        yield "---"
    elif kind == "image":
        yield f"(image: {block.get('alt_text', '')})"
    elif kind == "markdown":
        yield str(block.get("text", ""))
    elif kind == "rich_text":
        yield rich(block, names)
    elif kind in ("table", "data_table"):
        yield str(block.get("caption", ""))
        yield from (" | ".join(_cell(cell, names) for cell in row) for row in block.get("rows") or [])
    elif kind == "data_visualization":
        yield from _chart(block)
    elif kind == "container":
        yield text_shown(block.get("title"), names) or rich(block.get("rich_text_title") or {}, names)
        yield text_shown(block.get("subtitle"), names)
        for child in block.get("child_blocks") or []:
            yield from _lines(child, names, values)
    elif kind == "carousel":
        for card in block.get("elements") or []:
            yield from _lines(card, names, values)
    else:
        yield from _card(block, names, values)


def _input(block: Json, names: Names, values: Values | None) -> Iterator[str]:
    optional = " (optional)" if block.get("optional") else ""
    shown = _element(block, block.get("element"), names, values)
    yield f"{text_shown(block.get('label'), names)}{optional}: {shown}"
    yield text_shown(block.get("hint"), names)


def _card(block: Json, names: Names, values: Values | None) -> Iterator[str]:
    """Cards, and the blocks of agents: whatever texts they have, by their usual names."""
    for key in ("title", "subtitle", "body", "subtext", "details", "output"):
        part = block.get(key)
        yield part if isinstance(part, str) else text_shown(part, names)
    yield " ".join(_element(block, one, names, values) for one in block.get("actions") or [])


def _element(block: Json, json: Any, names: Names, values: Values | None) -> str:
    if not isinstance(json, dict):
        return ""
    kind = json.get("type")
    if kind in ("mrkdwn", "plain_text"):
        return text_shown(json, names)
    if kind == "image":
        return f"(image: {json.get('alt_text', '')})"
    if kind in ("button", "workflow_button"):
        return f"[{text_of(json.get('text'))}]"
    if kind == "overflow":
        return "[…]"
    if kind == "icon_button":
        return f"[{text_of(json.get('text'))}]"
    if kind == "feedback_buttons":
        return " ".join(f"[{text_of(json[key]['text'])}]" for key in ("positive_button", "negative_button"))
    return _value(Element(block, json), names, values or Values.of([block]))


def _value(element: Element, names: Names, values: Values) -> str:
    chosen = values.plain(element)
    listed = [chosen] if isinstance(chosen, str) else list(chosen or [])
    if element.type in ("radio_buttons", "checkboxes"):
        marks = ("(•)", "( )") if element.type == "radio_buttons" else ("[x]", "[ ]")
        return "  ".join(
            f"{marks[0] if option.get('value') in listed else marks[1]} {text_shown(option['text'], names)}"
            for option in element.options
        )
    if element.type in SINGLE_CHOICES or element.type in SEVERAL_CHOICES:
        texts = {option.get("value"): text_of(option["text"]) for option in values.options(element)}
        entry = values.entry(element) or {}
        listed = [texts.get(one) or _kept_text(entry, one) for one in listed]
    elif "user" in element.type or "conversation" in element.type or "channel" in element.type:
        listed = [names(one) for one in listed]
    return f"[{', '.join(listed) or text_of(element.json.get('placeholder'))}]"


def _kept_text(entry: Json, value: str) -> str:
    options = entry.get("selected_options") or [entry.get("selected_option") or {}]
    return next((text_of(option["text"]) for option in options if option.get("value") == value), value)


def rich(block: Json, names: Names) -> str:
    """A rich_text block as lines of plain text."""
    lines = []
    for part in block.get("elements") or []:
        if part.get("type") == "rich_text_list":
            numbered = part.get("style") == "ordered"
            items = [_run(item.get("elements") or [], names) for item in part.get("elements") or []]
            lines += [f"{f'{n}.' if numbered else '•'} {item}" for n, item in enumerate(items, start=1)]
        else:
            lines.append(_run(part.get("elements") or [], names))
    return "\n".join(lines)


def _run(elements: list[Json], names: Names) -> str:
    return "".join(_inline(element, names) for element in elements)


def _inline(element: Json, names: Names) -> str:
    kind = element.get("type")
    if kind == "user":
        return f"@{names(element['user_id'])}"
    if kind == "channel":
        return f"#{names(element['channel_id'])}"
    if kind == "emoji":
        return f":{element.get('name', '')}:"
    if kind == "link":
        return str(element.get("text") or element.get("url", ""))
    if kind == "broadcast":
        return f"@{element.get('range', '')}"
    if kind == "date":
        return str(element.get("fallback") or element.get("timestamp", ""))
    return str(element.get("text", ""))


def _cell(cell: Json | None, names: Names) -> str:
    if not cell:
        return ""
    if cell.get("type") == "rich_text":
        return rich(cell, names)
    return str(cell.get("text") or cell.get("value", ""))


def _chart(block: Json) -> Iterator[str]:
    yield str(block.get("title", ""))
    chart = block.get("chart") or {}
    for segment in chart.get("segments") or []:
        yield f"{segment['label']}: {segment['value']}"
    for series in chart.get("series") or []:
        points = ", ".join(f"{point['label']} {point['value']}" for point in series["data"])
        yield f"{series['name']}: {points}"


def _reference(inside: str, names: Names) -> str:
    target, _, label = inside.partition("|")
    if target.startswith("!date^"):
        return label
    if target.startswith("!"):
        return label or f"@{target[1:].split('^')[0]}"
    if target[0] in "@#":
        return f"{target[0]}{label or names(target[1:])}"
    return label or target
