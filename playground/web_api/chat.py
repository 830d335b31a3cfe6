"""chat.postMessage, chat.postEphemeral, chat.update and chat.delete."""

from playground import posting
from playground.conversations import Conversation
from playground.errors import ApiError
from playground.jsons import Json
from playground.messages import Message
from playground.web_api.call import Call, Method

OF_THE_CALL = ("channel", "ts", "user", "as_user")  # the rest of the arguments is the message


def post_message(call: Call) -> Json:
    conversation = _target(call)
    message = posting.post(call.slack, call.app, conversation, _payload(call))
    return {
        "channel": conversation.id,
        "ts": message.ts,
        "message": message.as_object(call.workspace.team_id),
    }


def post_ephemeral(call: Call) -> Json:
    conversation = _target(call)
    reader = call.user()
    if reader.id not in conversation.members:
        raise ApiError("user_not_in_channel")
    message = posting.post(call.slack, call.app, conversation, _payload(call), ephemeral_to=reader.id)
    return {"message_ts": message.ts}


def update(call: Call) -> Json:
    conversation, message = _own_message(call, "cant_update_message")
    if conversation.archived:
        raise ApiError("is_inactive")
    posting.edit(call.slack, conversation, message, _payload(call))
    return {
        "channel": conversation.id,
        "ts": message.ts,
        "text": message.text,
        "message": message.as_object(call.workspace.team_id),
    }


def delete(call: Call) -> Json:
    conversation, message = _own_message(call, "cant_delete_message")
    posting.delete(call.slack, conversation, message)
    return {"channel": conversation.id, "ts": message.ts}


def _target(call: Call) -> Conversation:
    """Where a message goes: a conversation's id, or a person's, which opens the direct message."""
    channel = call.text("channel")
    if channel in call.workspace.members:
        return _direct(call, channel)
    conversation = call.conversation()
    if conversation.is_im:
        return _direct(call, conversation.partner(call.app.bot_user_id))
    if conversation.archived:
        raise ApiError("is_archived")
    if call.app.bot_user_id not in conversation.members and "chat:write.public" not in call.app.scopes:
        raise ApiError("not_in_channel")
    return conversation


def _direct(call: Call, user: str) -> Conversation:
    member = call.workspace.members[user]
    if member.is_bot:
        raise ApiError("cannot_dm_bot")
    if member.deleted:
        raise ApiError("user_disabled")
    if not call.app.messages_enabled:
        raise ApiError("messages_tab_disabled")
    return call.workspace.dm(user, call.app.bot_user_id)


def _own_message(call: Call, error: str) -> tuple[Conversation, Message]:
    conversation = call.conversation()
    message = conversation.message(call.text("ts"))
    # An ephemeral message was never stored, so it is not there to be changed.
    if message is None or message.ephemeral_to or message.tombstone:
        raise ApiError("message_not_found")
    if message.app_id != call.app.app_id:
        raise ApiError(error)
    return conversation, message


def _payload(call: Call) -> Json:
    return {name: value for name, value in call.args.items() if name not in OF_THE_CALL}


METHODS = {
    "chat.postMessage": Method(post_message, scope="chat:write"),
    "chat.postEphemeral": Method(post_ephemeral, scope="chat:write"),
    "chat.update": Method(update, scope="chat:write"),
    "chat.delete": Method(delete, scope="chat:write"),
}
