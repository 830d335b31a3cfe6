"""`/okr tree`: each goal under what it contributes to, and nothing of what whoever asks may not read."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from freezegun.api import FrozenDateTimeFactory

from playground import Person
from tests import companies
from tests.databases import SqliteTemplate
from tests.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def stage(
    long_clock: FrozenDateTimeFactory, sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Stage]:
    """A Monday on which Dana has answered; the tests only read."""
    with sqlite_template.copy(tmp_path_factory.mktemp("tree")) as url:
        async with Stage(long_clock, url) as stage:
            await stage.imports(companies.tree())
            await stage.comes("Mon 16 Nov 09:00")
            await stage.answers(stage.dana, {"Returning customers": ("52", "On track")})
            yield stage
            assert [str(one) for one in stage.playground.refusals] == []


async def lines(stage: Stage, person: Person, question: str = "/okr tree") -> list[str]:
    shown = (await stage.asks(person, question)).shown
    return shown.replace("\xa0", " ").split("\n")


async def test_everything_stands_under_what_it_contributes_to(stage: Stage) -> None:
    marcus = await lines(stage, stage.marcus)
    assert [one.replace("\u2003\u2003", "> ") for one in marcus] == [
        "The tree of goals",
        "🟢 1 on track · ⚪ 6 not started · 7 of 7 fresh",
        "Grow without losing our soul – Northwind · 0% done · ⚪ 2 not started · 6 of 6 fresh",
        "> • Revenue of the year · ⚪ Not started · 4 of 4 fresh",
        "> > Shares add up to €50,000 of €1,000,000: €950,000 is not yet anybody’s.",
        "> > ↳ Revenue from partners – Platform · target €50,000 · ⚪ Not started",
        "> > ↳ Become the shop people come back to – Growth "
        "· 20% done · 🟢 1 on track · ⚪ 2 not started · 3 of 3 fresh",
        "> > > • Returning customers · 52% · 60% done · 🟢 On track",
        "> > > • Refunds a week · ⚪ Not started",
        "> > > • The loyalty card is out · ⚪ Not started",
        "> • Gifts of the year · ⚪ Not started",
        "Let nobody ever wait for us – Platform · 0% done · ⚪ 2 not started · 2 of 2 fresh",
        "> • Uptime stays high · ⚪ Not started",
        "> • Revenue from partners · ⚪ Not started",
    ]


async def test_what_is_private_is_in_no_title_and_in_no_sum(stage: Stage) -> None:
    marcus, dana = "\n".join(await lines(stage, stage.marcus)), "\n".join(await lines(stage, stage.dana))
    assert "takeover" not in marcus
    assert "neighbour" not in marcus
    assert "Shares add up to €50,000 of €1,000,000: €950,000 is not yet anybody’s." in marcus
    assert "Price of the takeover" in dana
    assert "Shares add up to €350,000 of €1,000,000: €650,000 is not yet anybody’s." in dana


async def test_under_a_private_parent_that_one_may_not_read_it_looks_as_if_there_were_none(stage: Stage) -> None:
    priya = await lines(stage, stage.priya, "/okr tree support")
    assert "Answer like a good neighbour – Support" in priya[2]
    assert (await lines(stage, stage.nora, "/okr tree support"))[1:] == ["Nothing here right now."]


async def test_a_teams_tree_says_what_it_contributes_to(stage: Stage) -> None:
    growth = await lines(stage, stage.marcus, "/okr tree growth")
    assert growth[0] == "The tree of Growth"
    assert growth[3].strip() == "Contributes to Revenue of the year – Northwind"


async def test_italian_words_a_channel_and_a_wrong_name_are_understood(stage: Stage) -> None:
    assert (await lines(stage, stage.luca, "/okr albero"))[0] == "L’albero degli obiettivi"
    assert (await lines(stage, stage.luca, "/okr albero #growth"))[0] == "L’albero di Growth"
    assert "Did you mean Growth? Try /okr tree Growth." in "\n".join(await lines(stage, stage.dana, "/okr tree grwth"))


async def test_a_guest_sees_the_tree_of_their_own_teams_alone(stage: Stage) -> None:
    assert await lines(stage, stage.omar) == ["The tree of goals", "Nothing here right now."]


async def test_home_opens_the_tree_in_a_window(stage: Stage) -> None:
    await stage.dana.opens_home()
    await stage.dana.clicks("Tree")
    assert stage.dana.modal is not None
    assert "Revenue of the year" in stage.dana.modal.text
    await stage.dana.closes_all()
