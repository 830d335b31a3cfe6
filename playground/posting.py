"""Messages coming, changing and going, with the events that tell of it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from playground import events
from playground.apps import InstalledApp
from playground.blockkit import Problem, check_message
from playground.conversations import Conversation
from playground.elements import with_ids
from playground.errors import ApiError
from playground.files import File
from playground.jsons import Json
from playground.members import Member
from playground.messages import Message
from playground.slack import Slack
from playground.values import rich_text

TRUNCATED_AT = 40_000
TEXTS = {"text", "markdown_text"}
MENTION = re.compile(r"(<[@#]\w+>)")


def refuse(problems: Iterable[Problem]) -> None:
    """Refuse with the first problem's name, listing those that share it."""
    listed = list(problems)
    if listed:
        error = listed[0].error
        raise ApiError(error, messages=[problem.line for problem in listed if problem.error == error])


def post(
    slack: Slack,
    app: InstalledApp,
    conversation: Conversation,
    payload: Mapping[str, Any],
    *,
    ephemeral_to: str | None = None,
) -> Message:
    """An app's message, checked; raises ApiError where Slack would refuse it."""
    refuse(check_message(payload))
    message = Message(
        ts=slack.workspace.next_ts(),
        user=app.bot_user_id,
        text=_text(payload),
        blocks=_blocks(slack, payload),
        attachments=_attachments(slack, payload),
        thread_ts=_thread(conversation, payload),
        app_id=app.app_id,
        bot_id=app.bot_id,
        metadata=payload.get("metadata") or None,
        ephemeral_to=ephemeral_to,
    )
    _append(slack, conversation, message)
    return message


def check_share(conversation: Conversation, said: Mapping[str, Any]) -> None:
    """What is said above files, before anything is done; raises ApiError where Slack would refuse it."""
    _thread(conversation, said)
    if said.keys() & {"text", "blocks"}:
        refuse(check_message(said))


def share(
    slack: Slack, app: InstalledApp, conversation: Conversation, files: Sequence[File], said: Mapping[str, Any]
) -> Message:
    """An app's files, in one message that was checked before."""
    message = Message(
        ts=slack.workspace.next_ts(),
        user=app.bot_user_id,
        text=_text(said),
        blocks=_blocks(slack, said),
        thread_ts=_thread(conversation, said),
        app_id=app.app_id,
        bot_id=app.bot_id,
        files=list(files),
    )
    _append_shared(slack, conversation, message)
    return message


def edit(slack: Slack, conversation: Conversation, message: Message, payload: Mapping[str, Any]) -> None:
    """Replace an app's message: text given without blocks removes them, and so does an empty list of them; metadata
    stays unless given, and given alone it leaves the rest as it is.
    """
    refuse(check_message(payload, editing=True))
    before = message.as_object(slack.workspace.team_id)
    if payload.keys() & TEXTS:
        message.text = _text(payload)
    if payload.keys() & {*TEXTS, "blocks", "attachments"}:
        message.blocks = _blocks(slack, payload)
        message.attachments = _attachments(slack, payload)
    if "metadata" in payload:
        message.metadata = payload["metadata"] or None
    ts = slack.workspace.next_ts()
    message.edited = {"user": message.user, "ts": ts}
    blocks = message.all_blocks()
    message.values = {user: values.carried_over(blocks) for user, values in message.values.items()}
    message.troubles = {}
    if message.ephemeral_to is None:
        after = message.as_object(slack.workspace.team_id)
        changed = {"subtype": "message_changed", "message": after, "previous_message": before}
        _tell(slack, conversation, {**changed, "ts": ts})
    slack.workspace.changed()


def delete(slack: Slack, conversation: Conversation, message: Message) -> None:
    """Take a message away; the head of a thread leaves a tombstone behind."""
    before = message.as_object(slack.workspace.team_id)
    if conversation.thread(message.ts):
        message.tombstone = True
        message.text, message.blocks, message.attachments = "This message was deleted.", None, None
        message.values, message.metadata = {}, None
    else:
        conversation.messages.remove(message)
    if message.ephemeral_to is None:
        deleted = {"subtype": "message_deleted", "deleted_ts": message.ts, "previous_message": before}
        _tell(slack, conversation, {**deleted, "ts": slack.workspace.next_ts()})
    slack.workspace.changed()


def drop(slack: Slack, member: Member, conversation: Conversation, file: File, text: str) -> Message:
    """A file a person puts into a conversation, with what they typed beside it."""
    blocks = [{**_composed(text), "block_id": slack.workspace.ids.next("b")}] if text else None
    message = Message(ts=slack.workspace.next_ts(), user=member.id, text=text, blocks=blocks, files=[file])
    member.read[conversation.id] = message.ts
    _append_shared(slack, conversation, message)
    return message


def say(slack: Slack, member: Member, conversation: Conversation, text: str, thread_ts: str | None = None) -> Message:
    """What a person typed, in the form Slack stores it."""
    message = Message(
        ts=slack.workspace.next_ts(),
        user=member.id,
        text=text,
        blocks=[{**_composed(text), "block_id": slack.workspace.ids.next("b")}],
        thread_ts=thread_ts,
    )
    member.read[conversation.id] = message.ts
    _append(slack, conversation, message)
    for app in slack.workspace.apps.values():
        if f"<@{app.bot_user_id}>" in text:
            mention = _event(slack, message) | {"type": "app_mention", "channel": conversation.id}
            events.publish(slack, mention, where=conversation, only=app)
    return message


def whisper(
    slack: Slack, conversation: Conversation, to: str, text: str, sender: str, thread_ts: str | None = None
) -> Message:
    """A line only one person sees, such as Slackbot's notice that a command failed."""
    ts = slack.workspace.next_ts()
    message = Message(ts=ts, user=sender, text=text, thread_ts=thread_ts, ephemeral_to=to)
    conversation.messages.append(message)
    slack.workspace.changed()
    return message


def _composed(text: str) -> Json:
    """The rich_text block of a typed message, whose text has entities and mentions in Slack's form."""
    elements: list[Json | str] = []
    for part in MENTION.split(text):
        if part.startswith("<@"):
            elements.append({"type": "user", "user_id": part[2:-1]})
        elif part.startswith("<#"):
            elements.append({"type": "channel", "channel_id": part[2:-1]})
        elif part:
            elements.append(part.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
    return rich_text(*elements)


def _append(slack: Slack, conversation: Conversation, message: Message) -> None:
    conversation.messages.append(message)
    if message.ephemeral_to is None:
        event = _event(slack, message)
        if not message.app_id:
            event["client_msg_id"] = slack.workspace.ids.next("m")
        events.publish_message(slack, conversation, event)
    slack.workspace.changed()


def _append_shared(slack: Slack, conversation: Conversation, message: Message) -> None:
    for file in message.files:
        file.shared[conversation.id] = message.ts
        told = {"file_id": file.id, "file": {"id": file.id}, "user_id": message.user, "channel_id": conversation.id}
        event = {"type": "file_shared", **told, "event_ts": message.ts}
        events.publish(slack, event, where=conversation)
    _append(slack, conversation, message)


def _event(slack: Slack, message: Message) -> Json:
    return {**message.as_object(slack.workspace.team_id), "event_ts": message.ts}


def _tell(slack: Slack, conversation: Conversation, event: Json) -> None:
    events.publish_message(slack, conversation, {"type": "message", "hidden": True, "event_ts": event["ts"], **event})


def _text(payload: Mapping[str, Any]) -> str:
    return str(payload.get("markdown_text") or payload.get("text") or "")[:TRUNCATED_AT]


def _blocks(slack: Slack, payload: Mapping[str, Any]) -> list[Json] | None:
    if payload.get("markdown_text"):
        return with_ids([{"type": "markdown", "text": payload["markdown_text"]}], slack.workspace.ids)
    return with_ids(payload.get("blocks") or [], slack.workspace.ids) or None


def _attachments(slack: Slack, payload: Mapping[str, Any]) -> list[Json] | None:
    attachments = [dict(attachment) for attachment in payload.get("attachments") or []]
    for attachment in attachments:
        if attachment.get("blocks"):
            attachment["blocks"] = with_ids(attachment["blocks"], slack.workspace.ids)
    return attachments or None


def _thread(conversation: Conversation, payload: Mapping[str, Any]) -> str | None:
    """The head of the thread a reply belongs to; an answer to a reply joins the same thread."""
    thread_ts = payload.get("thread_ts")
    if not thread_ts:
        return None
    head = conversation.message(str(thread_ts))
    if head is None:
        raise ApiError("thread_not_found")
    return head.thread_ts or head.ts
