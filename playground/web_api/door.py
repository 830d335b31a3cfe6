"""The door of the Web API: authenticates, checks scopes, runs the method, answers, writes the log."""

import asyncio
from typing import Any

from aiohttp import web

from playground.apps import InstalledApp
from playground.errors import ApiError
from playground.faults import Fault
from playground.jsons import Json
from playground.slack import Slack
from playground.web_api import METHODS
from playground.web_api.arguments import read_arguments, read_token
from playground.web_api.call import Call, Method

NOBODY = InstalledApp("", "", "", "nobody", "", "", frozenset())


class WebApi:
    """Serves `/api/<method>`."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    async def serve(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        app, args = NOBODY, {}
        try:
            app = self._caller(name, await read_token(request))
            args = await read_arguments(request)
            fault = self._slack.faults.take(name, args.get("channel"))
            answer = _stopped_by(fault) or self._run(name, app, args)
        except ApiError as refusal:
            fault = None
            answer = refusal.as_answer()
        self._log(name, args, answer, ordered=_stopped_by(fault) is not None)
        return await _answered(request, app, answer, fault)

    def _caller(self, name: str, token: str) -> InstalledApp:
        method = METHODS.get(name)
        if method is None:
            raise ApiError("unknown_method", req_method=name)
        if method.caller == "none":
            return NOBODY
        if not token:
            raise ApiError("not_authed")
        app = self._slack.workspace.app_of_token(token)
        if app is None:
            raise ApiError("invalid_auth")
        if app.uninstalled:
            raise ApiError("account_inactive")
        if (token == app.app_token) != (method.caller == "app"):
            raise ApiError("not_allowed_token_type")
        return app

    def _run(self, name: str, app: InstalledApp, args: Json) -> Json:
        method: Method = METHODS[name]
        call = Call(self._slack, app, args)
        if method.scope:
            call.need_scope(method.scope)
        return {"ok": True, **method.run(call)}

    def _log(self, name: str, args: Json, answer: Json, *, ordered: bool) -> None:
        refused = answer.get("error", "unknown") if not answer.get("ok", True) else None
        messages = answer.get("response_metadata", {}).get("messages", []) if refused else []
        self._slack.traffic.add(
            "from bot",
            "web_api",
            name,
            {"request": args, "answer": answer},
            error=refused,
            summary=_summary(args),
            messages=tuple(messages),
            ordered=ordered,
        )


def _stopped_by(fault: Fault | None) -> Json | None:
    """The answer of a fault that keeps the method from running."""
    if fault is None or fault.kind not in ("error", "ratelimited", "status"):
        return None
    error = {"error": fault.error, "ratelimited": "ratelimited", "status": f"http_{fault.status}"}
    return {"ok": False, "error": error[fault.kind]}


async def _answered(request: web.Request, app: InstalledApp, answer: Json, fault: Fault | None) -> web.StreamResponse:
    headers = {"x-oauth-scopes": ",".join(sorted(app.scopes)), "x-slack-req-id": "playground"}
    kind = fault.kind if fault else None
    if fault and kind == "ratelimited":
        headers["Retry-After"] = f"{fault.seconds:g}"
        return web.json_response(answer, status=429, headers=headers)
    if fault and kind == "status":
        return web.Response(status=fault.status, text="<html>Slack is having trouble</html>")
    if kind == "garbage":
        return web.Response(text="<<<", content_type="application/json")
    if kind == "lost":
        _hang_up(request)
    if fault and kind == "slow":
        await asyncio.sleep(fault.seconds)
    return web.json_response(answer, headers=headers)


def _hang_up(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()


def _summary(args: Json) -> str:
    parts: list[Any] = [args.get("channel") or args.get("user_id") or args.get("user")]
    view = args.get("view")
    parts.append(args.get("text") or (view.get("callback_id") if isinstance(view, dict) else None))
    return " ".join(str(part).split("\n")[0] for part in parts if part)[:120]
