"""What benchmarks are run on: a folder, a kind of database, a certificate, and how much of everything."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import ParamSpec, TypeVar

from benchmarks import processes

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Ground:
    """`scale` is full, quick or smallest. Without a database URL it is SQLite; without a certificate, plain HTTP."""

    folder: Path
    scale: str = "full"
    database_url: str = ""
    certificate: str = ""
    apart: bool = True

    def alone(self, measure: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
        """Run something in a process of its own, unless nobody wants to measure it."""
        if not self.apart:
            return measure(*given, **named)
        return processes.alone(measure, *given, **named)
