"""`okrbot import`: a company file, or a spreadsheet of objectives and key results, into the workspace of the token."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.app import build
from bot.settings import Settings
from rituals.company_file import parse
from rituals.spreadsheet import refused
from rituals.spreadsheet_columns import read_options
from rituals.spreadsheet_file import parse as parse_sheet
from rituals.spreadsheet_rows import SheetFile
from storage.revisions import Changes

SHEETS = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods")


class ImportProblem(Exception):
    """Nothing was imported; the words say why and what to do."""


@dataclass(frozen=True)
class Given:
    """A file that was read: a text, or the rows of a spreadsheet."""

    name: str
    content: str | SheetFile

    @property
    def told(self) -> list[str]:
        """How it was read, in lines, where that could be done in several ways."""
        return [] if isinstance(self.content, str) else self.content.told


def read(file: Path, columns: Sequence[str], sheet: str) -> Given:
    """Raises ImportProblem and CompanyProblems."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise ImportProblem(f"cannot read {file}: {error.strerror}") from error
    if file.suffix.casefold() in SHEETS:
        return Given(file.name, parse_sheet(content, chosen=read_options(columns), sheet=sheet))
    if columns or sheet:
        raise refused("a spreadsheet", file.name, counted="option", path="--column" if columns else "--sheet")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ImportProblem(f"cannot read {file}: it is not a text in UTF-8") from error
    parse(text)
    return Given(file.name, text)


async def bring_in(chosen: Settings, given: Given, say: Callable[[str], None], *, dry_run: bool) -> None:
    async with await build(chosen) as bot:
        companies, place, now = bot.rituals.companies, bot.workspace, bot.clock()
        if isinstance(given.content, str):
            imported = await companies.import_file(place.id, place.name, given.content, now, dry_run=dry_run)
        else:
            imported = await companies.import_sheet(place.id, place.name, given.content, now, dry_run=dry_run)
        say(_summary(imported.changes, f"{given.name} → {place.name}", dry_run=dry_run))
        for change in imported.changes.told:
            say(f"  {change}")
        for warning in imported.warnings:
            say(f"Please {warning}")


def _summary(changes: Changes, whereto: str, *, dry_run: bool) -> str:
    parts = [
        f"{count} {noun}{'s' if count != 1 else ''} {word}"
        for word, what in (("added", changes.added), ("changed", changes.changed), ("as before", changes.same))
        for noun, count in what.items()
    ]
    said = ", ".join(parts).replace("persons", "people") or "nothing in it"
    ending = " Nothing was written: this was a dry run." if dry_run else ""
    return f"{whereto}: {said}.{ending}"
