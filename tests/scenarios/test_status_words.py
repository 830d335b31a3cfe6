"""`/okr status` of a day that has passed, of what is owed or done, of a priority, and of words of a title."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from freezegun.api import FrozenDateTimeFactory

from tests import companies
from tests.databases import SqliteTemplate
from tests.stage import Stage

RETURNING, REFUNDS, CARD = "Returning customers", "Refunds a week", "The loyalty card is out"
UPTIME, REVENUE, REPLY = "Uptime stays high", "Revenue from partners", "Hours to a first reply"
TAKEOVER, OPEN_NOW = "Price of the takeover", "Shops abroad"
pytestmark = pytest.mark.asyncio(loop_scope="module")


def company(*, later: bool = False) -> str:
    """With a key result that is secret, one that is so at first alone, and one under an objective that is so later.
    Later a target is lowered, something is done, and something has another title.
    """
    objectives = companies.parts()["objectives"]
    love, solid, care = objectives
    kitchens = companies.key_result("Kitchens reached", "luca", key="kitchens")
    plan = {"key": "plan", "team": "growth", "cycle": "2026-q4", "title": "Conquer what people cook in"}
    objectives.append({**plan, "private": "true" if later else "false", "key_results": [] if later else [kitchens]})
    love["key_results"] += [kitchens] if later else []
    love["key_results"][2]["priority"] = 1
    solid["priority"] = 2
    love["key_results"].append(companies.key_result(TAKEOVER, "dana", key="takeover", private="true"))
    love["key_results"].append(
        companies.key_result(
            OPEN_NOW if later else "A secret abroad", "luca", key="abroad", private="false" if later else "true"
        )
    )
    if later:
        love["key_results"][1] |= {"title": "Refunds in a week", "target": 100}
        solid["key_results"][0]["state"] = "done"
        care["key_results"][0]["owner"] = "dana"
    return companies.described(objectives=objectives)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def lived(
    long_clock: FrozenDateTimeFactory, sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Stage]:
    """Two weeks. On the first Monday Dana and Marcus answer; on Wednesday Dana edits, and definitions change. On the
    second Monday Dana answers again, one of it on Tuesday evening. Luca never does, and Marcus goes on leave. It is the
    Wednesday after.
    """
    with sqlite_template.copy(tmp_path_factory.mktemp("lived")) as url:
        async with Stage(long_clock, url) as stage:
            await stage.imports(company())
            await stage.comes("Mon 16 Nov 09:00")
            await stage.answers(
                stage.dana, {RETURNING: ("52", "On track"), REFUNDS: ("118", "Off track", "A bad batch")}
            )
            await stage.comes("Mon 16 Nov 15:00")
            await stage.answers(stage.marcus, {REVENUE: ("15000", "At risk"), UPTIME: ("99.9", "On track")})
            await stage.comes("Tue 17 Nov 23:00")
            await stage.comes("Wed 18 Nov 10:00")
            await stage.answers(stage.dana, {REFUNDS: ("117", "Off track", "Counted again")})
            await stage.comes("Wed 18 Nov 12:00")
            await stage.imports(company(later=True))
            await stage.comes("Mon 23 Nov 09:00")
            await stage.answers(stage.dana, {"Refunds in a week": ("104", "On track", "A new supplier")})
            await stage.comes("Mon 23 Nov 15:00")
            await stage.comes("Tue 24 Nov 20:30")
            await stage.answers(stage.dana, {RETURNING: ("55", "On track")})
            await stage.comes("Tue 24 Nov 23:00")
            await stage.comes("Wed 25 Nov 12:00")
            await stage.is_away(stage.marcus, until="2026-11-30")
            yield stage
            assert [str(one) for one in stage.playground.refusals] == []


async def test_a_day_that_has_passed_shows_values_colours_and_definitions_as_they_were(lived: Stage) -> None:
    answer = await lived.asks(lived.dana, "/okr status me as of 2026-11-17")
    assert answer.shown == (
        "Your key results\n"
        "As it stood at the end of Tuesday 17 November 2026, your time\n"
        "🟢 1 on track · 🛑 1 off track · ⚪ 1 not started\n"
        "Refunds a week\n"
        "Become the shop people come back to – Dana Rossi\n"
        "118 (Mon 16 Nov) · target 60\n"
        "▱▱▱▱▱▱▱▱▱▱ 3% done, 48 points behind pace · 🛑 Off track\n"
        "Price of the takeover\n"
        "Become the shop people come back to – Dana Rossi\n"
        "No value yet · target 100\n"
        "⚪ Not started · pace on that day 52%\n"
        "Returning customers\n"
        "Become the shop people come back to – Dana Rossi\n"
        "52% (Mon 16 Nov) · target 60%\n"
        "▰▰▰▰▰▰▱▱▱▱ 60% done, 8 points ahead of pace · 🟢 On track"
    )
    assert answer.buttons == []
    now = (await lived.asks(lived.dana, "/okr status me")).shown
    assert "Refunds in a week" in now
    assert "104 (2 days ago) · target 100" in now
    assert REPLY in now


@pytest.mark.parametrize("said", ["17 November", "Nov 17th", "the 17th", "8 days ago", "17/11", "2026-11-17"])
async def test_the_day_is_read_in_many_forms(lived: Stage, said: str) -> None:
    answer = (await lived.asks(lived.dana, f"/okr status growth as of {said}")).shown
    assert answer.startswith("Key results of the team Growth\nAs it stood at the end of Tuesday 17 November 2026")
    assert "118 (Mon 16 Nov) · target 60\n" in answer


async def test_the_end_of_the_day_is_the_reader_s_own(lived: Stage) -> None:
    """Tuesday 20:30 in Rome is Wednesday in Kolkata."""
    tuesday = "/okr status growth as of 24 November"
    assert "55% (Tue 24 Nov)" in (await lived.asks(lived.dana, tuesday)).shown
    assert "52% (Mon 16 Nov)" in (await lived.asks(lived.priya, tuesday)).shown
    assert "55% (Wed 25 Nov)" in (await lived.asks(lived.priya, "/okr status growth as of 25 November")).shown


async def test_stale_and_behind_are_judged_as_on_that_day(lived: Stage) -> None:
    tuesday = (await lived.asks(lived.nora, "/okr status stale as of 17 November")).shown
    assert tuesday.endswith("There was nothing here that you may see.")
    friday = (await lived.asks(lived.nora, "/okr status stale as of 20 November")).shown
    assert CARD in friday
    assert "⚪ No recent answer" in friday
    assert REFUNDS in (await lived.asks(lived.nora, "/okr status behind as of 16 November")).shown
    assert "Refunds" not in (await lived.asks(lived.nora, "/okr status behind")).shown
    assert "Refunds" not in (await lived.asks(lived.nora, "/okr status at-risk")).shown
    assert "Refunds" in (await lived.asks(lived.nora, "/okr status at-risk as of 22 Nov")).shown


async def test_italian_days_ask_the_same(lived: Stage) -> None:
    answers = [
        (await lived.asks(lived.luca, f"/okr {said}")).shown
        for said in ("status growth as of 17 November", "stato growth al 17 novembre", "stato growth all'17/11")
    ]
    assert answers[0] == answers[1] == answers[2]
    assert answers[0].startswith("Risultati chiave del team Growth\nCom’era alla fine di martedì 17 novembre 2026")


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("tomorrow", "That day is still to come: Thursday 26 November 2026."),
        ("2027-01-01", "That day is still to come: Friday 1 January 2027."),
        ("14 November", "I knew nothing yet at the end of Saturday 14 November 2026. What I know begins on Sunday 15"),
        ("1 December", "I knew nothing yet at the end of Monday 1 December 2025."),
        ("the beginning", "I cannot read “the beginning” as a day. For example /okr status growth as of 1 October"),
    ],
)
async def test_a_day_nothing_can_be_said_of_is_refused_with_the_reason(lived: Stage, said: str, answered: str) -> None:
    assert (await lived.asks(lived.dana, f"/okr status as of {said}")).shown.startswith(answered)


async def test_a_round_is_open_on_the_day_it_was_open(lived: Stage) -> None:
    monday = (await lived.asks(lived.nora, "/okr status overdue as of 16 November")).shown
    assert monday.endswith("There was nothing here that you may see.")
    assert CARD in (await lived.asks(lived.nora, "/okr status overdue as of 17 November")).shown


async def test_overdue_is_what_a_closed_round_still_waits_for_from_who_is_there(lived: Stage) -> None:
    answer = (await lived.asks(lived.luca, "/okr status overdue")).shown
    assert answer.startswith("Risposte ancora da dare")
    assert CARD in answer
    assert REPLY in answer
    assert RETURNING not in answer
    assert "Refunds in a week" not in answer
    assert REVENUE not in answer
    assert REVENUE in (await lived.asks(lived.luca, "/okr status overdue as of 24 November")).shown
    assert (await lived.asks(lived.luca, "/okr stato in arretrato")).shown == answer


async def test_done_is_what_was_reached_and_asks_for_nothing(lived: Stage) -> None:
    answer = await lived.asks(lived.elena, "/okr status done")
    assert answer.shown.startswith("Fatto\n1 risultato chiave\nUptime stays high")
    assert answer.shown.endswith("✅ Fatto")
    assert answer.buttons == []
    assert (await lived.asks(lived.elena, "/okr stato fatti")).shown == answer.shown
    assert UPTIME not in (await lived.asks(lived.nora, "/okr status platform")).shown
    assert UPTIME in (await lived.asks(lived.nora, "/okr status platform as of 17 November")).shown
    then = (await lived.asks(lived.nora, "/okr status done as of 17 November")).shown
    assert then.endswith("There was nothing here that you may see.")


@pytest.mark.parametrize("said", ["p1", "P1", "priority 1", "priorità 1"])
async def test_a_priority_by_its_number(lived: Stage, said: str) -> None:
    answer = (await lived.asks(lived.nora, f"/okr status {said}")).shown
    assert answer.startswith("Priority 1\n")
    assert CARD in answer
    assert "Become the shop people come back to – Luca Bianchi" in answer
    assert RETURNING not in answer


async def test_a_key_result_has_the_priority_of_its_objective(lived: Stage) -> None:
    assert REVENUE in (await lived.asks(lived.nora, "/okr status p2")).shown
    assert (await lived.asks(lived.nora, "/okr status p9")).shown == "Priority 9\nNothing here right now."


@pytest.mark.parametrize("said", ["refunds", "REFUNDS WEEK", "come back week"])
async def test_words_of_a_title_find_it_where_no_team_is_called_so(lived: Stage, said: str) -> None:
    answer = (await lived.asks(lived.nora, f"/okr status {said}")).shown
    assert answer.startswith(f"Key results about “{said}”\n🟢 1 on track\nRefunds in a week\n")


async def test_words_of_an_objective_find_all_of_it(lived: Stage) -> None:
    answer = (await lived.asks(lived.nora, "/okr status shop people")).shown
    assert all(title in answer for title in (RETURNING, "Refunds in a week", CARD, OPEN_NOW))


async def test_words_are_looked_for_in_the_titles_of_that_day(lived: Stage) -> None:
    assert REFUNDS in (await lived.asks(lived.nora, "/okr status a week as of 17 November")).shown
    assert (
        "no team called “refunds in”"
        in (await lived.asks(lived.nora, "/okr status refunds in as of 17 November")).shown
    )


async def test_words_that_nothing_is_called_by_are_answered_as_before(lived: Stage) -> None:
    assert (await lived.asks(lived.nora, "/okr status unicorns")).shown == (
        "I find no team called “unicorns”, and no key result or objective with these words that you may see. "
        "Everything I know: /okr help"
    )


@pytest.mark.parametrize("said", ["takeover", "takeover as of 17 November", "secret", "secret as of 17 November"])
async def test_what_is_or_was_private_is_found_by_its_team_alone(lived: Stage, said: str) -> None:
    for outsider in (lived.nora, lived.marcus, lived.omar):
        assert "no team called" in (await lived.asks(outsider, f"/okr status {said}")).shown
    if said != "secret":
        assert "Risultati chiave su" in (await lived.asks(lived.luca, f"/okr status {said}")).shown


async def test_what_was_private_is_on_no_list_of_that_day_for_an_outsider(lived: Stage) -> None:
    for said in ("growth", "@dana", "@luca", "behind"):
        then = (await lived.asks(lived.nora, f"/okr status {said} as of 17 November")).shown
        assert "takeover" not in then
        assert "abroad" not in then
    assert OPEN_NOW in (await lived.asks(lived.nora, "/okr status growth")).shown


async def test_what_is_under_an_objective_that_is_private_today_is_private_on_every_day(lived: Stage) -> None:
    said = "/okr status kitchens as of 17 November"
    assert "Conquer what people cook in" in (await lived.asks(lived.luca, said)).shown
    assert "no team called" in (await lived.asks(lived.nora, said)).shown
    assert "Kitchens reached" in (await lived.asks(lived.nora, "/okr status kitchens")).shown
    assert "Conquer" not in (await lived.asks(lived.nora, "/okr history kitchens")).shown
    assert "obiettivo: Conquer" in (await lived.asks(lived.luca, "/okr history kitchens")).shown


async def test_a_guest_sees_nothing_of_any_day(lived: Stage) -> None:
    for said in ("overdue", "done", "p1", "growth as of 17 November"):
        answer = (await lived.asks(lived.omar, f"/okr status {said}")).shown
        assert answer == "You can see the teams you are in. Ask an admin of this workspace for more."
