"""Statements that walk an index once for each of several ids, made once for each number of ids and kept.

SQLite knows no lateral joins, and a window over all rows would read years of history.
"""

from collections.abc import Iterator, Sequence

MOST = 96
"""So many walks in one statement; SQLite takes at most 500 parts of a union."""
STEP = 8


def names(count: int) -> list[str]:
    """How the ids of a statement with so many walks are called."""
    return [f"id_{number}" for number in range(count)]


def in_eights(ids: Sequence[str]) -> Iterator[dict[str, str]]:
    """The ids by their names, filled up to one, or a multiple of eight, by repeating the last: few statements serve
    all numbers.
    """
    for start in range(0, len(ids), MOST):
        some = list(ids[start : start + MOST])
        count = 1 if len(some) == 1 else -(-len(some) // STEP) * STEP
        some += some[-1:] * (count - len(some))
        yield dict(zip(names(count), some, strict=True))
