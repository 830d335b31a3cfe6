"""The database: opening it, one transaction at a time, and bringing its schema up to date."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import event, inspect, make_url, text
from sqlalchemy.engine import URL, Connection
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession

Transaction = AsyncSession
"""What a query runs in; opaque to everybody outside storage."""

BUSY_SECONDS = 10
MIGRATIONS = Path(__file__).parent / "migrations"


class DatabaseProblem(Exception):
    """The database cannot be used; the words say why and what to do."""


class Database:
    """One engine for one process. Writers are serialised on SQLite by BEGIN IMMEDIATE; readers never wait."""

    def __init__(self, url: str) -> None:
        self.url = _async_url(url)
        self._writing = _engine(self.url)
        self._reading = self._writing.execution_options(okrbot_reading=True)

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

    async def prepare(self) -> None:
        """Connect and bring the schema up to date. Raises DatabaseProblem when that cannot be."""
        try:
            async with self._writing.connect() as connection:
                await connection.execute(text("SELECT 1"))
                tables = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
                await connection.rollback()
        except (DBAPIError, OSError) as error:
            raise DatabaseProblem(f"cannot reach the database {shown(self.url)}: {_first_line(error)}") from error
        if "alembic_version" not in tables and "workspaces" in tables:
            raise DatabaseProblem(f"{shown(self.url)} has tables that okrbot did not make; use another database")
        await asyncio.to_thread(migrate, self.url)

    async def close(self) -> None:
        await self._writing.dispose()


def migrate(url: URL) -> None:
    """Run every migration that is missing. Raises DatabaseProblem when the database is newer than this okrbot."""
    try:
        command.upgrade(config(url), "head")
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


def shown(url: URL) -> str:
    """The URL as it may be printed: without its password."""
    return url.render_as_string(hide_password=True)


def _async_url(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise DatabaseProblem(f"OKRBOT_DATABASE_URL is not a database URL: {error}") from error
    kind = parsed.get_backend_name()
    if kind == "sqlite":
        if parsed.database and parsed.database != ":memory:":
            Path(parsed.database).expanduser().parent.mkdir(parents=True, exist_ok=True)
        return parsed.set(drivername="sqlite+aiosqlite")
    if kind in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg")
    raise DatabaseProblem(f"OKRBOT_DATABASE_URL must start with sqlite:// or postgresql://, not {kind}://")


def _engine(url: URL) -> AsyncEngine:
    try:
        engine = create_async_engine(url, pool_pre_ping=url.get_backend_name() != "sqlite", **_pool(url))
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
