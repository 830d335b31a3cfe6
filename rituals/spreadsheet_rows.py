"""The rows of a spreadsheet, field by field; who and what they name is found by `spreadsheet_goals`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from blocks.language import Language, language
from okr.goals import Ambition, State
from rituals.company_marks import NOTHING, FileProblem, Findings
from rituals.company_schema import Form, form
from rituals.company_texts import Day, GoalKey, Key, Priority, Prose, Title, Weight, YesNo, options
from rituals.spreadsheet import Row, RowFindings, Sheet
from rituals.spreadsheet_columns import Columns, columns, find_headings, no_headings
from rituals.spreadsheet_words import WORDS, day, number, word

ABOVE = ("team", "cycle", "objective")
"""Where one of these is empty it is what the row above says, as it is for whoever reads merged cells."""
AS_THEY_ARE = ("team", "cycle", "owner", "check-in owner", "objective owner")
IDENTITY = frozenset({"objective", "objective key", "key result", "key"})
MEASURED = ("measured", "unit", "baseline", "target", "low", "high")


class RowForm(Form):
    """What a row says that is read without the company; None where it says nothing."""

    objective: Title | None = None
    objective_key: Key | None = Field(default=None, alias="objective key")
    why: Prose | None = None
    kind: Annotated[Ambition, options(Ambition)] | None = None
    contributes_to: GoalKey | None = Field(default=None, alias="contributes to")
    key_result: Title | None = Field(default=None, alias="key result")
    key: Key | None = None
    share_of: GoalKey | None = Field(default=None, alias="key result contributes to")
    weight: Weight | None = None
    source: Prose | None = None
    state: Annotated[State, options(State)] | None = None
    priority: Priority | None = None
    private: YesNo | None = None
    starts: Day | None = Field(default=None, alias="from")
    ends: Day | None = Field(default=None, alias="to")


@dataclass(frozen=True)
class Said:
    """One row. `cells` are the texts of what needs the company to be read; `form` is None after a problem."""

    findings: RowFindings
    cells: Mapping[str, str]
    form: RowForm | None
    filled: tuple[str, ...]
    """What stands in a row above."""

    @property
    def number(self) -> int:
        return self.findings.number


@dataclass(frozen=True)
class SheetFile:
    """What a spreadsheet says, with the problems found so far. `others` are the sheets that were not read."""

    sheet: str
    others: tuple[str, ...]
    columns: Columns
    rows: tuple[Said, ...]
    problems: list[FileProblem]

    @property
    def language(self) -> Language:
        return language("it-IT" if self.columns.italian else "en-GB")

    @property
    def told(self) -> list[str]:
        """How it was read, in lines."""
        lines = [f'sheet "{self.sheet}", headings in row {self.columns.row}'] if self.sheet else []
        lines += self.columns.told
        if filled := [str(one.number) for one in self.rows if one.filled]:
            shown = ", ".join(filled[:10]) + (", …" if len(filled) > 10 else "")
            lines.append(f"team, cycle or objective taken from the row above: row{'s'[: len(filled) - 1]} {shown}")
        if self.others:
            lines.append(f"not read: {', '.join(self.others)} (--sheet chooses)")
        return lines


def read_rows(sheet: Sheet, chosen: Mapping[str, str], others: Iterable[str] = ()) -> SheetFile:
    """Read every row below the headings. Raises CompanyProblems where there are no headings."""
    head = find_headings(sheet.rows, chosen)
    if head is None:
        raise no_headings()
    found, problems = columns(head, chosen)
    reading = _Reading(found, problems)
    rows = tuple(reading.rows([row for row in sheet.rows if row.number > head.number]))
    if not rows and not problems:
        problems.append(FileProblem(head.number + 1, "", "a row below the headings", NOTHING, "row"))
    return SheetFile(sheet.name, tuple(others), found, rows, problems)


class _Reading:
    def __init__(self, columns: Columns, problems: list[FileProblem]) -> None:
        self.columns = columns
        self.problems = problems
        self.language = language("it-IT" if columns.italian else "en-GB")

    def rows(self, rows: Sequence[Row]) -> Iterator[Said]:
        above = dict.fromkeys(ABOVE, "")
        for row in rows:
            cells = {name: text for name, place in self.columns.places.items() if (text := row.cell(place).strip())}
            findings = RowFindings({}, self.problems, row.number, self.columns.headings)
            self._refuse_wrong(row, findings)
            own = {name: cells[name] for name in ABOVE if name in cells}
            moved = any(above[name] and own.get(name, above[name]) != above[name] for name in ("team", "cycle"))
            under = {"objective": ""} if moved or "objective" in own else {}
            above |= under | own
            if cells.keys() - {"team", "cycle"}:
                yield self._said(cells, {name: text for name, text in above.items() if text}, findings)

    def _refuse_wrong(self, row: Row, findings: RowFindings) -> None:
        places = {place: name for name, place in self.columns.places.items()}
        for place, (expected, got) in row.wrong.items():
            if place in places:
                findings.add(places[place], expected, got)

    def _said(self, cells: dict[str, str], above: Mapping[str, str], findings: RowFindings) -> Said:
        stays = "objective key" in cells or "key result" not in cells
        filled = tuple(name for name in above if name not in cells and not (stays and name == "objective"))
        whole = {name: above[name] for name in filled} | cells
        fields = {name: self._text(name, whole[name], findings) for name in RowForm.names() if name in whole}
        for name in ("team", "cycle"):
            if name in self.columns.places and name not in whole:
                findings.add(name, f"the name of its {name}", NOTHING)
        texts = {name: whole[name] for name in (*AS_THEY_ARE, *MEASURED) if name in whole}
        return Said(findings, texts, _form({name: text for name, text in fields.items() if text}, findings), filled)

    def _text(self, name: str, text: str, findings: RowFindings) -> str:
        """A cell as a company file would have it."""
        if name in WORDS:
            return word(name, text)
        if name in ("from", "to"):
            return day(text, day_first=self.columns.italian)
        if name == "weight":
            return number(text, name, self.language, findings)
        return text if name in ("why", "source") else " ".join(text.split())


def _form(fields: Mapping[str, str], findings: RowFindings) -> RowForm | None:
    """What could be read, so that one wrong field hides no problem of another; None where it decides what is meant."""
    if read := form(RowForm, fields, "", findings):
        return read
    fine = {name: text for name, text in fields.items() if form(RowForm, {name: text}, "", Findings({}))}
    return form(RowForm, fine, "", findings) if IDENTITY & fields.keys() <= fine.keys() else None
