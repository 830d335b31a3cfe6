"""One Socket Mode connection: what Slack brings on it, and the acknowledgements that go back."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import aiohttp
import structlog
from slack_bolt.adapter.socket_mode.internals import build_headers
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from bot.metrics import Metrics

ASKED, DEAD = "asked", "dead"
ACKNOWLEDGE_SECONDS = 4.0
"""A little longer than Slack waits for an acknowledgement."""
log = structlog.get_logger()


class PromptAck(AsyncAck):
    """An acknowledgement that is heard at once: Bolt looks for it every ten milliseconds."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # Bolt's has no hints
        self._given = asyncio.Event()

    async def __call__(self, *said: Any, **named: Any) -> BoltResponse:
        response = await super().__call__(*said, **named)
        self._given.set()
        return response

    async def given_or(self, dispatching: asyncio.Task[BoltResponse]) -> BoltResponse:
        """What a listener acknowledged with, else what Bolt says for itself, as when nobody listens."""
        given = asyncio.create_task(self._given.wait())
        await asyncio.wait({given, dispatching}, return_when=asyncio.FIRST_COMPLETED)
        given.cancel()
        return self.response or await dispatching


class Line:
    """From its address to its end. Every task it starts is held: one that is not could vanish with its answer.

    `heard` is called with each message; `worn` is set when the connection is to be replaced, and `why` says why.
    `heard_at` is on the event loop's clock.
    """

    def __init__(self, app: AsyncApp, metrics: Metrics, heard: Callable[["Line", dict[str, Any]], None]) -> None:
        self.app = app
        self.metrics = metrics
        self.heard = heard
        self.opened_at = self.heard_at = asyncio.get_running_loop().time()
        self.worn = asyncio.Event()
        self.why = ""
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._reading: asyncio.Task[None] | None = None
        self._serving: set[asyncio.Task[None]] = set()
        self._dispatching: set[asyncio.Task[BoltResponse]] = set()
        self._taking = True

    @property
    def is_open(self) -> bool:
        return self._socket is not None and not self._socket.closed

    async def open(self, http: aiohttp.ClientSession, address: str, *, ping: float) -> None:
        """Connect. A ping every `ping` seconds must be answered in half of that, or the connection is dead."""
        client = self.app.client
        self._socket = await http.ws_connect(address, heartbeat=ping, proxy=client.proxy, ssl=client.ssl or True)
        self.opened_at = self.heard_at = asyncio.get_running_loop().time()
        self._reading = asyncio.create_task(self._read(self._socket), name="socket")

    def stop_taking(self) -> None:
        """What Slack sends from now on it sends again elsewhere, since nobody acknowledges it here."""
        self._taking = False

    async def finish(self, *, close: float) -> None:
        """Acknowledge what was taken, then close, in at most `close` seconds."""
        if self._serving:
            await asyncio.wait(self._serving, timeout=ACKNOWLEDGE_SECONDS)
        if self._socket is not None:
            try:
                await asyncio.wait_for(self._socket.close(), close)
            except TimeoutError:
                log.warning("socket does not close")
        if self._reading is not None:
            self._reading.cancel()

    async def _read(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        try:
            async for frame in socket:
                if frame.type is aiohttp.WSMsgType.TEXT:
                    self._take(frame.data)
        finally:
            self._wear(DEAD)

    def _take(self, text: str) -> None:
        message = _read_message(text)
        if message.get("type") == "disconnect":
            self._wear(ASKED)
        elif "envelope_id" in message and self._taking:
            self.heard_at = asyncio.get_running_loop().time()
            task = asyncio.create_task(self._serve(message), name="envelope")
            self._serving.add(task)
            task.add_done_callback(self._served)
        self.heard(self, message)

    def _wear(self, why: str) -> None:
        self.why = self.why or why
        self.worn.set()

    async def _serve(self, message: dict[str, Any]) -> None:
        """Let Bolt find the listener, and send back what it acknowledges with.

        What Bolt cannot even read is acknowledged too: Slack would only send it again.
        """
        began, kind = asyncio.get_running_loop().time(), str(message.get("type"))
        (response,) = await asyncio.gather(self._response(message), return_exceptions=True)
        if isinstance(response, Exception):
            log.error("envelope failed", kind=kind, exc_info=response)
            response = BoltResponse(status=200)
        elif isinstance(response, BaseException):
            raise response
        if response.status != 200:
            log.warning("not acknowledged", kind=kind, status=response.status)
            return
        answer = SocketModeResponse(envelope_id=message["envelope_id"], payload=_payload(response))
        if self._socket is None:
            return
        try:
            await self._socket.send_str(json.dumps(answer.to_dict()))
        except (ConnectionError, aiohttp.ClientError):
            log.warning("acknowledgement lost", kind=kind)
            return
        self.metrics.acknowledged(kind, asyncio.get_running_loop().time() - began)

    async def _response(self, message: dict[str, Any]) -> BoltResponse:
        """What Bolt and its listeners answer an envelope with."""
        request = SocketModeRequest.from_dict(message)
        if request is None:
            raise ValueError("an envelope without a type or a payload")
        ack = PromptAck()
        asked = AsyncBoltRequest(mode="socket_mode", body=request.payload, headers=build_headers(request))
        asked.context["ack"] = ack
        dispatching = asyncio.create_task(self.app.async_dispatch(asked), name="dispatch")
        self._dispatching.add(dispatching)
        dispatching.add_done_callback(self._dispatching.discard)
        return await ack.given_or(dispatching)

    def _served(self, task: asyncio.Task[None]) -> None:
        self._serving.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("envelope failed", exc_info=error)


def _read_message(text: str) -> dict[str, Any]:
    """Slack sends an empty message now and then. One nested too deeply to be read must not end the connection."""
    try:
        message = json.loads(text)
    except ValueError:
        return {}
    except RecursionError:
        log.error("unreadable message", length=len(text))
        return {}
    return message if isinstance(message, dict) else {}


def _payload(response: BoltResponse) -> Any:
    if not response.body:
        return None
    if response.headers.get("content-type", [""])[0].startswith("application/json"):
        return json.loads(response.body)
    return {"text": response.body}
