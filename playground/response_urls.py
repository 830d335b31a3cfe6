"""Response URLs: five answers within thirty minutes, given with every command and message action."""

import asyncio
import secrets
from dataclasses import dataclass

from playground.apps import InstalledApp
from playground.conversations import Conversation
from playground.messages import Message

MOST_USES = 5
LIFETIME = 30 * 60.0  # real seconds: a right of the protocol, not something people see


@dataclass
class ResponseUrl:
    """What one response URL stands for."""

    app: InstalledApp
    user: str
    conversation: Conversation
    original: Message | None
    given_at: float
    uses: int = 0


class ResponseUrls:
    """Gives out response URLs by their secret path."""

    def __init__(self) -> None:
        self._given: dict[str, ResponseUrl] = {}

    def give(
        self, kind: str, app: InstalledApp, user: str, conversation: Conversation, original: Message | None = None
    ) -> str:
        """The path of a new response URL, below `/commands/` or `/actions/`."""
        self._forget_old()
        path = f"{kind}/{app.app_id}/{secrets.token_urlsafe(12)}"
        now = asyncio.get_running_loop().time()
        self._given[path] = ResponseUrl(app, user, conversation, original, now)
        return path

    def use(self, path: str) -> ResponseUrl | str:
        """What the URL stands for, counted as used; or Slack's word for why it no longer works."""
        found = self._given.get(path)
        if found is None or asyncio.get_running_loop().time() - found.given_at > LIFETIME:
            return "expired_url"
        if found.uses >= MOST_USES:
            return "used_url"
        found.uses += 1
        return found

    def _forget_old(self) -> None:
        now = asyncio.get_running_loop().time()
        while self._given:
            path, oldest = next(iter(self._given.items()))
            if now - oldest.given_at <= LIFETIME:
                return
            del self._given[path]
