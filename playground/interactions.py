"""The payloads of what people do: commands, presses, submissions, shortcuts."""

from copy import deepcopy
from dataclasses import dataclass

from playground.apps import InstalledApp, Shortcut
from playground.conversations import Conversation
from playground.elements import Element
from playground.jsons import Json
from playground.members import Member
from playground.messages import Message
from playground.slack import Slack
from playground.values import Values
from playground.views import View


@dataclass(frozen=True)
class Place:
    """Where a person acts: on a message in a conversation, or in a view."""

    app: InstalledApp
    blocks: list[Json]
    values: Values
    view: View | None = None
    message: Message | None = None
    conversation: Conversation | None = None


def slash_command(
    slack: Slack, app: InstalledApp, member: Member, conversation: Conversation, command: str, text: str
) -> Json:
    workspace = slack.workspace
    name = "privategroup" if conversation.private else conversation.name
    return {
        "token": "playground",
        "team_id": workspace.team_id,
        "team_domain": workspace.domain,
        "channel_id": conversation.id,
        "channel_name": name,
        "user_id": member.id,
        "user_name": member.name,
        "command": command,
        "text": text,
        "api_app_id": app.app_id,
        "is_enterprise_install": "false",
        "response_url": _response_url(slack, "commands", app, member, conversation, None),
        "trigger_id": slack.triggers.give(app.app_id, member.id),
    }


def block_actions(slack: Slack, member: Member, place: Place, element: Element, action: Json) -> Json:
    payload = _common(slack, "block_actions", place.app, member)
    in_modal = place.view is not None and place.view.type == "modal"
    payload["trigger_id"] = slack.triggers.give(place.app.app_id, member.id, in_modal=in_modal)
    payload |= _where(slack, place)
    if place.message is not None and place.conversation is not None:
        payload["state"] = {"values": deepcopy(place.values.entries)}
        payload["response_url"] = _response_url(slack, "actions", place.app, member, place.conversation, place.message)
    ids = {"type": element.type, "action_id": element.action_id, "block_id": element.block_id}
    payload["actions"] = [{**ids, **action, "action_ts": slack.workspace.next_ts()}]
    return payload


def block_suggestion(slack: Slack, member: Member, place: Place, element: Element, typed: str) -> Json:
    payload = _common(slack, "block_suggestion", place.app, member)
    payload |= _where(slack, place)
    return {**payload, "action_id": element.action_id, "block_id": element.block_id, "value": typed}


def view_submission(slack: Slack, member: Member, view: View) -> Json:
    payload = _common(slack, "view_submission", view.app, member)
    payload["trigger_id"] = slack.triggers.give(view.app.app_id, member.id, in_modal=True)
    payload["view"] = view.as_object(slack.workspace.team_id)
    payload["response_urls"] = []
    return payload


def view_closed(slack: Slack, member: Member, view: View, *, is_cleared: bool) -> Json:
    payload = _common(slack, "view_closed", view.app, member)
    return {**payload, "view": view.as_object(slack.workspace.team_id), "is_cleared": is_cleared}


def shortcut(
    slack: Slack,
    app: InstalledApp,
    member: Member,
    declared: Shortcut,
    message: Message | None = None,
    conversation: Conversation | None = None,
) -> Json:
    kind = "shortcut" if message is None else "message_action"
    payload = _common(slack, kind, app, member)
    payload["callback_id"] = declared.callback_id
    payload["trigger_id"] = slack.triggers.give(app.app_id, member.id)
    payload["action_ts"] = slack.workspace.next_ts()
    if message is not None and conversation is not None:
        payload["message_ts"] = message.ts
        payload["message"] = message.as_object(slack.workspace.team_id)
        payload["channel"] = {"id": conversation.id, "name": conversation.name}
        payload["response_url"] = _response_url(slack, "actions", app, member, conversation, None)
    return payload


def _common(slack: Slack, kind: str, app: InstalledApp, member: Member) -> Json:
    workspace = slack.workspace
    return {
        "type": kind,
        "token": "playground",
        "api_app_id": app.app_id,
        "team": {"id": workspace.team_id, "domain": workspace.domain},
        "user": {
            "id": member.id,
            "username": member.name,
            "name": member.name,
            "team_id": workspace.team_id,
        },
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _where(slack: Slack, place: Place) -> Json:
    team_id = slack.workspace.team_id
    if place.view is not None:
        viewed = {"type": "view", "view_id": place.view.id}
        return {"container": viewed, "view": place.view.as_object(team_id)}
    message, conversation = place.message, place.conversation
    if message is None or conversation is None:
        raise ValueError("a place is a view, or a message in its conversation")
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": conversation.id,
        "is_ephemeral": message.ephemeral_to is not None,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    where: Json = {
        "container": container,
        "channel": {"id": conversation.id, "name": conversation.name},
    }
    if message.ephemeral_to is None:
        where["message"] = message.as_object(team_id, len(conversation.thread(message.ts)))
    return where


def _response_url(
    slack: Slack,
    kind: str,
    app: InstalledApp,
    member: Member,
    conversation: Conversation,
    original: Message | None,
) -> str:
    path = slack.response_urls.give(kind, app, member.id, conversation, original)
    return f"{slack.url}/{path}"
