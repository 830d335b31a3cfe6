"""Processes: the server's, and one for each side of a measurement, so that neither pays for the other.

All are forked from a zygote that has imported everything, so that a start is quick.
"""

import asyncio
import multiprocessing
import os
import ssl
import subprocess
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from json import dumps, load
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from benchmarks.server import Manner, serve

START_SECONDS = 30
SECONDS = 120
ZYGOTE = multiprocessing.get_context("forkserver")
P = ParamSpec("P")
T = TypeVar("T")


def alone(measure: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
    """Run something in a process of its own, and answer what it answers."""
    with ProcessPoolExecutor(1, mp_context=ZYGOTE) as pool:
        return pool.submit(measure, *given, **named).result()


@contextmanager
def beside(serve: Callable[..., None], *given: Any) -> Iterator[None]:
    """Something that serves in a process of its own while the block lasts; it is told when that is over."""
    ours, theirs = ZYGOTE.Pipe()
    process = ZYGOTE.Process(target=serve, args=(*given, theirs), daemon=True)
    process.start()
    try:
        yield
        ours.send("enough")
        process.join(START_SECONDS)
    finally:
        process.kill()
        process.join()


async def until_told(told: Connection) -> None:
    """Wait, in a process that serves, until it is over."""
    enough = asyncio.Event()
    asyncio.get_running_loop().add_reader(told.fileno(), enough.set)
    await enough.wait()


@dataclass(frozen=True)
class Slack:
    """The server, seen from here."""

    url: str

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/"

    def tally(self) -> dict[str, Any]:
        """What the server took since the last look."""
        return self._ask("/tally")

    def act(self, kind: str, payload: dict[str, Any], *, opens: bool = False) -> dict[str, Any]:
        """Somebody does something in Slack; answers seconds, answer and view."""
        return self._ask("/act", {"type": kind, "payload": payload, "opens": opens})

    def sockets(self) -> int:
        """How many connections a bot has opened."""
        return int(self._ask("/sockets")["open"])

    def _ask(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        data = None if body is None else dumps(body).encode()
        request = urllib.request.Request(self.url + path, data=data)  # noqa: S310 - our own server
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
            told: dict[str, Any] = load(answer)
            return told


@contextmanager
def slack(manner: Manner) -> Iterator[Slack]:
    """The server, in a process of its own, while the block lasts."""
    ours, theirs = ZYGOTE.Pipe()
    process = ZYGOTE.Process(target=serve, args=(manner, theirs), daemon=True)
    process.start()
    try:
        if not ours.poll(START_SECONDS):
            raise RuntimeError("the benchmark's server does not start")
        yield Slack(ours.recv())
    finally:
        process.kill()
        process.join()


def certificate(folder: Path) -> str:
    """A certificate for localhost that every process started from now on trusts.

    The processes read it from SSL_CERT_FILE: nothing in the bot is told about it.
    """
    file = folder / "localhost.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
            *("-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"),
            *("-keyout", str(file), "-out", str(file)),
        ],
        check=True,
        capture_output=True,
    )
    os.environ[ssl.get_default_verify_paths().openssl_cafile_env] = str(file)
    return str(file)
