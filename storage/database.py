"""The database: opening it, one transaction at a time, and bringing its schema up to date."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import event, inspect, make_url, text
from sqlalchemy.engine import URL, Connection
from sqlalchemy.exc import (
    ArgumentError,
    DBAPIError,
    InterfaceError,
    NoSuchModuleError,
    OperationalError,
    SQLAlchemyError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession

Transaction = AsyncSession
"""What a query runs in; opaque to everybody outside storage."""

FAILURES: tuple[type[Exception], ...] = (SQLAlchemyError, OSError)
"""What reading may end in when the database is not there."""
UNAVAILABLE: tuple[type[Exception], ...] = (OperationalError, InterfaceError, PoolTimeout, OSError)
"""What reading ends in while the database is busy or out of reach: the same may go well later."""
BUSY_SECONDS = 10
LOOKED_AT = 1000
"""Rows of each index SQLite looks at to know its shape."""
MIGRATIONS = Path(__file__).parent / "migrations"


class DatabaseProblem(Exception):
    """The database cannot be used; the words say why and what to do."""


class Database:
    """One engine for one process. Writers are serialised on SQLite by BEGIN IMMEDIATE; readers never wait."""

    def __init__(self, url: str) -> None:
        self.url = _async_url(url)
        self._writing = _engine(self.url)
        self._reading = self._writing.execution_options(okrbot_reading=True)
        lasting = {} if self.url.get_backend_name() == "sqlite" else {"isolation_level": "REPEATABLE READ"}
        self._snapshot = self._reading.execution_options(**lasting)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """A transaction that writes: committed at the end of the block, rolled back on any error."""
        async with AsyncSession(self._writing, expire_on_commit=False) as session, session.begin():
            yield session

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A consistent view that only reads."""
        async with AsyncSession(self._reading, expire_on_commit=False) as session, session.begin():
            yield session

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[AsyncSession]:
        """A view in which nothing changes from the first query to the last: PostgreSQL's usual one moves on."""
        async with AsyncSession(self._snapshot, expire_on_commit=False) as session, session.begin():
            yield session

    async def prepare(self) -> None:
        """Connect and bring the schema up to date. Raises DatabaseProblem when that cannot be; it is closed then."""
        try:
            _make_folder(self.url)
            await self._check()
            await asyncio.to_thread(migrate, self.url)
            await self.take_stock()
        except BaseException:
            await self.close()
            raise

    async def take_stock(self) -> None:
        """Let SQLite look at how much there is of everything: not knowing that a workspace has many people, it reads
        all of them to find one. PostgreSQL does so by itself. What it knew before serves when somebody is writing.
        """
        if self.url.get_backend_name() != "sqlite":
            return
        async with self._reading.connect() as connection:
            raw: Any = (await connection.get_raw_connection()).driver_connection
            with suppress(OSError, sqlite3.Error):
                await raw.execute(f"PRAGMA analysis_limit={LOOKED_AT}")
                await raw.execute("ANALYZE")

    async def check(self) -> None:
        """Look without changing anything. Raises DatabaseProblem when it is not a database of this okrbot's."""
        if not _exists(self.url):
            raise DatabaseProblem(f"there is no database {shown(self.url)}: see OKRBOT_DATABASE_URL")
        try:
            async with self._reading.connect() as connection:
                revision = await connection.run_sync(_revision)
        except (DBAPIError, OSError) as error:
            raise DatabaseProblem(f"cannot reach the database {shown(self.url)}: {_first_line(error)}") from error
        if revision != head():
            raise DatabaseProblem(f"the database {shown(self.url)} is of another version of okrbot than this one")

    @property
    def connection(self) -> dict[str, Any]:
        """What a driver of one's own needs to reach the same PostgreSQL."""
        _, arguments = self._writing.dialect.create_connect_args(self.url)
        return dict(arguments)

    async def close(self) -> None:
        await self._writing.dispose()

    async def _check(self) -> None:
        """Raises DatabaseProblem for a database that cannot be reached or is not okrbot's."""
        try:
            async with self._writing.connect() as connection:
                await connection.execute(text("SELECT 1"))
                tables = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
                await connection.rollback()
        except (DBAPIError, OSError) as error:
            raise DatabaseProblem(f"cannot reach the database {shown(self.url)}: {_first_line(error)}") from error
        if not _ours(set(tables)):
            raise DatabaseProblem(f"{shown(self.url)} has tables that okrbot did not make: use another database")


def migrate(url: URL) -> None:
    """Run every migration that is missing. Raises DatabaseProblem when the database is newer than this okrbot, or
    cannot be changed.
    """
    try:
        command.upgrade(config(url), "head")
    except DBAPIError as error:
        raise DatabaseProblem(f"cannot write to the database {shown(url)}: {_first_line(error)}") from error
    except CommandError as error:
        raise DatabaseProblem(
            f"the database {shown(url)} was made by a newer okrbot ({_first_line(error)}): update okrbot"
        ) from error


def config(url: URL) -> Config:
    """Alembic's configuration; the project has no alembic.ini."""
    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS))
    made.attributes["url"] = url
    return made


def head() -> str:
    """The newest revision this okrbot knows."""
    return ScriptDirectory.from_config(config(make_url("sqlite://"))).get_current_head() or ""


def _exists(url: URL) -> bool:
    """Opening a SQLite file that is not there would make one."""
    return url.get_backend_name() != "sqlite" or Path(str(url.database)).exists()


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def shown(url: URL) -> str:
    """The URL as it may be printed: as it was given, without its password."""
    return url.set(drivername=url.get_backend_name()).render_as_string(hide_password=True)


def _ours(tables: set[str]) -> bool:
    """Whether a database is empty or was made by okrbot."""
    return not tables - {"alembic_version"} or {"alembic_version", "workspaces"} <= tables


def _async_url(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise DatabaseProblem(
            "OKRBOT_DATABASE_URL is not a database URL: write sqlite:///okrbot.sqlite3 or postgresql://user@host/name"
        ) from error
    kind = parsed.drivername.partition("+")[0]
    if kind == "sqlite":
        return parsed.set(drivername="sqlite+aiosqlite", database=_file(parsed))
    if kind in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg")
    raise DatabaseProblem(f"OKRBOT_DATABASE_URL must start with sqlite:// or postgresql://, not {kind}://")


def _file(url: URL) -> str:
    """The file a SQLite URL names."""
    if url.database in (None, "", ":memory:"):
        raise DatabaseProblem("OKRBOT_DATABASE_URL names no file: write sqlite:///okrbot.sqlite3")
    return str(Path(str(url.database)).expanduser())


def _make_folder(url: URL) -> None:
    """SQLite makes its file, but not the folder it lies in."""
    if url.get_backend_name() != "sqlite":
        return
    file = Path(str(url.database))
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseProblem(f"cannot make the folder of {file} (OKRBOT_DATABASE_URL): {error.strerror}") from error


def _engine(url: URL) -> AsyncEngine:
    try:
        # An error that carried its parameters would carry what people wrote into the log.
        engine = create_async_engine(
            url, hide_parameters=True, pool_pre_ping=url.get_backend_name() != "sqlite", **_pool(url)
        )
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise DatabaseProblem(f"PostgreSQL needs one more package: install okrbot[postgres] ({error})") from error
    if url.get_backend_name() == "sqlite":
        _make_sqlite_safe(engine)
    return engine


def _pool(url: URL) -> dict[str, Any]:
    if url.get_backend_name() == "sqlite":
        return {"connect_args": {"timeout": BUSY_SECONDS}}
    return {"connect_args": {"connect_timeout": BUSY_SECONDS}}


def _make_sqlite_safe(engine: AsyncEngine) -> None:
    """With its defaults SQLite loses concurrent read-modify-writes without an error; these settings keep them."""

    @event.listens_for(engine.sync_engine, "connect")
    def configure(connection: Any, _: object) -> None:
        connection.isolation_level = None  # the begin event below starts every transaction
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", f"busy_timeout={BUSY_SECONDS}000"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        reading = connection.get_execution_options().get("okrbot_reading")
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _first_line(error: BaseException) -> str:
    cause = getattr(error, "orig", None) or error
    return str(cause).strip().splitlines()[0] if str(cause).strip() else type(cause).__name__
