"""A spreadsheet as rows of texts, and the problems of one, by row and column."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rituals.company_marks import CompanyProblems, FileProblem, Findings

MOST_BYTES = 16 * 1024 * 1024
MOST_ROWS, MOST_COLUMNS = 20_000, 200
ROW = "row"


@dataclass(frozen=True)
class Row:
    """A row as the spreadsheet counts it, from 1, and its cells from the first column on.

    `wrong` are the cells no text stands for, by their places: what is expected, and what is there.
    """

    number: int
    cells: tuple[str, ...]
    wrong: Mapping[int, tuple[str, str]] = field(default_factory=dict)

    def cell(self, place: int) -> str:
        return self.cells[place] if place < len(self.cells) else ""


@dataclass(frozen=True)
class Sheet:
    """Rows that have something in them. The only sheet of a CSV file has no name."""

    name: str
    rows: tuple[Row, ...]


@dataclass
class RowFindings(Findings):
    """The findings of one row: a field is called by the heading of its column, where it has one."""

    number: int = 1
    headings: Mapping[str, str] = field(default_factory=dict)

    def add(self, path: str, expected: str, got: str) -> None:
        self.problems.append(FileProblem(self.number, self.headings.get(path, path), expected, got, ROW))


def refused(expected: str, got: str, *, line: int = 1, counted: str = ROW, path: str = "") -> CompanyProblems:
    """A file of which nothing can be taken."""
    return CompanyProblems((FileProblem(line, path, expected, got, counted),))


def rows(cells: Sequence[tuple[str, ...]]) -> tuple[Row, ...]:
    """Rows numbered from 1, without those that are empty."""
    return tuple(Row(number, one) for number, one in enumerate(cells, start=1) if any(map(str.strip, one)))
