"""Fetching calendars: over https alone, from public addresses alone, in bounded time and size."""

import ipaddress
import socket
from collections.abc import Collection
from http import HTTPStatus
from ssl import SSLContext

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import DefaultResolver
from yarl import URL

from rituals.calendars import CalendarTrouble

MOST_BYTES = 2 * 1024 * 1024
MOST_HOPS = 3
TIMEOUT = aiohttp.ClientTimeout(total=10, connect=5)
HEADERS = {"Accept": "text/calendar", "Accept-Encoding": "identity", "User-Agent": "okrbot"}
MOVED = (301, 302, 303, 307, 308)
NAT64 = ipaddress.ip_network("64:ff9b::/96")


class HttpCalendars:
    """`trusted` are the hosts that may lie in a private network; all others must be public, or an address in a
    company file could reach what only this machine can.
    """

    def __init__(self, trusted: Collection[str] = (), *, ssl: SSLContext | None = None) -> None:
        self.trusted = frozenset(host.strip().casefold() for host in trusted if host.strip())
        self.ssl = ssl

    async def read(self, address: str) -> bytes:
        connector = aiohttp.TCPConnector(resolver=_Guard(self.trusted), ssl=self.ssl or True)
        async with aiohttp.ClientSession(
            connector=connector,
            timeout=TIMEOUT,
            headers=HEADERS,
            auto_decompress=False,
            cookie_jar=aiohttp.DummyCookieJar(),
        ) as session:
            try:
                return await self._follow(session, URL(address))
            except aiohttp.ClientError as error:
                raise CalendarTrouble(type(error).__name__) from None  # its words would name the address
            except (TimeoutError, ValueError, OSError) as error:
                raise CalendarTrouble(type(error).__name__) from None

    async def _follow(self, session: aiohttp.ClientSession, url: URL) -> bytes:
        for _ in range(MOST_HOPS + 1):
            self._check(url)
            async with session.get(url, allow_redirects=False) as answer:
                if answer.status in MOVED and "Location" in answer.headers:
                    url = url.join(URL(answer.headers["Location"]))
                    continue
                return await _body(answer)
        raise CalendarTrouble("too many redirects")

    def _check(self, url: URL) -> None:
        """A host that is a bare address is never looked up, so it is held here."""
        if url.scheme != "https" or not url.host:
            raise CalendarTrouble("not https")
        if url.host.casefold() not in self.trusted and _is_address(url.host) and not is_public(url.host):
            raise CalendarTrouble("a private address")


async def _body(answer: aiohttp.ClientResponse) -> bytes:
    if answer.status != HTTPStatus.OK:
        raise CalendarTrouble(f"http {answer.status}")
    if answer.headers.get("Content-Encoding", "identity") != "identity":
        raise CalendarTrouble("compressed")
    content = bytearray()
    async for chunk in answer.content.iter_chunked(64 * 1024):
        content += chunk
        if len(content) > MOST_BYTES:
            raise CalendarTrouble("too large")
    return bytes(content)


class _Guard(AbstractResolver):
    """Looks a host up and lets only public addresses through; what it lets through is what is connected to."""

    def __init__(self, trusted: Collection[str]) -> None:
        self.trusted = trusted
        self.inner = DefaultResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self.inner.resolve(host, port, family)
        public = [one for one in found if host.casefold() in self.trusted or is_public(one["host"])]
        if not public:
            raise CalendarTrouble("a private address")
        return public

    async def close(self) -> None:
        await self.inner.close()


def is_public(address: str) -> bool:
    """Whether an IP address is reached over the internet, also where an IPv6 one only wraps an IPv4 one."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address):
        wrapped = parsed.ipv4_mapped or parsed.sixtofour
        if wrapped is None and parsed in NAT64:
            wrapped = ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF)
        if wrapped is not None:
            return is_public(str(wrapped))
    return parsed.is_global and not parsed.is_multicast


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
