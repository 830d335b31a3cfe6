"""One person's Slack client: what it lets them do, and what they are told when an app does not answer."""

import re

from playground import events, interactions, posting
from playground.acks import TROUBLE, take_command_answer, take_options, take_submission_answer
from playground.apps import InstalledApp
from playground.conversations import Conversation
from playground.elements import Element, find_element
from playground.errors import CannotDoError
from playground.form_checks import client_side_errors
from playground.interactions import Place
from playground.jsons import Json
from playground.members import Member
from playground.messages import Message
from playground.slack import Slack
from playground.socket_mode import Ack
from playground.values import Plain
from playground.views import View
from playground.workspace import SLACKBOT


class Client:
    """The acts of one member. Each raises CannotDoError where Slack's client would not offer it."""

    def __init__(self, slack: Slack, member: Member) -> None:
        self.slack = slack
        self.member = member

    # Writing

    async def type(self, conversation: Conversation, text: str, thread_ts: str | None = None) -> None:
        """Send a message, or run a slash command when the text starts with one."""
        self._enter_to_write(conversation)
        if not text.strip():
            raise CannotDoError("There is nothing to send")
        if not text.startswith("/"):
            self._say(conversation, text, thread_ts)
        elif thread_ts:
            raise CannotDoError(f"{text.split()[0]} is not supported in threads. Sorry!")
        else:
            await self._command(conversation, text)

    def send_file(self, conversation: Conversation, name: str, content: bytes, text: str) -> None:
        """Put a file there, with a few words or none."""
        self._enter_to_write(conversation)
        created, server = self.slack.workspace.seconds(), self.slack.url
        file = self.slack.files.add(self.member.id, name, content, created=created, server=server)
        posting.drop(self.slack, self.member, conversation, file, text)

    def read(self, conversation: Conversation) -> None:
        """Mark everything there as read."""
        seen = self.slack.workspace.visible_messages(conversation, self.member.id)
        if seen and self.member.read.get(conversation.id) != seen[-1].ts:
            self.member.read[conversation.id] = seen[-1].ts
            self.slack.workspace.changed()

    # Pressing and choosing

    async def press(self, place: Place, element: Element, value: Plain = None) -> None:
        """Act on an element that tells the app at once: a button, a menu, a dispatching input."""
        self._present()
        if not element.visible_to(self.member.id):
            raise CannotDoError(f"{element.label!r} is not shown to {self.member.real_name}")
        if place.view is not None and place.view.busy:
            raise CannotDoError("The form is being sent")
        action = self._action(place, element, value)
        self._forget_trouble(place)
        payload = interactions.block_actions(self.slack, self.member, place, element, action)
        if await self._send(place.app, payload, answers=False) is None:
            self._show_trouble(place)
        self.slack.workspace.changed()

    async def put(self, place: Place, element: Element, value: Plain) -> None:
        """Type or choose a value; the app hears of it only where the element dispatches."""
        self._present()
        if element.dispatches:
            await self.press(place, element, value)
            return
        place.values.set(element, value)
        if place.view is not None:
            place.view.errors.pop(element.block_id, None)
        self.slack.workspace.changed()

    async def ask_options(self, place: Place, element: Element, typed: str) -> list[Json]:
        """Type into an external select and get the options the app offers."""
        self._present()
        least = element.json.get("min_query_length", 3)
        if len(typed) < least:
            raise CannotDoError(f"Type at least {least} characters")
        payload = interactions.block_suggestion(self.slack, self.member, place, element, typed)
        ack = await self._send(place.app, payload, answers=True)
        options = take_options(self.slack, ack.payload) if ack else None
        if options is None:
            raise CannotDoError("The options could not be loaded")
        place.values.offered[element.block_id, element.action_id] = options
        self.slack.workspace.changed()
        return options

    # Modals

    async def submit(self, view: View) -> None:
        """Press the view's submit button; what the client itself refuses never reaches the app."""
        self._present()
        if view not in self.slack.workspace.stack(self.member.id)[-1:]:
            raise CannotDoError("That form is not on top")
        if not view.json.get("submit"):
            raise CannotDoError("The form has no submit button")
        if view.busy:
            raise CannotDoError("The form is being sent")
        view.errors, view.trouble = client_side_errors(view), None
        if not view.errors:
            await self._submit(view)
        self.slack.workspace.changed()

    async def close(self, view: View) -> None:
        """Close the top view, or the whole stack where it says so."""
        if view.json.get("clear_on_close"):
            await self.close_all()
            return
        stack = self.slack.workspace.stack(self.member.id)
        if view not in stack[-1:]:
            raise CannotDoError("That form is not on top")
        stack.pop()
        self.slack.workspace.changed()
        await self._tell_closed(view, is_cleared=False)

    async def close_all(self) -> None:
        """Close every open view."""
        stack = self.slack.workspace.stack(self.member.id)
        views = list(reversed(stack))
        stack.clear()
        self.slack.workspace.changed()
        for view in views:
            await self._tell_closed(view, is_cleared=True)

    # Home tab and shortcuts

    def open_home(self, app: InstalledApp) -> None:
        """Look at the app's Home tab; the app is told every time."""
        self._present()
        if not app.home_enabled:
            raise CannotDoError(f"{app.name} has no Home tab")
        workspace = self.slack.workspace
        dm = workspace.dm(self.member.id, app.bot_user_id)
        event: Json = {
            "type": "app_home_opened",
            "user": self.member.id,
            "channel": dm.id,
            "tab": "home",
            "event_ts": workspace.next_ts(),
        }
        home = workspace.homes.get((app.app_id, self.member.id))
        if home is not None:
            event["view"] = home.as_object(workspace.team_id)
        events.publish(self.slack, event, only=app)
        workspace.changed()

    async def shortcut(
        self,
        app: InstalledApp,
        callback_id: str,
        message: Message | None = None,
        conversation: Conversation | None = None,
    ) -> None:
        """Run a global shortcut, or one on a message."""
        self._present()
        kind = "global" if message is None else "message"
        declared = next((one for one in app.shortcuts if one.callback_id == callback_id and one.type == kind), None)
        if declared is None:
            raise CannotDoError(f"{app.name} has no {kind} shortcut {callback_id!r}")
        payload = interactions.shortcut(self.slack, app, self.member, declared, message, conversation)
        if await self._send(app, payload, answers=False) is None:
            place = conversation or self.slack.workspace.dm(self.member.id, app.bot_user_id)
            words = f"{declared.name} failed because the app did not respond."
            posting.whisper(self.slack, place, self.member.id, words, SLACKBOT)

    # Places

    def place_in_view(self, view: View) -> Place:
        return Place(view.app, view.blocks, view.values, view=view)

    def place_in_message(self, conversation: Conversation, message: Message) -> Place:
        self._enter(conversation)
        app = self.slack.workspace.app_of_user(message.user)
        if app is None or not message.visible_to(self.member.id):
            raise CannotDoError("There is nothing to act on in that message")
        values = message.values_of(self.member.id)
        return Place(app, message.all_blocks(), values, message=message, conversation=conversation)

    def element(self, place: Place, block_id: str, action_id: str) -> Element:
        found = find_element(place.blocks, block_id, action_id)
        if found is None:
            raise CannotDoError("That is no longer there")
        return found

    # Beneath the acts

    def _present(self) -> None:
        if self.member.deleted:
            raise CannotDoError(f"{self.member.real_name} is deactivated")

    def _enter(self, conversation: Conversation) -> None:
        self._present()
        if self.member.id not in conversation.members:
            raise CannotDoError(f"{self.member.real_name} is not in #{conversation.name}")

    def _enter_to_write(self, conversation: Conversation) -> None:
        self._enter(conversation)
        if conversation.archived:
            raise CannotDoError(f"#{conversation.name} is archived")

    def _say(self, conversation: Conversation, text: str, thread_ts: str | None) -> None:
        app = self.slack.workspace.app_of_user(conversation.partner(self.member.id))
        if conversation.is_im and app and (app.messages_read_only or not app.messages_enabled):
            raise CannotDoError(f"Sending messages to {app.name} has been turned off")
        posting.say(self.slack, self.member, conversation, self._escaped(text, names=False), thread_ts)

    async def _command(self, conversation: Conversation, typed: str) -> None:
        command, _, text = typed.partition(" ")
        # Of two apps with the same command, the one installed last gets it.
        apps = [app for app in self.slack.workspace.apps.values() if app.command(command)]
        if not apps or apps[-1].uninstalled:
            raise CannotDoError(f"{command} is not a valid command")
        app, declared = apps[-1], apps[-1].command(command)
        if declared and declared.should_escape:
            text = self._escaped(text, names=True)
        payload = interactions.slash_command(self.slack, app, self.member, conversation, command, text.strip())
        delivery = self.slack.socket.send(app, "slash_commands", command, payload, answers=True)
        ack = await self.slack.socket.answer(delivery)
        if ack is None or not take_command_answer(self.slack, app, self.member, conversation, typed, ack.payload):
            words = f'{command} failed with the error "dispatch_failed"'
            posting.whisper(self.slack, conversation, self.member.id, words, SLACKBOT)

    async def _submit(self, view: View) -> None:
        view.busy = True
        self.slack.workspace.changed()
        try:
            payload = interactions.view_submission(self.slack, self.member, view)
            ack = await self._send(view.app, payload, answers=True)
        finally:
            view.busy = False
        if ack is None:
            view.trouble = TROUBLE
        else:
            take_submission_answer(self.slack, view, ack.payload)

    async def _tell_closed(self, view: View, *, is_cleared: bool) -> None:
        if view.json.get("notify_on_close"):
            payload = interactions.view_closed(self.slack, self.member, view, is_cleared=is_cleared)
            await self._send(view.app, payload, answers=False)

    async def _send(self, app: InstalledApp, payload: Json, *, answers: bool) -> Ack | None:
        delivery = self.slack.socket.send(app, "interactive", payload["type"], payload, answers=answers)
        return await self.slack.socket.answer(delivery)

    def _action(self, place: Place, element: Element, value: Plain) -> Json:
        """The part of block_actions that says what was done."""
        if element.type == "overflow":
            for option in element.options:
                if option.get("value") == value:
                    return {"selected_option": option}
            raise CannotDoError(f"The menu does not offer {value!r}")
        if element.type == "feedback_buttons":
            return {"value": value}
        if not element.keeps_value:
            kept = ("value", "text", "style", "url")
            return {key: element.json[key] for key in kept if key in element.json}
        place.values.set(element, value)
        entry = place.values.entry(element) or {}
        return {key: chosen for key, chosen in entry.items() if key != "type"}

    def _forget_trouble(self, place: Place) -> None:
        if place.view is not None:
            place.view.trouble = None
        if place.message is not None:
            place.message.troubles.pop(self.member.id, None)

    def _show_trouble(self, place: Place) -> None:
        if place.view is not None:
            place.view.trouble = TROUBLE
        if place.message is not None:
            words = f"⚠️ {place.app.name} did not respond"
            place.message.troubles[self.member.id] = words

    def _escaped(self, text: str, *, names: bool) -> str:
        """Typed text as Slack passes it on: entities escaped, mentions as ids."""
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return re.sub(r"(?<![\w.])([@#])([\w.-]+)", lambda match: self._mention(match, names=names), text)

    def _mention(self, match: re.Match[str], *, names: bool) -> str:
        sign, name = match.groups()
        workspace = self.slack.workspace
        if sign == "@":
            found = [member.id for member in workspace.members.values() if member.name == name]
        else:
            found = [one.id for one in workspace.conversations.values() if one.name == name]
        suffix = f"|{name}" if names else ""
        return f"<{sign}{found[0]}{suffix}>" if found else match.group()
