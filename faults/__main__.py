"""`python -m faults`: the table of what the bot survives. Any lost or doubled message makes it fail."""

import asyncio
import os
import random
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Annotated

import typer

from bot import logs
from faults.fan_out import Tally
from faults.memories import Memories, Server
from faults.scenarios import REAL, SCENARIOS, Ground
from faults.sweep import Sweep
from faults.year import YEARS, lived_through
from tests.databases import PostgresTemplate, SqliteTemplate

SWEEP, TEN_YEARS = "sweep", "ten years"
COLUMNS = "{:<18}{:>6}{:>7}{:>9}{:>6}{:>9}{:>27}{:>9}"


def main(
    only: Annotated[str, typer.Option(help="One scenario, by its name.")] = "",
    kills: Annotated[int, typer.Option(help="How often fan-outs are disturbed in each scenario; 0 for the usual.")] = 0,
    people: Annotated[int, typer.Option(help="How many people are due at once.")] = 1000,
    seed: Annotated[int, typer.Option(help="Where chance starts, to run again what failed; 0 for a new one.")] = 0,
    real: Annotated[
        bool, typer.Option("--real", help="Also with lease and quarantine as they are by default.")
    ] = False,
) -> None:
    """Kill, stop and cut off the real bot, and count what Slack shows afterwards."""
    logs.configure("ERROR")
    seed = seed or random.randrange(1, 1_000_000)
    sys.exit(asyncio.run(_table(only, kills, people, seed, real=real)))


async def _table(only: str, kills: int, people: int, seed: int, *, real: bool) -> int:
    print(f"seed {seed}, {people} people due at once")
    print(
        COLUMNS.format("scenario", "runs", "kills", "prompts", "lost", "doubled", "found twice and deleted", "seconds")
    )
    kept = True
    with tempfile.TemporaryDirectory(prefix="okrbot-faults-") as folder:
        server = Server(Path(folder))
        try:
            memories = Memories(Path(folder), SqliteTemplate(Path(folder)), PostgresTemplate(server.url))
            scenarios = [one for one in (*SCENARIOS, *([REAL] if real else [])) if only in ("", one.name)]
            ground = Ground(people, memories, server.restart)
            if scenarios:
                await ground.prepare()
            for scenario in scenarios:
                tally = await ground.run(scenario, kills=kills or scenario.kills, seed=seed)
                kept = _say(scenario.name, tally) and kept
            if only in ("", SWEEP):
                kept = await _sweep(server, Path(folder), only_some=kills, seed=seed) and kept
            if only in ("", TEN_YEARS):
                kept = await _years(Path(folder), seed) and kept
        finally:
            server.stop()
    return 0 if kept else 1


async def _sweep(server: Server, folder: Path, *, only_some: int, seed: int) -> bool:
    """Every call of a round goes wrong once, or a random choice of so many."""
    made = folder / "sweep"
    made.mkdir()
    sweep = Sweep(Memories(made, SqliteTemplate(made), PostgresTemplate(server.url)))
    await sweep.prepare()
    points = random.Random(seed).sample(range(1, sweep.calls + 1), only_some) if only_some else None
    return _say(SWEEP, await sweep.run(points))


async def _years(folder: Path, seed: int) -> bool:
    """Ten years in every zone there is, as many at once as there are cores; each is told when it is over."""
    total = Tally()
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("forkserver")) as cores:
        living = [loop.run_in_executor(cores, lived_through, year, folder, seed) for year in YEARS]
        for each in asyncio.as_completed(living):
            year, lived = await each
            _say(str(year), lived)
            total.add(lived)
    return _say(TEN_YEARS, total)


def _say(name: str, tally: Tally) -> bool:
    print(_line(name, tally), *tally.remarks, sep="\n  ", flush=True)
    return tally.kept


def _line(name: str, tally: Tally) -> str:
    return COLUMNS.format(
        name,
        tally.runs,
        tally.kills,
        tally.prompts,
        tally.lost,
        tally.doubled,
        tally.removed,
        f"{tally.seconds:.0f}",
    )


if __name__ == "__main__":
    command = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    command.command()(main)
    command()
