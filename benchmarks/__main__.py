"""`python -m benchmarks`: how fast okrbot is, as ratios, each with its goal. Missing one is told, and is no failure."""

import os
import tempfile
import time
from importlib import import_module
from pathlib import Path
from typing import Annotated, Protocol, cast

import typer

from benchmarks import processes, results
from benchmarks.ground import Ground
from benchmarks.results import Conditions, Line
from bot import logs

NAMES = ("rendering", "history", "acks", "fan_out", "pacing", "stalls", "start", "ticks", "memory")
PROXIES = ("http_proxy", "https_proxy", "all_proxy")


class Benchmark(Protocol):
    """What every benchmark's file has."""

    def run(self, ground: Ground) -> list[Line]: ...


def main(
    only: Annotated[str, typer.Option(help=f"One of {', '.join(NAMES)}; its table is printed and not kept.")] = "",
    quick: Annotated[bool, typer.Option("--quick", help="Small sizes, to try it; the table is not kept.")] = False,
    database_url: Annotated[str, typer.Option(help="A PostgreSQL server on which databases may be made.")] = "",
) -> None:
    """Measure, print a table, and write benchmarks/RESULTS.md after a full run."""
    logs.configure("ERROR")
    for name in PROXIES:  # everything measured is on this machine
        os.environ.pop(name, None)
        os.environ.pop(name.upper(), None)
    began, load = time.monotonic(), os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="okrbot-benchmarks-") as folder:
        trusted = processes.certificate(Path(folder))
        processes.ZYGOTE.set_forkserver_preload(["benchmarks.bare", "benchmarks.fan_out", "benchmarks.stalls"])
        ground = Ground(Path(folder), "quick" if quick else "full", database_url, trusted)
        typer.echo(results.heading())
        lines = {name: _measure(name, ground) for name in NAMES if only in ("", name)}
    kind = "PostgreSQL" if database_url else "SQLite"
    conditions = Conditions(ground.scale, kind, time.monotonic() - began, (load, os.getloadavg()[0]))
    typer.echo(conditions.words)
    if not quick and not only:
        results.write(lines, conditions)


def _measure(name: str, ground: Ground) -> list[Line]:
    benchmark = cast(Benchmark, import_module(f"benchmarks.{name}"))
    lines = benchmark.run(ground)
    for line in lines:
        typer.echo(results.printed(line))
    return lines


if __name__ == "__main__":
    typer.run(main)
