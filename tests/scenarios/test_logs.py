"""The logs of a whole Monday, at the most talkative level: not a token in them, nor a word anybody wrote."""

import asyncio
import logging
from collections.abc import Iterator
from io import StringIO

import pytest
import structlog
from sqlalchemy import text as sql

from bot import logs
from tests.stage import COMPANY, Stage

MARK = "zebra"
WRITTEN = COMPANY.replace("Returning customers", f"Returning {MARK}s").replace(
    "Become the shop people come back to", f"Become the {MARK} shop"
)


@pytest.fixture
def said() -> Iterator[StringIO]:
    stream = StringIO()
    logs.configure("DEBUG", stream)
    yield stream
    logs.configure("INFO")


async def test_a_monday_at_debug_says_neither_secrets_nor_what_people_wrote(lite: Stage, said: StringIO) -> None:
    await lite.imports(WRITTEN)
    await lite.comes("Mon 16 Nov 09:00")
    note = f"the {MARK} is in the way"
    await lite.answers(lite.dana, {f"Returning {MARK}s": ("45", "Off track", note)})
    await lite.asks(lite.dana, f"/okr status {MARK}")
    await lite.asks(lite.dana, f"/okr {MARK}")
    lite.playground.faults.lose_answer("chat.update")
    lite.playground.faults.garble("chat.postMessage")
    await lite.comes("Mon 16 Nov 15:00")
    await lite.playground.drop_connections()
    await lite.comes("Tue 17 Nov 10:00")
    assert "delivery" in said.getvalue(), "the logs do speak"
    check(lite, said)


async def test_nor_does_what_breaks(lite: Stage, said: StringIO) -> None:
    """An error of the database carries what it was about to write, and a traceback quotes what it met."""
    await lite.imports(WRITTEN)
    await lite.comes("Mon 16 Nov 09:00")
    async with lite.running.database.transaction() as tx:
        await tx.exec(sql("DROP TABLE checkins"))  # type: ignore[call-overload]
    await lite.dana.types(f"/okr status {MARK}")
    await lite.dana.types("/okr status")
    structlog.get_logger().error("broken", exc_info=ValueError(f"a {MARK}"), token=lite.slack_app.bot_token)
    logging.getLogger("library").error("no %s", lite.slack_app.app_token, exc_info=KeyError(MARK))
    asyncio.get_running_loop().call_exception_handler({"message": "lost", "exception": ValueError(MARK)})
    shown = said.getvalue()
    assert "handler failed" in shown
    assert "OperationalError" in shown
    assert "ValueError" in shown
    check(lite, said)


def check(stage: Stage, said: StringIO) -> None:
    for secret in (MARK, stage.slack_app.bot_token, stage.slack_app.app_token, "ticket="):
        assert secret not in said.getvalue()
    assert "xoxb-" not in said.getvalue()
