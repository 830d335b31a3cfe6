"""Clocks and zones that change under a round: everybody is asked once, when their clock shows the hour."""

import shutil
import zoneinfo
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from importlib import resources
from pathlib import Path

import pytest
from freezegun.api import FrozenDateTimeFactory

from tests import companies
from tests.stage import KOLKATA, ROME, Stage, at

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
QUARTER = timedelta(minutes=15)
AT_NIGHT = companies.described(
    company={**companies.parts()["company"], "rhythm": "every Sunday at 02:30; digest Monday at 10; no reminders"}
)
QUIET = companies.WITHOUT_REMINDERS
NINE = at("2026-11-16 09:00", ROME)


@pytest.mark.parametrize(
    ("night", "asked"),
    [
        pytest.param("2028-03-26 00:00", "2028-03-26 01:30", id="02:30 is left out: at 03:30"),
        pytest.param("2027-10-31 00:00", "2027-10-31 00:30", id="02:30 comes twice: at the first one"),
    ],
)
async def test_in_a_night_in_which_clocks_change_everybody_is_asked_once(
    clock: FrozenDateTimeFactory, sqlite_url: str, night: str, asked: str
) -> None:
    clock.move_to(at(night, ROME) - DAY)
    async with Stage(clock, sqlite_url) as stage:
        await stage.imports(AT_NIGHT)
        heard = {}
        for quarter in range(21):
            moment = at(night, ROME) + quarter * QUARTER
            await stage.moves_to(moment)
            heard[moment] = len(stage.dana.reads())
        assert min(moment for moment, messages in heard.items() if messages) == at(asked)
        assert set(heard.values()) == {0, 1}


@pytest.mark.parametrize(
    ("like", "known", "asked"),
    [
        pytest.param("Europe/London", NINE - 3 * HOUR, NINE + HOUR, id="an hour later"),
        pytest.param("Europe/Athens", NINE - 3 * HOUR, NINE - HOUR, id="an hour earlier"),
        pytest.param("Europe/Athens", NINE - HOUR / 2, NINE - HOUR / 2, id="so early that the hour has passed"),
    ],
)
@pytest.mark.parametrize("luca", [ROME, KOLKATA], ids=["before the round opens", "while it is open"])
async def test_new_rules_for_a_zone_hold_for_what_was_planned_by_the_old_ones(
    lite: Stage, tmp_path: Path, like: str, known: datetime, asked: datetime, luca: str
) -> None:
    """As with a new version of tzdata, which a process sees when it is started."""
    await lite.imports(QUIET)
    await lite.playground.change(lite.luca, tz=luca)
    await lite.moves_to(NINE - 4 * HOUR)
    await lite.stop_bot()
    with _rules(tmp_path, ROME, like):
        lite.frozen.move_to(known)
        await _starts(lite)
        if asked > known:
            await lite.moves_to(asked - HOUR / 4)
            assert lite.dana.reads() == []
        await lite.moves_to(asked)
        assert len(lite.dana.reads()) == 1
        for moment in (NINE, NINE + HOUR, NINE + 2 * HOUR):
            await lite.moves_to(max(moment, asked))
        assert [len(who.reads()) for who in (lite.dana, lite.luca)] == [1, 1]
        await lite.moves_to(at("2026-11-23 08:59", ROME))
        assert len(lite.dana.reads()) == 1
        await lite.moves_to(at("2026-11-23 09:00", ROME))
        assert len(lite.dana.reads()) == 2


async def test_a_start_without_new_rules_changes_nothing(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    planned = "SELECT key, due_at, state, wanted FROM deliveries ORDER BY key"
    coming = "SELECT key, next_date, opens_next FROM teams ORDER BY key"
    before = await lite.kept(planned), await lite.kept(coming)
    await lite.stop_bot()
    await _starts(lite)
    assert (await lite.kept(planned), await lite.kept(coming)) == before


@pytest.mark.parametrize("zone", ["Mars/Olympus_Mons", "", None, 7, ["UTC"], "../../etc/passwd", "x" * 300])
async def test_a_zone_nobody_knows_leaves_the_one_that_was_known(lite: Stage, zone: object) -> None:
    await lite.imports(QUIET)
    await lite.playground.change(lite.dana, real_name="Dana Verdi")
    told = next(one for one in reversed(lite.playground.traffic) if one.kind == "events_api")
    news = {**told.body, "event": {**told.body["event"], "user": {**told.body["event"]["user"], "tz": zone}}}
    assert await lite.playground.deliver_as_it_is(lite.slack_app, "events_api", news)
    await lite.comes("Mon 16 Nov 08:59")
    assert lite.dana.reads() == []
    await lite.comes("Mon 16 Nov 09:00")
    assert [len(who.reads()) for who in (lite.dana, lite.luca)] == [1, 1]


@pytest.mark.parametrize("jump", [-HOUR, -DAY, HOUR, DAY], ids=["an hour back", "a day back", "an hour on", "a day on"])
@pytest.mark.parametrize("at_work", ["Mon 16 Nov 09:00", "Mon 16 Nov 15:05"])
async def test_a_clock_that_jumps_and_is_put_right_an_hour_later_doubles_nothing(
    lite: Stage, at_work: str, jump: timedelta
) -> None:
    await lite.comes("Mon 16 Nov 04:30")
    await lite.comes(at_work)
    now = datetime.now(UTC)
    for quarter in range(5):
        await lite.moves_to(now + jump + quarter * QUARTER)
    while now < at("2026-11-17 16:00"):
        now += HOUR
        await lite.moves_to(now)
    prompts = await lite.kept("SELECT count(*) FROM deliveries WHERE kind = 'prompt' AND state = 'sent'")
    assert prompts == [(4,)], "Dana, Luca, Marcus and Priya"
    for who in (lite.dana, lite.luca, lite.marcus, lite.priya):
        assert 1 <= len(who.reads()) <= 3, "the prompt and at most two reminders"
    assert [len(one.reads()) for one in (lite.growth, lite.platform, lite.support)] == [1, 1, 1]


@pytest.mark.parametrize("jump", [HOUR, DAY], ids=["an hour", "a day"])
async def test_a_message_on_its_way_when_the_clock_goes_back_is_found_and_not_doubled(
    lite: Stage, jump: timedelta
) -> None:
    await lite.imports(QUIET)
    lite.playground.faults.lose_answer("chat.postMessage", times=3)
    await lite.moves_to(NINE)
    assert [len(who.reads()) for who in (lite.dana, lite.luca)] == [1, 1]
    await lite.moves_to(NINE - jump)
    for number in range(1, 6):
        await lite.moves_to(NINE - jump + number * HOUR / 4)
    for number in range(1, 6):
        await lite.moves_to(NINE + number * HOUR / 4)
    assert [len(who.reads()) for who in (lite.dana, lite.luca)] == [1, 1]
    assert await lite.kept("SELECT count(*) FROM deliveries WHERE state IN ('leased', 'unknown')") == [(0,)]


async def _starts(stage: Stage) -> None:
    """As `okrbot run` does."""
    await stage.start_bot()
    await stage.running.rituals.people.refresh_all(stage.running.workspace.id, datetime.now(UTC))
    await stage.ticks()


@contextmanager
def _rules(folder: Path, zone: str, like: str) -> Iterator[None]:
    """Let a zone have the rules of another one."""
    made = folder / "zoneinfo" / zone
    made.parent.mkdir(parents=True)
    with resources.as_file(resources.files("tzdata").joinpath("zoneinfo", *like.split("/"))) as rules:
        shutil.copy(rules, made)
    try:
        zoneinfo.reset_tzpath(to=[str(folder / "zoneinfo")])
        zoneinfo.ZoneInfo.clear_cache()
        yield
    finally:
        zoneinfo.reset_tzpath()
        zoneinfo.ZoneInfo.clear_cache()
