"""How many statements something takes: what must not grow with the company is counted, not timed."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from tests.stage import Stage


@contextmanager
def counted(stage: Stage) -> Iterator[list[str]]:
    """The statements the bot sends to its database while the block lasts."""
    sent: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        sent.append(statement)

    engine = stage.running.database._writing.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)
