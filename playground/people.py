"""People who act: what Dana types, clicks, fills in and reads."""

from collections.abc import Mapping, Sequence
from typing import Literal

from playground.apps import InstalledApp
from playground.client import Client
from playground.conversations import Conversation
from playground.elements import TEXT_INPUTS, Element
from playground.errors import CannotDoError
from playground.finding import Found, find_button, find_field, option_value
from playground.interactions import Place
from playground.members import Member
from playground.places import Channel, HasUserId
from playground.seen import SeenMessage, SeenView, see_messages, see_view
from playground.slack import Slack
from playground.values import Plain
from playground.views import View

Where = Channel | Literal["home"] | None
Choice = str | HasUserId


class Person:
    """One member of the workspace at their Slack client.

    Every act waits until the app has acknowledged what it caused and the world has settled. What the
    client would not let a person do raises CannotDoError, with a list of what could be done instead.
    """

    def __init__(self, slack: Slack, member: Member) -> None:
        self._slack = slack
        self.member = member
        self.client = Client(slack, member)
        self._on_home: InstalledApp | None = None

    @property
    def id(self) -> str:
        return self.member.id

    @property
    def name(self) -> str:
        return self.member.name

    def __repr__(self) -> str:
        return f"Person({self.member.real_name})"

    # Acting

    async def types(
        self, text: str, where: Channel | InstalledApp | None = None, *, thread: SeenMessage | None = None
    ) -> None:
        """Send a message or a slash command, in the direct message with the app unless told where."""
        self._on_home = None
        if thread is not None:
            conversation = self._slack.workspace.conversations[thread.channel]
            await self.client.type(conversation, text, thread.ts)
        else:
            await self.client.type(self._conversation(where), text)
        await self._slack.settle()

    async def sends_file(
        self, name: str, content: bytes, where: Channel | InstalledApp | None = None, *, text: str = ""
    ) -> None:
        """Put a file into the direct message with the app, or into a channel."""
        self._on_home = None
        self.client.send_file(self._conversation(where), name, content, text)
        await self._slack.settle()

    async def clicks(
        self,
        label: str,
        in_: Where = None,
        *,
        message: SeenMessage | None = None,
        nth: int = 1,
        confirm: bool = True,
    ) -> None:
        """Click the newest visible button (or menu entry) called that; `nth` counts from 1.

        The open modal comes first, its submit and close buttons included; then the Home tab if it is
        in front, then the direct message with the app. Where a dialog asks, `confirm` answers it.
        """
        modal = self._top()
        if modal is not None and in_ is None and message is None and nth == 1:
            if label == see_view(self._slack.workspace, modal).submit:
                await self.submits()
                return
            if label == (see_view(self._slack.workspace, modal).close or "Cancel"):
                await self.closes()
                return
        found = find_button(self._places(in_, message), label, self.id, nth)
        if found.element.json.get("confirm") and not confirm:
            return
        await self.client.press(found.place, found.element, found.value)
        await self._slack.settle()

    async def chooses(
        self,
        label: str,
        *options: Choice,
        in_: Where = None,
        message: SeenMessage | None = None,
        nth: int = 1,
    ) -> None:
        """Choose options by their texts; for checkboxes and multi-selects, exactly these (or none)."""
        found = find_field(self._places(in_, message), label, _is_chosen_from, nth)
        await self._put(found, await self._chosen(found, options))

    async def fills(
        self, label: str, text: str, *, in_: Where = None, message: SeenMessage | None = None, nth: int = 1
    ) -> None:
        """Type into a text field; an empty text empties it."""
        found = find_field(self._places(in_, message), label, _is_typed_into, nth)
        await self._put(found, text)

    async def submits(
        self, answers: Mapping[str, Choice | Sequence[Choice]] | None = None, **by_label: Choice | Sequence[Choice]
    ) -> None:
        """Fill in what is given by label, then press the form's submit button."""
        for label, answer in {**(answers or {}), **by_label}.items():
            await self._answer(label, answer)
        await self.client.submit(self._form())
        await self._slack.settle()

    async def closes(self) -> None:
        """Close the top form."""
        await self.client.close(self._form())
        await self._slack.settle()

    async def closes_all(self) -> None:
        """Close the whole stack with the x."""
        await self.client.close_all()
        await self._slack.settle()

    async def opens_home(self, app: InstalledApp | None = None) -> None:
        """Turn to the app's Home tab."""
        self._on_home = app or self._app()
        self.client.open_home(self._on_home)
        await self._slack.settle()

    async def uses_shortcut(self, name: str, on: SeenMessage | None = None) -> None:
        """Run a shortcut by its name or callback_id, from the menu or on a message."""
        for app in self._slack.workspace.apps.values():
            for shortcut in app.shortcuts:
                if name in (shortcut.name, shortcut.callback_id):
                    place = self._slack.workspace.conversations[on.channel] if on else None
                    message = place.message(on.ts) if place and on else None
                    await self.client.shortcut(app, shortcut.callback_id, message, place)
                    await self._slack.settle()
                    return
        raise CannotDoError(f"There is no shortcut {name!r}")

    # Seeing

    @property
    def modal(self) -> SeenView | None:
        """The form on top, if one is open."""
        top = self._top()
        return see_view(self._slack.workspace, top) if top else None

    @property
    def home(self) -> SeenView | None:
        """The app's Home tab, if it was ever drawn for this person."""
        view = self._home_view()
        return see_view(self._slack.workspace, view) if view else None

    def reads(self, where: Channel | InstalledApp | None = None) -> list[SeenMessage]:
        """The messages of the direct message with the app, or of a channel, oldest first."""
        conversation = self._conversation(where)
        if self.id not in conversation.members:
            raise CannotDoError(f"{self.member.real_name} is not in #{conversation.name}")
        self.client.read(conversation)
        return see_messages(self._slack.workspace, conversation, self.id)

    def sees_ephemerals(self, where: Channel | InstalledApp | None = None) -> list[SeenMessage]:
        """The messages there that only this person sees."""
        seen = self.reads(where)
        everything = [message for head in seen for message in (head, *head.thread)]
        return [message for message in everything if message.ephemeral]

    def catches_up(self) -> None:
        """Read everything there is, everywhere."""
        for conversation in self._slack.workspace.conversations_of(self.id):
            self.client.read(conversation)
        self._slack.workspace.changed()

    # Finding one's way

    def _app(self) -> InstalledApp:
        for app in self._slack.workspace.apps.values():
            if not app.uninstalled:
                return app
        raise CannotDoError("No app is installed")

    def _conversation(self, where: Channel | InstalledApp | None) -> Conversation:
        if isinstance(where, Channel):
            return where.conversation
        return self._slack.workspace.dm(self.id, (where or self._app()).bot_user_id)

    def _top(self) -> View | None:
        stack = self._slack.workspace.stack(self.id)
        return stack[-1] if stack else None

    def _form(self) -> View:
        top = self._top()
        if top is None:
            raise CannotDoError(f"No form is open for {self.member.real_name}")
        return top

    def _home_view(self) -> View | None:
        app = self._on_home or self._app()
        return self._slack.workspace.homes.get((app.app_id, self.id))

    def _places(self, in_: Where, message: SeenMessage | None) -> list[Place]:
        """Where to look, in order: the exact place if given, else what is in front."""
        if message is not None:
            conversation = self._slack.workspace.conversations[message.channel]
            current = conversation.message(message.ts)
            if current is None:
                raise CannotDoError("That message is gone")
            return [self.client.place_in_message(conversation, current)]
        top = self._top()
        if in_ is None and top is not None:
            return [self.client.place_in_view(top)]
        home = self._home_view() if in_ == "home" or (in_ is None and self._on_home) else None
        places = [self.client.place_in_view(home)] if home else []
        if in_ == "home":
            return places
        return places + self._places_in(self._conversation(in_))

    def _places_in(self, conversation: Conversation) -> list[Place]:
        visible = self._slack.workspace.visible_messages(conversation, self.id)
        apps = {app.bot_user_id for app in self._slack.workspace.apps.values()}
        return [
            self.client.place_in_message(conversation, message) for message in reversed(visible) if message.user in apps
        ]

    # Putting values in

    async def _answer(self, label: str, answer: Choice | Sequence[Choice]) -> None:
        place = self.client.place_in_view(self._form())
        found = find_field([place], label, lambda element: True)
        if isinstance(answer, str) and _is_typed_into(found.element):
            await self._put(found, answer)
        else:
            options = [answer] if isinstance(answer, str) or not isinstance(answer, Sequence) else answer
            await self._put(found, await self._chosen(found, options))

    async def _put(self, found: Found, value: Plain) -> None:
        await self.client.put(found.place, found.element, value)
        if found.element.dispatches:
            await self._slack.settle()

    async def _chosen(self, found: Found, options: Sequence[Choice]) -> list[str]:
        return [await self._option(found, option) for option in options]

    async def _option(self, found: Found, option: Choice) -> str:
        kind = found.element.type
        if not isinstance(option, str):
            return option.id
        if kind.endswith("external_select"):
            offered = await self.client.ask_options(found.place, found.element, option)
            return option_value(found.element, offered, option)
        if "users" in kind:
            return self._named(option, [(one.real_name, one.id) for one in self._slack.workspace.people()])
        if "conversations" in kind or "channels" in kind:
            mine = self._slack.workspace.conversations_of(self.id)
            return self._named(option.removeprefix("#"), [(one.name, one.id) for one in mine])
        if kind in ("datepicker", "timepicker", "datetimepicker"):
            return option
        return option_value(found.element, found.place.values.options(found.element), option)

    def _named(self, name: str, candidates: list[tuple[str, str]]) -> str:
        for shown, some_id in candidates:
            if shown == name:
                return some_id
        raise CannotDoError(f"There is no {name!r} to choose")


def _is_typed_into(element: Element) -> bool:
    return element.type in TEXT_INPUTS


def _is_chosen_from(element: Element) -> bool:
    return element.type not in TEXT_INPUTS
