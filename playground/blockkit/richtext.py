"""The `rich_text` block: a tree of sections, lists, quotes and preformatted text."""

from __future__ import annotations

from collections.abc import Mapping

from playground.blockkit.formats import COLOR, URL
from playground.blockkit.objects import block
from playground.blockkit.rules import (
    Rule,
    boolean,
    by_type,
    integer,
    list_of,
    one_of,
    shape,
    string,
    typed,
)

_TAG_COLORS = ("gray", "brown", "purple", "indigo", "blue", "green", "yellow", "orange", "red")
_STYLES = ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink")
_STYLE: Mapping[str, Rule] = {"style": shape({}, dict.fromkeys(_STYLES, boolean))}
_BORDER: Mapping[str, Rule] = {"border": integer(0, 1)}

_TEXT = typed({"text": string()}, _STYLE)
_LINK = typed({"url": URL}, {"text": string(), "unsafe": boolean, **_STYLE})

_INLINE = by_type(
    {
        "text": _TEXT,
        "link": _LINK,
        "emoji": typed({"name": string()}, {"skin_tone": integer(1, 6), "unicode": string(), **_STYLE}),
        "tag": typed({"text": string()}, {"color": one_of(*_TAG_COLORS), **_STYLE}),
        "date": typed({"timestamp": integer(0), "format": string()}, {"url": URL, "fallback": string(), **_STYLE}),
        "user": typed({"user_id": string()}, _STYLE),
        "usergroup": typed({"usergroup_id": string()}, _STYLE),
        "channel": typed({"channel_id": string()}, _STYLE),
        "team": typed({"team_id": string()}, _STYLE),
        "broadcast": typed({"range": one_of("here", "channel", "everyone")}, _STYLE),
        "color": typed({"value": COLOR}, _STYLE),
    }
)

_SECTION = typed({"elements": list_of(_INLINE)}, {})

_PARTS = by_type(
    {
        "rich_text_section": _SECTION,
        "rich_text_list": typed(
            {
                "style": one_of("bullet", "ordered"),
                "elements": list_of(by_type({"rich_text_section": _SECTION})),
            },
            {"indent": integer(0, 8), "offset": integer(0), **_BORDER},
        ),
        "rich_text_quote": typed({"elements": list_of(_INLINE)}, _BORDER),
        "rich_text_preformatted": typed({"elements": list_of(by_type({"text": _TEXT, "link": _LINK}))}, _BORDER),
    }
)

RICH_TEXT = block({"elements": list_of(_PARTS)}, {})
