"""Every benchmark runs, at its smallest and without a clock: what it measures on a busy machine proves nothing."""

from importlib import import_module
from pathlib import Path

import pytest

from benchmarks.__main__ import NAMES
from benchmarks.ground import Ground
from benchmarks.results import BY_HAND, Conditions, Line, at_least, at_most, write


@pytest.mark.timeout(120)
@pytest.mark.parametrize("name", NAMES)
def test_a_benchmark_measures_both_sides(name: str, tmp_path: Path) -> None:
    lines = import_module(f"benchmarks.{name}").run(Ground(tmp_path, "smallest", apart=False))
    assert lines
    assert all(line.ours for line in lines)
    assert all(line.value is not None for line in lines if line.goal)


def test_a_run_keeps_what_was_written_by_hand(tmp_path: Path) -> None:
    results = tmp_path / "RESULTS.md"
    conditions = Conditions("full", "SQLite", 60, (0.1, 0.2))
    write({"fan_out": [Line("prompts a second", "250/s", "300/s", 0.83, at_least(0.8))]}, conditions, results)
    results.write_text(results.read_text(encoding="utf-8") + "\nThe walks are made once.\n", encoding="utf-8")
    write({"ticks": [Line("an idle tick", "3 ms", "1 ms", 3.0, at_most(1.5))]}, conditions, results)
    kept = results.read_text(encoding="utf-8")
    assert kept.count(BY_HAND) == 1
    assert kept.endswith("The walks are made once.\n")
    assert "| ticks | an idle tick | 3 ms | 1 ms | 3 | ≤ 1.5 | **no** |" in kept
    assert "prompts a second" not in kept
