"""A process that is killed while it migrates."""

import os
import signal
from typing import Any

from sqlalchemy import Engine, event, make_url

from storage.database import migrate


def migrate_until(url: str, statement: int) -> None:
    """Migrate, and be killed at the n-th statement, counted from 1; later ones are never reached."""
    left = statement

    @event.listens_for(Engine, "before_cursor_execute")
    def count(*_: Any) -> None:
        nonlocal left
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)

    migrate(make_url(url))
