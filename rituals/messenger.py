"""The one way out to Slack, as the rituals see it. `bot/slack.py` keeps this promise with the real client."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from blocks.message import Message


@dataclass(frozen=True)
class Posted:
    """Where a message stands. `channel` is the conversation's id (a DM's, not the person's)."""

    channel: str
    ts: str


@dataclass(frozen=True)
class Member:
    """Somebody in the Slack workspace. Empty strings where Slack says nothing, and for a zone nobody here knows."""

    slack_id: str
    display_name: str
    real_name: str
    email: str
    zone: str
    locale: str
    deactivated: bool = False
    is_bot: bool = False
    is_admin: bool = False
    outsider: bool = False
    """A guest, or a stranger from another workspace."""
    status: str = ""
    status_emoji: str = ""
    status_until: int = 0
    """When the status ends, in Unix seconds; 0 when nobody has said."""

    @property
    def name(self) -> str:
        """What okrbot calls them."""
        return self.real_name or self.display_name or self.slack_id


@dataclass(frozen=True)
class Channel:
    slack_id: str
    name: str
    is_member: bool = False
    """Whether the bot is in it."""
    archived: bool = False
    private: bool = False


@dataclass(frozen=True)
class Insiders:
    """Who is in a channel, apps included, and whether it is a private one."""

    slack_ids: frozenset[str]
    private: bool


@dataclass(frozen=True)
class Attachment:
    """A file for somebody, whole."""

    name: str
    content: bytes

    def __repr__(self) -> str:
        return f"Attachment({self.name}, {len(self.content)} bytes)"


class SendError(Exception):
    """Slack did not take a message. `reason` is Slack's word for it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


MISSING_SCOPE = "missing_scope"
"""How the reason of a refusal begins that names a scope the app lacks."""


class Concern(StrEnum):
    """Whom a refusal holds for: this message, whomever or wherever it was for, or everything in the workspace."""

    MESSAGE = "message"
    PLACE = "place"
    WORKSPACE = "workspace"


class Refused(SendError):
    """Slack said no, for good: nothing was posted, and trying again changes nothing."""

    def __init__(self, reason: str, concern: Concern = Concern.MESSAGE) -> None:
        super().__init__(reason)
        self.concern = concern


class TryLater(SendError):
    """Slack said not now: nothing was posted. `after` is in seconds."""

    def __init__(self, reason: str, after: float) -> None:
        super().__init__(reason)
        self.after = after


class Unclear(SendError):
    """The answer was lost: the message may or may not stand in the conversation."""


class Messenger(Protocol):
    """Every method takes the workspace first. Ids are Slack's. Errors are SendErrors."""

    async def post(
        self, workspace: str, channel: str, message: Message, *, delivery: str, thread: str | None = None
    ) -> Posted:
        """Post once; never retried here. `delivery` travels in the message's metadata."""

    async def update(self, workspace: str, at: Posted, message: Message) -> None:
        """Replace a message of ours; safe to repeat."""

    async def find(
        self, workspace: str, channel: str, *, delivery: str, since: float, thread: str | None = None
    ) -> list[Posted]:
        """Look in a conversation, or a thread of it, for messages with this delivery id, posted after `since` (Unix
        seconds); the oldest first. `channel` may be a person's id: then their DM."""

    async def delete(self, workspace: str, at: Posted) -> None:
        """Delete a message of ours; one that is gone already is fine."""

    async def send_file(self, workspace: str, slack_id: str, file: Attachment, message: Message) -> Posted:
        """A file in somebody's direct message, below a message that says what it is; both or none, as far as Slack
        answers."""

    async def publish_home(self, workspace: str, slack_id: str, view: Mapping[str, Any]) -> None: ...

    async def member(self, workspace: str, slack_id: str) -> Member | None: ...

    async def members(self, workspace: str) -> list[Member]: ...

    async def channels(self, workspace: str) -> list[Channel]: ...

    async def channel(self, workspace: str, slack_id: str) -> Channel | None:
        """One channel; None where the bot cannot see it. Raises Refused, with `MISSING_SCOPE`, for a private one that
        only another permission would show.
        """

    async def inside(self, workspace: str, slack_id: str) -> list[str]:
        """The Slack ids of who is in a channel, apps included; the first few hundred."""

    async def insiders(self, workspace: str, slack_id: str) -> Insiders:
        """Everybody who is in a channel. Refused where that cannot be known, also of an archived channel and of one
        with more people than keep a secret; never retried here.
        """
