"""Channels, as the tests and the demo hold them in their hands."""

from collections.abc import Generator
from typing import Any, Protocol

from playground import events
from playground.conversations import Conversation
from playground.seen import SeenMessage, see_messages
from playground.slack import Slack


class HasUserId(Protocol):
    """A person or an installed app: whatever has a user in the workspace."""

    @property
    def id(self) -> str: ...


class Afterwards:
    """Something has been done; await it to wait until everybody concerned has heard of it."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    def __await__(self) -> Generator[Any, None, None]:
        return self._slack.settle().__await__()


class Channel:
    """One channel: what is said there, and what can happen to it."""

    def __init__(self, slack: Slack, conversation: Conversation) -> None:
        self._slack = slack
        self.conversation = conversation

    @property
    def id(self) -> str:
        return self.conversation.id

    @property
    def name(self) -> str:
        return self.conversation.name

    def __repr__(self) -> str:
        return f"#{self.name}"

    def reads(self) -> list[SeenMessage]:
        """What everybody in the channel sees, oldest first, each message with its thread."""
        return see_messages(self._slack.workspace, self.conversation, None)

    def invite(self, who: HasUserId, by: HasUserId | None = None) -> Afterwards:
        """Without `by` they joined by themselves, and nobody is named as having invited them."""
        if who.id not in self.conversation.members:
            self.conversation.members.append(who.id)
            self._tell_membership("member_joined_channel", who.id, **({"inviter": by.id} if by else {}))
        return self._done()

    def kick(self, who: HasUserId) -> Afterwards:
        if who.id in self.conversation.members:
            # An app hears of its own removal, so the event goes out while it is still inside.
            self._tell_membership("member_left_channel", who.id)
            self.conversation.members.remove(who.id)
        return self._done()

    def archive(self, by: HasUserId | None = None) -> Afterwards:
        self.conversation.archived = True
        fields = {"user": by.id if by else "USLACKBOT", "is_moved": 0}
        events.publish_channel_event(self._slack, "archive", self.conversation, **fields)
        return self._done()

    def unarchive(self, by: HasUserId | None = None) -> Afterwards:
        self.conversation.archived = False
        user = by.id if by else "USLACKBOT"
        events.publish_channel_event(self._slack, "unarchive", self.conversation, user=user)
        return self._done()

    def rename(self, name: str) -> Afterwards:
        self.conversation.name = name
        told = {"id": self.id, "name": name, "created": self.conversation.created}
        family = "group" if self.conversation.private else "channel"
        event = {"type": f"{family}_rename", "channel": told, "event_ts": self._slack.workspace.next_ts()}
        events.publish(self._slack, event, where=self.conversation)
        return self._done()

    def delete(self) -> Afterwards:
        events.publish_channel_event(self._slack, "deleted", self.conversation)
        del self._slack.workspace.conversations[self.id]
        return self._done()

    def _tell_membership(self, what: str, user: str, **more: str) -> None:
        event = {
            "type": what,
            "user": user,
            "channel": self.id,
            "channel_type": "G" if self.conversation.private else "C",
            "team": self._slack.workspace.team_id,
            "event_ts": self._slack.workspace.next_ts(),
            **more,
        }
        events.publish(self._slack, event, where=self.conversation)

    def _done(self) -> Afterwards:
        self._slack.workspace.changed()
        return Afterwards(self._slack)
