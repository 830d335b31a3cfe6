"""Servers that answer everything in one way."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from aiohttp import web


@asynccontextmanager
async def serving(answer: Callable[[], web.Response]) -> AsyncIterator[str]:
    """A server that gives this answer to everything: its address, as OKRBOT_SLACK_API_URL would have it."""

    async def serve(request: web.Request) -> web.Response:
        return answer()

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", serve)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
    await runner.cleanup()


NOT_SLACK: dict[str, Callable[[], web.Response]] = {
    "a page": lambda: web.Response(text="<html>Welcome</html>", content_type="text/html"),
    "nothing there": lambda: web.Response(text="404 page not found", status=404),
    "plain text": lambda: web.Response(text="hello", content_type="text/plain"),
    "broken JSON": lambda: web.Response(text="<<<", content_type="application/json"),
    "a list": lambda: web.json_response(["not", "an", "object"]),
}
