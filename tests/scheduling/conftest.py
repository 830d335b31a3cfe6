"""Crowds on PostgreSQL, and what the queue handed out."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psycopg
import pytest

from tests.databases import PostgresTemplate
from tests.scheduling.crowd import Crowd


@pytest.fixture
def postgres(postgres_template: PostgresTemplate, tmp_path: Path) -> Iterator[str]:
    """An empty, migrated database on PostgreSQL."""
    with postgres_template.copy(tmp_path) as url:
        yield url


@pytest.fixture
async def crowd(postgres: str, tmp_path: Path) -> AsyncIterator[Crowd]:
    """Sixty people, all due."""
    async with Crowd(tmp_path, postgres, 60) as crowd:
        yield crowd


@pytest.fixture
async def few(postgres: str, tmp_path: Path) -> AsyncIterator[Crowd]:
    """Three people, all due."""
    async with Crowd(tmp_path, postgres, 3) as crowd:
        yield crowd


@pytest.fixture
def queue(postgres: str) -> Iterator[psycopg.Connection]:
    """A look at the queue's tables."""
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute("SET search_path = okrbot_jobs")
        yield connection
