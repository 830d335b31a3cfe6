"""The playground itself: a workspace to fill, a server to start, and the doors of both."""

import asyncio
from pathlib import Path
from typing import Any

from aiohttp import web

from playground import events
from playground.apps import InstalledApp, read_manifest
from playground.clock import Clock, PlaygroundClock, World
from playground.errors import CannotDoError
from playground.faults import Faults
from playground.file_door import FileDoor
from playground.jsons import Json
from playground.members import Member
from playground.page_socket import PageSocket
from playground.people import Person
from playground.places import Afterwards, Channel, HasUserId
from playground.response_door import ResponseDoor
from playground.slack import Slack
from playground.traffic import Entry
from playground.web_api.door import WebApi

PAGE = Path(__file__).parent / "page"
LARGEST_REQUEST = 4 * 1024**2


class Playground:
    """A stand-in Slack: apps connect to it over HTTP, people act in it from Python or from a page.

    Times are real seconds: `redelivery_after` until an unacknowledged envelope is sent again,
    `patience` until a person is told that the app failed, `trigger_lifetime` of a trigger_id.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        redelivery_after: float = 3.0,
        patience: float = 3.0,
        trigger_lifetime: float = 3.0,
    ) -> None:
        self.clock = clock
        self._slack = Slack.create(
            clock,
            redelivery_after=redelivery_after,
            patience=patience,
            trigger_lifetime=trigger_lifetime,
        )
        self._page = PageSocket(self._slack)
        self._runner: web.AppRunner | None = None
        self._dropping: asyncio.Task[None] | None = None  # held, or it might be collected half done

    # The workspace

    def install(self, manifest: Json, *, scopes: Any = None) -> InstalledApp:
        """Install an app from its manifest, with all scopes it asks for or only some."""
        workspace = self._slack.workspace
        bot_user_id = workspace.ids.next("U")
        app = read_manifest(
            manifest,
            None if scopes is None else frozenset(scopes),
            app_id=workspace.ids.next("A"),
            bot_id=workspace.ids.next("B"),
            bot_user_id=bot_user_id,
        )
        workspace.apps[app.app_id] = app
        workspace.add_member(Member(bot_user_id, app.name.lower(), app.name, is_bot=True))
        workspace.changed()
        return app

    def uninstall(self, app: InstalledApp) -> Afterwards:
        """Take an app out: it hears of it, and its tokens are worth nothing any more."""
        tokens = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [app.bot_user_id]}}
        events.publish(self._slack, {"type": "app_uninstalled"}, only=app)
        events.publish(self._slack, tokens, only=app)
        app.uninstalled = True
        return self._done()

    def person(
        self,
        name: str,
        *,
        real_name: str | None = None,
        tz: str = "Etc/UTC",
        locale: str = "en-US",
        email: str | None = None,
        **flags: bool,
    ) -> Person:
        """A new member; `flags` are those of the user object, such as is_admin or is_restricted."""
        workspace = self._slack.workspace
        member = Member(
            workspace.ids.next("U"),
            name,
            real_name or name.capitalize(),
            tz=tz,
            locale=locale,
            email=email,
            **flags,  # type: ignore[arg-type]
        )
        workspace.add_member(member)
        self._tell_of(member, "team_join")
        workspace.changed()
        return Person(self._slack, member)

    def channel(self, name: str, members: list[HasUserId] | None = None, *, private: bool = False) -> Channel:
        """A new channel with people in it, and apps where they were invited."""
        inside = [member.id for member in members or []]
        conversation = self._slack.workspace.add_conversation(name, inside, private=private)
        self._slack.workspace.changed()
        return Channel(self._slack, conversation)

    def change(self, person: Person, **fields: Any) -> Afterwards:
        """Change what the user object tells about a person: tz, locale, is_admin, status_emoji…"""
        unknown = [name for name in fields if not hasattr(person.member, name)]
        if unknown:
            raise CannotDoError(f"A member has no {', '.join(unknown)}")
        for name, value in fields.items():
            setattr(person.member, name, value)
        person.member.updated = self._slack.workspace.seconds()
        self._tell_of(person.member, "user_change")
        self._tell_of(person.member, "user_profile_changed")
        if any(name.startswith("status_") for name in fields):
            self._tell_of(person.member, "user_status_changed")
        return self._done()

    def deactivate(self, person: Person) -> Afterwards:
        """End a person's membership: they can do nothing more, and nobody can write to them."""
        self._slack.workspace.stack(person.id).clear()
        return self.change(person, deleted=True)

    # Serving

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Open the doors; a port of 0 takes any free one."""
        runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        await web.TCPSite(runner, host, port).start()
        self._runner = runner
        host, port = runner.addresses[0][:2]
        self._slack.url = f"http://{host}:{port}"
        self._slack.socket.start()
        self._page.start()

    async def stop(self) -> None:
        """Close every connection and forget what was still on its way."""
        await self._page.stop()
        await self._slack.socket.stop()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    @property
    def url(self) -> str:
        return self._slack.url

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/"

    @property
    def world(self) -> World | None:
        return self._slack.world

    @world.setter
    def world(self, world: World | None) -> None:
        self._slack.world = world
        if isinstance(self.clock, PlaygroundClock):
            self.clock.world = world

    # Looking underneath, and interfering

    @property
    def traffic(self) -> list[Entry]:
        return self._slack.traffic.entries

    @property
    def refusals(self) -> list[Entry]:
        return self._slack.traffic.refusals

    @property
    def faults(self) -> Faults:
        return self._slack.faults

    async def settle(self) -> None:
        """Return when everything sent is acknowledged and the world is idle."""
        await self._slack.settle()

    def connected(self, app: InstalledApp) -> bool:
        return self._slack.socket.connected(app)

    def drop_connections(self) -> asyncio.Task[None]:
        """Ask every connected app to come back on a new connection, as Slack does every few hours."""
        self._dropping = asyncio.get_running_loop().create_task(self._slack.socket.ask_to_reconnect())
        return self._dropping

    def silence_connections(self) -> None:
        """Let every connection there is now look alive and bring nothing; new ones work."""
        self._slack.socket.silence()

    def silent_connections(self, app: InstalledApp) -> int:
        """How many of an app's connections are still silenced."""
        return self._slack.socket.silent(app)

    def deliver_twice(self, times: int = 1) -> None:
        """Send the next envelopes in two copies, as Slack does once in a while."""
        self._slack.socket.to_deliver_twice = times

    async def deliver_as_it_is(self, app: InstalledApp, kind: str, payload: Any) -> bool:
        """Send a payload that nobody checks, such as Slack never would; True when it is acknowledged in time."""
        delivery = self._slack.socket.send(app, kind, kind, payload, answers=True, summary="as it is")
        return await self._slack.socket.answer(delivery) is not None

    async def write_as_it_is(self, app: InstalledApp, text: str) -> None:
        """Send a text that is no envelope, on every connection."""
        await self._slack.socket.write(app, text)

    def expire_triggers(self) -> None:
        """Let every trigger_id given so far be too old."""
        self._slack.triggers.expire_all()

    def expire_uploads(self) -> None:
        """Let every address given so far for a file to come be too old."""
        self._slack.files.expire_all()

    # Inside

    def _application(self) -> web.Application:
        application = web.Application(client_max_size=LARGEST_REQUEST)
        web_api, response_door, file_door = WebApi(self._slack), ResponseDoor(self._slack), FileDoor(self._slack)
        application.router.add_route("*", "/api/{method}", web_api.serve)
        application.router.add_post("/commands/{app}/{secret}", response_door.serve)
        application.router.add_post("/actions/{app}/{secret}", response_door.serve)
        application.router.add_post("/upload/v1/{secret}", file_door.take)
        application.router.add_get("/files-pri/{file}/download/{name}", file_door.give)
        application.router.add_get("/page/files/{file}/{name}", file_door.give_to_person)
        application.router.add_get("/link/", self._slack.socket.serve)
        application.router.add_get("/page/socket", self._page.serve)
        application.router.add_get("/{path:.*}", serve_page)
        return application

    def _tell_of(self, member: Member, event: str) -> None:
        """Tell apps about a member, each as much as its scopes let it know."""
        workspace = self._slack.workspace
        for app in workspace.apps.values():
            email = "users:read.email" in app.scopes
            user = member.as_object(workspace.team_id, workspace.clock.now(), email=email, locale=True)
            told = {"type": event, "user": user, "cache_ts": workspace.seconds()}
            events.publish(self._slack, {**told, "event_ts": workspace.next_ts()}, only=app)

    def _done(self) -> Afterwards:
        self._slack.workspace.changed()
        return Afterwards(self._slack)


async def serve_page(request: web.Request) -> web.StreamResponse:
    """The files of the page, and nothing beside them."""
    path = (PAGE / (request.match_info["path"] or "index.html")).resolve()
    if PAGE not in path.parents or not path.is_file():
        raise web.HTTPNotFound
    return web.FileResponse(path, headers={"Cache-Control": "no-store"})
