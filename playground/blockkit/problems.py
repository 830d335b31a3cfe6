"""What a refusal looks like, in Slack's own words and places."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing Slack would refuse.

    `error` is the name the Web API answers with, `pointer` the JSON pointer (RFC 6901) of the
    value at fault inside the call's arguments, empty when the whole call is at fault.
    """

    error: str
    message: str
    pointer: str

    @property
    def line(self) -> str:
        """The entry of `response_metadata.messages`."""
        where = f" [json-pointer:{self.pointer}]" if self.pointer else ""
        return f"[ERROR] {self.message}{where}"
