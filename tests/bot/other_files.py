"""Files of the other server: an address for the bytes, the bytes, and what shares them, as Slack's reference says."""

import json
import re
import secrets
from typing import TYPE_CHECKING, Any

from tests.bot import other_workspace as workspace

if TYPE_CHECKING:
    from tests.bot.other_slack import OtherSlack

Json = dict[str, Any]


class NotTakenError(Exception):
    """Slack's word for why a file is not taken."""


def get_upload_url(slack: "OtherSlack", given: Json) -> Json:
    name, length = given.get("filename"), str(given.get("length", ""))
    if not name or not length.isdigit() or int(length) == 0:
        raise NotTakenError("invalid_arguments")
    file_id, secret = f"F7{secrets.token_hex(4).upper()}", secrets.token_hex(24)
    slack.files[file_id] = {"id": file_id, "name": name, "size": int(length), "user": workspace.BOT_USER}
    slack.uploads[secret] = file_id
    return {"upload_url": f"{slack.url}/upload/v1/{secret}", "file_id": file_id}


def take(slack: "OtherSlack", secret: str, content: bytes) -> None:
    """The bytes, once, and as many as were announced."""
    file_id = slack.uploads.pop(secret, "")
    if not file_id or len(content) != slack.files[file_id]["size"]:
        raise NotTakenError("upload")
    slack.files[file_id]["content"] = content


def complete_upload(slack: "OtherSlack", given: Json) -> Json:
    """In one conversation, which a person's id does not name."""
    channel = str(given.get("channel_id", ""))
    if not re.fullmatch(r"[CGDZ][A-Z0-9]{6,}", channel):
        raise NotTakenError("invalid_arguments")
    if channel not in slack.dms.values() and not slack.channels.get(channel, {}).get("is_member"):
        raise NotTakenError("channel_not_found")
    listed = json.loads(given["files"])
    found = [slack.files.get(one["id"], {}) for one in listed]
    if not found or not all("content" in one and "title" not in one for one in found):
        raise NotTakenError("file_not_found")
    for one, said in zip(found, listed, strict=True):
        one["title"] = said.get("title") or one["name"]
    shown = [{name: one[name] for name in ("id", "name", "title", "size")} for one in found]
    message = {"type": "message", "subtype": "file_share", "text": "", "ts": slack.next_ts(), "files": shown}
    slack.messages.setdefault(channel, []).append(message | {"bot_id": workspace.BOT, "upload": True})
    return {"files": [{"id": one["id"], "title": one["title"]} for one in found]}
