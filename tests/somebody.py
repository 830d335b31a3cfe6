"""Somebody at their Slack client, with buttons and forms that were made for others."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from blocks.language import language
from blocks.message import View
from playground import Person
from playground.traffic import Entry
from rituals.actors import Reader
from tests.stage import Stage

MARK, MASK = "Zanzibar", "Something"
"""A word in every text of what is private, and what stands for it in a form that is shown to somebody else."""
ENGLISH = language("en-GB")
MONDAY = date(2026, 11, 16)
PRICE, STEPS, PLAN = f"{MARK} price", f"{MARK} steps", f"{MARK} takeover"


@dataclass
class Somebody:
    """Whoever acts, and what was sent meanwhile. `known` are the ids of what is private, by title."""

    stage: Stage
    person: Person
    known: dict[str, str]

    @property
    def client(self) -> AsyncWebClient:
        messenger: Any = self.stage.running.rituals.messenger
        found: AsyncWebClient = messenger.reading
        return found

    async def says(self, text: str) -> None:
        await self.person.types(text)
        await self.person.closes_all()

    async def presses(self, action: str, value: str) -> None:
        """Press a button that somebody has passed on."""
        await self._posts({"type": "button", "action_id": action, "value": value})
        await self.person.clicks("Press", message=self.person.reads()[-1])
        await self.person.closes_all()

    async def is_shown(self, view: View) -> None:
        """Have a form on the screen that was drawn for somebody else, its private texts masked."""
        await self._posts({"type": "button", "action_id": "none", "value": "none"})
        await self.person.clicks("Press", message=self.person.reads()[-1])
        trigger = next(one.body["trigger_id"] for one in reversed(self.stage.playground.traffic) if _is_press(one))
        await self.client.views_open(trigger_id=trigger, view=json.loads(json.dumps(view).replace(MARK, MASK)))

    async def reader(self, who: Person) -> Reader:
        reader = await self.stage.running.rituals.actors.find(self.workspace, who.id, datetime.now(UTC))
        return replace(reader, language=ENGLISH)

    @property
    def workspace(self) -> str:
        return self.stage.running.workspace.id

    async def _posts(self, button: dict[str, Any]) -> None:
        shown = {**button, "text": {"type": "plain_text", "text": "Press"}}
        blocks = [{"type": "actions", "elements": [shown]}]
        await self.client.chat_postMessage(channel=self.person.id, text="Passed on", blocks=blocks)


def _is_press(entry: Entry) -> bool:
    return entry.direction == "to bot" and isinstance(entry.body, dict) and "trigger_id" in entry.body


Act = Callable[[Somebody], Awaitable[None]]


def saying(*texts: str) -> Act:
    async def act(one: Somebody) -> None:
        for text in texts:
            await one.says(text.format(**one.known, luca=f"<@{one.stage.luca.id}>", growth=f"<#{one.stage.growth.id}>"))

    return act


def pressing(action: str, *values: str) -> Act:
    async def act(one: Somebody) -> None:
        for value in values:
            await one.presses(action, value.format(**one.known))

    return act
