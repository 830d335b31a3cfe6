"""`/okr status` after something has changed: weeks, names, who may see what."""

from collections.abc import AsyncIterator

import pytest
from freezegun.api import FrozenDateTimeFactory

from tests import companies
from tests.stage import Stage

RETURNING, REFUNDS, CARD = "Returning customers", "Refunds a week", "The loyalty card is out"


@pytest.fixture
async def told(lite: Stage) -> Stage:
    """Monday noon: Dana and Marcus have answered, Luca and Priya have not."""
    await lite.comes("Mon 16 Nov 09:00")
    await lite.answers(lite.dana, {RETURNING: ("52", "On track"), REFUNDS: ("118", "Off track", "A bad batch")})
    await lite.answers(lite.marcus, {"Revenue from partners": ("15000", "At risk")})
    return lite


@pytest.fixture
async def empty(clock: FrozenDateTimeFactory, sqlite_url: str) -> AsyncIterator[Stage]:
    """A workspace whose company was not imported yet."""
    async with Stage(clock, sqlite_url) as stage:
        yield stage


async def test_stale_shows_what_nobody_answered(told: Stage) -> None:
    assert "Nothing here right now." in (await told.asks(told.nora, "/okr status stale")).shown
    await told.comes("Tue 17 Nov 10:00")
    await told.comes("Fri 20 Nov 10:01")
    answer = (await told.asks(told.nora, "/okr status stale")).shown
    assert CARD in answer
    assert "⚪ No recent answer" in answer
    assert REFUNDS not in answer


async def test_a_key_result_that_still_waits_reads_in_review(told: Stage) -> None:
    await told.comes("Mon 23 Nov 09:00")
    assert "🟢 On track · answer due" in (await told.asks(told.nora, "/okr status growth")).shown
    await told.answers(told.dana, {RETURNING: ("53", "On track")})
    assert "🟢 On track · answer due" not in (await told.asks(told.nora, "/okr status growth")).shown


@pytest.mark.parametrize("name", ["R&D", "Shops < 5 years", "A&amp;B"])
async def test_a_team_s_name_is_found_as_it_is_written(told: Stage, name: str) -> None:
    await told.imports(companies.with_team("growth", name=name))
    answer = (await told.asks(told.nora, f"/okr status {name}")).shown
    assert answer.startswith(f"Key results of the team {name}\n")


async def test_a_guest_sees_only_the_teams_they_are_in(told: Stage) -> None:
    await told.imports(companies.WITH_A_GUEST)
    assert CARD in (await told.asks(told.omar, "/okr status growth")).shown
    refused = (await told.asks(told.omar, "/okr status platform")).shown
    assert refused == "You can see the teams you are in. Ask an admin of this workspace for more."
    everywhere = (await told.asks(told.omar, "/okr status behind")).shown
    assert CARD in everywhere
    assert "Revenue from partners" not in everywhere


async def test_a_guest_is_pointed_to_what_they_may_see(told: Stage) -> None:
    way_on = "As a guest you can see the teams you are in: try /okr status #channel."
    for asked in ("/okr", "/okr away until Friday", "/okr checkin"):
        answer = (await told.asks(told.omar, asked)).shown
        assert answer == f"You have no key results of your own. {way_on}"
    unknown = (await told.asks(told.omar, "/okr banana")).shown
    assert unknown == "I do not know “banana”. For example: /okr status #channel. Everything I know: /okr help"
    await told.omar.opens_home()
    assert told.omar.home is not None
    assert told.omar.home.text.endswith(way_on)
    await told.imports(companies.WITH_A_GUEST)
    assert CARD in (await told.asks(told.omar, "/okr status #growth")).shown


async def test_a_private_key_result_is_for_its_team_alone(told: Stage) -> None:
    await told.imports(companies.WITH_A_SECRET)
    await told.reads_channels()
    assert "takeover" in (await told.asks(told.luca, "/okr status growth")).shown
    assert "takeover" not in (await told.asks(told.nora, "/okr status growth")).shown
    assert "takeover" not in (await told.asks(told.nora, "/okr status @dana")).shown
    assert "takeover" not in (await told.asks(told.marcus, "/okr status behind")).shown


async def test_words_without_a_command_point_to_the_help_once(told: Stage) -> None:
    before = len(told.nora.reads())
    await told.nora.types("hello bot")
    await told.settle()
    assert [one.shown for one in told.nora.reads()[before:]] == [
        "hello bot",
        "Hello! I read /okr and my buttons, but no messages. Everything I know: /okr help",
    ]


async def test_before_the_import_the_way_to_it_is_told(empty: Stage) -> None:
    for question in ("/okr status", "/okr status growth", "/okr status at-risk", "/okr checkin"):
        answer = (await empty.asks(empty.dana, question)).shown
        assert answer == "This workspace has no OKRs yet. Invite me to your team’s channel and type /okr setup there."


async def test_checkin_opens_the_form_over_what_is_due(told: Stage) -> None:
    await told.luca.types("/okr checkin")
    assert told.luca.modal is not None
    assert "The loyalty card is out" in told.luca.modal.text


async def test_the_past_and_what_became_of_it_are_told_from_both_databases(stage: Stage) -> None:
    await stage.comes("Mon 16 Nov 09:00")
    await stage.answers(stage.dana, {REFUNDS: ("118", "Off track", "A bad batch")})
    await stage.comes("Tue 17 Nov 12:00")
    await stage.imports(companies.with_changed_key_result("refunds", title="Refunds in a week", target=100))
    await stage.answers(stage.dana, {"Refunds in a week": ("104", "At risk", "A new supplier")})
    then = (await stage.asks(stage.nora, "/okr status refunds as of 16 November")).shown
    assert "Refunds a week\n" in then
    assert "118 (Mon 16 Nov) · target 60\n" in then
    assert "🛑 Off track" in then
    told = (await stage.asks(stage.nora, "/okr history refunds")).shown
    assert "118 → 104 · 🛑 Off track → ⚠️ At risk (edited)\nNote: A new supplier" in told
    assert "title: Refunds a week → Refunds in a week\nmeasure: from 120 to 60 → from 120 to 100" in told
