"""Greeting a channel the bot was invited to, unless a team reads its digest there already."""

from datetime import datetime

from okr.deliveries import GREETING, Kind
from storage import company, deliveries, teams
from storage.database import Database


class Greetings:
    def __init__(self, database: Database) -> None:
        self.database = database

    async def owe(self, workspace: str, channel: str, now: datetime) -> None:
        """Owe the channel one greeting, however often the bot is invited."""
        async with self.database.transaction() as tx:
            await company.open_workspace(tx, workspace)
            if any(one.channel == channel for one in (await teams.every(tx, workspace)).values()):
                return
            key = f"greeting:{channel}"
            await deliveries.plan(tx, workspace, key, Kind.NOTICE, now, part=GREETING, channel=channel)
