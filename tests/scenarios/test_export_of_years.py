"""A history of years is read in pages: it comes along whole, and others get their turn in between."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from storage import histories
from storage.tables import CheckInRow
from tests.stage import Stage
from tests.statements import counted

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


async def test_years_of_answers_come_along_in_order_a_page_at_a_time(lite: Stage) -> None:
    await answers_for_years(lite)
    with counted(lite) as sent:
        async with lite.running.database.snapshot() as tx:
            told = await histories.checkins(tx, lite.running.workspace.id)
    assert [int(one.note) for one in told] == sorted(range(MANY), key=lambda n: ((MANY - n) // 2, n))
    pages = [one for one in sent if "FROM checkins" in one]
    assert len(pages) == MANY // histories.PAGE + 2, "full ones, what is left, and none"
