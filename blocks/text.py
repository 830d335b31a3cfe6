"""Text that is safe to send: everything a person wrote is escaped here, once, by one type."""

import re
from decimal import Decimal
from typing import Any

from blocks.message import Blocks

SECTION, PLAIN_HEADER, BUTTON, LABEL = 3000, 150, 75, 75
UNSEEN = re.compile("[\u0000-\u0008\u000b-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Control characters and the marks that turn the direction of all text after them."""
BREAKS = re.compile("[ \t\n\x85\u2028\u2029]+")


class Mrkdwn(str):
    """Slack's markup in which every piece a person wrote has been escaped."""

    __slots__ = ()

    def format(self, *args: object, **fields: object) -> "Mrkdwn":
        """Fill the braces; what is not Mrkdwn itself is escaped on the way in."""
        return Mrkdwn(str.format(self, *map(escape, args), **{name: escape(value) for name, value in fields.items()}))

    def join(self, parts: Any) -> "Mrkdwn":
        return Mrkdwn(str.join(self, [escape(part) for part in parts]))

    def __add__(self, other: str) -> "Mrkdwn":
        return Mrkdwn(str.__add__(self, escape(other)))


def escape(value: object) -> Mrkdwn:
    """One line of what a person wrote, with no power: &, < and > become entities (Slack asks for no more)."""
    if isinstance(value, Mrkdwn):
        return value
    text = one_line(str(value))
    return Mrkdwn(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def mention(slack_id: str) -> Mrkdwn:
    """A person by the name the reader knows them by. It rings in a message others read: for private answers only."""
    return Mrkdwn(f"<@{slack_id}>")


def channel_mention(channel: str) -> Mrkdwn:
    """A channel by its name, to click on."""
    return Mrkdwn(f"<#{channel}>")


def bold(value: object) -> Mrkdwn:
    """Bold; an asterisk inside would end it early, so it becomes its look-alike."""
    return Mrkdwn("*" + escape(str(value).replace("*", "∗")) + "*")


def struck(value: object) -> Mrkdwn:
    """Struck through; a tilde inside would end it early, so it becomes its look-alike."""
    return Mrkdwn("~" + escape(str(value).replace("~", "∼")) + "~")


def unmarked(text: Mrkdwn) -> Mrkdwn:
    """The same without bold, for texts that are read aloud."""
    return Mrkdwn(text.replace("*", ""))


def one_line(text: str) -> str:
    """Without line breaks and unseen marks; a no-break space stays, for it keeps a number and its unit together."""
    if text.isprintable() and "  " not in text:
        return text.strip()  # next to everything people write: nothing in it is a break or unseen
    return BREAKS.sub(" ", UNSEEN.sub("", text)).strip()


def clip(text: str, most: int) -> str:
    """At most `most` characters, with an ellipsis where something was cut."""
    text = one_line(text)
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def clip_markup(text: Mrkdwn, most: int) -> Mrkdwn:
    """Like clip, for markup: never cuts inside an entity or a mention, and keeps its lines."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    cut = cut[: cut.rfind("&")] if "&" in cut[-6:] and ";" not in cut[cut.rfind("&") :] else cut
    cut = cut[: cut.rfind("<")] if cut.rfind("<") > cut.rfind(">") else cut
    return Mrkdwn(cut.rstrip() + "…")


def mrkdwn(text: Mrkdwn, most: int = SECTION) -> dict[str, Any]:
    """A text object; verbatim, so that Slack links no @name, #name or address a person happened to write."""
    return {"type": "mrkdwn", "text": clip_markup(text, most), "verbatim": True}


def plain(text: str, most: int) -> dict[str, Any]:
    return {"type": "plain_text", "text": clip(text, most) or "–", "emoji": True}


def header(text: str) -> dict[str, Any]:
    return {"type": "header", "text": plain(text, PLAIN_HEADER)}


def section(text: Mrkdwn, *, accessory: dict[str, Any] | None = None, block_id: str = "") -> dict[str, Any]:
    block: dict[str, Any] = {"type": "section", "text": mrkdwn(text)}
    if accessory:
        block["accessory"] = accessory
    if block_id:
        block["block_id"] = block_id
    return block


def context(*texts: Mrkdwn) -> dict[str, Any]:
    return {"type": "context", "elements": [mrkdwn(text, 2000) for text in texts]}


def divider() -> dict[str, Any]:
    return {"type": "divider"}


def actions(*elements: dict[str, Any], block_id: str = "") -> dict[str, Any]:
    block: dict[str, Any] = {"type": "actions", "elements": list(elements)}
    if block_id:
        block["block_id"] = block_id
    return block


def button(label: str, action_id: str, value: str, *, about: str = "", style: str = "") -> dict[str, Any]:
    """`about` says for a screen reader what a label that repeats belongs to."""
    made: dict[str, Any] = {
        "type": "button",
        "text": plain(label, BUTTON),
        "action_id": action_id,
        "value": value,
    }
    if about:
        made["accessibility_label"] = clip(f"{label}: {about}", BUTTON)
    if style:
        made["style"] = style
    return made


def bar(progress: Decimal, cells: int = 10) -> str:
    """A bar of text, full at 1; less than nothing is empty and more than all is full."""
    full = int(min(Decimal(1), max(Decimal(0), progress)) * cells + Decimal("0.5"))
    return "▰" * full + "▱" * (cells - full)


def length(blocks: Blocks) -> int:
    """How many characters of text the blocks show, as far as it can be counted from outside."""
    total = 0
    for block in blocks:
        texts = [block.get("text"), *block.get("elements", []), (block.get("accessory") or {}).get("text")]
        for text in texts:
            inner = text.get("text") if isinstance(text, dict) else None
            total += len(inner["text"] if isinstance(inner, dict) else inner or "")
    return total
