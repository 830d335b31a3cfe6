"""`okrbot doctor`: reads the database and says how okrbot is. It needs no token, and no okrbot that runs here."""

from dataclasses import dataclass
from datetime import UTC, datetime

from blocks import doctor as words
from blocks.language import language
from bot.settings import Settings
from rituals.doctor import Doctor
from storage.database import Database

NOBODY = "Nobody has imported a company yet: okrbot import company.yaml"


@dataclass(frozen=True)
class Diagnosis:
    well: bool
    words: str


async def examine(settings: Settings) -> Diagnosis:
    """Look at every workspace in the database. Raises DatabaseProblem."""
    database = Database(settings.database_url)
    try:
        await database.check()
        doctor = Doctor(database, archiving=bool(settings.archive_folder))
        found = [await doctor.examine(id, datetime.now(UTC)) for id in await doctor.workspaces()]
    finally:
        await database.close()
    if not found:
        return Diagnosis(False, NOBODY)
    said = [words.write(one, language("en-GB"), one.zone) for one in found]
    return Diagnosis(not any(one.needs_attention for one in found), "\n\n".join(said))
