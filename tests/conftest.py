"""What every test can ask for: a database of each kind, and time that stands still."""

import asyncio
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from freezegun import freeze_time
from freezegun.api import FrozenDateTimeFactory

import bot.app  # noqa: F401 - every model with a date is built before time is frozen
from bot import logs
from tests.databases import PostgresTemplate, SqliteTemplate, postgres_url
from tests.stage import Stage

REAL_TIME = ["slack_sdk", "slack_bolt.adapter", "aiohttp", "playground.socket_mode", "asyncio"]
"""Modules that watch connections: for them time goes on while the ritual's stands still."""


THOROUGH = (
    "tests/benchmarks/",
    "tests/faults/",
    "tests/rituals/test_company_yaml.py",
    "tests/rituals/test_spreadsheet",
    "tests/scheduling/",
    "tests/bot/test_archive.py",
    "tests/bot/test_doctor.py",
    "tests/bot/test_drain.py",
    "tests/bot/test_export.py",
    "tests/bot/test_health.py",
    "tests/bot/test_preview.py",
    "tests/bot/test_scheduler.py",
    "tests/bot/test_sockets.py",
    "tests/bot/test_spreadsheets.py",
    "tests/bot/test_start.py",
    "tests/scenarios/test_audit.py",
    "tests/scenarios/test_archive.py",
    "tests/scenarios/test_away.py",
    "tests/scenarios/test_calendars.py",
    "tests/scenarios/test_channel_members.py",
    "tests/scenarios/test_checkin_form.py",
    "tests/scenarios/test_company_digest_weeks.py",
    "tests/scenarios/test_days_off.py",
    "tests/scenarios/test_digest.py",
    "tests/scenarios/test_doctor.py",
    "tests/scenarios/test_export.py",
    "tests/scenarios/test_export_in_slack.py",
    "tests/scenarios/test_history.py",
    "tests/scenarios/test_import.py",
    "tests/scenarios/test_leaks.py",
    "tests/scenarios/test_logs.py",
    "tests/scenarios/test_people.py",
    "tests/scenarios/test_findings_leads.py",
    "tests/scenarios/test_findings_weeks.py",
    "tests/scenarios/test_permissions.py",
    "tests/scenarios/test_preview.py",
    "tests/scenarios/test_private_messages.py",
    "tests/scenarios/test_recovery.py",
    "tests/scenarios/test_reminders.py",
    "tests/scenarios/test_rhythms.py",
    "tests/scenarios/test_scales.py",
    "tests/scenarios/test_spreadsheets.py",
    "tests/scenarios/test_status_changes.py",
    "tests/scenarios/test_templates.py",
    "tests/scenarios/test_status_words.py",
    "tests/scenarios/test_why.py",
    "tests/scenarios/test_windows.py",
    "tests/scenarios/test_year.py",
)
"""Tests that live through weeks, start processes or break things: `make test-all` runs them too."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.nodeid.startswith(THOROUGH):
            item.add_marker(pytest.mark.thorough)


@pytest.fixture(autouse=True)
def _logs() -> None:
    """Before each test: one that caught what is printed may have sent the logs into a file that is closed now."""
    logs.configure("INFO")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> SqliteTemplate:
    return SqliteTemplate(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_template() -> Iterator[PostgresTemplate]:
    """In a folder of its own: pytest clears away the folders of earlier runs, which may still be going on."""
    with tempfile.TemporaryDirectory(prefix="okrbot-postgres-") as folder:
        for url in postgres_url(Path(folder)):
            template = PostgresTemplate(url)
            yield template
            template.drop()


@pytest.fixture(scope="session")
def sqlite_northwind(tmp_path_factory: pytest.TempPathFactory) -> SqliteTemplate:
    """A database that has the usual company already."""
    template = SqliteTemplate(tmp_path_factory.mktemp("northwind"))
    _found_northwind(template)
    return template


@pytest.fixture(scope="session")
def postgres_northwind(postgres_template: PostgresTemplate) -> Iterator[PostgresTemplate]:
    """The same on PostgreSQL."""
    template = PostgresTemplate(postgres_template.server.render_as_string(hide_password=False))
    _found_northwind(template)
    yield template
    template.drop()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty, migrated database; a test that takes it runs on both kinds."""
    template = request.getfixturevalue(f"{request.param}_template")
    with template.copy(tmp_path) as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def northwind_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database with the usual company; a test that takes it runs on both kinds."""
    template = request.getfixturevalue(f"{request.param}_northwind")
    with template.copy(tmp_path) as url:
        yield url


@pytest.fixture
def sqlite_northwind_url(sqlite_northwind: SqliteTemplate, tmp_path: Path) -> Iterator[str]:
    """A SQLite database with the usual company."""
    with sqlite_northwind.copy(tmp_path) as url:
        yield url


@pytest.fixture
def sqlite_url(sqlite_template: SqliteTemplate, tmp_path: Path) -> Iterator[str]:
    """An empty, migrated SQLite database, for what does not depend on the kind."""
    with sqlite_template.copy(tmp_path) as url:
        yield url


@pytest.fixture
def clock() -> Iterator[FrozenDateTimeFactory]:
    """Time, standing at Sunday 15 November 2026, noon UTC, until a test moves it."""
    with _standing_still() as frozen:
        yield frozen


@pytest.fixture(scope="module")
def long_clock() -> Iterator[FrozenDateTimeFactory]:
    """The same for the tests of a module that share what was lived through once."""
    with _standing_still() as frozen:
        yield frozen


def _standing_still() -> AbstractContextManager[FrozenDateTimeFactory]:
    return freeze_time(datetime(2026, 11, 15, 12, tzinfo=UTC), real_asyncio=True, ignore=REAL_TIME)


def _found_northwind(template: SqliteTemplate | PostgresTemplate) -> None:
    """Slack ids are predictable, so that what was imported on one stage holds on every later one."""

    async def imports(frozen: FrozenDateTimeFactory) -> None:
        async with Stage(frozen, template.url) as stage:
            await stage.imports()

    with _standing_still() as frozen:
        asyncio.run(imports(frozen))
