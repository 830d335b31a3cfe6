"""The messenger: the one way out to Slack, with the real client."""

from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from http import HTTPStatus
from typing import Any, NoReturn

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from blocks.message import Message
from bot.uploads import share, upload
from handlers.failures import FAILURES
from handlers.people import read_member
from rituals.messenger import (
    MISSING_SCOPE,
    Attachment,
    Channel,
    Concern,
    Insiders,
    Member,
    Posted,
    Refused,
    SendError,
    TryLater,
    Unclear,
)

EVENT_TYPE = "okrbot_message"
PAGE = 200
MOST_INSIDE = 2000
"""People in a channel; a larger one keeps nothing to itself."""
UNCLEAR = ("internal_error", "fatal_error", "service_unavailable", "request_timeout")
LATER = ("ratelimited", "rate_limited", "team_added_to_org")
CLOSED = (
    "invalid_auth",
    "not_authed",
    "token_revoked",
    "token_expired",
    "account_inactive",
    "org_login_required",
    "ekm_access_denied",
    "team_access_not_granted",
)
"""Slack does not let us into the workspace any more."""
OUT_OF_REACH = (
    "channel_not_found",
    "is_archived",
    "is_inactive",
    "not_in_channel",
    "restricted_action",
    "restricted_action_read_only_channel",
    "user_disabled",
    "user_not_found",
    "user_not_visible",
    "cannot_dm_bot",
)
"""Slack does not let us write to this channel or person."""
UNREACHABLE_SECONDS = 15.0


def session(connections: int = 50) -> aiohttp.ClientSession:
    """The one HTTP session of a process: a client without one opens a connection for every call.

    A session given to the SDK brings its own timeout. `trust_env` stays off, since the SDK reads HTTPS_PROXY itself and
    names the proxy with every call.
    """
    connector = aiohttp.TCPConnector(limit=connections, ttl_dns_cache=300)
    return aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=15, connect=5))


def client(token: str | None, url: str, http: aiohttp.ClientSession, *seeing: AsyncRetryHandler) -> AsyncWebClient:
    """For people who wait: idempotent calls, retried once when Slack asks for patience.

    `seeing` are handlers that see every answer and ask for nothing.
    """
    handlers = [*seeing, AsyncRateLimitErrorRetryHandler(max_retry_count=1)]
    return AsyncWebClient(token=token, base_url=url, session=http, retry_handlers=handlers)


class SlackMessenger:
    """Sends with a client that never retries by itself: a blind retry of a post would say it twice."""

    def __init__(self, token: str, url: str, http: aiohttp.ClientSession, *seeing: AsyncRetryHandler) -> None:
        self.sending = AsyncWebClient(token=token, base_url=url, session=http, retry_handlers=[*seeing])
        self.reading = client(token, url, http, *seeing)
        self.http = http

    async def post(
        self, workspace: str, channel: str, message: Message, *, delivery: str, thread: str | None = None
    ) -> Posted:
        metadata = {"event_type": EVENT_TYPE, "event_payload": {"delivery_id": delivery}}
        try:
            return await self._say(channel, message, metadata=metadata, thread_ts=thread)
        except FAILURES as error:
            _raise(error)

    async def update(self, workspace: str, at: Posted, message: Message) -> None:
        try:
            await self.sending.chat_update(
                channel=at.channel, ts=at.ts, text=message.text, blocks=message.blocks, parse="none"
            )
        except FAILURES as error:
            _raise(error)

    async def find(
        self, workspace: str, channel: str, *, delivery: str, since: float, thread: str | None = None
    ) -> list[Posted]:
        try:
            where = channel
            if channel.startswith(("U", "W")):
                where = str((await self.reading.conversations_open(users=channel))["channel"]["id"])
            history = [message async for message in self._history(where, since, thread)]
        except FAILURES as error:
            _raise(error)
        found = {str(message["ts"]) for message in history if _delivery_id(message) == delivery}
        return [Posted(where, ts) for ts in sorted(found)]

    async def delete(self, workspace: str, at: Posted) -> None:
        try:
            await self.sending.chat_delete(channel=at.channel, ts=at.ts)
        except SlackApiError as error:
            if _answered(error)[0] != "message_not_found":
                _raise(error)
        except FAILURES as error:
            _raise(error)

    async def send_file(self, workspace: str, slack_id: str, file: Attachment, message: Message) -> Posted:
        """A file is shared in a conversation, whose id comes with the first message in it."""
        posted = None
        try:
            file_id = await upload(self.reading, self.http, file)
            posted = await self._say(slack_id, message)
            await share(self.sending, file_id, file.name, posted.channel)
            return posted
        except FAILURES as error:
            if posted:
                with suppress(SendError):
                    await self.delete(workspace, posted)
            _raise(error)

    async def publish_home(self, workspace: str, slack_id: str, view: Mapping[str, Any]) -> None:
        try:
            await self.reading.views_publish(user_id=slack_id, view=dict(view))
        except FAILURES as error:
            _raise(error)

    async def member(self, workspace: str, slack_id: str) -> Member | None:
        try:
            answer = await self.reading.users_info(user=slack_id, include_locale=True)
        except SlackApiError as error:
            if _answered(error)[0] in ("user_not_found", "user_not_visible"):
                return None
            _raise(error)
        except FAILURES as error:
            _raise(error)
        return read_member(answer["user"])

    async def members(self, workspace: str) -> list[Member]:
        found = []
        async for page in self._pages("users.list", include_locale=True):
            found += [read_member(user) for user in page["members"]]
        return found

    async def channels(self, workspace: str) -> list[Channel]:
        """Public channels, and private ones as far as the scopes allow."""
        found = []
        kinds = "public_channel,private_channel"
        try:
            pages = [page async for page in self._pages("conversations.list", types=kinds)]
        except Refused as refused:
            if not refused.reason.startswith(MISSING_SCOPE):
                raise
            pages = [page async for page in self._pages("conversations.list", types="public_channel")]
        for page in pages:
            found += [_channel(one) for one in page["channels"]]
        return found

    async def channel(self, workspace: str, slack_id: str) -> Channel | None:
        try:
            return _channel((await self.reading.conversations_info(channel=slack_id))["channel"])
        except SlackApiError as error:
            if _answered(error)[0] == "channel_not_found":
                return None
            _raise(error)
        except FAILURES as error:
            _raise(error)

    async def inside(self, workspace: str, slack_id: str) -> list[str]:
        try:
            return list((await self.reading.conversations_members(channel=slack_id, limit=PAGE))["members"])
        except FAILURES as error:
            _raise(error)

    async def insiders(self, workspace: str, slack_id: str) -> Insiders:
        try:
            room = _channel((await self.sending.conversations_info(channel=slack_id))["channel"])
        except FAILURES as error:
            _raise(error)
        if room.archived:
            raise Refused("is_archived", Concern.PLACE)
        inside = set[str]()
        async for page in self._pages("conversations.members", self.sending, channel=slack_id):
            inside.update(page["members"])
            if len(inside) > MOST_INSIDE:
                raise Refused("too_many_members", Concern.PLACE)
        return Insiders(frozenset(inside), room.private)

    async def _say(self, channel: str, message: Message, **more: Any) -> Posted:
        answer = await self.sending.chat_postMessage(
            channel=channel,
            text=message.text,
            blocks=message.blocks,
            parse="none",
            unfurl_links=False,
            unfurl_media=False,
            **more,
        )
        return Posted(str(answer["channel"]), str(answer["ts"]))

    async def _pages(
        self, method: str, client: AsyncWebClient | None = None, **arguments: Any
    ) -> AsyncIterator[AsyncSlackResponse]:
        asking = client or self.reading
        cursor = ""
        while True:
            try:
                given = {"limit": PAGE, **arguments, **({"cursor": cursor} if cursor else {})}
                page = await asking.api_call(method, params=_plain(given), http_verb="GET")
            except FAILURES as error:
                _raise(error)
            yield page
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return

    async def _history(self, channel: str, since: float, thread: str | None) -> AsyncIterator[Mapping[str, Any]]:
        about: dict[str, Any] = {"channel": channel, "oldest": f"{since:.6f}", "include_all_metadata": True}
        method = "conversations.history"
        if thread:
            method, about = "conversations.replies", {**about, "ts": thread}
        async for page in self._pages(method, **about):
            for message in page["messages"]:
                yield message


NEVER_SENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)
"""The connection never stood, so nothing can have been posted."""


def failure(error: BaseException) -> SendError:
    """A failure in the rituals' words: refused, later, or unclear."""
    if isinstance(error, SlackApiError):
        reason, status = _answered(error)
        if status == HTTPStatus.TOO_MANY_REQUESTS or reason in LATER:
            return TryLater(reason or "ratelimited", after=_retry_after(error))
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR or reason in UNCLEAR or not reason:
            return Unclear(reason or f"http {status}")
        return _refused(reason, error)
    if isinstance(error, NEVER_SENT):
        return TryLater("unreachable", after=UNREACHABLE_SECONDS)
    return Unclear("unreadable" if isinstance(error, AttributeError) else type(error).__name__)


def _refused(reason: str, error: SlackApiError) -> Refused:
    """A missing scope comes with its name: `missing_scope: im:history`."""
    if reason in CLOSED:
        return Refused(reason, Concern.WORKSPACE)
    if reason in OUT_OF_REACH:
        return Refused(reason, Concern.PLACE)
    needed = error.response.get("needed") if reason == MISSING_SCOPE else None
    return Refused(f"{reason}: {needed}" if needed else reason)


def _raise(error: BaseException) -> NoReturn:
    raise failure(error) from error


def _answered(error: SlackApiError) -> tuple[str, int]:
    """Slack's word for it and the HTTP status. What is no JSON at all comes as aiohttp's own response."""
    response = error.response
    status = getattr(response, "status_code", None) or getattr(response, "status", None) or HTTPStatus.OK
    data = getattr(response, "data", response)
    reason = data.get("error", "") if isinstance(data, dict) else ""
    return str(reason or ""), int(status)


def _retry_after(error: SlackApiError) -> float:
    headers = {name.lower(): value for name, value in (getattr(error.response, "headers", None) or {}).items()}
    try:
        return float(headers.get("retry-after", UNREACHABLE_SECONDS))
    except ValueError:
        return UNREACHABLE_SECONDS


def _delivery_id(message: Mapping[str, Any]) -> str | None:
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != EVENT_TYPE:
        return None
    return (metadata.get("event_payload") or {}).get("delivery_id")


def _channel(one: Mapping[str, Any]) -> Channel:
    return Channel(
        slack_id=one["id"],
        name=one.get("name") or "",
        is_member=bool(one.get("is_member")),
        archived=bool(one.get("is_archived")),
        private=bool(one.get("is_private")),
    )


def _plain(arguments: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in arguments.items()}
