"""Messages as the workspace keeps them."""

from dataclasses import dataclass, field

from playground.files import File
from playground.jsons import Json
from playground.values import Values


@dataclass
class Message:
    """One message; an ephemeral one names the only person who sees it."""

    ts: str
    user: str
    text: str
    blocks: list[Json] | None = None
    attachments: list[Json] | None = None
    thread_ts: str | None = None
    app_id: str | None = None
    bot_id: str | None = None
    metadata: Json | None = None
    files: list[File] = field(default_factory=list)
    ephemeral_to: str | None = None
    edited: Json | None = None
    tombstone: bool = False  # deleted, but kept as the head of its thread
    reactions: dict[str, list[str]] = field(default_factory=dict)
    values: dict[str, Values] = field(default_factory=dict)  # by person: what they chose in its elements
    troubles: dict[str, str] = field(default_factory=dict)  # by person: why their last act failed

    def visible_to(self, user: str) -> bool:
        return self.ephemeral_to in (None, user)

    def all_blocks(self) -> list[Json]:
        """Its blocks, then those of its attachments."""
        attached = [block for one in self.attachments or [] for block in one.get("blocks") or []]
        return list(self.blocks or []) + attached

    def values_of(self, user: str) -> Values:
        if user not in self.values:
            self.values[user] = Values.of(self.all_blocks())
        return self.values[user]

    def as_object(self, team_id: str, replies: int = 0, *, metadata: bool = True) -> Json:
        """Slack's message object; without `metadata` only the type of its metadata is told."""
        message: Json = {"type": "message", "user": self.user, "ts": self.ts, "text": self.text}
        if self.tombstone:
            message |= {"subtype": "tombstone", "hidden": True}
        message["team"] = team_id
        if self.bot_id:
            message |= {"bot_id": self.bot_id, "app_id": self.app_id}
        if self.blocks:
            message["blocks"] = self.blocks
        if self.attachments:
            message["attachments"] = self.attachments
        if self.files:
            message |= {"files": [one.as_object() for one in self.files], "upload": True, "subtype": "file_share"}
        if self.thread_ts or replies:
            message["thread_ts"] = self.thread_ts or self.ts
        if replies:
            message["reply_count"] = replies
        if self.edited:
            message["edited"] = self.edited
        if self.metadata:
            told = self.metadata if metadata else {"event_type": self.metadata.get("event_type", "")}
            message["metadata"] = told
        if self.reactions:
            message["reactions"] = [
                {"name": name, "users": users, "count": len(users)} for name, users in self.reactions.items()
            ]
        return message
