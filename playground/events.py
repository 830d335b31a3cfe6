"""The Events API: which app hears of what."""

from playground.apps import InstalledApp
from playground.conversations import Conversation
from playground.jsons import Json
from playground.slack import Slack

MESSAGE_EVENTS = {"im": "message.im", "channels": "message.channels", "groups": "message.groups"}

# The scope an app needs before Slack tells it of an event; events not named here need none.
NEEDED_SCOPES = {
    "message.im": "im:history",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "app_mention": "app_mentions:read",
    "user_change": "users:read",
    "team_join": "users:read",
    "reaction_added": "reactions:read",
    "file_shared": "files:read",
}


def publish(
    slack: Slack,
    event: Json,
    *,
    subscription: str | None = None,
    where: Conversation | None = None,
    only: InstalledApp | None = None,
) -> None:
    """Tell every app that subscribed, holds the scope and may see the conversation.

    The name of the subscription is the event's type where none is given.
    """
    name = subscription or event["type"]
    for app in list(slack.workspace.apps.values()):
        if only is not None and app is not only:
            continue
        if name in app.bot_events and _may_hear(app, name, where):
            wrapped = _wrapper(slack, app, event)
            slack.socket.send(app, "events_api", event["type"], wrapped, answers=False)


def publish_channel_event(slack: Slack, what: str, conversation: Conversation, **fields: object) -> None:
    """channel_archive and its kind, or group_archive in a private channel."""
    family = "group" if conversation.private else "channel"
    event: Json = {"type": f"{family}_{what}", "channel": conversation.id, **fields}
    publish(slack, {**event, "event_ts": slack.workspace.next_ts()}, where=conversation)


def publish_message(slack: Slack, conversation: Conversation, event: Json) -> None:
    """A message event, under the subscription its conversation belongs to."""
    family = conversation.scope_family
    kind = {"im": "im", "channels": "channel", "groups": "group"}[family]
    full = {**event, "channel": conversation.id, "channel_type": kind}
    publish(slack, full, subscription=MESSAGE_EVENTS[family], where=conversation)


def _may_hear(app: InstalledApp, name: str, where: Conversation | None) -> bool:
    needed = NEEDED_SCOPES.get(name)
    if where is not None and name.startswith(("channel_", "group_", "member_")):
        needed = f"{where.scope_family}:read"
    if needed and needed not in app.scopes:
        return False
    if where is None or app.bot_user_id in where.members:
        return True
    # What happens to a public channel as such is told to everybody; what is said in it only to members.
    return name.startswith("channel_") and not where.private


def _wrapper(slack: Slack, app: InstalledApp, event: Json) -> Json:
    workspace = slack.workspace
    authorization = {
        "enterprise_id": None,
        "team_id": workspace.team_id,
        "user_id": app.bot_user_id,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "token": "playground",
        "team_id": workspace.team_id,
        "context_team_id": workspace.team_id,
        "context_enterprise_id": None,
        "api_app_id": app.app_id,
        "type": "event_callback",
        "event_id": workspace.ids.next("Ev"),
        "event_time": workspace.seconds(),
        "event_context": f"4-{event['type']}",
        "authorizations": [authorization],
        "is_ext_shared_channel": False,
        "event": event,
    }
