"""Views: modals in a person's stack, and Home tabs."""

import secrets
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from playground.apps import InstalledApp
from playground.elements import Element, elements_in, with_ids
from playground.ids import Ids
from playground.jsons import Json
from playground.values import Values

DEEPEST_STACK = 3
KEPT_KEYS = ("title", "submit", "close", "callback_id", "private_metadata", "external_id")


@dataclass
class View:
    """One view of one person: what the app drew, and what the person put in it."""

    id: str
    type: Literal["modal", "home"]
    app: InstalledApp
    user: str
    json: Json
    hash: str
    root_id: str
    previous_id: str | None = None
    values: Values = field(default_factory=Values)
    errors: dict[str, str] = field(default_factory=dict)  # block_id -> what stands under the field
    trouble: str | None = None  # what stands at the foot when the app did not answer
    busy: bool = False

    @property
    def blocks(self) -> list[Json]:
        return list(self.json.get("blocks") or [])

    @property
    def callback_id(self) -> str:
        return str(self.json.get("callback_id") or "")

    @property
    def external_id(self) -> str:
        return str(self.json.get("external_id") or "")

    def inputs(self) -> list[Element]:
        """The elements of its input blocks: those that can be required and can show an error."""
        return [element for element in elements_in(self.blocks) if element.in_input]

    def redraw(self, drawn: Json, ids: Ids, now: datetime) -> None:
        """Show another version of the view; what was typed stays where the ids are the same."""
        blocks = with_ids(list(drawn.get("blocks") or []), ids)
        self.json = {**drawn, "blocks": blocks}
        self.values = self.values.carried_over(blocks)
        self.hash = new_hash(now)
        self.errors = {}
        self.trouble = None

    def as_object(self, team_id: str) -> Json:
        """Slack's view object."""
        view: Json = {
            "id": self.id,
            "team_id": team_id,
            "type": self.type,
            "blocks": self.blocks,
            "state": {"values": deepcopy(self.values.entries)},
            "hash": self.hash,
            "root_view_id": self.root_id,
            "previous_view_id": self.previous_id,
            "app_id": self.app.app_id,
            "bot_id": self.app.bot_id,
            "app_installed_team_id": team_id,
            "clear_on_close": bool(self.json.get("clear_on_close")),
            "notify_on_close": bool(self.json.get("notify_on_close")),
            "submit_disabled": False,
        }
        for key in KEPT_KEYS:
            missing = None if key in ("title", "submit", "close") else ""
            view[key] = self.json.get(key, missing)
        return view


def new_hash(now: datetime) -> str:
    return f"{int(now.timestamp())}.{secrets.token_urlsafe(6)}"
