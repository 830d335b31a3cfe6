"""What was measured: both sides of every ratio, its goal, and whether it was met."""

import os
import platform
import re
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

RESULTS = Path(__file__).parent / "RESULTS.md"
BY_HAND = "## What was done about each goal that was missed"
median = statistics.median


@dataclass(frozen=True)
class Goal:
    """A bound that a ratio, or a figure with its own unit, is to keep."""

    words: str
    most: float | None = None
    least: float | None = None

    def met(self, value: float) -> bool:
        return (self.most is None or value <= self.most) and (self.least is None or value >= self.least)


def at_most(most: float, unit: str = "") -> Goal:
    return Goal(f"≤ {most:g}{unit}", most=most)


def at_least(least: float, unit: str = "") -> Goal:
    return Goal(f"≥ {least:g}{unit}", least=least)


@dataclass(frozen=True)
class Line:
    """One row of the table. Without a goal it is told for what it is worth."""

    what: str
    ours: str
    theirs: str = ""
    value: float | None = None
    goal: Goal | None = None

    @classmethod
    def ratio(
        cls, what: str, ours: Sequence[float], theirs: Sequence[float], shown: str, goal: Goal | None = None
    ) -> "Line":
        """Both sides of each round were measured one right after the other; the ratio is the median of the rounds'."""
        ratios = [mine / other for mine, other in zip(ours, theirs, strict=True)]
        return cls(what, shown.format(median(ours)), shown.format(median(theirs)), median(ratios), goal)

    @classmethod
    def figure(
        cls, what: str, ours: float, shown: str, goal: Goal | None = None, theirs: float | None = None
    ) -> "Line":
        """A figure that is no ratio; `theirs` is what stands beside it for comparison."""
        beside = "" if theirs is None else shown.format(theirs)
        return cls(what, shown.format(ours), beside, ours if goal else None, goal)

    @property
    def is_figure(self) -> bool:
        return self.goal is not None and not self.theirs

    @property
    def met(self) -> bool:
        return self.goal is None or self.value is None or self.goal.met(self.value)

    @property
    def cells(self) -> tuple[str, ...]:
        ratio = "" if self.value is None else f"{self.value:.3g}"
        goal = self.goal.words if self.goal else ""
        verdict = "" if not self.goal else "yes" if self.met else "**no**"
        return self.what, self.ours, self.theirs, ratio, goal, verdict


HEADINGS = ("what", "ours", "theirs", "ratio", "goal", "met")
WIDTHS = "{:<82}{:>12}{:>12}{:>9}{:>10}{:>8}"


def heading() -> str:
    """The head of the table as it is printed."""
    return WIDTHS.format(*HEADINGS)


def printed(line: Line) -> str:
    """One row of it."""
    return WIDTHS.format(*(cell.replace("*", "") for cell in line.cells))


@dataclass(frozen=True)
class Conditions:
    """On what it was measured. `loads` are the machine's load at the start and at the end."""

    scale: str
    database: str
    seconds: float
    loads: tuple[float, float]

    @property
    def words(self) -> str:
        cores = os.cpu_count()
        return (
            f"Measured on {datetime.now(UTC):%Y-%m-%d}, {self.scale} size, in {self.seconds / 60:.0f} minutes, on "
            f"{self.database}: {cores} cores ({_processor()}), {platform.system()} {platform.release()}, Python "
            f"{platform.python_version()}. The machine's load was {self.loads[0]:.1f} at the start and "
            f"{self.loads[1]:.1f} at the end: above {cores} others were at work on it, too."
        )


def write(lines: Mapping[str, Sequence[Line]], conditions: Conditions, file: Path = RESULTS) -> None:
    """Write the table anew; what was written by hand below it stays."""
    kept = file.read_text(encoding="utf-8") if file.exists() else ""
    _, found, by_hand = kept.partition(BY_HAND)
    rows = [f"| {name} | {' | '.join(line.cells)} |" for name, several in lines.items() for line in several]
    file.write_text(
        "\n".join(
            [
                "# Results",
                "",
                conditions.words,
                "",
                "Both sides of a ratio were measured one right after the other, round by round: figures are medians",
                "of the rounds, a ratio is the median of theirs. Figures that are no ratio depend on the machine.",
                "",
                f"| benchmark | {' | '.join(HEADINGS)} |",
                f"|{'---|' * (len(HEADINGS) + 1)}",
                *rows,
                "",
                f"{BY_HAND}{by_hand}" if found else f"{BY_HAND}\n",
            ]
        ),
        encoding="utf-8",
    )


def _processor() -> str:
    found = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    return found[1] if found else platform.machine()
