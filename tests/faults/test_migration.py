"""A migration that is interrupted: the next start completes it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import create_engine, inspect, make_url

from faults.migrating import migrate_until
from faults.workers import Worker
from storage.database import Database
from tests.databases import PostgresTemplate


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database in which nothing is."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'okrbot.sqlite3'}"
        return
    template: PostgresTemplate = request.getfixturevalue("postgres_template")
    with template.copy(tmp_path) as url:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")
        yield url


@pytest.mark.parametrize("statement", [4, 9, 20, 35])
async def test_a_migration_that_was_killed_is_completed_by_the_next_start(empty: str, statement: int) -> None:
    worker = Worker.forked(migrate_until, empty, statement)
    assert await worker.ended(within=30)
    assert worker.code == -9, "it was killed half-way"
    database = Database(empty)
    await database.prepare()
    await database.prepare()
    await database.close()
    assert {"deliveries", "checkins", "alembic_version"} <= _tables(empty)


def _tables(url: str) -> set[str]:
    made: Any = make_url(url)
    engine = create_engine(made if made.get_backend_name() == "sqlite" else made.set(drivername="postgresql+psycopg"))
    try:
        return set(inspect(engine).get_table_names())
    finally:
        engine.dispose()
