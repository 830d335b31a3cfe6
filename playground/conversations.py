"""Conversations: public and private channels, and direct messages with an app."""

from dataclasses import dataclass, field

from playground.jsons import Json
from playground.messages import Message


@dataclass
class Conversation:
    """A place where messages are: its members and its messages, oldest first."""

    id: str
    name: str
    members: list[str]
    created: int
    is_im: bool = False
    private: bool = False
    archived: bool = False
    topic: str = ""
    messages: list[Message] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """Slack's word for this type of conversation in the `types` argument."""
        if self.is_im:
            return "im"
        return "private_channel" if self.private else "public_channel"

    @property
    def scope_family(self) -> str:
        """The first half of the scopes that open it: `im` of `im:history`."""
        if self.is_im:
            return "im"
        return "groups" if self.private else "channels"

    def message(self, ts: str) -> Message | None:
        return next((message for message in reversed(self.messages) if message.ts == ts), None)

    def thread(self, ts: str) -> list[Message]:
        """The replies under a message, oldest first."""
        return [message for message in self.messages if message.thread_ts == ts and message.ts != ts]

    def partner(self, user: str) -> str:
        """The other one in a direct message."""
        return next((member for member in self.members if member != user), user)

    def as_object(self, reader: str) -> Json:
        """Slack's channel object, as one member (an app's user) sees it."""
        if self.is_im:
            return {
                "id": self.id,
                "created": self.created,
                "is_archived": self.archived,
                "is_im": True,
                "is_org_shared": False,
                "user": self.partner(reader),
                "is_user_deleted": False,
                "priority": 0,
            }
        return {
            "id": self.id,
            "name": self.name,
            "name_normalized": self.name,
            "is_channel": not self.private,
            "is_group": self.private,
            "is_im": False,
            "is_mpim": False,
            "is_private": self.private,
            "created": self.created,
            "is_archived": self.archived,
            "is_general": False,
            "is_member": reader in self.members,
            "is_shared": False,
            "is_org_shared": False,
            "is_ext_shared": False,
            "topic": {"value": self.topic, "creator": "", "last_set": 0},
            "purpose": {"value": "", "creator": "", "last_set": 0},
        }
