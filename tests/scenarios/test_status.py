"""`/okr status` and the other words: an answer for the one who asked, and a way on for every mistake."""

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from freezegun.api import FrozenDateTimeFactory

from tests.databases import SqliteTemplate
from tests.stage import Stage

RETURNING, REFUNDS, CARD = "Returning customers", "Refunds a week", "The loyalty card is out"
pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def told(
    long_clock: FrozenDateTimeFactory, sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Stage]:
    """Monday noon: Dana and Marcus have answered, Luca and Priya have not. Lived once, for here everybody only asks."""
    with sqlite_template.copy(tmp_path_factory.mktemp("told")) as url:
        async with Stage(long_clock, url) as stage:
            await stage.imports()
            await stage.comes("Mon 16 Nov 09:00")
            await stage.answers(
                stage.dana, {RETURNING: ("52", "On track"), REFUNDS: ("118", "Off track", "A bad batch")}
            )
            await stage.answers(stage.marcus, {"Revenue from partners": ("15000", "At risk")})
            yield stage
            assert [str(one) for one in stage.playground.refusals] == []


async def test_okr_alone_shows_my_key_results_the_worst_first(told: Stage) -> None:
    answer = await told.asks(told.dana, "/okr")
    assert answer.shown == (
        "Your key results\n"
        "🟢 1 on track · 🛑 1 off track\n"
        "Refunds a week\n"
        "Become the shop people come back to – Dana Rossi\n"
        "118 (today) · target 60\n"
        "▱▱▱▱▱▱▱▱▱▱ 3% done, 47 points behind pace · 🛑 Off track\n"
        "[Edit]\n"
        "Returning customers\n"
        "Become the shop people come back to – Dana Rossi\n"
        "52% (today) · target 60%\n"
        "▰▰▰▰▰▰▱▱▱▱ 60% done, 9 points ahead of pace · 🟢 On track\n"
        "[Edit]\n"
        "[New objective] [Edit OKRs]"
    )


async def test_status_of_a_person(told: Stage) -> None:
    answer = await told.asks(told.luca, "/okr status @dana")
    assert answer.shown.startswith("Risultati chiave di Dana Rossi")
    assert answer.buttons == []


async def test_status_of_a_channel_and_of_a_team_by_name_or_key_are_the_same(told: Stage) -> None:
    answers = [await told.asks(told.nora, f"/okr status {what}") for what in ("#growth", "Growth", "growth", "GROWTH")]
    assert {one.shown for one in answers} == {answers[0].shown}
    assert answers[0].shown.startswith("Key results of the team Growth")
    assert answers[0].shown.count("Become the shop people come back to") == 3


@pytest.mark.parametrize("spelled", ["at-risk", "AT RISK"])
async def test_at_risk_reaches_over_all_teams(told: Stage, spelled: str) -> None:
    answer = (await told.asks(told.nora, f"/okr status {spelled}")).shown
    assert answer.startswith("At risk or off track")
    assert answer.index(REFUNDS) < answer.index("Revenue from partners")
    assert RETURNING not in answer


async def test_italian_words_ask_the_same(told: Stage) -> None:
    english, italian = [
        (await told.asks(told.luca, f"/okr {said}")).shown for said in ("status at-risk", "stato a rischio")
    ]
    assert italian == english
    assert italian.startswith("A rischio o fuori rotta")
    help = (await told.asks(told.luca, "/okr aiuto")).shown
    assert help.startswith("Cosa puoi chiedermi")
    for said in re.findall(r"^/okr (.+?) –", help, re.MULTILINE):
        assert not (await told.asks(told.luca, f"/okr {said}")).shown.startswith("Non "), said
        if told.luca.modal:
            await told.luca.closes_all()
    assert "Intendevi /okr aiuto?" in (await told.asks(told.luca, "/okr aiutto")).shown
    assert "Intendevi /okr stato a rischio?" in (await told.asks(told.luca, "/okr a rischo")).shown


async def test_one_colour_alone(told: Stage) -> None:
    off_track = (await told.asks(told.nora, "/okr status off-track")).shown
    assert off_track.startswith("Off track")
    assert REFUNDS in off_track
    assert "Revenue from partners" not in off_track
    on_track = (await told.asks(told.nora, "/okr status on-track")).shown
    assert RETURNING in on_track
    assert REFUNDS not in on_track


async def test_behind_shows_what_is_below_its_pace(told: Stage) -> None:
    answer = (await told.asks(told.nora, "/okr status behind")).shown
    assert REFUNDS in answer
    assert CARD in answer
    assert RETURNING not in answer


async def test_help_lists_every_word(told: Stage) -> None:
    answer = (await told.asks(told.nora, "/okr help")).shown
    words = (
        "/okr status",
        "/okr status @dana",
        "#growth",
        "at-risk",
        "behind",
        "stale",
        "overdue",
        "done",
        "p1",
        "as of",
    )
    for word in (*words, "/okr history", "/okr checkin"):
        assert word in answer


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sttus", "/okr status"),
        ("chekin", "/okr checkin"),
        ("hlep", "/okr help"),
        ("risk", "/okr status at-risk"),
        ("status at-rsk", "/okr status at-risk"),
        ("status stael", "/okr status stale"),
        ("status ovrdue as of yesterday", "/okr status overdue"),
        ("histroy", "/okr history"),
    ],
)
async def test_a_mistyped_word_gets_the_nearest_and_an_example(told: Stage, typed: str, meant: str) -> None:
    answer = (await told.asks(told.nora, f"/okr {typed}")).shown
    assert f"Did you mean {meant}?" in answer
    assert "For example: /okr status at-risk" in answer


async def test_a_word_like_nothing_gets_an_example_and_the_way_to_help(told: Stage) -> None:
    answer = (await told.asks(told.nora, "/okr banana")).shown
    assert answer == ("I do not know “banana”. For example: /okr status at-risk. Everything I know: /okr help")


async def test_what_is_unknown_is_repeated_as_it_was_typed(told: Stage) -> None:
    assert "“Q&A”" in (await told.asks(told.nora, "/okr Q&A")).shown
    assert "“Q&A”" in (await told.asks(told.nora, "/okr status Q&A")).shown
    assert "“Q&A”" in (await told.asks(told.dana, "/okr away Q&A")).shown


async def test_a_typed_mention_names_nobody(told: Stage) -> None:
    answer = (await told.asks(told.nora, f"/okr status <@{told.dana.id}> ")).shown
    assert answer.startswith("I find no team called")


async def test_a_mistyped_team_gets_the_nearest(told: Stage) -> None:
    answer = (await told.asks(told.nora, "/okr status grwoth")).shown
    assert answer == "There is no team called “grwoth”. Did you mean Growth? Try /okr status Growth."


async def test_a_status_of_something_unknown_tells_the_way_on(told: Stage) -> None:
    for typed, said in (("banana", "no team"), ("@nobody", "nobody"), ("#nowhere", "no channel")):
        answer = (await told.asks(told.nora, f"/okr status {typed}")).shown
        assert f"{said} called “{typed}”" in answer
        assert "/okr help" in answer


async def test_words_behind_a_channel_or_person_are_asked_back_without_ids(told: Stage) -> None:
    assert (await told.asks(told.nora, "/okr status #growth extra words")).shown == (
        "I do not understand “extra words” behind #growth. "
        "I can answer one question at a time, for example /okr status at-risk."
    )
    assert "“of #growth”" in (await told.asks(told.nora, "/okr status of #growth")).shown


async def test_somebody_without_key_results_is_called_by_name(told: Stage) -> None:
    answer = (await told.asks(told.dana, "/okr status @nora")).shown
    assert "Nora Member" in answer
    assert told.nora.id not in answer


async def test_a_stranger_is_told_where_to_look(told: Stage) -> None:
    answer = (await told.asks(told.nora, "/okr status")).shown
    assert answer == "You have no key results of your own. Try /okr status at-risk to see where help is needed."


async def test_a_guest_of_no_team_sees_nothing(told: Stage) -> None:
    for question in ("growth", "#platform", "@dana", "at-risk", "behind"):
        answer = (await told.asks(told.omar, f"/okr status {question}")).shown
        assert answer == "You can see the teams you are in. Ask an admin of this workspace for more."


async def test_only_the_one_who_asked_sees_the_answer(told: Stage) -> None:
    await told.asks(told.dana, "/okr status", told.growth)
    assert told.luca.sees_ephemerals(told.growth) == []
    assert told.growth.reads() == []
