"""What is counted, as the rituals see it. `bot/metrics.py` keeps the counts; elsewhere nothing is counted."""

from typing import Protocol

from okr.deliveries import Kind


class Counting(Protocol):
    """`what` and `reason` are the ledger's short words, or Slack's for an error: never a name, an id or a text."""

    def delivered(self, kind: Kind, what: str, reason: str = "") -> None:
        """One attempt at a delivery has ended."""

    def duplicates(self, kind: Kind, count: int) -> None:
        """Messages were found in Slack once too often."""

    def broke(self, act: str) -> None:
        """An act of a person ended in what nobody foresaw."""


class NotCounting:
    """For tests and small commands."""

    def delivered(self, kind: Kind, what: str, reason: str = "") -> None:
        pass

    def duplicates(self, kind: Kind, count: int) -> None:
        pass

    def broke(self, act: str) -> None:
        pass
