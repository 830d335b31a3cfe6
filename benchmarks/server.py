"""A server that speaks just enough of Slack, as fast as it can: what it costs should not be measured with the bot.

It refuses what is not strict JSON with the metadata okrbot promises, and counts what it took.
"""

import asyncio
import json
import ssl
import time
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any

from aiohttp import WSMsgType, web

Json = dict[str, Any]
TEAM = "T0BENCH"
SCOPES = "chat:write,commands,users:read,channels:read,im:history,im:write"
ACK_SECONDS = 10.0


@dataclass(frozen=True)
class Manner:
    """How this Slack behaves. `latency` is in seconds; `per_minute` posts are taken, and `burst` more at once, before
    it answers 429; 0 takes all. `members` is how many people its workspace has.
    """

    latency: float = 0.0
    per_minute: float = 0.0
    burst: float = 20.0
    members: int = 1
    certificate: str = ""


@dataclass
class Tally:
    """What was taken since the last look: posts by their delivery, and how often it said no."""

    posts: Counter[str] = field(default_factory=Counter)
    calls: Counter[str] = field(default_factory=Counter)
    limited: int = 0
    refused: list[str] = field(default_factory=list)


class Refusal(Exception):
    """Slack's word for what is wrong with a call."""


class Server:
    def __init__(self, manner: Manner) -> None:
        self.manner = manner
        self.tally = Tally()
        self.url = ""
        self._ts = 1_763_000_000_000_000
        self._room = manner.burst
        self._room_at = 0.0
        self._sockets: list[web.WebSocketResponse] = []
        self._turn = 0
        self._acks: dict[str, asyncio.Future[tuple[float, Json]]] = {}
        self._views: dict[str, asyncio.Future[Json]] = {}

    def application(self) -> web.Application:
        app = web.Application(client_max_size=4 * 1024 * 1024)
        app.router.add_post("/api/{method}", self._call)
        app.router.add_get("/api/{method}", self._call)
        app.router.add_get("/socket", self._socket)
        app.router.add_post("/respond", self._respond)
        app.router.add_post("/act", self._act)
        app.router.add_get("/tally", self._tell)
        app.router.add_get("/sockets", self._count)
        return app

    # The Web API

    async def _call(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        given = await _read(request)
        self.tally.calls[method] += 1
        if method == "chat.postMessage" and self._is_too_fast():
            self.tally.limited += 1
            return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": "1"})
        try:
            answer = {"ok": True, **self._answer(method, given)}
        except Refusal as refusal:
            self.tally.refused.append(f"{method}: {refusal}")
            answer = {"ok": False, "error": str(refusal)}
        await asyncio.sleep(self.manner.latency)
        return web.json_response(answer, headers={"X-OAuth-Scopes": SCOPES})

    def _answer(self, method: str, given: Json) -> Json:
        match method:
            case "auth.test":
                return {"team_id": TEAM, "team": "Bench", "user_id": "U0BOT", "bot_id": "B0BOT", "user": "okrbot"}
            case "chat.postMessage" | "chat.update":
                return self._take(method, given)
            case "conversations.open":
                return {"channel": {"id": _dm(given["users"])}}
            case "users.info":
                return {"user": _member(given["user"])}
            case "users.list":
                return self._members(given)
            case "views.open" | "views.update" | "views.publish":
                return self._show(given)
            case "apps.connections.open":
                return {"url": f"{self.url.replace('http', 'ws', 1)}/socket"}
            case _:
                raise Refusal("unknown_method")

    def _take(self, method: str, given: Json) -> Json:
        _check_message(given)
        if method == "chat.postMessage":
            self.tally.posts[_delivery(given)] += 1
        self._ts += 1
        ts = f"{self._ts // 1_000_000}.{self._ts % 1_000_000:06d}"
        return {"channel": _dm(given["channel"]), "ts": str(given.get("ts") or ts), "message": {"text": given["text"]}}

    def _members(self, given: Json) -> Json:
        start, limit = int(given.get("cursor") or 0), int(given.get("limit") or 200)
        end = min(start + limit, self.manner.members)
        following = str(end) if end < self.manner.members else ""
        members = [_member(f"U{10_000_000 + number}") for number in range(start, end)]
        return {"members": members, "response_metadata": {"next_cursor": following}}

    def _show(self, given: Json) -> Json:
        view = given["view"] if isinstance(given["view"], dict) else json.loads(given["view"])
        shown = {**view, "id": f"V{self._ts}", "hash": f"{self._ts}.h", "state": {"values": {}}}
        self._ts += 1
        if waiting := self._views.pop(str(given.get("trigger_id")), None):
            waiting.set_result(shown)
        return {"view": shown}

    def _is_too_fast(self) -> bool:
        """A bucket that refills at the pace that is allowed."""
        if not self.manner.per_minute:
            return False
        now = time.monotonic()
        grown = self._room + (now - self._room_at) * self.manner.per_minute / 60
        self._room, self._room_at = min(self.manner.burst, grown), now
        if self._room < 1:
            return True
        self._room -= 1
        return False

    async def _respond(self, request: web.Request) -> web.Response:
        await _read(request)
        await asyncio.sleep(self.manner.latency)
        return web.Response(text="ok")

    # Socket Mode

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self._sockets.append(socket)
        await socket.send_json({"type": "hello", "num_connections": len(self._sockets)})
        try:
            async for frame in socket:
                if frame.type is WSMsgType.TEXT and frame.data.startswith("{"):
                    self._acknowledged(json.loads(frame.data))
        finally:
            self._sockets.remove(socket)
        return socket

    def _acknowledged(self, answer: Json) -> None:
        if waiting := self._acks.pop(answer.get("envelope_id", ""), None):
            waiting.set_result((time.perf_counter(), answer.get("payload") or {}))

    async def _act(self, request: web.Request) -> web.Response:
        """Somebody does something: how long it took until that was acknowledged, and the view that opened, if any."""
        act = await request.json()
        payload, opens = act["payload"], act["opens"]
        loop, envelope = asyncio.get_running_loop(), f"e{self._ts}"
        self._ts += 1
        acked = self._acks[envelope] = loop.create_future()
        opened = loop.create_future()
        if opens:
            self._views[payload["trigger_id"]] = opened
        await self._connected()
        self._turn += 1
        socket = self._sockets[self._turn % len(self._sockets)]
        began = time.perf_counter()
        await socket.send_json({"type": act["type"], "envelope_id": envelope, "payload": payload})
        ended, answer = await asyncio.wait_for(acked, ACK_SECONDS)
        view = await asyncio.wait_for(opened, ACK_SECONDS) if opens else None
        return web.json_response({"seconds": ended - began, "answer": answer, "view": view})

    async def _connected(self) -> None:
        """Wait until a bot listens, as somebody does who looks at a bot that is just starting."""
        async with asyncio.timeout(ACK_SECONDS):
            while not self._sockets:  # noqa: ASYNC110 - nothing that is measured waits here
                await asyncio.sleep(0.05)

    # For whoever measures

    async def _tell(self, request: web.Request) -> web.Response:
        """What was taken since the last look."""
        told, self.tally = self.tally, Tally()
        return web.json_response(
            {
                "posted": len(told.posts),
                "doubled": sum(count - 1 for count in told.posts.values()),
                "calls": told.calls,
                "limited": told.limited,
                "refused": told.refused[:5],
            }
        )

    async def _count(self, request: web.Request) -> web.Response:
        return web.json_response({"open": len(self._sockets)})


def serve(manner: Manner, address: Connection) -> None:
    """The whole life of the server's process; sends its address once it listens."""
    asyncio.run(_serve(manner, address))


async def _serve(manner: Manner, address: Connection) -> None:
    server = Server(manner)
    runner = web.AppRunner(server.application(), access_log=None)
    await runner.setup()
    secure = None
    if manner.certificate:
        secure = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        secure.load_cert_chain(manner.certificate)
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=secure, backlog=1024).start()
    port = runner.addresses[0][1]
    server.url = f"https://localhost:{port}" if secure else f"http://127.0.0.1:{port}"
    address.send(server.url)
    await asyncio.Event().wait()


async def _read(request: web.Request) -> Json:
    """The arguments: JSON without NaN where it says so, else a form or a query."""
    if request.content_type == "application/json":
        loaded: Json = json.loads(await request.read(), parse_constant=_no_constant)
        return loaded
    return {**request.query, **(await request.post())}


def _no_constant(name: str) -> None:
    raise web.HTTPBadRequest(text=f"{name} is not JSON")


def _check_message(given: Json) -> None:
    if not isinstance(given.get("channel"), str) or not given["channel"]:
        raise Refusal("channel_not_found")
    if not isinstance(given.get("text"), str) or not given["text"]:
        raise Refusal("no_text")
    blocks = given.get("blocks", [])
    if not isinstance(blocks, list) or len(blocks) > 50 or any(not isinstance(one.get("type"), str) for one in blocks):
        raise Refusal("invalid_blocks")
    metadata = given.get("metadata")
    if metadata is not None and not (
        isinstance(metadata.get("event_type"), str) and isinstance(metadata.get("event_payload"), dict)
    ):
        raise Refusal("invalid_metadata_format")


def _delivery(given: Json) -> str:
    """What makes a post unique: okrbot's own mark, or the channel for a bot that has none."""
    payload = (given.get("metadata") or {}).get("event_payload") or {}
    return str(payload.get("delivery_id") or given["channel"])


def _dm(place: str) -> str:
    return f"D{place[1:]}" if place.startswith("U") else place


def _member(id: str) -> Json:
    name = f"Person {id}"
    profile = {"real_name": name, "display_name": name, "email": "", "status_text": ""}
    return {
        "id": id,
        "name": id.lower(),
        "real_name": name,
        "tz": "Europe/Rome",
        "locale": "en-GB",
        "deleted": False,
        "is_bot": False,
        "profile": profile,
    }
