"""What a person sees: messages and views, in the words a test or a transcript would use."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from playground.conversations import Conversation
from playground.elements import SEVERAL_CHOICES, SINGLE_CHOICES, Element, elements_in
from playground.jsons import Json, text_of
from playground.messages import Message
from playground.transcript import plain, transcript
from playground.values import Plain, Values
from playground.views import View
from playground.workspace import Workspace


@dataclass(frozen=True)
class SeenFile:
    """A file in a message, with what is downloaded of it."""

    name: str
    title: str
    content: bytes

    def __str__(self) -> str:
        return f"(file: {self.title}, {len(self.content)} bytes)"


@dataclass(frozen=True)
class SeenMessage:
    """A message on somebody's screen."""

    ts: str
    channel: str
    author: str
    text: str
    shown: str
    buttons: list[str]
    blocks: list[Json]
    ephemeral: bool = False
    edited: bool = False
    deleted: bool = False
    failed: str | None = None
    metadata: Json | None = None
    files: list[SeenFile] = field(default_factory=list)
    thread: list["SeenMessage"] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.author}: {self.shown}"


@dataclass(frozen=True)
class SeenView:
    """A modal or a Home tab on somebody's screen.

    Fields are named by their labels; a label met for the second time is named "Label (2)", and so on.
    """

    id: str
    title: str
    callback_id: str
    labels: list[str]
    values: dict[str, Plain]
    errors: dict[str, str]
    text: str
    buttons: list[str]
    json: Json
    submit: str = ""
    close: str = ""
    trouble: str | None = None

    def __str__(self) -> str:
        return self.text


def see_messages(workspace: Workspace, conversation: Conversation, reader: str | None) -> list[SeenMessage]:
    """A conversation's messages with their threads; without a reader, those that everybody sees."""
    if reader is None:
        visible = [message for message in conversation.messages if message.ephemeral_to is None]
    else:
        visible = workspace.visible_messages(conversation, reader)
    heads = {message.ts for message in visible if not message.thread_ts}
    return [
        _see_message(workspace, conversation, message, reader, visible)
        for message in visible
        if message.thread_ts not in heads
    ]


def see_view(workspace: Workspace, view: View) -> SeenView:
    named = named_fields(view.blocks)
    shown = transcript(view.blocks, workspace.name_of, view.values)
    title, submit, close = (text_of(view.json.get(key)) for key in ("title", "submit", "close"))
    errors = {name: view.errors[one.block_id] for name, one in named if one.block_id in view.errors}
    foot = " ".join(f"[{label}]" for label in (close, submit) if label)
    told = [f"{name}: {error}" for name, error in errors.items()]
    return SeenView(
        id=view.id,
        title=title,
        callback_id=view.callback_id,
        labels=[name for name, _ in named],
        values={name: readable(view.values, element) for name, element in named},
        errors=errors,
        text="\n".join(part for part in (title, shown, *told, view.trouble, foot) if part),
        buttons=button_labels(view.blocks, view.user),
        json=view.json,
        submit=submit,
        close=close,
        trouble=view.trouble,
    )


def named_fields(blocks: list[Json]) -> list[tuple[str, Element]]:
    """The elements that hold a value, each under a name of its own."""
    counted: dict[str, int] = {}
    named = []
    for element in elements_in(blocks):
        if element.keeps_value:
            label = element.label or element.type
            counted[label] = counted.get(label, 0) + 1
            named.append((label if counted[label] == 1 else f"{label} ({counted[label]})", element))
    return named


def readable(values: Values, element: Element) -> Plain:
    """What stands in an element, with options by their texts."""
    entry = values.entry(element) or {}
    if element.type in SINGLE_CHOICES:
        option = entry.get("selected_option")
        return text_of(option["text"]) if option else None
    if element.type in SEVERAL_CHOICES:
        return [text_of(option["text"]) for option in entry.get("selected_options") or []]
    return values.plain(element)


def button_labels(blocks: list[Json], reader: str | None) -> list[str]:
    """The labels of what can be clicked."""
    return [
        label
        for element in elements_in(blocks)
        if not element.keeps_value and (reader is None or element.visible_to(reader))
        for label, _ in clickable(element)
    ]


def clickable(element: Element) -> Iterable[tuple[str, str | None]]:
    """The labels a person can click on an element, each with the value it stands for."""
    if element.type == "overflow":
        return [(text_of(option["text"]), option.get("value")) for option in element.options]
    if element.type == "feedback_buttons":
        both = (element.json["positive_button"], element.json["negative_button"])
        return [(text_of(button["text"]), button.get("value")) for button in both]
    return [(text_of(element.json.get("text")), None)]


def _see_message(
    workspace: Workspace,
    conversation: Conversation,
    message: Message,
    reader: str | None,
    visible: list[Message],
) -> SeenMessage:
    blocks = message.all_blocks()
    values = message.values_of(reader) if reader else None
    said = transcript(blocks, workspace.name_of, values) if blocks else plain(message.text, workspace.name_of)
    files = [] if message.tombstone else [SeenFile(one.name, one.title, one.content or b"") for one in message.files]
    shown = "\n".join(filter(None, [said, *map(str, files)]))
    replies = [reply for reply in visible if reply.thread_ts == message.ts and reply is not message]
    return SeenMessage(
        ts=message.ts,
        channel=conversation.id,
        author=workspace.name_of(message.user),
        text=message.text,
        shown=shown,
        buttons=button_labels(blocks, reader),
        blocks=blocks,
        ephemeral=message.ephemeral_to is not None,
        edited=message.edited is not None,
        deleted=message.tombstone,
        failed=message.troubles.get(reader) if reader else None,
        metadata=message.metadata,
        files=files,
        thread=[_see_message(workspace, conversation, reply, reader, []) for reply in replies],
    )
