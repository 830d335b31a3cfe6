"""Databases for benchmarks: one migrated template, filled once, copied for each measurement."""

import asyncio
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.company import Company
from tests.databases import PostgresTemplate, SqliteTemplate


class Memory:
    """A company in a database of its own. `copy` is another that starts as this one is."""

    def __init__(self, template: SqliteTemplate | PostgresTemplate, folder: Path) -> None:
        self.template = template
        self.folder = folder

    @property
    def url(self) -> str:
        return self.template.url

    @contextmanager
    def copy(self) -> Iterator[str]:
        with tempfile.TemporaryDirectory(dir=self.folder) as folder, self.template.copy(Path(folder)) as url:
            yield url


@contextmanager
def memory(database_url: str, folder: Path, company: Company, *, opened: bool = False) -> Iterator[Memory]:
    """A company written into a new database: a file, or a database of that server's."""
    with tempfile.TemporaryDirectory(dir=folder) as made:
        template = PostgresTemplate(database_url) if database_url else SqliteTemplate(Path(made))
        try:
            asyncio.run(company.write(template.url))
            if opened:
                asyncio.run(company.open(template.url))
            yield Memory(template, folder)
        finally:
            if isinstance(template, PostgresTemplate):
                template.drop()
