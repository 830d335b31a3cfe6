"""Fetching calendars: https alone, public addresses alone, bounded."""

import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.calendars import MOST_BYTES, HttpCalendars, is_public
from rituals.calendars import CalendarTrouble

CERTIFICATE = Path(__file__).parent / "localhost.pem"
"""Made for localhost alone, by this test's author; its key protects nothing."""


@pytest.fixture
async def server() -> AsyncIterator[TestServer]:
    async def good(request: web.Request) -> web.Response:
        return web.Response(body=b"BEGIN:VCALENDAR")

    async def large(request: web.Request) -> web.Response:
        return web.Response(body=b"x" * (MOST_BYTES + 1))

    async def squeezed(request: web.Request) -> web.Response:
        return web.Response(body=b"x", headers={"Content-Encoding": "gzip"})

    async def moved(request: web.Request) -> web.Response:
        raise web.HTTPFound(request.query["to"])

    app = web.Application()
    for path, answer in (("/good", good), ("/large", large), ("/squeezed", squeezed), ("/moved", moved)):
        app.router.add_get(path, answer)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    server = TestServer(app, scheme="https", host="127.0.0.1")
    await server.start_server(ssl=context)
    yield server
    await server.close()


@pytest.fixture
def read(server: TestServer) -> Callable[..., Awaitable[bytes]]:
    """Reads a path of the server by the name "localhost", which it trusts unless told otherwise."""

    async def from_path(path: str, trusted: tuple[str, ...] = ("localhost",)) -> bytes:
        known = ssl.create_default_context(cafile=str(CERTIFICATE))
        return await HttpCalendars(trusted, ssl=known).read(f"https://localhost:{server.port}{path}")

    return from_path


async def test_a_calendar_is_read(read: Callable[..., Awaitable[bytes]]) -> None:
    assert await read("/good") == b"BEGIN:VCALENDAR"
    assert await read("/moved?to=/good") == b"BEGIN:VCALENDAR"


async def test_a_private_address_is_refused_unless_its_host_is_named(read: Callable[..., Awaitable[bytes]]) -> None:
    with pytest.raises(CalendarTrouble, match="private"):
        await read("/good", trusted=())


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/large", "too large"),
        ("/squeezed", "compressed"),
        ("/nowhere", "http 404"),
        ("/moved?to=http://localhost/good", "not https"),
        ("/moved?to=https://127.0.0.1/good", "a private address"),
        ("/moved?to=https://[::ffff:127.0.0.1]/good", "a private address"),
        ("/moved?to=/moved?to=/moved?to=/moved?to=/good", "http|too many|private"),
    ],
)
async def test_what_is_not_a_calendar_is_refused(read: Callable[..., Awaitable[bytes]], path: str, reason: str) -> None:
    with pytest.raises(CalendarTrouble, match=reason):
        await read(path)


async def test_a_certificate_nobody_vouches_for_is_refused(server: TestServer) -> None:
    with pytest.raises(CalendarTrouble, match="Certificate"):
        await HttpCalendars(["localhost"]).read(f"https://localhost:{server.port}/good")


@pytest.mark.parametrize(
    "address", ["http://localhost/x", "file:///etc/passwd", "https://", "https://169.254.169.254/"]
)
async def test_addresses_that_are_none_are_refused_before_anything_is_opened(address: str) -> None:
    with pytest.raises(CalendarTrouble):
        await HttpCalendars().read(address)


async def test_a_trouble_names_no_address() -> None:
    with pytest.raises(CalendarTrouble) as caught:
        await HttpCalendars(["localhost"]).read("https://localhost:1/secret-token")
    assert "secret" not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("192.168.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),  # noqa: S104 - nothing listens there
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("2002:0a00:0001::1", False),
        ("64:ff9b::7f00:1", False),
        ("nonsense", False),
    ],
)
def test_only_the_internet_is_public(address: str, public: bool) -> None:
    assert is_public(address) is public
