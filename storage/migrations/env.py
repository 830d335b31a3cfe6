"""Alembic's environment: runs the migrations over a plain connection of the same database."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from alembic import context
from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlmodel import SQLModel

import storage.tables  # noqa: F401 - fills the metadata

MIGRATING = 7_266_000  # the number of the lock; any that nobody else uses


def run() -> None:
    connection = context.config.attributes.get("connection")
    if connection is not None:
        migrate(connection)
        return
    url: URL = context.config.attributes["url"]
    # Migrations run once, before the bot starts: the plain driver needs no event loop.
    drivername = "sqlite" if url.get_backend_name() == "sqlite" else "postgresql+psycopg"
    engine = create_engine(url.set(drivername=drivername))
    if drivername == "sqlite":
        make_whole(engine)
    try:
        with engine.connect() as opened:
            migrate(opened)
    finally:
        engine.dispose()


def make_whole(engine: Engine) -> None:
    """Python's driver starts no transaction before it makes or changes a table, so half a migration would stay
    behind when it is interrupted. SQLite itself can take it back.
    """

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _: object) -> None:
        connection.isolation_level = None  # the begin event below starts every transaction
        # Rebuilding a table with foreign keys on would delete its children; within a transaction they stay as they are.
        connection.execute("PRAGMA foreign_keys=OFF")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def migrate(connection: Connection) -> None:
    sqlite = connection.dialect.name == "sqlite"
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=sqlite,
        transaction_per_migration=True,
        transactional_ddl=True,
    )
    with nullcontext() if sqlite else alone(connection), context.begin_transaction():
        context.run_migrations()
    connection.commit()


@contextmanager
def alone(connection: Connection) -> Iterator[None]:
    """Processes that start together wait here for the first, and find its work done."""
    connection.execute(text("SELECT pg_advisory_lock(:number)"), {"number": MIGRATING})
    connection.commit()
    try:
        yield
    finally:
        connection.rollback()
        connection.execute(text("SELECT pg_advisory_unlock(:number)"), {"number": MIGRATING})
        connection.commit()


run()
