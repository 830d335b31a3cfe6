"""Short names for decoded JSON, whose shape only Slack's documentation knows."""

from typing import Any

Json = dict[str, Any]


def text_of(text_object: object) -> str:
    """The text of a Slack text object, or nothing where there is none."""
    if isinstance(text_object, dict):
        return str(text_object.get("text", ""))
    return ""
