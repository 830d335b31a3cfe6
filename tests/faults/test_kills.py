"""Every day's share of `make faults`: the real bot is killed, and everybody has one message in the end."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from faults.memories import Memories
from faults.scenarios import SCENARIOS, Ground
from faults.sweep import Sweep
from tests.databases import PostgresTemplate, SqliteTemplate

PEOPLE = 100
SEED = 20261116
KILLS = {"kills": 12, "lost answers": 5, "two workers": 5, "stopped": 3}


@pytest.fixture
def memories(tmp_path: Path, postgres_template: PostgresTemplate) -> Memories:
    """Templates of one's own, so that something can be imported into them."""
    server = postgres_template.server.render_as_string(hide_password=False)
    return Memories(tmp_path, SqliteTemplate(tmp_path), PostgresTemplate(server))


@pytest.fixture
async def ground(memories: Memories) -> AsyncIterator[Ground]:
    ground = Ground(PEOPLE, memories, restart=lambda: None)
    await ground.prepare()
    yield ground
    memories.drop()


@pytest.mark.postgres
@pytest.mark.timeout(180)
@pytest.mark.parametrize("name", KILLS)
async def test_whoever_is_killed_nobody_is_forgotten_and_nobody_is_asked_twice(ground: Ground, name: str) -> None:
    scenario = next(one for one in SCENARIOS if one.name == name)
    tally = await ground.run(scenario, kills=KILLS[name], seed=SEED)
    assert tally.kills == KILLS[name]
    assert (tally.lost, tally.doubled, tally.remarks) == (0, 0, [])


@pytest.mark.postgres
@pytest.mark.timeout(180)
async def test_whichever_call_of_a_round_goes_wrong_the_round_ends_as_ever(memories: Memories) -> None:
    sweep = Sweep(memories)
    await sweep.prepare()
    tally = await sweep.run([sweep.calls * tenths // 10 for tenths in (1, 5, 8)])
    memories.drop()
    assert tally.kills >= 1
    assert (tally.lost, tally.doubled, tally.remarks) == (0, 0, [])
