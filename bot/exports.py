"""`okrbot export`: reads the database and writes down what is in it. It needs no token."""

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from blocks import export_csv, export_page, export_table
from bot.doctor import NOBODY
from bot.settings import Settings
from okr.exports import Export
from rituals.exports import Exports
from storage.database import Database


class ExportProblem(Exception):
    """Nothing was exported; the words say why and what to do."""


class Format(StrEnum):
    YAML = "yaml"
    CSV = "csv"
    XLSX = "xlsx"
    MARKDOWN = "markdown"


SUFFIXES = {".yaml": Format.YAML, ".yml": Format.YAML, ".csv": Format.CSV, ".xlsx": Format.XLSX, ".md": Format.MARKDOWN}


@dataclass(frozen=True)
class Wanted:
    """What is to be taken along. `workspace` is an id or a name; it may be empty where there is only one."""

    format: Format = Format.YAML
    history: bool = False
    workspace: str = ""


@dataclass(frozen=True)
class Taken:
    """What goes into the file. `flaws` says why an import would not take it as it is, if so."""

    content: bytes
    flaws: str = ""


async def export(settings: Settings, wanted: Wanted) -> Taken:
    """Raises ExportProblem and DatabaseProblem."""
    database = Database(settings.database_url)
    try:
        await database.check()
        exports = Exports(database)
        workspace = _chosen(await exports.workspaces(), wanted.workspace)
        if wanted.format is Format.YAML:
            written = await exports.company_file(workspace, history=wanted.history)
            return Taken(written.text.encode(), written.flaws)
        return Taken(_written(await exports.export(workspace, datetime.now(UTC), history=wanted.history), wanted))
    finally:
        await database.close()


def _written(export: Export, wanted: Wanted) -> bytes:
    if wanted.format is Format.MARKDOWN:
        return export_page.write(export).encode()
    told = [export_table.check_ins(export)] if wanted.history else []
    if wanted.format is Format.CSV:
        return export_csv.write(*(told or [export_table.key_results(export)]))
    from blocks import export_sheets  # the writer of spreadsheets takes long to load, and only this needs it

    return export_sheets.write([export_table.objectives(export), export_table.key_results(export), *told])


def _chosen(known: Mapping[str, str], wanted: str) -> str:
    if not known:
        raise ExportProblem(NOBODY)
    found = [id for id, name in known.items() if wanted in ("", id, name)]
    if len(found) == 1:
        return found[0]
    named = ", ".join(f"{id} ({name})" for id, name in known.items())
    if found:
        raise ExportProblem(f"there are several workspaces: choose one with --workspace: {named}")
    raise ExportProblem(f"there is no workspace {wanted} in the database, only {named}")


def check_place(file: Path | None, format: Format, *, force: bool) -> None:
    """Raises ExportProblem when the export could not go where it is wanted."""
    if file is None and format is Format.XLSX:
        raise ExportProblem("a spreadsheet needs a file: okrbot export --format xlsx okrs.xlsx")
    if file and file.exists() and not force:
        raise ExportProblem(f"{file} is there already: --force writes over it")


def save(file: Path, content: bytes) -> None:
    """All of it or nothing: it is written beside the file, for its owner alone to read, and takes its place when it is
    whole. Raises ExportProblem.
    """
    try:
        handle, beside = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
        try:
            with os.fdopen(handle, "wb") as opened:
                opened.write(content)
                opened.flush()
                os.fsync(opened.fileno())
            Path(beside).replace(file)
        except BaseException:
            with suppress(OSError):
                Path(beside).unlink()
            raise
    except OSError as error:
        raise ExportProblem(f"cannot write {file}: {error.strerror}") from error
