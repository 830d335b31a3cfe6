"""Where files come in and go out: apps send bytes up and fetch them with their token, people download them."""

from aiohttp import BodyPartReader, web

from playground.apps import InstalledApp
from playground.errors import ApiError
from playground.files import File
from playground.slack import Slack
from playground.web_api.files import may_see


class FileDoor:
    """Serves `/upload/v1/…`, `/files-pri/…` and, for the page, `/page/files/…`."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    async def take(self, request: web.Request) -> web.StreamResponse:
        """The bytes of a file, raw or as the one part of a form. Nobody asks who sends them: the address is secret."""
        content, error = await _content(request), None
        fault = self._slack.faults.take("upload", None)
        try:
            if fault is None:
                self._slack.files.take(request.match_info["secret"], content)
        except ApiError as refusal:
            error = refusal.error
        self._log(content, f"http_{fault.status}" if fault else error, ordered=fault is not None)
        if fault:
            return web.Response(status=fault.status, text="<html>Slack is having trouble</html>")
        if error:
            return web.Response(status=400, text=error)
        return web.Response(text=f"OK - {len(content)}")

    async def give(self, request: web.Request) -> web.StreamResponse:
        """To an app that may read files and is where this one was shared; all others are led to the page, which is no
        file, and is no error either.
        """
        file = self._slack.files.find(request.match_info["file"])
        app = self._caller(request)
        if file is None or app is None or not self._may_see(file, app.bot_user_id):
            raise web.HTTPFound("/")
        return _download(file)

    async def give_to_person(self, request: web.Request) -> web.StreamResponse:
        """To whoever is looked at in this tab of the page."""
        file = self._slack.files.find(request.match_info["file"])
        if file is None or not self._may_see(file, request.query.get("as", "")):
            raise web.HTTPNotFound
        return _download(file)

    def _log(self, content: bytes, error: str | None, *, ordered: bool) -> None:
        """With what is in it, where that is text."""
        about = {"bytes": len(content), "text": content.decode(errors="replace") if b"\0" not in content else None}
        self._slack.traffic.add(
            "from bot", "upload", "upload", about, error=error, summary=f"{len(content)} bytes", ordered=ordered
        )

    def _caller(self, request: web.Request) -> InstalledApp | None:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        app = self._slack.workspace.app_of_token(token) if scheme == "Bearer" else None
        readable = app is not None and token == app.bot_token and not app.uninstalled and "files:read" in app.scopes
        return app if readable else None

    def _may_see(self, file: File, user: str) -> bool:
        return file.complete and may_see(self._slack.workspace.conversations, file, user)


async def _content(request: web.Request) -> bytes:
    """However large: what a request may hold elsewhere is no measure for files."""
    if request.content_type != "multipart/form-data":
        return await request.content.read()
    async for part in await request.multipart():
        if isinstance(part, BodyPartReader):
            return bytes(await part.read())
    return b""


def _download(file: File) -> web.Response:
    name = file.path.rpartition("/")[2]
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return web.Response(body=file.content or b"", content_type=file.media_type, headers=headers)
