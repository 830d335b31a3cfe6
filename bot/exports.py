"""`okrbot export`: reads the database and writes down what is in it. It needs no token."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from bot import folder
from bot.doctor import NOBODY
from bot.settings import Settings
from okr.exports import Format, Wanted
from rituals.exports import Exports, Taken
from storage.database import Database


class ExportProblem(Exception):
    """Nothing was exported; the words say why and what to do."""


SUFFIXES = {**{one.suffix: one for one in Format}, ".yml": Format.YAML}


async def export(settings: Settings, wanted: Wanted, workspace: str = "") -> Taken:
    """`workspace` is an id or a name; it may be empty where there is only one. Raises ExportProblem and
    DatabaseProblem.
    """
    database = Database(settings.database_url)
    try:
        await database.check()
        exports = Exports(database)
        chosen = _chosen(await exports.workspaces(), workspace)
        return await exports.take(chosen, wanted, datetime.now(UTC))
    finally:
        await database.close()


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
    """All of it or nothing. Raises ExportProblem."""
    try:
        folder.save(file, content)
    except OSError as error:
        raise ExportProblem(f"cannot write {file}: {error.strerror}") from error
