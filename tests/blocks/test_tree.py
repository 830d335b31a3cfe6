"""A tree that is larger than a message: what does not fit is counted."""

import re

import pytest

from blocks import tree
from blocks.language import language
from blocks.tree import Tree
from okr.confidence import Confidence
from okr.goals import Objective
from okr.tree import Branch
from tests.making import ROME, coloured, team

ENGLISH = language("en-GB")


def tops(count: int) -> tuple[Branch, ...]:
    """Objectives with one key result each."""
    made = []
    for place in range(count):
        objective = Objective(f"o{place}", "growth", f"Objective {place}", "2026-Q4")
        own = Branch(team(), objective, coloured(f"Key result {place}", Confidence.GREEN))
        made.append(Branch(team(), objective, own=(own,)))
    return tuple(made)


@pytest.mark.parametrize("count", [1, 40, 300])
def test_every_goal_is_shown_or_counted(count: int) -> None:
    shown = Tree("", tops(count), ROME)
    for blocks in (tree.render(shown, ENGLISH).blocks, tree.render_view(shown, ENGLISH)["blocks"]):
        texts = [str(block.get("text", block.get("elements"))) for block in blocks]
        there = sum(len(re.findall(r"Objective \d+|Key result \d+", text)) for text in texts)
        left = re.search(r"and (\d+) more", texts[-1])
        assert there + (int(left[1]) if left else 0) == 2 * count


def test_one_level_stands_further_in_than_the_one_above() -> None:
    lines = tree.render(Tree("Growth", tops(1), ROME), ENGLISH).blocks[-1]["text"]["text"].split("\n")
    assert [len(line) - len(line.lstrip("\N{EM SPACE}")) for line in lines] == [0, 2]
