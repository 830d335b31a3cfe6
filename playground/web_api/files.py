"""files.getUploadURLExternal, files.completeUploadExternal and files.info: sending a file in three steps."""

import re
from typing import Any

from playground import posting
from playground.conversations import Conversation
from playground.errors import ApiError
from playground.files import File
from playground.jsons import Json
from playground.web_api.call import Call, Method

LONGEST_NAME, LONGEST_ALT = 255, 1000
LARGEST = 1024**3
MOST_CHANNELS = 100
CHANNEL_ID = re.compile(r"[CGDZ][A-Z0-9]{8,}")


def get_upload_url(call: Call) -> Json:
    name, length = call.text("filename"), _length(call)
    if len(name) > LONGEST_NAME:
        raise ApiError("invalid_arguments", messages=[_too_long("filename", LONGEST_NAME)])
    if len(str(call.args.get("alt_txt") or "")) > LONGEST_ALT:
        raise ApiError("alt_txt_too_large")
    if length > LARGEST:
        raise ApiError("file_upload_size_restricted")
    created, server = call.workspace.seconds(), call.slack.url
    file, secret = call.slack.files.begin(call.app.bot_user_id, name, length, created=created, server=server)
    return {"upload_url": f"{server}/upload/v1/{secret}", "file_id": file.id}


def complete_upload(call: Call) -> Json:
    """All of them are shared in one message for each conversation, or none is."""
    files = [_sent(call, one) for one in _listed(call)]
    where = [_place(call, one) for one in _channels(call)]
    thread = call.args.get("thread_ts")
    if thread and len(where) != 1:
        raise ApiError("invalid_arguments", messages=["[ERROR] thread_ts needs exactly one channel"])
    said = _said(call)
    for conversation in where:
        posting.check_share(conversation, said)
    for file, title in files:
        file.complete, file.title = True, title or file.name
    for conversation in where:
        posting.share(call.slack, call.app, conversation, [file for file, _ in files], said)
    return {"files": [file.as_object() for file, _ in files]}


def info(call: Call) -> Json:
    file = call.slack.files.find(call.text("file"))
    if file is None or not file.complete or not may_see(call.slack.workspace.conversations, file, call.app.bot_user_id):
        raise ApiError("file_not_found")
    return {"file": file.as_object(), "comments": [], "response_metadata": {"next_cursor": ""}}


def may_see(conversations: dict[str, Conversation], file: File, user: str) -> bool:
    """Whoever sent it, and whoever is where it was shared."""
    shared = [conversations[one] for one in file.shared if one in conversations]
    return user == file.user or any(user in one.members for one in shared)


def _length(call: Call) -> int:
    try:
        length = int(call.text("length"))
    except ValueError:
        raise ApiError("invalid_arguments", messages=["[ERROR] must be an integer [json-pointer:/length]"]) from None
    if length <= 0:
        raise ApiError("invalid_arguments", messages=["[ERROR] must be greater than 0 [json-pointer:/length]"])
    return length


def _too_long(name: str, most: int) -> str:
    return f"[ERROR] must be less than {most + 1} characters [json-pointer:/{name}]"


def _listed(call: Call) -> list[Json]:
    listed: Any = call.args.get("files")
    if not isinstance(listed, list) or not listed or not all(isinstance(one, dict) and one.get("id") for one in listed):
        raise ApiError("invalid_arguments", messages=["[ERROR] missing required field: files"])
    return listed


def _sent(call: Call, listed: Json) -> tuple[File, str]:
    """A file whose bytes have come, of this app, that is not complete yet: that can be said only once."""
    file = call.slack.files.find(str(listed["id"]))
    if file is None or file.user != call.app.bot_user_id or file.content is None or file.complete:
        raise ApiError("file_not_found", file=listed["id"])
    return file, str(listed.get("title") or "")


def _channels(call: Call) -> list[str]:
    one = str(call.args.get("channel_id") or "")
    if one and not CHANNEL_ID.fullmatch(one):
        pattern = "^[CGDZ][A-Z0-9]{8,}$"
        said = f"[ERROR] input must match regex pattern: {pattern} [json-pointer:/channel_id]"
        raise ApiError("invalid_arguments", messages=[said])
    several = [each for each in str(call.args.get("channels") or "").split(",") if each]
    if len(several) > MOST_CHANNELS:
        raise ApiError("channels_limit_exceeded")
    return list(dict.fromkeys([*([one] if one else []), *several]))


def _place(call: Call, channel: str) -> Conversation:
    found = call.workspace.conversations.get(channel)
    inside = found is not None and call.app.bot_user_id in found.members
    if found is None or (not inside and found.kind != "public_channel"):
        raise ApiError("channel_not_found")
    if found.archived:
        raise ApiError("is_archived")
    if not inside:
        raise ApiError("not_in_channel")
    if found.is_im and call.workspace.members[found.partner(call.app.bot_user_id)].deleted:
        raise ApiError("user_disabled")
    return found


def _said(call: Call) -> Json:
    """What stands above the files; a comment outdoes blocks."""
    said: Json = {"thread_ts": call.args["thread_ts"]} if call.ts("thread_ts") else {}
    if call.args.get("initial_comment"):
        return said | {"text": str(call.args["initial_comment"])}
    return said | ({"blocks": call.args["blocks"]} if call.args.get("blocks") else {})


METHODS = {
    "files.getUploadURLExternal": Method(get_upload_url, scope="files:write"),
    "files.completeUploadExternal": Method(complete_upload, scope="files:write"),
    "files.info": Method(info, scope="files:read"),
}
