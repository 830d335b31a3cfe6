"""In Slack's place where only messages are counted: it takes everything, and can end whoever sends."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from blocks.message import Message
from rituals.messenger import Attachment, Channel, Insiders, Member, Posted


class Killed(BaseException):
    """The process ends here: nothing it would have done afterwards is done."""


@dataclass(frozen=True)
class Letter:
    """A message as it was taken. `delivery` is the id it travels with."""

    at: datetime
    to: str
    delivery: str
    message: Message
    posted: Posted
    thread: bool

    @property
    def said(self) -> str:
        """All its texts, one after the other."""
        return " ".join(_texts(self.message.blocks))


class Postbox:
    """Keeps the promise of `rituals.messenger.Messenger`. `now` is when letters are taken."""

    def __init__(self, members: Sequence[Member], channels: Sequence[Channel], now: Callable[[], datetime]) -> None:
        self._members = {one.slack_id: one for one in members}
        self._channels = list(channels)
        self._now = now
        self._left: int | None = None
        self.letters: list[Letter] = []
        self.deleted: list[Posted] = []

    def kill_after(self, letters: int) -> None:
        """Take so many more letters, and end the sender with the last, before they hear that it was taken."""
        self._left = letters

    def spare(self) -> None:
        self._left = None

    async def post(
        self, workspace: str, channel: str, message: Message, *, delivery: str, thread: str | None = None
    ) -> Posted:
        posted = Posted(f"D{channel}" if channel in self._members else channel, f"{len(self.letters)}.0")
        to = posted.channel.removeprefix("D")
        self.letters.append(Letter(self._now(), to, delivery, message, posted, thread is not None))
        if self._left is not None:
            self._left -= 1
            if self._left <= 0:
                raise Killed
        return posted

    async def update(self, workspace: str, at: Posted, message: Message) -> None:
        pass

    async def find(
        self, workspace: str, channel: str, *, delivery: str, since: float, thread: str | None = None
    ) -> list[Posted]:
        found = [one.posted for one in self.letters if one.delivery == delivery and one.at.timestamp() > since]
        return [one for one in found if one not in self.deleted]

    async def delete(self, workspace: str, at: Posted) -> None:
        self.deleted.append(at)

    async def send_file(self, workspace: str, slack_id: str, file: Attachment, message: Message) -> Posted:
        return await self.post(workspace, slack_id, message, delivery=file.name)

    async def publish_home(self, workspace: str, slack_id: str, view: Mapping[str, Any]) -> None:
        pass

    async def member(self, workspace: str, slack_id: str) -> Member | None:
        return self._members.get(slack_id)

    async def members(self, workspace: str) -> list[Member]:
        return list(self._members.values())

    async def channels(self, workspace: str) -> list[Channel]:
        return self._channels

    async def channel(self, workspace: str, slack_id: str) -> Channel | None:
        return next((one for one in self._channels if one.slack_id == slack_id), None)

    async def inside(self, workspace: str, slack_id: str) -> list[str]:
        return list(self._members)

    async def insiders(self, workspace: str, slack_id: str) -> Insiders:
        return Insiders(frozenset(self._members), private=False)


def _texts(blocks: object) -> list[str]:
    match blocks:
        case {"text": str(text)}:
            return [text]
        case dict():
            return _texts(list(blocks.values()))
        case list():
            return [text for block in blocks for text in _texts(block)]
    return []
