"""Greeting a channel the bot was invited to, unless a team reads its digest there already."""

from datetime import datetime

from okr.deliveries import GREETING, Kind
from rituals.actors import Reader
from storage import company, deliveries, teams
from storage.database import Database


class Greetings:
    def __init__(self, database: Database) -> None:
        self.database = database

    async def owe(self, workspace: str, channel: str, inviter: Reader | None, now: datetime) -> None:
        """Owe the channel one greeting, however often the bot is invited, in the language of who invited it."""
        async with self.database.transaction() as tx:
            await company.open_workspace(tx, workspace)
            if any(one.channel == channel for one in (await teams.every(tx, workspace)).values()):
                return
            key = f"greeting:{channel}"
            locale = inviter.language.code if inviter else ""
            await deliveries.plan(tx, workspace, key, Kind.NOTICE, now, part=GREETING, channel=channel, locale=locale)
