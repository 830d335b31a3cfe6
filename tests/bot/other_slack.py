"""Another server that speaks Slack's protocol, written from Slack's reference alone.

The playground grew up beside okrbot and may share its misunderstandings. This one shares no code with either: it
takes nothing Slack would refuse, and answers with all the harmless differences Slack allows itself.
"""

import asyncio
import json
import secrets
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from aiohttp import WSMsgType, web

from tests.bot import other_files, other_methods
from tests.bot import other_workspace as workspace
from tests.bot.other_methods import Refusal

Json = dict[str, Any]
T = TypeVar("T")

TRIGGER_SECONDS = 3.0
ACK_SECONDS = 3.0
REPLIES = 5


@dataclass(frozen=True)
class Call:
    """One call of the Web API and what it was answered."""

    method: str
    arguments: Json
    answer: Json


@dataclass
class OtherSlack:
    """The server. `refused` is everything the bot did that Slack would not have taken; `instead` are methods that
    are answered otherwise than they should be.
    """

    scopes: set[str]
    bot_token: str = "xoxb-770077-880088-QwErTy"
    app_token: str = "xapp-1-A7QQQ02-990099-deadbeef"
    calls: list[Call] = field(default_factory=list)
    replies: list[Json] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    instead: dict[str, Callable[[], Awaitable[web.Response]]] = field(default_factory=dict)
    users: dict[str, Json] = field(default_factory=lambda: {one["id"]: one for one in workspace.members()})
    channels: dict[str, Json] = field(default_factory=lambda: {one["id"]: one for one in workspace.channels()})
    dms: dict[str, str] = field(default_factory=dict)
    messages: dict[str, list[Json]] = field(default_factory=dict)
    views: dict[str, Json] = field(default_factory=dict)
    homes: dict[str, Json] = field(default_factory=dict)
    files: dict[str, Json] = field(default_factory=dict)
    uploads: dict[str, str] = field(default_factory=dict)
    sockets: list[web.WebSocketResponse] = field(default_factory=list)
    _tickets: set[str] = field(default_factory=set)
    _triggers: dict[str, tuple[str, float]] = field(default_factory=dict)
    _hooks: dict[str, int] = field(default_factory=dict)
    _acks: dict[str, asyncio.Future[Json]] = field(default_factory=dict)
    _news: asyncio.Condition = field(default_factory=asyncio.Condition)
    _last_ts: int = 0
    url: str = ""

    async def __aenter__(self) -> "OtherSlack":
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self._web_api)
        app.router.add_get("/wss", self._socket)
        app.router.add_post("/upload/v1/{secret}", self._upload)
        app.router.add_post("/hooks/{id}", self._hook)
        self._runner = web.AppRunner(app, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        return self

    async def __aexit__(self, *_: object) -> None:
        for socket in self.sockets:
            await socket.close()
        await self._runner.cleanup()

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/"

    def asked(self, method: str) -> list[Json]:
        """The arguments of every call of a method, oldest first."""
        return [call.arguments for call in self.calls if call.method == method]

    async def until(self, seen: Callable[[], T], seconds: float = 30) -> T:
        """Wait until `seen` has something to show, looking whenever something has happened here."""
        async with asyncio.timeout(seconds), self._news:
            return await self._news.wait_for(seen)  # type: ignore[arg-type]

    # What methods and people need

    def next_ts(self) -> str:
        """Seconds and microseconds, as odd as Slack's, and never the same twice."""
        self._last_ts = max(self._last_ts + 1, time.time_ns() // 1000)
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def dm(self, user: str) -> str:
        return self.dms.setdefault(user, f"D7{user[-6:]}")

    def trigger(self, user: str) -> str:
        made = f"{secrets.randbelow(10**10)}.770077.{secrets.token_hex(16)}"
        self._triggers[made] = (user, time.monotonic())
        return made

    def use_trigger(self, given: str) -> str:
        """The person whose act it stands for. Works once, and not for long."""
        if given not in self._triggers:
            raise Refusal("invalid_trigger_id")
        user, at = self._triggers[given]
        if not user:
            raise Refusal("exchanged_trigger_id")
        if time.monotonic() - at > TRIGGER_SECONDS:
            raise Refusal("expired_trigger_id")
        self._triggers[given] = ("", at)
        return user

    def response_url(self) -> str:
        made = secrets.token_hex(12)
        self._hooks[made] = REPLIES
        return f"{self.url}/hooks/{made}"

    def ticket(self) -> str:
        made = secrets.token_hex(12)
        self._tickets.add(made)
        return f"{self.url.replace('http', 'ws')}/wss?ticket={made}&app_id=7e1c"

    # The doors

    async def _web_api(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        arguments: Json = {}
        if method in self.instead:
            self.calls.append(Call(method, arguments, {}))
            await self._tell()
            return await self.instead[method]()
        try:
            token, arguments = await _read(request)
            answer = {"ok": True, **other_methods.answer(self, method, token, arguments)}
        except Refusal as refusal:
            answer = {"ok": False, "error": refusal.error, **refusal.more}
            self.refused.append(f"{method}: {refusal.error} {refusal.more or ''}")
        self.calls.append(Call(method, arguments, answer))
        await self._tell()
        scopes = {"x-oauth-scopes": ",".join(sorted(self.scopes)), "x-accepted-oauth-scopes": "whatever"}
        return web.json_response(answer, headers={"x-slack-req-id": secrets.token_hex(4), **scopes})

    async def _upload(self, request: web.Request) -> web.Response:
        if "Authorization" in request.headers:
            self.refused.append("upload: a token went where none belongs")
        try:
            other_files.take(self, request.match_info["secret"], await request.read())
        except other_files.NotTakenError:
            self.refused.append("upload: not taken")
            return web.Response(status=400)
        return web.Response(text="OK")

    async def _hook(self, request: web.Request) -> web.Response:
        left = self._hooks.get(request.match_info["id"], 0)
        if not left:
            self.refused.append("response_url: used up")
            return web.Response(status=404, text="used_url")
        self._hooks[request.match_info["id"]] = left - 1
        reply = await request.json()
        try:
            other_methods.check_message(reply)
        except Refusal as refusal:
            self.refused.append(f"response_url: {refusal.error} {refusal.more}")
            return web.Response(status=400, text=refusal.error)
        self.replies.append(reply)
        await self._tell()
        return web.Response(text="ok")

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        if request.query.get("ticket") not in self._tickets:
            raise web.HTTPForbidden
        self._tickets.remove(request.query["ticket"])
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json(
            {
                "type": "hello",
                "num_connections": len(self.sockets) + 1,
                "debug_info": {"host": "applink-7", "build_number": 77, "approximate_connection_time": 18060},
                "connection_info": {"app_id": workspace.APP},
            }
        )
        self.sockets.append(socket)
        await self._tell()
        async for frame in socket:
            if frame.type is WSMsgType.TEXT:
                await self._acknowledged(json.loads(frame.data))
        self.sockets.remove(socket)
        await self._tell()
        return socket

    async def _acknowledged(self, ack: Json) -> None:
        waiting = self._acks.pop(ack.get("envelope_id", ""), None)
        if waiting is None or ack.keys() - {"envelope_id", "payload"}:
            self.refused.append(f"ack: {ack}")
        elif not waiting.done():
            waiting.set_result(ack.get("payload") or {})

    # Bringing something to the bot

    async def deliver(self, kind: str, payload: Json, *, answers: bool = True) -> Json:
        """Send an envelope and return what its acknowledgement carries; without one in time, fail."""
        envelope = f"{secrets.token_hex(4)}-{secrets.token_hex(2)}-{secrets.token_hex(6)}"
        ack = self._acks[envelope] = asyncio.get_running_loop().create_future()
        about = {"envelope_id": envelope, "type": kind, "payload": payload, "accepts_response_payload": answers}
        if kind == "events_api":
            about |= {"retry_attempt": 0, "retry_reason": ""}
        await self.sockets[-1].send_json(about)
        said = await asyncio.wait_for(ack, ACK_SECONDS)
        if said and not answers:
            self.refused.append(f"ack: {kind} takes no payload, got {said}")
        return said

    async def refresh_connections(self) -> None:
        """What Slack does every few hours: asks for a new connection and closes the old one."""
        for socket in list(self.sockets):
            await socket.send_json({"type": "disconnect", "reason": "refresh_requested", "debug_info": {"host": "x"}})

    async def _tell(self) -> None:
        async with self._news:
            self._news.notify_all()


async def _read(request: web.Request) -> tuple[str, Json]:
    """The token, from the header or among the arguments; and the arguments, however they were sent."""
    arguments: Json = dict(request.query)
    if request.content_type == "application/json":
        arguments |= await request.json()
    else:
        arguments |= dict(await request.post())
    given = request.headers.get("Authorization", "")
    token = given.removeprefix("Bearer ") if given.startswith("Bearer ") else arguments.pop("token", "")
    return str(token), arguments


def granted(manifest: Json, *, without: Iterable[str] = ()) -> set[str]:
    """The scopes an app from this manifest has when everything was allowed."""
    return set(manifest["oauth_config"]["scopes"]["bot"]) - set(without)
