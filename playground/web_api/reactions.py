"""reactions.add."""

from playground.errors import ApiError
from playground.jsons import Json
from playground.web_api.call import Call, Method


def add(call: Call) -> Json:
    conversation = call.conversation()
    message = conversation.message(call.text("timestamp"))
    if message is None or message.ephemeral_to:
        raise ApiError("message_not_found")
    if call.app.bot_user_id not in conversation.members:
        raise ApiError("not_in_channel")
    users = message.reactions.setdefault(call.text("name").strip(":"), [])
    if call.app.bot_user_id in users:
        raise ApiError("already_reacted")
    users.append(call.app.bot_user_id)
    call.workspace.changed()
    return {}


METHODS = {"reactions.add": Method(add, scope="reactions:write")}
