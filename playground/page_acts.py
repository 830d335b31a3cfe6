"""What a person does on the page, turned into the acts of their client."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from playground.apps import InstalledApp
from playground.client import Client
from playground.clock import PlaygroundClock
from playground.conversations import Conversation
from playground.errors import CannotDoError
from playground.interactions import Place
from playground.jsons import Json
from playground.slack import Slack
from playground.values import Plain
from playground.views import View


@dataclass(frozen=True)
class Act:
    """One frame of the page, read with care: what it lacks is said in plain words."""

    fields: Json

    @classmethod
    def read(cls, frame: str) -> "Act":
        try:
            fields = json.loads(frame)
        except ValueError:
            fields = None
        if not isinstance(fields, dict):
            raise CannotDoError("That could not be understood")
        return cls(fields)

    @property
    def name(self) -> str:
        return self.text("act")

    def text(self, field: str) -> str:
        value = self.fields.get(field)
        if not isinstance(value, str):
            raise CannotDoError(f"The act lacks its {field}")
        return value

    def inner(self, field: str) -> "Act":
        value = self.fields.get(field)
        if not isinstance(value, dict):
            raise CannotDoError(f"The act lacks its {field}")
        return Act(value)

    @property
    def value(self) -> Plain:
        value = self.fields.get("value")
        if isinstance(value, list):
            return [str(one) for one in value]
        return None if value is None else str(value)


class PageActs:
    """Every act the page's protocol knows, by its name."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack
        self._acts: dict[str, Callable[[Client, Act], Awaitable[None]]] = {
            "type": self._type,
            "interact": self._interact,
            "input": self._input,
            "options": self._options,
            "submit": self._submit,
            "close": self._close,
            "close_all": self._close_all,
            "home": self._home,
            "read": self._read,
            "shortcut": self._shortcut,
            "clock": self._clock,
        }

    async def perform(self, person: str, act: Act) -> None:
        """Do one act as a person; raises CannotDoError where it is not possible."""
        member = self._slack.workspace.members.get(person)
        if member is None:
            raise CannotDoError("There is nobody to act as")
        do = self._acts.get(act.name)
        if do is None:
            raise CannotDoError(f"There is no act {act.name!r}")
        await do(Client(self._slack, member), act)

    async def _type(self, client: Client, act: Act) -> None:
        await client.type(self._conversation(act), act.text("text"), act.fields.get("thread_ts") or None)

    async def _interact(self, client: Client, act: Act) -> None:
        place = self._place(client, act.inner("where"))
        element = client.element(place, act.text("block_id"), act.text("action_id"))
        await client.press(place, element, act.value)

    async def _input(self, client: Client, act: Act) -> None:
        place = self._place(client, act.inner("where"))
        element = client.element(place, act.text("block_id"), act.text("action_id"))
        await client.put(place, element, act.value)

    async def _options(self, client: Client, act: Act) -> None:
        place = self._place(client, act.inner("where"))
        element = client.element(place, act.text("block_id"), act.text("action_id"))
        await client.ask_options(place, element, act.text("value"))

    async def _submit(self, client: Client, act: Act) -> None:
        await client.submit(self._view(client, act.text("view_id")))

    async def _close(self, client: Client, act: Act) -> None:
        await client.close(self._view(client, act.text("view_id")))

    async def _close_all(self, client: Client, act: Act) -> None:
        await client.close_all()

    async def _home(self, client: Client, act: Act) -> None:
        client.open_home(self._app(act))

    async def _read(self, client: Client, act: Act) -> None:
        client.read(self._conversation(act))

    async def _shortcut(self, client: Client, act: Act) -> None:
        await client.shortcut(self._app(act), act.text("callback_id"))

    async def _clock(self, client: Client, act: Act) -> None:
        clock = self._slack.workspace.clock
        if not isinstance(clock, PlaygroundClock):
            raise CannotDoError("This clock cannot be moved")
        move = act.fields.get("move")
        if move == "next_event":
            await clock.move_to_next_event()
        elif move == "next_monday":
            await clock.move_to_next_monday(client.member.tz)
        else:
            minutes = act.inner("move").fields.get("minutes")
            if not isinstance(minutes, int | float):
                raise CannotDoError("The act lacks its minutes")
            await clock.move_by(minutes)

    def _app(self, act: Act) -> InstalledApp:
        found = self._slack.workspace.apps.get(act.text("app_id"))
        if found is None:
            raise CannotDoError("There is no such app")
        return found

    def _conversation(self, act: Act) -> Conversation:
        found = self._slack.workspace.conversations.get(act.text("channel"))
        if found is None:
            raise CannotDoError("There is no such conversation")
        return found

    def _view(self, client: Client, view_id: str) -> View:
        for view in self._slack.workspace.stack(client.member.id):
            if view.id == view_id:
                return view
        raise CannotDoError("That form is no longer open")

    def _place(self, client: Client, where: Act) -> Place:
        if where.text("kind") == "view":
            return client.place_in_view(self._view(client, where.text("view_id")))
        if where.text("kind") == "home":
            home = self._slack.workspace.homes.get((where.text("app_id"), client.member.id))
            if home is None:
                raise CannotDoError("That Home tab is empty")
            return client.place_in_view(home)
        conversation = self._conversation(where)
        message = conversation.message(where.text("ts"))
        if message is None:
            raise CannotDoError("That message is gone")
        return client.place_in_message(conversation, message)
