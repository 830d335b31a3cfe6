"""Two processes and sixteen people edit the same key results at once: every answer is in the history."""

import pytest

from faults.memories import rows
from faults.town import Town, described
from faults.workers import Worker
from faults.writing import write

EACH = 32
KEY_RESULTS = 3


@pytest.fixture
async def workspace(database_url: str) -> str:
    """Two people and three key results, imported."""
    async with Town(2, company) as town:
        await town.import_into(database_url)
    ((id,),) = rows(database_url, "SELECT id FROM workspaces")
    return id


@pytest.mark.timeout(120)
async def test_no_answer_is_lost_and_nobody_reads_that_the_database_is_locked(
    database_url: str, workspace: str
) -> None:
    writers = [
        Worker.forked(write, database_url, workspace, numbers) for numbers in (range(EACH), range(EACH, 2 * EACH))
    ]
    assert [await one.ended(within=90) for one in writers] == [True, True]
    assert [one.code for one in writers] == [0, 0], "no error reached a writer"
    kept = rows(database_url, "SELECT key_result_id, value, id, supersedes_id FROM checkins")
    assert len(kept) == 2 * EACH * KEY_RESULTS
    assert len({(key_result, value) for key_result, value, *_ in kept}) == 2 * EACH * KEY_RESULTS
    superseded = [one for *_, one in kept if one]
    assert len(superseded) == len(set(superseded)) == len(kept) - KEY_RESULTS, "each edits the one before it"


def company(names: list[str]) -> str:
    return described(names, [(names[0], f"Calls number {number}") for number in range(KEY_RESULTS)])
