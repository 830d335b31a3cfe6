"""Forty blocks with everything escaped, against the same blocks as a bare literal."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from benchmarks.ground import Ground
from benchmarks.results import Line, at_most
from blocks.text import Mrkdwn, bold, section

BLOCKS = 40
TITLES = [f"Returning customers in shop {number} & café <{number}>" for number in range(BLOCKS)]


@dataclass(frozen=True)
class Size:
    times: int
    rounds: int


SIZES = {"full": Size(500, 15), "quick": Size(100, 9), "smallest": Size(2, 1)}


def run(ground: Ground) -> list[Line]:
    size = SIZES[ground.scale]
    escaped, bare = [], []
    for _ in range(size.rounds):
        escaped.append(ground.alone(_time, draw, size.times))
        bare.append(ground.alone(_time, write, size.times))
    return [Line.ratio(f"{BLOCKS} blocks with escaping (a bare literal)", escaped, bare, "{:.3f} ms", at_most(4))]


def draw() -> list[dict[str, Any]]:
    """As `blocks/` builds them."""
    return [section(Mrkdwn("{title}\n43% · goal 60%").format(title=bold(title))) for title in TITLES]


def write() -> list[dict[str, Any]]:
    """As one would write them down, escaping nothing."""
    return [
        {"type": "section", "text": {"type": "mrkdwn", "text": f"*{title}*\n43% · goal 60%", "verbatim": True}}
        for title in TITLES
    ]


def _time(make: Callable[[], object], times: int) -> float:
    """Milliseconds a time."""
    make()
    began = time.perf_counter()
    for _ in range(times):
        make()
    return (time.perf_counter() - began) / times * 1000
