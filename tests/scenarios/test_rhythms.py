"""A rhythm written in words: when it asks, what Home says of it, and that importing it again moves nothing."""

from tests.companies import with_team
from tests.stage import Stage

EVERY_SECOND_MONDAY = with_team("growth", rhythm="every second Monday at 10, our time; digest Wednesday at 9:30")


async def test_every_second_monday_asks_every_second_monday_however_often_it_is_imported(stage: Stage) -> None:
    await stage.imports(EVERY_SECOND_MONDAY)
    await stage.comes("Mon 16 Nov 09:59")
    assert len(stage.dana.reads()) == 0
    await stage.comes("Mon 16 Nov 10:00")
    assert len(stage.dana.reads()) == 1
    await stage.comes("Thu 19 Nov 10:00")
    again = await stage.imports(EVERY_SECOND_MONDAY)
    assert (again.changes.added, again.changes.changed) == ({}, {})
    seen = len(stage.dana.reads())
    await stage.comes("Mon 23 Nov 18:00")
    assert len(stage.dana.reads()) == seen
    await stage.comes("Mon 30 Nov 10:00")
    assert len(stage.dana.reads()) == seen + 1


async def test_home_says_a_teams_rhythm_in_the_readers_words(lite: Stage) -> None:
    await lite.imports(EVERY_SECOND_MONDAY)
    await lite.dana.opens_home()
    await lite.luca.opens_home()
    assert (
        "Every 2 weeks on Monday at 10:00 from Monday 16 November 2026, the team’s time; digest Wednesday at 09:30"
        in lite.dana.home.text
    )
    assert (
        "Ogni 2 settimane di lunedì alle 10:00 da lunedì 16 novembre 2026, ora del team; riepilogo mercoledì alle 09:30"
        in lite.luca.home.text
    )


async def test_home_says_the_usual_rhythm(lite: Stage) -> None:
    await lite.dana.opens_home()
    assert "Every Monday at 09:00, each in their own zone; digest Tuesday at 10:00" in lite.dana.home.text
