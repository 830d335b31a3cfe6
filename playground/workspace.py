"""The workspace: who and what there is. Plain state, without doors and without manners."""

from collections.abc import Callable, Iterator

from playground.apps import InstalledApp
from playground.clock import Clock
from playground.conversations import Conversation
from playground.ids import Ids, Timestamps
from playground.members import Member
from playground.messages import Message
from playground.views import View

SLACKBOT = "USLACKBOT"


class Workspace:
    """Members, apps, conversations with their messages, modals and Home tabs."""

    team_id = "T0PLAYGRND"
    domain = "playground"
    name = "Playground"

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.ids = Ids()
        self.timestamps = Timestamps()
        self.members: dict[str, Member] = {}
        self.apps: dict[str, InstalledApp] = {}
        self.conversations: dict[str, Conversation] = {}
        self.stacks: dict[str, list[View]] = {}  # by person: their open modals, the top one last
        self.homes: dict[tuple[str, str], View] = {}  # by app and person
        self._dms: dict[frozenset[str], Conversation] = {}
        self._watchers: list[Callable[[], None]] = []
        self.add_member(Member(SLACKBOT, "slackbot", "Slackbot"))

    def watch(self, watcher: Callable[[], None]) -> None:
        """Have a function called after every change anybody could see."""
        self._watchers.append(watcher)

    def changed(self) -> None:
        for watcher in self._watchers:
            watcher()

    def next_ts(self) -> str:
        return self.timestamps.next(self.clock.now())

    def seconds(self) -> int:
        return int(self.clock.now().timestamp())

    # Members and apps

    def add_member(self, member: Member) -> Member:
        member.updated = self.seconds()
        self.members[member.id] = member
        return member

    def people(self) -> list[Member]:
        return [member for member in self.members.values() if not member.is_bot and member.id != SLACKBOT]

    def app_of_token(self, token: str) -> InstalledApp | None:
        found = (app for app in self.apps.values() if token in (app.bot_token, app.app_token))
        return next(found, None)

    def app_of_user(self, user: str) -> InstalledApp | None:
        return next((app for app in self.apps.values() if app.bot_user_id == user), None)

    def name_of(self, some_id: str) -> str:
        """What people read for an id of a member or channel."""
        if some_id in self.members:
            return self.members[some_id].real_name
        if some_id in self.conversations:
            return self.conversations[some_id].name
        return some_id

    # Conversations

    def add_conversation(
        self, name: str, members: list[str], *, private: bool = False, is_im: bool = False
    ) -> Conversation:
        conversation = Conversation(
            id=self.ids.next("D" if is_im else "C"),
            name=name,
            members=members,
            created=self.seconds(),
            is_im=is_im,
            private=private,
        )
        self.conversations[conversation.id] = conversation
        return conversation

    def dm(self, one: str, other: str) -> Conversation:
        """The direct message between two members, opened if it was not yet."""
        both = frozenset((one, other))
        if both not in self._dms:
            self._dms[both] = self.add_conversation("directmessage", [one, other], is_im=True)
        return self._dms[both]

    def conversations_of(self, user: str) -> list[Conversation]:
        return [one for one in self.conversations.values() if user in one.members]

    def visible_messages(self, conversation: Conversation, user: str) -> list[Message]:
        """What one member sees in a conversation, oldest first; nothing to those not in it."""
        if user not in conversation.members:
            return []
        return [message for message in conversation.messages if message.visible_to(user)]

    # Views

    def stack(self, user: str) -> list[View]:
        return self.stacks.setdefault(user, [])

    def views(self) -> Iterator[View]:
        """Every view that is on somebody's screen or Home tab."""
        for stack in self.stacks.values():
            yield from stack
        yield from self.homes.values()

    def view(self, view_id: str) -> View | None:
        return next((view for view in self.views() if view.id == view_id), None)
