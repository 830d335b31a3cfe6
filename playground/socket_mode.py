"""Socket Mode: envelopes to connected apps, their acknowledgements, and sending again what got none."""

import asyncio
import json
import secrets
import uuid
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from playground.apps import InstalledApp
from playground.jsons import Json
from playground.traffic import Traffic

MOST_TRIES = 3
HEARTBEAT = 30.0
REMEMBERED_TICKETS = 1000


@dataclass(frozen=True)
class Ack:
    """An app's acknowledgement, with the payload it may carry."""

    payload: Any = None


@dataclass(eq=False)
class Link:
    """One open connection of an app."""

    socket: web.WebSocketResponse
    leaving: bool = False  # told to reconnect: nothing more is sent on it
    silent: bool = False  # a fault: it answers pings, and swallows every envelope


@dataclass(eq=False)
class Delivery:
    """An envelope on its way."""

    app: InstalledApp
    envelope: Json
    sent_at: float
    acknowledged: asyncio.Future[Ack]
    task: asyncio.Task[Ack | None] | None = field(default=None, repr=False)


class SocketMode:
    """The connections of all apps and the envelopes not yet acknowledged."""

    def __init__(self, traffic: Traffic, *, redelivery_after: float, patience: float) -> None:
        self._traffic = traffic
        self._redelivery_after = redelivery_after
        self._patience = patience
        self._links: dict[str, list[Link]] = {}
        self._tickets: dict[str, str] = {}
        self._waiting: dict[str, Delivery] = {}
        self._arrivals: deque[asyncio.Future[None]] = deque()
        self.to_deliver_twice = 0  # a fault: so many envelopes go out in two copies
        self._loop: asyncio.AbstractEventLoop | None = None  # while the server runs

    # Connections

    def start(self) -> None:
        self._loop = asyncio.get_running_loop()

    def ticket(self, app: InstalledApp) -> str:
        """A one-time right to connect, as apps.connections.open gives it."""
        ticket = secrets.token_urlsafe(16)
        self._tickets[ticket] = app.app_id
        if len(self._tickets) > REMEMBERED_TICKETS:
            del self._tickets[next(iter(self._tickets))]
        return ticket

    def connected(self, app: InstalledApp) -> bool:
        return any(not link.leaving for link in self._links.get(app.app_id, []))

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One connection, from its hello to its end."""
        app_id = self._tickets.pop(request.query.get("ticket", ""), None)
        if app_id is None:
            return web.Response(status=401, text="invalid ticket")
        socket = web.WebSocketResponse(heartbeat=HEARTBEAT, timeout=0.2)
        await socket.prepare(request)
        link = Link(socket)
        links = self._links.setdefault(app_id, [])
        links.append(link)
        try:
            await socket.send_json(_hello(app_id, len(links)))
            self._announce_arrival()
            async for message in socket:
                if message.type == WSMsgType.TEXT:
                    self._take(message.data)
        finally:
            links.remove(link)
        return socket

    async def ask_to_reconnect(self) -> None:
        """Tell every connected app to come back on a new connection."""
        for link in [link for links in self._links.values() for link in links if not link.leaving]:
            link.leaving = True
            await _send(link, {"type": "disconnect", "reason": "refresh_requested", "debug_info": {}})

    def silence(self) -> None:
        """Let every connection there is now look alive and bring nothing."""
        for links in self._links.values():
            for link in links:
                link.silent = True

    def silent(self, app: InstalledApp) -> int:
        """How many of an app's connections look alive and bring nothing."""
        return sum(link.silent for link in self._links.get(app.app_id, []))

    async def stop(self) -> None:
        self._loop = None
        tasks = [delivery.task for delivery in self._waiting.values() if delivery.task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._waiting.clear()
        links = [link for links in self._links.values() for link in links]
        await asyncio.gather(*(link.socket.close() for link in links))

    # Envelopes

    def send(
        self, app: InstalledApp, kind: str, name: str, payload: Any, *, answers: bool, summary: str | None = None
    ) -> Delivery | None:
        """Set an envelope on its way; `answers` says whether its acknowledgement may carry a payload."""
        if self._loop is None or app.uninstalled:
            return None
        if kind == "events_api" and app.app_id not in self._links:
            return None  # it never connected, so there is nobody an event could be kept for
        loop = self._loop
        envelope: Json = {
            "envelope_id": str(uuid.uuid4()),
            "type": kind,
            "payload": payload,
            "accepts_response_payload": answers,
        }
        delivery = Delivery(app, envelope, loop.time(), loop.create_future())
        self._waiting[envelope["envelope_id"]] = delivery
        self._traffic.add(
            "to bot", kind, name, payload, summary=_summary(kind, payload) if summary is None else summary
        )
        delivery.task = loop.create_task(self._deliver(delivery))
        return delivery

    async def write(self, app: InstalledApp, text: str) -> None:
        """Send a text that may be no envelope on every connection of an app."""
        for link in list(self._links.get(app.app_id, [])):
            await link.socket.send_str(text)

    async def answer(self, delivery: Delivery | None) -> Ack | None:
        """The acknowledgement, or None when a person would have lost patience before it came."""
        if delivery is None:
            return None
        done, _ = await asyncio.wait({delivery.acknowledged}, timeout=self._patience)
        return delivery.acknowledged.result() if done and not delivery.acknowledged.cancelled() else None

    async def idle(self) -> None:
        """Return when every envelope was acknowledged, or is older than anybody would wait."""
        while fresh := self._fresh():
            oldest = min(delivery.sent_at for delivery in fresh)
            left = oldest + self._patience - asyncio.get_running_loop().time()
            waited = {delivery.acknowledged for delivery in fresh}
            await asyncio.wait(waited, timeout=max(left, 0.001), return_when=asyncio.FIRST_COMPLETED)

    @property
    def busy(self) -> bool:
        return bool(self._fresh())

    def _fresh(self) -> list[Delivery]:
        now = asyncio.get_running_loop().time()
        return [
            delivery
            for delivery in self._waiting.values()
            if not delivery.acknowledged.done() and now - delivery.sent_at < self._patience
        ]

    async def _deliver(self, delivery: Delivery) -> Ack | None:
        try:
            for attempt in range(MOST_TRIES):
                reason = "timeout" if attempt else ""
                tried = {**delivery.envelope, "retry_attempt": attempt, "retry_reason": reason}
                await self._put_through(delivery.app, tried)
                if self.to_deliver_twice:
                    self.to_deliver_twice -= 1
                    await self._put_through(delivery.app, tried)
                if await self._acknowledged(delivery, self._redelivery_after):
                    return delivery.acknowledged.result()
            # Where sending again comes quicker than impatience, the last try still has its time.
            left = delivery.sent_at + self._patience - asyncio.get_running_loop().time()
            if await self._acknowledged(delivery, left):
                return delivery.acknowledged.result()
            return None
        finally:
            delivery.acknowledged.cancel()
            self._waiting.pop(delivery.envelope["envelope_id"], None)

    async def _acknowledged(self, delivery: Delivery, within: float) -> bool:
        done, _ = await asyncio.wait({delivery.acknowledged}, timeout=max(within, 0))
        return bool(done)

    async def _put_through(self, app: InstalledApp, envelope: Json) -> None:
        """Send on any open connection; where there is none, on the next to open before the try ends."""
        loop = asyncio.get_running_loop()
        until = loop.time() + self._redelivery_after
        while (left := until - loop.time()) > 0:
            links = self._links.get(app.app_id, [])
            for link in list(links):
                if not link.leaving and await _send(link, envelope):
                    if link in links:  # the next envelope goes to another connection, if there is one
                        links.append(links.pop(links.index(link)))
                    return
            arrival: asyncio.Future[None] = loop.create_future()
            self._arrivals.append(arrival)
            await asyncio.wait({arrival}, timeout=left)

    def _announce_arrival(self) -> None:
        while self._arrivals:
            arrival = self._arrivals.popleft()
            if not arrival.done():
                arrival.set_result(None)

    def _take(self, text: str) -> None:
        try:
            answer = json.loads(text)
        except ValueError:
            answer = None
        if not isinstance(answer, dict) or "envelope_id" not in answer:
            self._traffic.add("from bot", "ack", "unreadable", text, error="invalid_ack")
            return
        delivery = self._waiting.get(answer["envelope_id"])
        if delivery is None or delivery.acknowledged.done():
            return  # a late or second acknowledgement changes nothing
        payload, sent = answer.get("payload"), delivery.envelope["payload"]
        name = str(sent.get("type") or sent.get("command")) if isinstance(sent, dict) else "as it is"
        self._traffic.add("from bot", "ack", name, payload, summary="with a payload" if payload else "")
        delivery.acknowledged.set_result(Ack(payload))


async def _send(link: Link, envelope: Json) -> bool:
    """Whether the envelope went out; a socket that just closed takes nothing."""
    if link.silent:
        return True
    try:
        await link.socket.send_json(envelope)
    except ConnectionError:
        return False
    return not link.socket.closed


def _hello(app_id: str, connections: int) -> Json:
    return {
        "type": "hello",
        "num_connections": connections,
        "connection_info": {"app_id": app_id},
        "debug_info": {"host": "playground", "approximate_connection_time": 3600},
    }


def _summary(kind: str, payload: Json) -> str:
    if kind == "slash_commands":
        return f"{payload['command']} {payload['text']}".strip()
    if kind == "events_api":
        return str(payload["event"]["type"])
    actions = ", ".join(action["action_id"] for action in payload.get("actions", []))
    callback = payload.get("view", {}).get("callback_id") or payload.get("callback_id", "")
    return " ".join(part for part in (payload["type"], actions, callback) if part)
