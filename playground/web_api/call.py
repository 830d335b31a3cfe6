"""One call of a method: who calls, with what, and what may be refused before anything is done."""

import base64
import binascii
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from playground.apps import InstalledApp
from playground.conversations import Conversation
from playground.errors import ApiError
from playground.ids import ts_key
from playground.jsons import Json
from playground.members import Member
from playground.slack import Slack
from playground.workspace import Workspace

Caller = Literal["bot", "app", "none"]
Item = TypeVar("Item")
CURSOR = re.compile(r"next:(\d+)")


@dataclass
class Call:
    """The arguments of a call, decoded, and the app that makes it."""

    slack: Slack
    app: InstalledApp
    args: Json

    @property
    def workspace(self) -> Workspace:
        return self.slack.workspace

    def need_scope(self, scope: str) -> None:
        if scope not in self.app.scopes:
            raise ApiError("missing_scope", needed=scope, provided=",".join(sorted(self.app.scopes)))

    def text(self, name: str) -> str:
        """A required argument."""
        value = self.args.get(name)
        if value is None or value == "":
            raise ApiError("invalid_arguments", messages=[f"[ERROR] missing required field: {name}"])
        return str(value)

    def flag(self, name: str, default: bool = False) -> bool:
        value = self.args.get(name, default)
        return value in (True, 1, "1", "true", "True")

    def ts(self, name: str) -> tuple[int, int] | None:
        """A timestamp argument, if given, as something to compare."""
        value = self.args.get(name)
        if value in (None, ""):
            return None
        try:
            return ts_key(str(value))
        except ValueError:
            raise ApiError(f"invalid_ts_{name}") from None

    def conversation(self, name: str = "channel") -> Conversation:
        """The conversation named by its id, if the app can know of it."""
        found = self.workspace.conversations.get(self.text(name))
        if found is None:
            raise ApiError("channel_not_found")
        if self.app.bot_user_id not in found.members and found.kind != "public_channel":
            raise ApiError("channel_not_found")
        return found

    def user(self, name: str = "user") -> Member:
        found = self.workspace.members.get(self.text(name))
        if found is None:
            raise ApiError("user_not_found")
        return found

    def user_object(self, member: Member, *, locale: bool = False) -> Json:
        email = "users:read.email" in self.app.scopes
        return member.as_object(self.workspace.team_id, self.workspace.clock.now(), email=email, locale=locale)

    def page(self, items: list[Item], default: int = 100) -> tuple[list[Item], str]:
        """One page of a list, and the cursor of the next one (empty at the end)."""
        limit = self._limit(default)
        start = self._start()
        following = start + limit
        cursor = base64.b64encode(f"next:{following}".encode()).decode() if following < len(items) else ""
        return items[start:following], cursor

    def _limit(self, default: int) -> int:
        try:
            limit = int(self.args.get("limit") or default)
        except (TypeError, ValueError):
            raise ApiError("invalid_limit") from None
        if not 0 < limit <= 1000:
            raise ApiError("invalid_limit")
        return limit

    def _start(self) -> int:
        cursor = self.args.get("cursor")
        if not cursor:
            return 0
        try:
            match = CURSOR.fullmatch(base64.b64decode(str(cursor), validate=True).decode())
        except (binascii.Error, UnicodeDecodeError):
            match = None
        if match is None:
            raise ApiError("invalid_cursor")
        return int(match[1])


@dataclass(frozen=True)
class Method:
    """How a method is called: what does it, which scope it needs and whose token."""

    run: Callable[[Call], Json]
    scope: str | None = None
    caller: Caller = "bot"


def metadata(cursor: str) -> dict[str, Any]:
    """The part of an answer that carries the next cursor."""
    return {"response_metadata": {"next_cursor": cursor}}
