"""The Web API methods of the other server: each takes exactly what Slack's reference says."""

import base64
import copy
import json
import re
import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.bot import other_blocks, other_files
from tests.bot import other_workspace as workspace

if TYPE_CHECKING:
    from tests.bot.other_slack import OtherSlack

Json = dict[str, Any]
PAGE = 4
VIEW_FIELDS = {"type", "blocks", "callback_id", "private_metadata", "external_id"}
MODAL_FIELDS = VIEW_FIELDS | {"title", "submit", "close", "clear_on_close", "notify_on_close", "submit_disabled"}


class Refusal(Exception):
    """An answer with ok false."""

    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(error)
        self.error, self.more = error, more


def answer(slack: "OtherSlack", method: str, token: str, arguments: Json) -> Json:
    """Run one method. Raises Refusal."""
    if method not in METHODS:
        raise Refusal("unknown_method", req_method=method)
    if not token:
        raise Refusal("not_authed")
    if token not in (slack.bot_token, slack.app_token):
        raise Refusal("invalid_auth")
    run, scope = METHODS[method]
    if (token == slack.app_token) != (method == "apps.connections.open"):
        raise Refusal("not_allowed_token_type")
    if scope:
        _need(slack, scope)
    try:
        return run(slack, arguments)
    except other_files.NotTakenError as error:
        raise Refusal(str(error)) from error


def check_message(given: Json) -> Json:
    """The arguments of a message with their JSON read. Raises Refusal for what Slack would not take."""
    read = _decoded(given, "blocks", "metadata", "attachments")
    if not read.get("text") and not read.get("blocks"):
        raise Refusal("no_text")
    _check_blocks(read.get("blocks", []), "message")
    return read


def check_view(given: Json, kind: str) -> Json:
    """A view with its JSON read. Raises Refusal for what Slack would not take."""
    view = _decoded(given, "view").get("view", {})
    if not view or view.get("type") != kind or len(json.dumps(view)) > 250_000:
        raise Refusal("invalid_arguments", response_metadata={"messages": [f"expected a {kind}"]})
    wrong = view.keys() - (MODAL_FIELDS if kind == "modal" else VIEW_FIELDS)
    wrong |= {name for name in ("title", "submit", "close") if name in view and not _is_short(view[name])}
    wrong |= {
        name for name, most in (("private_metadata", 3000), ("callback_id", 255)) if len(view.get(name, "")) > most
    }
    inputs = any(block.get("type") == "input" for block in view.get("blocks", []))
    if kind == "modal":
        wrong |= {"title"} - view.keys() | ({"submit"} - view.keys() if inputs else set())
    if wrong:
        raise Refusal("invalid_arguments", response_metadata={"messages": [f"[ERROR] {', '.join(sorted(wrong))}"]})
    _check_blocks(view["blocks"], kind)
    return dict(view)


def kept_view(view: Json, *, before: Json | None = None) -> Json:
    """A view as Slack keeps it: with an id, a new hash, and everything it fills in."""
    kept = copy.deepcopy(view)
    other_blocks.fill(kept["blocks"])
    empty = {"submit": None, "close": None, "callback_id": "", "private_metadata": "", "external_id": ""}
    slack_id = before["id"] if before else f"V7{secrets.token_hex(4).upper()}"
    owned = {"team_id": workspace.TEAM, "app_id": workspace.APP, "bot_id": workspace.BOT, "previous_view_id": None}
    owned |= {"app_installed_team_id": workspace.TEAM, "clear_on_close": False, "notify_on_close": False}
    kept = {**empty, **owned, **kept, "id": slack_id, "root_view_id": slack_id, "state": {"values": {}}}
    return kept | {"hash": f"1790000000.{secrets.token_hex(4)}"}


def _auth_test(slack: "OtherSlack", given: Json) -> Json:
    names = {
        "url": "https://other.slack.example/",
        "team": "Other Wind",
        "user": "okrbot",
        "is_enterprise_install": False,
    }
    return {**names, "team_id": workspace.TEAM, "user_id": workspace.BOT_USER, "bot_id": workspace.BOT}


def _connections_open(slack: "OtherSlack", given: Json) -> Json:
    return {"url": slack.ticket()}


def _users_list(slack: "OtherSlack", given: Json) -> Json:
    users, cursor = _page(list(slack.users.values()), given)
    shown = [_shown_user(slack, user, given) for user in users]
    return {"members": shown, "cache_ts": 1790000000, "response_metadata": {"next_cursor": cursor}}


def _users_info(slack: "OtherSlack", given: Json) -> Json:
    if given.get("user") not in slack.users:
        raise Refusal("user_not_found")
    return {"user": _shown_user(slack, slack.users[given["user"]], given)}


def _conversations_list(slack: "OtherSlack", given: Json) -> Json:
    kinds = given.get("types", "public_channel").split(",")
    if "private_channel" in kinds:
        _need(slack, "groups:read")
    if "public_channel" in kinds:
        _need(slack, "channels:read")
    private = {"public_channel": False, "private_channel": True}
    wanted = [one for one in slack.channels.values() if one["is_private"] in {private[kind] for kind in kinds}]
    channels, cursor = _page([one for one in wanted if one["is_member"] or not one["is_private"]], given)
    return {"channels": channels, "response_metadata": {"next_cursor": cursor}}


def _conversations_open(slack: "OtherSlack", given: Json) -> Json:
    if given.get("users") not in slack.users:
        raise Refusal("user_not_found")
    return {"no_op": True, "already_open": True, "channel": {"id": slack.dm(given["users"])}}


def _conversations_history(slack: "OtherSlack", given: Json) -> Json:
    channel = given.get("channel", "")
    _need(slack, "im:history" if channel.startswith("D") else "channels:history")
    heads = [one for one in slack.messages.get(channel, []) if one["ts"] > str(given.get("oldest", "0"))]
    found, cursor = _page(heads[::-1], given)
    if not _is_true(given.get("include_all_metadata")):
        found = [{**one, "metadata": {"event_type": one["metadata"]["event_type"]}} for one in found]
    return {"messages": found, "has_more": bool(cursor), "response_metadata": {"next_cursor": cursor}}


def _post(slack: "OtherSlack", given: Json) -> Json:
    read = check_message(given)
    channel = _where(slack, read.get("channel", ""))
    metadata = read.get("metadata")
    if metadata and (metadata.keys() != {"event_type", "event_payload"} or len(json.dumps(metadata)) > 500):
        raise Refusal("invalid_metadata_format")
    threads = {one["ts"] for one in slack.messages.get(channel, [])}
    if read.get("thread_ts") and read["thread_ts"] not in threads:
        raise Refusal("thread_not_found")
    message = {"type": "message", "user": workspace.BOT_USER, "bot_id": workspace.BOT, "app_id": workspace.APP}
    message |= {"team": workspace.TEAM, "ts": slack.next_ts(), "text": _stored(read.get("text", ""))}
    message |= {name: read[name] for name in ("metadata", "thread_ts") if name in read}
    message["blocks"] = copy.deepcopy(read.get("blocks", []))
    other_blocks.fill(message["blocks"])
    slack.messages.setdefault(channel, []).append(message)
    return {"channel": channel, "ts": message["ts"], "message": message}


def _update(slack: "OtherSlack", given: Json) -> Json:
    read = check_message(given)
    if len(read.get("text", "")) > 4000:
        raise Refusal("msg_too_long")
    channel = read.get("channel", "")
    if channel not in slack.channels and channel not in slack.dms.values():
        raise Refusal("channel_not_found")
    found = [one for one in slack.messages.get(channel, []) if one["ts"] == read.get("ts")]
    if not found:
        raise Refusal("message_not_found")
    found[0]["text"] = _stored(read.get("text", ""))
    found[0]["blocks"] = copy.deepcopy(read.get("blocks", []))
    found[0]["edited"] = {"user": workspace.BOT, "ts": f"{read['ts'].partition('.')[0]}.000000"}
    other_blocks.fill(found[0]["blocks"])
    return {"channel": channel, "ts": read["ts"], "text": found[0]["text"], "message": found[0]}


def _views_open(slack: "OtherSlack", given: Json) -> Json:
    view = check_view(given, "modal")
    slack.use_trigger(str(given.get("trigger_id", "")))
    kept = kept_view(view)
    slack.views[kept["id"]] = kept
    return {"view": kept}


def _views_update(slack: "OtherSlack", given: Json) -> Json:
    view = check_view(given, "modal")
    before = slack.views.get(given.get("view_id", ""))
    if before is None:
        raise Refusal("not_found")
    if given.get("hash") and given["hash"] != before["hash"]:
        raise Refusal("hash_conflict")
    slack.views[before["id"]] = kept_view(view, before=before)
    return {"view": slack.views[before["id"]]}


def _views_publish(slack: "OtherSlack", given: Json) -> Json:
    if given.get("user_id") not in slack.users:
        raise Refusal("user_not_found")
    slack.homes[given["user_id"]] = kept_view(check_view(given, "home"))
    return {"view": slack.homes[given["user_id"]]}


METHODS: dict[str, tuple[Callable[["OtherSlack", Json], Json], str]] = {
    "auth.test": (_auth_test, ""),
    "apps.connections.open": (_connections_open, ""),
    "users.list": (_users_list, "users:read"),
    "users.info": (_users_info, "users:read"),
    "conversations.list": (_conversations_list, ""),
    "conversations.open": (_conversations_open, "im:write"),
    "conversations.history": (_conversations_history, ""),
    "chat.postMessage": (_post, "chat:write"),
    "chat.update": (_update, "chat:write"),
    "files.getUploadURLExternal": (other_files.get_upload_url, "files:write"),
    "files.completeUploadExternal": (other_files.complete_upload, "files:write"),
    "views.open": (_views_open, ""),
    "views.push": (_views_open, ""),
    "views.update": (_views_update, ""),
    "views.publish": (_views_publish, ""),
}


def _need(slack: "OtherSlack", scope: str) -> None:
    if scope not in slack.scopes:
        raise Refusal("missing_scope", needed=scope, provided=",".join(sorted(slack.scopes)))


def _decoded(given: Json, *names: str) -> Json:
    """Structures may arrive as JSON in a string: they always do in forms."""
    read = dict(given)
    for name in names:
        if isinstance(read.get(name), str):
            try:
                read[name] = json.loads(read[name])
            except ValueError:
                raise Refusal(f"invalid_{name}") from None
    return read


def _check_blocks(blocks: object, surface: str) -> None:
    try:
        other_blocks.check(blocks, surface)
    except other_blocks.InvalidBlocksError as error:
        raise Refusal("invalid_blocks", response_metadata={"messages": [str(error)]}) from error


def _is_short(text: Json) -> bool:
    return text.get("type") == "plain_text" and 0 < len(text["text"]) <= 24


def _where(slack: "OtherSlack", channel: str) -> str:
    """A person's id opens the conversation with them; a channel's name is no address."""
    if channel in slack.users:
        if slack.users[channel].get("deleted"):
            raise Refusal("user_disabled")
        return slack.dm(channel)
    if channel in slack.dms.values():
        return channel
    if channel not in slack.channels:
        raise Refusal("channel_not_found")
    if slack.channels[channel]["is_archived"]:
        raise Refusal("is_archived")
    if not slack.channels[channel]["is_member"]:
        raise Refusal("not_in_channel")
    return channel


def _shown_user(slack: "OtherSlack", user: Json, given: Json) -> Json:
    shown = copy.deepcopy(user)
    if not _is_true(given.get("include_locale")):
        shown.pop("locale", None)
    if "users:read.email" not in slack.scopes:
        shown["profile"].pop("email", None)
    return shown


def _page(items: list[Json], given: Json) -> tuple[list[Json], str]:
    """Fewer than asked for, as Slack may; the cursor has characters that must be escaped in an address."""
    if not 0 < int(given.get("limit") or 100) <= 1000:
        raise Refusal("invalid_limit")
    start = 0
    if given.get("cursor"):
        try:
            start = int(base64.b64decode(given["cursor"], validate=True).removeprefix(b"at>>>?"))
        except ValueError:
            raise Refusal("invalid_cursor") from None
    end = start + min(PAGE, int(given.get("limit") or 100))
    return items[start:end], base64.b64encode(b"at>>>?%d" % end).decode() if end < len(items) else ""


def _is_true(value: object) -> bool:
    return value in (True, 1, "1", "true")


def _stored(text: str) -> str:
    """Slack keeps a lone ampersand as the entity it stands for."""
    return re.sub(r"&(?!amp;|lt;|gt;)", "&amp;", text)
