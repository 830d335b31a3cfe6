"""A message or a modal as plain text: every word a person can see or hear, and what stands behind each button.

What is left out of Block Kit says nothing to anybody (limits, verbatim); `playground/blockkit` checks it.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from blocks.message import Message

Json = Mapping[str, Any]
Drawn = Message | Sequence[Message] | Json | Sequence[Json] | str
INDENT = "    "


def draw(drawn: Drawn) -> str:
    """A message with what a screen reader reads of it, those of a thread, a view, some blocks, or words as they are."""
    match drawn:
        case str():
            return drawn
        case Message():
            shown = "\n".join(_blocks(drawn.blocks))
            return f"{shown}\n\nRead aloud:" + (" the same" if drawn.text == shown else f"\n{_indented(drawn.text)}")
        case Mapping():
            return "\n".join(_view(drawn))
        case _ if drawn and isinstance(drawn[0], Mapping):
            return "\n".join(_blocks(drawn))
        case _:
            return "\n\n- - - the next message of the thread - - -\n\n".join(map(draw, drawn))


def end_of(message: Message) -> Message:
    """The last of a message that is longer than anybody would review."""
    return Message("\n".join(["…", *message.text.split("\n")[-2:]]), message.blocks[-4:])


def _view(view: Json) -> Iterator[str]:
    if view["type"] == "modal":
        yield f"Modal {view['callback_id']}: {_text(view['title'])}"
        yield ""
    yield from _blocks(view["blocks"])
    if view["type"] == "modal":
        yield ""
        yield " ".join(f"[{_text(view[name])}]" for name in ("close", "submit") if name in view)


def _blocks(blocks: Sequence[Json]) -> Iterator[str]:
    for block in blocks:
        yield from _block(block)


def _block(block: Json) -> Iterator[str]:
    match block["type"]:
        case "header":
            yield f"# {_text(block['text'])}"
        case "section":
            yield from _text(block["text"]).split("\n")
            if "accessory" in block:
                yield from _element(block["accessory"])
        case "context":
            for one in block["elements"]:
                first, *rest = _text(one).split("\n")
                yield from (f". {first}", *(f"  {line}" for line in rest))
        case "actions":
            yield from (line.removeprefix(INDENT) for one in block["elements"] for line in _element(one))
        case "divider":
            yield "---"
        case "input":
            yield f"{_text(block['label'])} ({', '.join(_about(block))})"
            yield from _element(block["element"])
            if "hint" in block:
                yield _indented(f"hint: {_text(block['hint'])}")
        case unknown:
            raise NotImplementedError(f"no snapshot shows a {unknown}: draw it here")


def _about(block: Json) -> Iterator[str]:
    """A field's name, what listens to it, and whether it may stay empty."""
    yield block["block_id"]
    if block.get("dispatch_action"):
        yield block["element"]["action_id"]
    if block.get("optional"):
        yield "optional"


def _element(element: Json) -> Iterator[str]:
    match element["type"]:
        case "button":
            style = f", {element['style']}" if "style" in element else ""
            aloud = f", aloud “{element['accessibility_label']}”" if "accessibility_label" in element else ""
            yield _indented(f"[{_text(element['text'])}] {element['action_id']} {element['value']}{style}{aloud}")
        case "plain_text_input":
            typed = element.get("initial_value", "")
            yield _indented("\n".join(f"| {line}" for line in typed.split("\n")))
            if "placeholder" in element:
                yield _indented(f"for example: {_text(element['placeholder'])}")
        case "radio_buttons" | "checkboxes":
            yield from _options(element, element["options"])
        case "static_select":
            if "placeholder" in element:
                yield _indented(_text(element["placeholder"]))
            yield from _options(element, element.get("options", ()))
            for group in element.get("option_groups", ()):
                yield _indented(f"{_text(group['label'])}:")
                yield from _options(element, group["options"])
        case "users_select" | "multi_users_select" | "conversations_select" | "datepicker":
            chosen = [element[name] for name in element if name.startswith("initial_")]
            yield _indented(f"{element['type']}: {chosen[0] if chosen else 'nothing chosen'}")
        case unknown:
            raise NotImplementedError(f"no snapshot shows a {unknown}: draw it here")


def _options(element: Json, options: Sequence[Json]) -> Iterator[str]:
    for one in options:
        mark = "(*)" if one == element.get("initial_option") else "( )"
        means = f" – {_text(one['description'])}" if "description" in one else ""
        yield _indented(f"{mark} {_text(one['text'])}{means}")


def _indented(text: str) -> str:
    return "\n".join(f"{INDENT}{line}" for line in text.split("\n"))


def _text(text: Json) -> str:
    return str(text["text"])
