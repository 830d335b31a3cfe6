"""Identifiers in the shape Slack gives them: predictable, so that transcripts can be compared."""

from collections import Counter
from datetime import datetime

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Ids:
    """Hands out ids by prefix ("U", "C", "V"…), each once."""

    def __init__(self) -> None:
        self._given: Counter[str] = Counter()

    def next(self, prefix: str) -> str:
        self._given[prefix] += 1
        return f"{prefix}0PG{_base36(self._given[prefix]):0>5}"


class Timestamps:
    """Message timestamps: the clock's time, yet strictly increasing over the whole workspace."""

    def __init__(self) -> None:
        self._last = 0

    def next(self, now: datetime) -> str:
        micros = round(now.timestamp() * 1_000_000)
        self._last = max(micros, self._last + 1)
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"


def ts_key(ts: str) -> tuple[int, int]:
    """A timestamp as something that sorts; what is not a timestamp raises ValueError."""
    seconds, _, micros = ts.partition(".")
    return int(seconds), int(micros.ljust(6, "0")[:6] or 0)


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = DIGITS[digit] + digits
    return digits
