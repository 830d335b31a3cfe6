"""`okrbot preview`: reads the database and says who would get what message. It needs no token, and sends nothing."""

from datetime import UTC, datetime

from blocks import preview as words
from blocks.language import language
from bot.doctor import NOBODY
from bot.settings import Settings
from rituals.previews import Previews
from storage.database import Database


async def preview(settings: Settings, days: int) -> str:
    """What every workspace in the database would send. Raises DatabaseProblem."""
    database = Database(settings.database_url)
    try:
        await database.check()
        previews, now = Previews(database), datetime.now(UTC)
        found = [await previews.everything(id, days, now) for id in await previews.workspaces()]
    finally:
        await database.close()
    return "\n\n".join(words.write(one, language("en-GB")) for one in found) or NOBODY
