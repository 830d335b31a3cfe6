"""A year in forty zones with every change of their clocks, outages and kills: everybody is asked once, at their hour.

`make faults` lives through ten years in all zones; so does OKRBOT_YEARS=10 here.
"""

import os
from datetime import date, datetime, time
from pathlib import Path

import pytest

from faults.almanac import Almanac
from faults.walls import FORTY, changes, every_zone, wall
from faults.year import YEARS, Year
from tests.making import at

SEED = 20261116
MANY = int(os.environ.get("OKRBOT_YEARS", "1"))
ZONES = FORTY if MANY == 1 else every_zone()


@pytest.mark.timeout(180 if MANY == 1 else 3600)
@pytest.mark.parametrize("year", YEARS[:MANY])
async def test_everybody_is_asked_once_in_each_round_when_their_clock_shows_the_hour(year: int, tmp_path: Path) -> None:
    almanac = Almanac(ZONES, year, SEED)
    tally = await Year(almanac, tmp_path).live()
    assert tally.remarks == []
    assert (tally.lost, tally.doubled) == (0, 0)
    assert tally.prompts > 6 * len(ZONES)
    assert tally.kills > len(almanac.outages), "some died while they were sending"


async def test_a_year_in_which_a_prompt_is_missing_or_stands_twice_is_found_out(tmp_path: Path) -> None:
    almanac = Almanac(("Asia/Tokyo", "Asia/Kolkata", "Asia/Kathmandu", "Pacific/Honolulu"), 2026, SEED)
    almanac.ticks = almanac.ticks[:20]
    year = Year(almanac, tmp_path)
    assert (await year.live()).kept
    prompts = [one for one in year.postbox.letters if one.to.startswith("U")]
    year.postbox.letters.remove(prompts[-2])
    year.postbox.letters.append(prompts[-1])
    tally = year.tally()
    assert (tally.lost, tally.doubled, len(tally.remarks)) == (1, 1, 2)


@pytest.mark.parametrize(
    ("zone", "shown", "instant"),
    [
        pytest.param("Europe/Rome", "2026-11-16 09:00", "2026-11-16 08:00", id="any morning"),
        pytest.param("Europe/Rome", "2026-03-29 02:30", "2026-03-29 01:30", id="left out"),
        pytest.param("Europe/Rome", "2026-10-25 02:30", "2026-10-25 00:30", id="twice"),
        pytest.param("Antarctica/Troll", "2026-03-29 02:00", "2026-03-29 02:00", id="two hours left out"),
        pytest.param("Australia/Lord_Howe", "2026-04-05 01:45", "2026-04-04 14:45", id="half an hour twice"),
        pytest.param("Pacific/Apia", "2011-12-30 12:00", "2011-12-30 22:00", id="a day left out"),
    ],
)
def test_the_clock_it_is_held_against_is_right(zone: str, shown: str, instant: str) -> None:
    hour = datetime.fromisoformat(shown)
    assert wall(hour.date(), hour.time(), zone) == at(instant)


def test_every_kind_of_clock_change_is_among_the_forty_zones() -> None:
    found = [change for zone in FORTY for change in changes(zone, YEARS[0])]
    minutes = {int((change.after - change.before).total_seconds()) // 60 for change in found}
    assert minutes == {-120, -60, -30, 30, 60, 120, 24 * 60}
    assert len(FORTY) - len({change.zone for change in found}) == 11, "in the others no clock changes"
    assert wall(date(2011, 12, 30), time(12), "Pacific/Apia") in [
        change.at.replace(hour=22) for change in found if change.zone == "Pacific/Apia"
    ]
