"""Where response URLs lead: an app answers a command or an action without a token."""

import json
from typing import Any

from aiohttp import web

from playground import posting
from playground.errors import ApiError
from playground.jsons import Json
from playground.response_urls import ResponseUrl
from playground.slack import Slack

OF_THE_ANSWER = ("response_type", "replace_original", "delete_original")  # the rest is the message


class ResponseDoor:
    """Serves `/commands/…` and `/actions/…`."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    async def serve(self, request: web.Request) -> web.StreamResponse:
        payload: Any = None
        error, messages = None, ()
        status = 200
        try:
            payload = _decoded(await request.text())
            found = self._slack.response_urls.use(request.path.lstrip("/"))
            if isinstance(found, str):
                status = 404
                raise ApiError(found)
            self._take(found, payload)
        except ApiError as refusal:
            error = refusal.error
            messages = tuple(refusal.details.get("response_metadata", {}).get("messages", []))
            status = 400 if status == 200 else status
        kind = request.path.split("/")[1]
        summary = str(payload.get("text", ""))[:120] if isinstance(payload, dict) else ""
        self._slack.traffic.add(
            "from bot", "response_url", kind, payload, error=error, messages=messages, summary=summary
        )
        if error:
            return web.json_response({"ok": False, "error": error}, status=status)
        return web.Response(text="ok")

    def _take(self, url: ResponseUrl, payload: Json) -> None:
        original = url.original if url.original in url.conversation.messages else None
        if payload.get("delete_original") is True and original:
            posting.delete(self._slack, url.conversation, original)
            return
        message = {key: value for key, value in payload.items() if key not in OF_THE_ANSWER}
        if payload.get("replace_original") is True and original:
            posting.edit(self._slack, url.conversation, original, message)
            return
        public = payload.get("response_type") == "in_channel"
        if original and original.thread_ts and "thread_ts" not in message:
            message["thread_ts"] = original.thread_ts
        posting.post(self._slack, url.app, url.conversation, message, ephemeral_to=None if public else url.user)


def _decoded(body: str) -> Json:
    try:
        payload = json.loads(body)
    except ValueError:
        raise ApiError("invalid_payload") from None
    if not isinstance(payload, dict):
        raise ApiError("invalid_payload")
    return payload
