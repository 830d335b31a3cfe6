"""The bot as the playground's clock sees it: when it is idle, and what it will do next."""

from datetime import datetime

from bot.app import Bot
from playground import Event


class BotWorld:
    """Follows the playground's clock: at every stop the bot does all that is due."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot

    async def settle(self) -> None:
        """Let the bot do what is due now and finish what people asked of it."""
        await self.bot.ticker.tick(self.bot.clock())
        await self.bot.idle()

    async def next_event(self, after: datetime) -> Event | None:
        """The next thing the bot will do by itself."""
        upcoming = await self.bot.rituals.agenda.next(after, looks=False)
        return Event(upcoming.at, upcoming.what) if upcoming else None
