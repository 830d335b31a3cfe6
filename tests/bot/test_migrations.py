"""The migrations make exactly the schema the tables describe, on both kinds of database."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect, make_url, text
from sqlmodel import SQLModel

import storage.tables  # noqa: F401 - fills the metadata
from storage.database import Database, config, head, migrate


@pytest.fixture
def connection(database_url: str) -> Iterator[Connection]:
    """To a database that every migration was run on."""
    with _connected(database_url) as connection:
        yield connection


@contextmanager
def _connected(url: str) -> Iterator[Connection]:
    """Without a transaction around it, so that migrations may run beside it."""
    made = make_url(url)
    driver = "sqlite" if made.get_backend_name() == "sqlite" else "postgresql+psycopg"
    engine = create_engine(made.set(drivername=driver), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def _schema(connection: Connection) -> dict[str, Any]:
    """Everything that can be read back about every table, in a fixed order."""
    look = inspect(connection)
    return {
        table: {
            "columns": [{**one, "type": str(one["type"])} for one in look.get_columns(table)],
            "key": look.get_pk_constraint(table),
            "unique": sorted(map(str, look.get_unique_constraints(table))),
            "references": sorted(map(str, look.get_foreign_keys(table))),
            "checks": sorted(map(str, look.get_check_constraints(table))),
            "indexes": sorted(map(_written, look.get_indexes(table))),
        }
        for table in sorted(look.get_table_names())
    }


def _written(index: Any) -> str:
    """An index with its condition as text."""
    options = {name: str(value) for name, value in index.get("dialect_options", {}).items()}
    return str({**index, "dialect_options": options})


def _version(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def test_the_migrations_and_the_tables_agree(connection: Connection) -> None:
    context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
    assert compare_metadata(context, SQLModel.metadata) == []


def test_the_migrations_make_what_the_tables_would(connection: Connection) -> None:
    migrated = _schema(connection)
    del migrated["alembic_version"]
    SQLModel.metadata.drop_all(connection)
    SQLModel.metadata.create_all(connection)
    described = _schema(connection)
    del described["alembic_version"]
    assert migrated == described


def test_migrating_again_changes_nothing(connection: Connection, database_url: str) -> None:
    before, version = _schema(connection), _version(connection)
    migrate(make_url(database_url))
    assert _schema(connection) == before
    assert _version(connection) == version == head()


async def test_a_start_brings_an_empty_database_up_to_date_and_the_next_one_leaves_it(tmp_path: Path) -> None:
    for _ in range(2):
        database = Database(f"sqlite:///{tmp_path / 'new' / 'okrbot.sqlite3'}")
        await database.prepare()
        await database.close()
    with _connected(f"sqlite:///{tmp_path / 'new' / 'okrbot.sqlite3'}") as connection:
        assert _version(connection) == head()


def test_every_migration_can_be_taken_back_and_run_again(connection: Connection, database_url: str) -> None:
    before = _schema(connection)
    settings = config(make_url(database_url))
    command.downgrade(settings, "base")
    assert inspect(connection).get_table_names() == ["alembic_version"]
    command.upgrade(settings, "head")
    assert _schema(connection) == before


def test_the_migrations_are_one_line_without_branches() -> None:
    script = ScriptDirectory.from_config(config(make_url("sqlite://")))
    assert script.get_heads() == [head()]
    assert len(script.get_bases()) == 1


def test_what_is_in_the_database_survives_the_next_start(connection: Connection, database_url: str) -> None:
    limits = "most_objectives, most_personal_objectives, fewest_key_results, most_key_results"
    given = "'T1', 'Northwind', '', 'colours', 4, 5, 3, 5, 3, true"
    connection.execute(
        text(f"INSERT INTO workspaces (id, name, company, scale, {limits}, messages_a_week, coaching) VALUES ({given})")
    )
    migrate(make_url(database_url))
    assert connection.execute(text("SELECT name FROM workspaces")).scalars().all() == ["Northwind"]
