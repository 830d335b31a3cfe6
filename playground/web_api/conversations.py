"""conversations.open, .info, .members, .history and .replies: one conversation at a time."""

from playground.conversations import Conversation
from playground.errors import ApiError
from playground.ids import ts_key
from playground.jsons import Json
from playground.messages import Message
from playground.web_api.call import Call, Method, metadata


def open_dm(call: Call) -> Json:
    users = [user for user in str(call.args.get("users") or "").split(",") if user]
    if call.args.get("channel"):
        return {"channel": {"id": call.conversation().id}}
    if len(users) != 1:
        raise ApiError("not_enough_users" if not users else "method_not_supported_for_channel_type")
    member = call.workspace.members.get(users[0])
    if member is None:
        raise ApiError("user_not_found")
    if member.is_bot:
        raise ApiError("cannot_dm_bot")
    if member.deleted:
        raise ApiError("user_disabled")
    existed = _dm_exists(call, member.id)
    dm = call.workspace.dm(member.id, call.app.bot_user_id)
    answer: Json = {"channel": {"id": dm.id}}
    if call.flag("return_im"):
        answer["channel"] = dm.as_object(call.app.bot_user_id)
    return answer | ({"no_op": True, "already_open": True} if existed else {})


def info(call: Call) -> Json:
    conversation = call.conversation()
    call.need_scope(f"{conversation.scope_family}:read")
    channel = conversation.as_object(call.app.bot_user_id)
    if call.flag("include_num_members"):
        channel["num_members"] = len(conversation.members)
    if call.flag("include_locale"):
        channel["locale"] = "en-US"
    return {"channel": channel}


def members(call: Call) -> Json:
    conversation = call.conversation()
    call.need_scope(f"{conversation.scope_family}:read")
    page, cursor = call.page(conversation.members)
    return {"members": page, **metadata(cursor)}


def history(call: Call) -> Json:
    conversation = _readable(call)
    found = [
        message
        for message in reversed(conversation.messages)
        if message.ephemeral_to is None and not message.thread_ts and _within(call, message)
    ]
    page, cursor = call.page(found)
    answer: Json = {"messages": [_told(call, conversation, message) for message in page]}
    answer |= {"has_more": bool(cursor), "pin_count": 0}
    return answer | (metadata(cursor) if cursor else {})


def replies(call: Call) -> Json:
    conversation = _readable(call)
    head = conversation.message(call.text("ts"))
    if head is None or head.ephemeral_to:
        raise ApiError("thread_not_found")
    thread = [reply for reply in conversation.thread(head.ts) if reply.ephemeral_to is None]
    found = [head, *(reply for reply in thread if _within(call, reply))]
    page, cursor = call.page(found, default=1000)
    answer: Json = {"messages": [_told(call, conversation, message) for message in page]}
    answer["has_more"] = bool(cursor)
    return answer | (metadata(cursor) if cursor else {})


def _readable(call: Call) -> Conversation:
    conversation = call.conversation()
    call.need_scope(f"{conversation.scope_family}:history")
    if call.app.bot_user_id not in conversation.members:
        raise ApiError("not_in_channel")
    return conversation


def _within(call: Call, message: Message) -> bool:
    oldest, latest, inclusive = call.ts("oldest"), call.ts("latest"), call.flag("inclusive")
    at = ts_key(message.ts)
    if oldest is not None and (at < oldest or (at == oldest and not inclusive)):
        return False
    return latest is None or at < latest or (at == latest and inclusive)


def _told(call: Call, conversation: Conversation, message: Message) -> Json:
    return message.as_object(
        call.workspace.team_id,
        len(conversation.thread(message.ts)),
        metadata=call.flag("include_all_metadata"),
    )


def _dm_exists(call: Call, user: str) -> bool:
    mine = call.workspace.conversations_of(call.app.bot_user_id)
    return any(one.is_im and user in one.members for one in mine)


METHODS = {
    "conversations.open": Method(open_dm, scope="im:write"),
    "conversations.info": Method(info),
    "conversations.members": Method(members),
    "conversations.history": Method(history),
    "conversations.replies": Method(replies),
}
