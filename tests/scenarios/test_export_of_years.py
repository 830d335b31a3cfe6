"""A history of years is read in pages: it comes along whole, and nobody waits for it."""

import asyncio
import gc
import time
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from okr.exports import Entry
from storage import histories
from storage.tables import CheckInRow
from tests.stage import Stage

MANY = 6500
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


async def answers_for_years(stage: Stage) -> None:
    """Two at each moment, the newest written first."""
    workspace = stage.running.workspace.id
    [(key_result, person)] = await stage.kept("SELECT id, owner_id FROM key_results WHERE key = 'refunds'")
    same = {"workspace_id": workspace, "key_result_id": key_result, "author_id": person, "level": 8, "scale": "colours"}
    same |= {"round_id": None, "given": "green", "value": Decimal(1), "win": "", "blocker": "", "via": "modal"}
    rows = [
        same | {"id": f"{n:024x}", "source": f"s{n}", "note": f"{n}", "at": BEGIN + timedelta(hours=(MANY - n) // 2)}
        for n in range(MANY)
    ]
    async with stage.running.database.transaction() as tx:
        await (await tx.connection()).execute(CheckInRow.__table__.insert(), rows)  # type: ignore[attr-defined]


async def longest_turn(taking: asyncio.Task[tuple[Entry, ...]]) -> float:
    """How much of the work, as the processor counts it, was done without anybody else getting a turn."""
    began = last = time.thread_time()
    longest = 0.0
    while not taking.done():
        await asyncio.wait({taking}, timeout=0.001)
        now = time.thread_time()
        longest, last = max(longest, now - last), now
    return longest / (last - began)


async def test_years_of_answers_come_along_in_order_and_hold_nobody_up(lite: Stage) -> None:
    await answers_for_years(lite)
    async with lite.running.database.snapshot() as tx:
        gc.disable()  # looking through all that the tests have made would be counted too
        try:
            taking = asyncio.create_task(histories.checkins(tx, lite.running.workspace.id))
            share = await longest_turn(taking)
        finally:
            gc.enable()
    told = taking.result()
    assert [int(one.note) for one in told] == sorted(range(MANY), key=lambda n: ((MANY - n) // 2, n))
    assert share < 0.4
