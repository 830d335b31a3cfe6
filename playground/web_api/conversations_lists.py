"""conversations.list and users.conversations: many conversations at once."""

from playground.conversations import Conversation
from playground.errors import ApiError
from playground.jsons import Json
from playground.web_api.call import Call, Method, metadata

KINDS = {"public_channel": "channels", "private_channel": "groups", "im": "im", "mpim": "mpim"}


def listed(call: Call) -> Json:
    """All the app may know of: public channels, and what its user is in."""
    user = call.app.bot_user_id
    known = [
        one for one in call.workspace.conversations.values() if one.kind == "public_channel" or user in one.members
    ]
    return _page(call, known)


def of_user(call: Call) -> Json:
    """What one member is in, as far as the app may know of it too."""
    user = str(call.args.get("user") or call.app.bot_user_id)
    if user not in call.workspace.members:
        raise ApiError("user_not_found")
    mine = call.app.bot_user_id
    shared = [
        one for one in call.workspace.conversations_of(user) if one.kind == "public_channel" or mine in one.members
    ]
    return _page(call, shared)


def _page(call: Call, conversations: list[Conversation]) -> Json:
    kinds = str(call.args.get("types") or "public_channel").replace(" ", "").split(",")
    for kind in kinds:
        if kind not in KINDS:
            raise ApiError("invalid_types")
        call.need_scope(f"{KINDS[kind]}:read")
    without_archived = call.flag("exclude_archived")
    found = [one for one in conversations if one.kind in kinds and not (one.archived and without_archived)]
    page, cursor = call.page(found)
    return {"channels": [one.as_object(call.app.bot_user_id) for one in page], **metadata(cursor)}


METHODS = {"conversations.list": Method(listed), "users.conversations": Method(of_user)}
