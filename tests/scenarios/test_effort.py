"""What it takes to write a team's OKRs in Slack: clicks and typed fields are counted, and the docs say how many."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from playground.client import Client
from tests.stage import Stage

MENTAL, POINT_AND_CLICK, KEYSTROKE = 1.35, 1.3, 0.28
"""Seconds of the keystroke-level model (Card, Moran and Newell, 1980), with the keystrokes of an average typist."""
WRITING = Path("docs/writing.md").read_text(encoding="utf-8")
TEAM = {
    "Become the shop people come back to": {
        "Customers who buy a second time": "from 31% to 45%",
        "Refunds a week": "from 120 to 60",
        "People who recommend us": "from 35% to 50%",
    },
    "Let nobody wait for an answer": {
        "Questions answered within a day": "from 62% to 90%",
        "Calls that end without an answer": "from 18% to 5%",
        "Happiness after an answer": "from 3.9 to 4.5 stars",
    },
    "Be found by whoever looks for a gift": {
        "Visits from gift searches": "from 1200 to 3000",
        "Orders with a card": "from 5% to 12%",
        "Revenue from vouchers": "€4k to €10k",
    },
    "Run shops that people like to work in": {
        "People who would recommend working here": "from 54% to 70%",
        "Shifts filled a week ahead": "from 71% to 95%",
        "Sick days a month": "at most 12 days",
    },
    "Waste less of what we buy": {
        "Goods thrown away a week": "from 340 kg to 150 kg",
        "Deliveries that come half empty": "from 28% to 10%",
        "Shelves that are empty at noon": "at most 2%",
    },
}


@dataclass
class Effort:
    clicks: int = 0
    fields: int = 0
    characters: int = 0

    @property
    def minutes(self) -> float:
        """Thinking before each click and each field, pointing, and typing."""
        acts = (self.clicks + self.fields) * MENTAL + self.clicks * POINT_AND_CLICK
        return (acts + self.characters * KEYSTROKE) / 60


@pytest.fixture
def effort(monkeypatch: pytest.MonkeyPatch) -> Effort:
    """Counts what anybody on the page does."""
    counted = Effort()

    def counting(name: str) -> None:
        act = getattr(Client, name)

        async def done(self: Client, *given: Any, **named: Any) -> Any:
            typed = next((one for one in given if isinstance(one, str)), "")
            counted.characters += len(typed)
            if name in ("type", "put"):
                counted.fields += 1
            else:
                counted.clicks += 1
            return await act(self, *given, **named)

        monkeypatch.setattr(Client, name, done)

    for name in ("type", "put", "press", "submit", "close"):
        counting(name)
    return counted


async def test_five_objectives_with_fifteen_key_results_take_less_than_ten_minutes(lite: Stage, effort: Effort) -> None:
    for objective, key_results in TEAM.items():
        await lite.dana.types("/okr new")
        await lite.dana.submits({"Objective": objective})
        for title, measure in key_results.items():
            await lite.dana.submits({"Key result": title, "Measure": measure})
        await lite.dana.clicks("Done")
    assert (await lite.kept("SELECT count(*) FROM objectives WHERE state = 'active'"))[0][0] >= len(TEAM)
    status = (await lite.asks(lite.dana, "/okr status me")).shown
    assert [title for under in TEAM.values() for title in under if title not in status] == []
    assert effort.minutes < 10
    said = re.search(r"takes (\d+) clicks and (\d+) typed fields", WRITING)
    assert said is not None, effort
    written = effort.fields - 1  # the last command only looks
    assert (int(said[1]), int(said[2])) == (effort.clicks, written)
