"""`/okr history`: who said and changed what, when, before and after; for those alone who may read of it."""

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from freezegun.api import FrozenDateTimeFactory

from tests import companies
from tests.databases import SqliteTemplate
from tests.stage import Stage

RETURNING, REFUNDS, CARD = "Returning customers", "Refunds a week", "The loyalty card is out"
pytestmark = pytest.mark.asyncio(loop_scope="module")


def company(*, later: bool = False, title: str = "Shops abroad") -> str:
    """With two that have the same title, one that is secret, and one that is so at first alone."""
    objectives = companies.parts()["objectives"]
    love, solid, _ = objectives
    solid["key_results"].append(companies.key_result(REFUNDS, "marcus", key="partner-refunds"))
    love["key_results"].append(companies.key_result("Price of the takeover", "dana", key="takeover", private="true"))
    private = "false" if later else "true"
    abroad = companies.key_result(title, "luca", key="abroad", private=private, target=12 if later else 100)
    love["key_results"].append(abroad)
    return companies.described(objectives=objectives)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def lived(
    long_clock: FrozenDateTimeFactory, sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Stage]:
    """Dana answers, edits and changes a target with a reason; a week later she says that nothing has changed. What was
    secret stops being so. Lived once, for here everybody only asks.
    """
    with sqlite_template.copy(tmp_path_factory.mktemp("lived")) as url:
        async with Stage(long_clock, url) as stage:
            await stage.imports(company(title="Secret shops abroad"))
            await stage.comes("Mon 16 Nov 09:00")
            await stage.answers(
                stage.dana, {REFUNDS: ("118", "Off track", "A bad batch"), RETURNING: ("45", "At risk")}
            )
            await stage.answers(stage.luca, {"Secret shops abroad": ("3", "On track")})
            await stage.comes("Mon 16 Nov 11:30")
            await stage.answers(stage.dana, {REFUNDS: ("110", "At risk", "Counted again & better")})
            await stage.comes("Tue 17 Nov 12:00")
            await stage.dana.types("/okr edit refunds")
            await stage.dana.submits({"Measure": "from 120 to 80", "Why does it change?": "The supplier was changed"})
            await stage.comes("Wed 18 Nov 12:00")
            await stage.imports(company(later=True))
            await stage.comes("Mon 23 Nov 09:00")
            await stage.dana.clicks(f"Nothing changed: {RETURNING}", message=stage.dana.reads()[-1])
            await stage.answers(stage.luca, {"Shops abroad": ("5", "On track")})
            yield stage
            assert [str(one) for one in stage.playground.refusals] == []


async def test_one_key_result_with_every_answer_and_change_the_newest_first(lived: Stage) -> None:
    answer = await lived.asks(lived.nora, "/okr history refunds growth")
    assert answer.shown == (
        "History: Refunds a week\n"
        "Wed 18 Nov 12:00 – an import\n"
        "measure: from 120 to 80 → from 120 to 60\n"
        "Tue 17 Nov 12:00 – Dana Rossi\n"
        "measure: from 120 to 60 → from 120 to 80\n"
        "Why: The supplier was changed\n"
        "Mon 16 Nov 11:30 – Dana Rossi\n"
        "118 → 110 · 🛑 Off track → ⚠️ At risk (edited)\n"
        "Note: Counted again & better\n"
        "Mon 16 Nov 09:00 – Dana Rossi\n"
        "118 · 🛑 Off track\n"
        "Note: A bad batch\n"
        "Sun 15 Nov 13:00 – an import\n"
        "Written down: Refunds a week (from 120 to 60)\n"
        "Sun 15 Nov 13:00 – an import\n"
        "Objective: Become the shop people come back to\n"
        "Written down: Become the shop people come back to"
    )
    assert answer.buttons == []


async def test_days_and_hours_are_the_reader_s_own(lived: Stage) -> None:
    answer = (await lived.asks(lived.priya, "/okr history refunds growth")).shown
    assert "Mon 16 Nov 16:00 – Dana Rossi\n118 → 110" in answer


async def test_history_alone_is_about_one_s_own(lived: Stage) -> None:
    answer = (await lived.asks(lived.dana, "/okr history")).shown
    assert answer.startswith(
        "History of your key results\n"
        "Mon 23 Nov 09:00 – Dana Rossi\n"
        "Returning customers\n"
        "45% · ⚠️ At risk (nothing changed)\n"
        "Wed 18 Nov 12:00 – an import\n"
        "Refunds a week\n"
    )
    assert CARD not in answer


async def test_history_in_italian(lived: Stage) -> None:
    answer = (await lived.asks(lived.luca, "/okr storia shops abroad")).shown
    assert answer.startswith(
        "Storia: Shops abroad\n"
        "lun 23 nov 09:00 – Luca Bianchi\n"
        "3 → 5 · 🟢 In linea\n"
        "mer 18 nov 12:00 – un’importazione\n"
        "titolo: Secret shops abroad → Shops abroad\n"
        "misura: da 0 a 100 → da 0 a 12\n"
        "privato: sì → no\n"
    )


async def test_what_happened_in_private_is_told_to_the_team_alone(lived: Stage) -> None:
    """Not even the first value said in public is compared with one that was said before."""
    answer = (await lived.asks(lived.nora, "/okr history abroad")).shown
    assert answer == "History: Shops abroad\nMon 23 Nov 09:00 – Luca Bianchi\n5 · 🟢 On track"


@pytest.mark.parametrize("said", ["takeover", "price of the takeover", "secret"])
async def test_a_private_key_result_is_as_unknown_as_one_that_is_not_there(lived: Stage, said: str) -> None:
    for outsider in (lived.nora, lived.marcus):
        answer = (await lived.asks(outsider, f"/okr history {said}")).shown
        assert answer == f"Nothing that you may see is called “{said}”. The history of yours: /okr history"
    if said != "secret":
        assert (await lived.asks(lived.dana, f"/okr history {said}")).shown.startswith("History: Price of the takeover")


async def test_several_of_a_title_are_offered_with_what_to_type(lived: Stage) -> None:
    answer = (await lived.asks(lived.nora, "/okr history refunds")).shown
    assert answer == (
        "Several key results have “refunds” in their titles. Which one do you mean?\n"
        "• Refunds a week (Growth): /okr history Refunds a week Growth\n"
        "• Refunds a week (Platform): /okr history Refunds a week Platform"
    )
    for typed in re.findall(r"/okr history .+", answer):
        assert (await lived.asks(lived.nora, typed)).shown.startswith("History: Refunds a week\n")


async def test_nobody_is_offered_what_they_may_not_read(lived: Stage) -> None:
    assert "takeover" not in (await lived.asks(lived.nora, "/okr history o")).shown
    assert "takeover" in (await lived.asks(lived.dana, "/okr history o")).shown


async def test_who_is_no_member_reads_nothing(lived: Stage) -> None:
    assert (await lived.asks(lived.omar, "/okr history refunds")).shown == (
        "Nothing that you may see is called “refunds”. The history of yours: /okr history"
    )


async def test_who_has_none_is_told_how_to_find_another_s(lived: Stage) -> None:
    assert (await lived.asks(lived.nora, "/okr history")).shown == (
        "You have no key results of your own. For somebody else’s, write its title: /okr history refunds"
    )


async def test_a_typed_mention_is_only_words(lived: Stage) -> None:
    answer = (await lived.asks(lived.nora, "/okr history @dana & <co>")).shown
    assert answer.startswith("Nothing that you may see is called “@dana & <co>”.")
