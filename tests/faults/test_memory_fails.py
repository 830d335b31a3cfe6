"""The database is locked, full, read-only or cut off: people hear of it in time, nothing is half-written, and it
goes on by itself.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from freezegun.api import FrozenDateTimeFactory
from sqlalchemy import event, update
from sqlalchemy.exc import OperationalError
from sqlmodel import col

from rituals.pacing import Pacing
from storage.tables import PersonRow
from tests.databases import PostgresTemplate
from tests.form import fills_in
from tests.stage import Stage

RETURNING, REFUNDS = "Returning customers", "Refunds a week"


@pytest.fixture
async def asked(lite: Stage) -> Stage:
    """Dana has answered once, and is asked again."""
    await lite.comes("Mon 16 Nov 09:00")
    await lite.answers(lite.dana, {RETURNING: ("45", "On track"), REFUNDS: ("90", "On track")})
    await lite.comes("Mon 23 Nov 09:00")
    return lite


async def test_a_click_while_the_database_is_locked_is_answered_in_time_and_done_afterwards(asked: Stage) -> None:
    before = len(asked.dana.sees_ephemerals())
    with locked(asked.database_url) as unlock:
        click = asyncio.create_task(asked.dana.clicks(f"Nothing changed: {RETURNING}"))
        await until(lambda: len(asked.dana.sees_ephemerals()) > before, seconds=3)
        assert "takes longer than usual" in asked.dana.sees_ephemerals()[-1].shown
        unlock()
        await click
    prompt = [one for one in asked.dana.reads() if not one.ephemeral][-1]
    assert prompt.shown.startswith("1 key result to go")
    assert await count(asked, "checkins") == 3


async def test_a_form_saved_while_the_database_is_locked_says_so_in_time_and_is_saved(asked: Stage) -> None:
    await asked.dana.clicks("Check in")
    await fills_in(asked.dana, RETURNING, "51")
    with locked(asked.database_url) as unlock:
        saving = asyncio.create_task(asked.dana.submits())
        await until(lambda: asked.dana.modal and "Saving" in asked.dana.modal.text, seconds=3)
        unlock()
        await saving
    assert "Saved: 2 key results" in asked.dana.modal.text
    assert "51% (Mon 23 Nov)" in asked.dana.reads()[-1].shown


@pytest.mark.parametrize("trouble", ["read only", "full"])
async def test_a_form_that_cannot_be_saved_stays_with_what_was_typed(asked: Stage, trouble: str) -> None:
    await asked.dana.clicks("Check in")
    await fills_in(asked.dana, RETURNING, "51")
    with broken(asked, trouble):
        await asked.dana.submits()
        assert "give an admin this number" in str(asked.dana.modal.errors)
        assert asked.dana.modal.values["Value now"] == "51"
        assert await count(asked, "checkins") == 2, "nothing was half-written"
    await asked.dana.submits()
    assert "51% (Mon 23 Nov)" in asked.dana.reads()[-1].shown


async def test_a_form_whose_slow_save_fails_comes_back_with_what_was_typed(asked: Stage) -> None:
    """The lock goes on for longer than the database waits for it: ten seconds, cut down to three."""
    await asked.dana.clicks("Check in")
    await fills_in(asked.dana, RETURNING, "51")
    with pragma(asked, "busy_timeout = 3000", "busy_timeout = 10000"), locked(asked.database_url):
        await asked.dana.submits()
    assert "give an admin this number" in asked.dana.modal.text
    assert asked.dana.modal.values["Value now"] == "51"
    await asked.dana.submits()
    assert "51% (Mon 23 Nov)" in asked.dana.reads()[-1].shown
    assert await count(asked, "checkins") == 4


async def test_a_tick_while_the_database_is_full_costs_nobody_their_message(lite: Stage) -> None:
    with broken(lite, "full"), pytest.raises(OperationalError, match="full"):
        await lite.comes("Mon 16 Nov 09:00")
    await lite.comes("Mon 16 Nov 09:01")
    await lite.comes("Mon 16 Nov 09:05")
    assert [len(one.reads()) for one in (lite.dana, lite.luca)] == [1, 1]


async def test_however_often_the_database_cannot_be_read_nobodys_message_is_given_up(lite: Stage) -> None:
    lite.frozen.move_to(datetime(2026, 11, 16, 8, tzinfo=UTC))
    await lite.running.ticker.plan(datetime.now(UTC))
    with unreadable(lite, "FROM asks"):
        for minute in range(0, 10, 2):
            await lite.comes(f"Mon 16 Nov 09:{minute:02}")
    assert lite.dana.reads() == []
    await lite.comes("Mon 16 Nov 09:10")
    assert [len(one.reads()) for one in (lite.dana, lite.luca)] == [1, 1]


async def test_a_message_that_was_put_off_often_is_not_given_up_over_one_that_cannot_be_drawn(lite: Stage) -> None:
    for minute in range(4):
        lite.playground.faults.ratelimit("chat.postMessage", retry_after=30, times=3)
        await lite.comes(f"Mon 16 Nov 09:{minute:02}")
        lite.playground.faults.clear()
        lite.running.rituals.deliverer.pacing = Pacing(lite.running.rituals.deliverer.pacing.limits)
    for zone, minute in (("Mars/Olympus", 4), ("Europe/Rome", 6)):
        await lives_in(lite, zone)
        await lite.comes(f"Mon 16 Nov 09:{minute:02}")
    assert [len(one.reads()) for one in (lite.dana, lite.luca)] == [1, 1]
    assert await lite.kept("SELECT DISTINCT broken FROM deliveries") == [(0,)], "the next time it counts from the start"


@pytest.mark.postgres
async def test_a_database_that_cut_every_connection_is_used_again_at_once(on_postgres: Stage) -> None:
    await on_postgres.comes("Mon 16 Nov 09:00")
    cut_off(on_postgres.database_url)
    await on_postgres.answers(on_postgres.dana, {RETURNING: ("45", "On track")})
    cut_off(on_postgres.database_url)
    await on_postgres.comes("Tue 17 Nov 10:00")
    assert "1 of 3 answered" in on_postgres.growth.reads()[-1].shown


@pytest.fixture
async def on_postgres(
    clock: FrozenDateTimeFactory, postgres_template: PostgresTemplate, tmp_path: Any
) -> AsyncIterator[Stage]:
    with postgres_template.copy(tmp_path) as url:
        async with Stage(clock, url) as stage:
            await stage.imports()
            yield stage


@contextmanager
def locked(url: str) -> Iterator[Any]:
    """Somebody else writes, until told to stop."""
    with sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield lambda: connection.execute("ROLLBACK")
        if connection.in_transaction:
            connection.execute("ROLLBACK")
    connection.close()


@contextmanager
def unreadable(stage: Stage, part: str) -> Iterator[None]:
    """Whoever asks for this part of the memory finds it locked."""

    def refuse(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        if part in " ".join(statement.split()):
            raise OperationalError(statement, None, sqlite3.OperationalError("database is locked"))

    engine = stage.running.database._writing.sync_engine
    event.listen(engine, "before_cursor_execute", refuse)
    yield
    event.remove(engine, "before_cursor_execute", refuse)


async def lives_in(stage: Stage, zone: str) -> None:
    """Where the memory has Dana; in a zone that does not exist nothing can be drawn for her."""
    async with stage.running.database.transaction() as tx:
        await tx.exec(update(PersonRow).where(col(PersonRow.key) == "dana").values(zone=zone))


@contextmanager
def broken(stage: Stage, trouble: str) -> Iterator[None]:
    """Nothing can be written: the disk has no room, or may only be read."""
    if trouble == "read only":
        with pragma(stage, "query_only = ON", "query_only = OFF"):
            yield
        return

    def refuse(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith(("INSERT", "UPDATE")):
            raise OperationalError(statement, None, sqlite3.OperationalError("database or disk is full"))

    engine = stage.running.database._writing.sync_engine
    event.listen(engine, "before_cursor_execute", refuse)
    yield
    event.remove(engine, "before_cursor_execute", refuse)


@contextmanager
def pragma(stage: Stage, said: str, undone: str) -> Iterator[None]:
    """A setting of SQLite's, on every connection that is used while the block lasts."""
    engine = stage.running.database._writing.sync_engine
    now = [said]

    @event.listens_for(engine, "checkout")
    def set_up(connection: Any, *_: Any) -> None:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA {now[0]}")
        cursor.close()

    yield
    now[0] = undone


def cut_off(url: str) -> None:
    """What a restart of the server does to everybody connected."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


async def until(seen: Any, *, seconds: float) -> None:
    async with asyncio.timeout(seconds):
        while not seen():  # noqa: ASYNC110 - a person looks again and again
            await asyncio.sleep(0.02)


async def count(stage: Stage, table: str) -> int:
    ((found,),) = await stage.kept(f"SELECT count(*) FROM {table}")
    return int(found)
