"""Files: sent up to an address that was given for them, then shared in conversations."""

import asyncio
import re
import secrets
from dataclasses import dataclass, field

from playground.errors import ApiError
from playground.ids import Ids
from playground.jsons import Json

LIFETIME = 30 * 60.0  # real seconds: a right of the protocol, not something people see
UNSAFE = re.compile(r"[^\w.-]+")
TYPES = {
    "csv": ("csv", "CSV", "text/csv"),
    "md": ("markdown", "Markdown (raw)", "text/plain"),
    "tsv": ("tsv", "TSV", "text/tab-separated-values"),
    "txt": ("text", "Plain Text", "text/plain"),
    "xlsx": ("xlsx", "Excel Spreadsheet", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "yaml": ("yaml", "YAML", "text/plain"),
    "yml": ("yaml", "YAML", "text/plain"),
}
"""Slack's word for a kind of file, what people read, and its media type, by how the name ends."""


@dataclass
class File:
    """One file; `content` is None until its bytes have come, `shared` are conversations with the message each has.
    `server` is the address it is served at.
    """

    id: str
    user: str
    name: str
    title: str
    length: int
    created: int
    server: str
    content: bytes | None = None
    complete: bool = False
    shared: dict[str, str] = field(default_factory=dict)

    @property
    def media_type(self) -> str:
        return self._type[2]

    @property
    def path(self) -> str:
        """Where it is downloaded, below the server's address."""
        return f"files-pri/{self.id}/download/{UNSAFE.sub('_', self.name).lower()}"

    def as_object(self) -> Json:
        """Slack's file object."""
        kind, pretty, media_type = self._type
        address = f"{self.server}/{self.path}"
        return {
            "id": self.id,
            "created": self.created,
            "timestamp": self.created,
            "name": self.name,
            "title": self.title,
            "mimetype": media_type,
            "filetype": kind,
            "pretty_type": pretty,
            "user": self.user,
            "size": self.length,
            "mode": "hosted",
            "is_external": False,
            "is_public": False,
            "url_private": address,
            "url_private_download": address,
            "file_access": "visible",
        }

    @property
    def _type(self) -> tuple[str, str, str]:
        return TYPES.get(self.name.rpartition(".")[2].lower(), ("binary", "Binary", "application/octet-stream"))


@dataclass
class _Upload:
    file: File
    given_at: float


class Files:
    """Every file there is, and the addresses given to send some up: each works once, for half an hour."""

    def __init__(self, ids: Ids) -> None:
        self._ids = ids
        self._known: dict[str, File] = {}
        self._given: dict[str, _Upload] = {}

    def begin(self, user: str, name: str, length: int, *, created: int, server: str) -> tuple[File, str]:
        """A file to come, and the secret in the address its bytes are sent to."""
        file = File(self._ids.next("F"), user, name, name, length, created, server)
        self._known[file.id] = file
        secret = secrets.token_urlsafe(24)
        self._given[secret] = _Upload(file, asyncio.get_running_loop().time())
        return file, secret

    def take(self, secret: str, content: bytes) -> None:
        """The bytes of a file. Raises ApiError for an address that is unknown, used or too old, and for other bytes
        than were announced.
        """
        upload = self._given.pop(secret, None)
        if upload is None:
            raise ApiError("invalid_upload_url")
        if asyncio.get_running_loop().time() - upload.given_at > LIFETIME:
            raise ApiError("expired_upload_url")
        if len(content) != upload.file.length:
            raise ApiError("length_mismatch")
        upload.file.content = content

    def add(self, user: str, name: str, content: bytes, *, created: int, server: str) -> File:
        """What a person drops into a conversation is there at once."""
        file = File(self._ids.next("F"), user, name, name, len(content), created, server, content, complete=True)
        self._known[file.id] = file
        return file

    def find(self, file_id: str) -> File | None:
        return self._known.get(file_id)

    def expire_all(self) -> None:
        """Let every address given so far be too old."""
        for upload in self._given.values():
            upload.given_at = float("-inf")
