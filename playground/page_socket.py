"""The page's connection: acts come in, and after every change goes out what the person can see."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass

from aiohttp import WSMsgType, web

from playground.clock import PlaygroundClock
from playground.errors import CannotDoError
from playground.jsons import Json
from playground.page_acts import Act, PageActs
from playground.page_state import page_state
from playground.slack import Slack

DEBOUNCE = 0.03  # seconds: a burst of changes is one picture
HEARTBEAT = 30.0


@dataclass(eq=False)
class Tab:
    """One open browser tab, acting as one person."""

    socket: web.WebSocketResponse
    person: str


class PageSocket:
    """All open tabs."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack
        self._acts = PageActs(slack)
        self._tabs: list[Tab] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._changed: asyncio.Event | None = None
        slack.workspace.watch(self._notice)
        if isinstance(slack.workspace.clock, PlaygroundClock):
            slack.workspace.clock.on_change = self._notice

    def start(self) -> None:
        self._changed = asyncio.Event()
        self._keep(self._painter())

    async def stop(self) -> None:
        self._changed = None
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.gather(*(tab.socket.close() for tab in list(self._tabs)))

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One tab, until it is closed."""
        socket = web.WebSocketResponse(heartbeat=HEARTBEAT, timeout=0.2)
        await socket.prepare(request)
        people = self._slack.workspace.people()
        tab = Tab(socket, people[0].id if people else "")
        self._tabs.append(tab)
        try:
            await self._paint([tab])
            async for message in socket:
                if message.type == WSMsgType.TEXT:
                    # An act may wait for the app; the tab must be able to do something else meanwhile.
                    self._keep(self._act(tab, message.data))
        finally:
            self._tabs.remove(tab)
        return socket

    async def _act(self, tab: Tab, text: str) -> None:
        result: Json = {"type": "result", "id": None, "ok": True}
        try:
            act = Act.read(text)
            result["id"] = act.fields.get("id")
            if act.name == "become":
                self._become(tab, act.text("person"))
            else:
                await self._acts.perform(tab.person, act)
        except CannotDoError as refusal:
            result |= {"ok": False, "error": str(refusal)}
        await _send(tab, result)
        self._notice()

    def _become(self, tab: Tab, person: str) -> None:
        if person not in self._slack.workspace.members:
            raise CannotDoError("There is no such person")
        tab.person = person

    async def _painter(self) -> None:
        """Send everybody a new picture after changes, a moment later so that bursts are one."""
        changed = self._changed
        while changed is not None:
            await changed.wait()
            await asyncio.sleep(DEBOUNCE)
            changed.clear()
            await self._paint(list(self._tabs))

    async def _paint(self, tabs: list[Tab]) -> None:
        clock = self._slack.workspace.clock
        movable = isinstance(clock, PlaygroundClock)
        next_event = await clock.next_event() if tabs and isinstance(clock, PlaygroundClock) else None
        for tab in tabs:
            state = page_state(self._slack, tab.person)
            state["clock"] = {
                "movable": movable,
                "moving": isinstance(clock, PlaygroundClock) and clock.moving,
                "next_event": {"at": next_event.at.isoformat(), "what": next_event.what} if next_event else None,
            }
            await _send(tab, {"type": "state", "state": state})

    def _notice(self) -> None:
        if self._changed is not None:
            self._changed.set()

    def _keep(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _send(tab: Tab, frame: Json) -> None:
    try:
        await tab.socket.send_json(frame)
    except ConnectionError:
        return  # the tab was closed meanwhile; its reader notices too
