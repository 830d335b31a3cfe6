"""Everything one person can see, as the page draws it."""

import json
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from playground.apps import InstalledApp
from playground.conversations import Conversation
from playground.files import File
from playground.ids import ts_key
from playground.jsons import Json
from playground.members import Member
from playground.messages import Message
from playground.slack import Slack
from playground.traffic import Entry
from playground.views import View
from playground.workspace import Workspace

LONGEST_TRAFFIC = 200  # entries
LONGEST_BODY = 12_000  # characters


def page_state(slack: Slack, person: str) -> Json:
    """The picture for one tab; the clock's part is added by whoever can ask it."""
    workspace = slack.workspace
    now = workspace.clock.now()
    member = workspace.members.get(person)
    state: Json = {
        "now": now.isoformat(),
        "me": _me(workspace, member) if member else None,
        "people": [_person(workspace, one) for one in workspace.people()],
        "traffic": [_traffic(entry) for entry in slack.traffic.entries[-LONGEST_TRAFFIC:]],
    }
    mine = workspace.conversations_of(person)
    apps = [app for app in workspace.apps.values() if not app.uninstalled]
    state["apps"] = [_app(slack, app, person) for app in apps]
    state["channels"] = [
        _channel(workspace, one, person)
        for one in workspace.conversations.values()
        if not one.is_im and (not one.private or person in one.members)
    ]
    state["dms"] = [_dm(workspace, one, person) for one in mine if one.is_im]
    state["messages"] = {
        one.id: [_message(workspace, one, message, person) for message in workspace.visible_messages(one, person)]
        for one in mine
    }
    state["views"] = [_view(view) for view in workspace.stack(person)]
    return state


def _me(workspace: Workspace, member: Member) -> Json:
    return {
        "id": member.id,
        "name": member.name,
        "real_name": member.real_name,
        "tz": member.tz,
        "locale": member.locale,
        "local_now": member.local(workspace.clock.now()).isoformat(),
        "is_admin": member.is_admin,
        "deleted": member.deleted,
    }


def _person(workspace: Workspace, member: Member) -> Json:
    dms = [one for one in workspace.conversations_of(member.id) if one.is_im]
    unread = sum(_unread(workspace, one, member.id) for one in dms)
    return {**_me(workspace, member), "is_bot": False, "unread": unread}


def _app(slack: Slack, app: InstalledApp, person: str) -> Json:
    workspace = slack.workspace
    home = workspace.homes.get((app.app_id, person))
    return {
        "app_id": app.app_id,
        "bot_user_id": app.bot_user_id,
        "name": app.name,
        "dm": workspace.dm(person, app.bot_user_id).id if person else None,
        "home": {**home.json, "app_id": app.app_id} if home else None,
        "home_values": home.values.all_plain() if home else {},
        "home_trouble": home.trouble if home else None,
        "home_enabled": app.home_enabled,
        "messages_enabled": app.messages_enabled,
        "commands": [asdict(command) for command in app.commands],
        "shortcuts": [asdict(shortcut) for shortcut in app.shortcuts if shortcut.type == "global"],
        "connected": slack.socket.connected(app),
    }


def _channel(workspace: Workspace, channel: Conversation, person: str) -> Json:
    return {
        "id": channel.id,
        "name": channel.name,
        "private": channel.private,
        "member": person in channel.members,
        "archived": channel.archived,
        "unread": _unread(workspace, channel, person),
        "topic": channel.topic,
    }


def _dm(workspace: Workspace, dm: Conversation, person: str) -> Json:
    partner = dm.partner(person)
    return {
        "id": dm.id,
        "with": partner,
        "is_app": workspace.app_of_user(partner) is not None,
        "unread": _unread(workspace, dm, person),
    }


def _message(workspace: Workspace, conversation: Conversation, message: Message, person: str) -> Json:
    author = workspace.members.get(message.user)
    return {
        "ts": message.ts,
        "user": message.user,
        "name": workspace.name_of(message.user),
        "is_bot": bool(author and author.is_bot),
        "text": message.text,
        "blocks": message.blocks,
        "attachments": message.attachments,
        "files": [] if message.tombstone else [_file(one, person) for one in message.files],
        "thread_ts": message.thread_ts,
        "edited": message.edited is not None,
        "ephemeral": message.ephemeral_to is not None,
        "deleted": message.tombstone,
        "reply_count": len(conversation.thread(message.ts)),
        "reactions": [{"name": name, "count": len(users)} for name, users in message.reactions.items()],
        "failed": message.troubles.get(person),
        "state": message.values_of(person).all_plain(),
        "options": _offered(message.values_of(person).offered),
    }


def _file(file: File, person: str) -> Json:
    told = file.as_object()
    name = file.path.rpartition("/")[2]
    return {
        **{key: told[key] for key in ("id", "name", "title", "pretty_type", "size")},
        "url": f"/page/files/{file.id}/{name}?as={person}",
    }


def _view(view: View) -> Json:
    return {
        "view_id": view.id,
        "callback_id": view.callback_id,
        "view": {**view.json, "app_id": view.app.app_id},
        "values": view.values.all_plain(),
        "options": _offered(view.values.offered),
        "errors": view.errors,
        "busy": view.busy,
        "trouble": view.trouble,
    }


def _offered(offered: dict[tuple[str, str], list[Json]]) -> Json:
    """What apps offered in external selects, by block_id and action_id."""
    told: Json = {}
    for (block_id, action_id), options in offered.items():
        told.setdefault(block_id, {})[action_id] = options
    return told


@lru_cache(maxsize=2 * LONGEST_TRAFFIC)  # an entry never changes, and every picture shows most of them again
def _traffic(entry: Entry) -> Json:
    return {
        "n": entry.n,
        "at": entry.at.isoformat(),
        "direction": entry.direction,
        "kind": entry.kind,
        "name": entry.name,
        "ok": entry.ok,
        "error": entry.error,
        "summary": entry.summary,
        "body": _shortened(entry.body),
    }


def _shortened(body: Any) -> Any:
    """A body as it is, or its beginning: a picture with every user list in it would be slow to send."""
    text = json.dumps(body)
    return body if len(text) <= LONGEST_BODY else f"{text[:LONGEST_BODY]}… ({len(text)} characters)"


def _unread(workspace: Workspace, conversation: Conversation, person: str) -> int:
    read = ts_key(workspace.members[person].read.get(conversation.id, "0.0"))
    return sum(
        message.user != person and ts_key(message.ts) > read
        for message in workspace.visible_messages(conversation, person)
    )
