"""A key result that contributes to another: its target is a share of that number, and what is left is said."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from freezegun.api import FrozenDateTimeFactory

from rituals.company_marks import CompanyProblems
from tests import companies
from tests.databases import SqliteTemplate
from tests.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="module")
SHARED = "Shares add up to"
MILLION = "– Revenue of the year"


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def stage(
    long_clock: FrozenDateTimeFactory, sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Stage]:
    """One company for all: each test writes key results of its own and gives them up again."""
    with sqlite_template.copy(tmp_path_factory.mktemp("contributions")) as url:
        async with Stage(long_clock, url) as stage:
            await stage.imports(companies.REVENUE_TO_SHARE)
            yield stage
            assert [str(one) for one in stage.playground.refusals] == []


async def writes(stage: Stage, title: str, measured: str, above: str = MILLION) -> None:
    """Marcus writes one more key result of Platform down."""
    if stage.marcus.modal is None:
        await stage.marcus.types("/okr edit")
        await stage.marcus.submits({"What do you want to edit?": "＋ A new key result"})
    await stage.marcus.submits({"Key result": title, "Measure": measured, "Contributes to": above})


async def test_what_is_saved_says_how_much_is_not_yet_anybodys(stage: Stage) -> None:
    await writes(stage, "Revenue of the platform", "€0 to €400,000")
    assert _shared(stage) == [
        "Revenue of the year: Shares add up to €400,000 of €1,000,000: €600,000 is not yet anybody’s."
    ]
    await writes(stage, "Revenue of fairs", "€0 to €700,000")
    assert _shared(stage) == [
        "Revenue of the year: Shares add up to €1,100,000 of €1,000,000: €100,000 more than there is."
    ]
    await stage.marcus.closes_all()
    for title, target in (("fairs", "€0 to €600,000"),):
        await stage.marcus.types(f"/okr edit {title}")
        await stage.marcus.submits({"Measure": target, "Why does it change?": "Too much"})
    assert _shared(stage) == ["Revenue of the year: Shares add up to €1,000,000: all of it is somebody’s."]
    await stage.marcus.closes_all()


async def test_what_is_counted_in_something_else_is_no_share(stage: Stage) -> None:
    await writes(stage, "Shops", "0 to 12 shops")
    assert stage.marcus.modal is not None
    assert stage.marcus.modal.errors == {
        "Contributes to": "This is counted in shops and the other in EUR, so it is no share of it. "
        "Let it contribute to an objective instead."
    }
    await stage.marcus.submits({"Contributes to": "Grow without losing our soul"})
    assert _shared(stage) == []
    await stage.marcus.closes_all()


async def test_a_share_whose_whole_is_counted_in_something_else_since_can_be_edited_and_given_up(stage: Stage) -> None:
    above = "– Gifts of the year"
    await writes(stage, "Gifts of the platform", "€0 to €20,000", above)
    await stage.marcus.closes_all()
    await stage.elena.types("/okr edit gifts of the year")
    await stage.elena.submits({"Misura": "0 to 900 parcels", "Perché cambia?": "Too much"})
    await stage.elena.closes_all()
    await stage.marcus.types("/okr edit gifts of the platform")
    await stage.marcus.submits({"Key result": "Gifts from the platform"})
    assert stage.marcus.modal is None or stage.marcus.modal.errors == {}
    await stage.marcus.closes_all()
    assert await stage.kept("SELECT title FROM key_results WHERE title LIKE 'Gifts from%'") == [
        ("Gifts from the platform",)
    ]
    await stage.marcus.types("/okr edit gifts from the platform")
    await stage.marcus.submits({"Measure": "€0 to €30,000", "Why does it change?": "Too little"})
    assert stage.marcus.modal is not None
    assert "Contributes to" in stage.marcus.modal.errors
    await stage.marcus.closes_all()
    await stage.marcus.types("/okr edit gifts from the platform")
    await stage.marcus.submits({"State": "Abandoned"})
    await stage.marcus.closes_all()
    assert await stage.kept("SELECT state FROM key_results WHERE title = 'Gifts from the platform'") == [("abandoned",)]
    await stage.elena.types("/okr edit gifts of the year")
    await stage.elena.submits({"Misura": "€0 to €90000", "Perché cambia?": "As it was"})
    assert stage.elena.modal is None or stage.elena.modal.errors == {}
    await stage.elena.closes_all()


async def test_what_leads_back_is_refused_beside_the_field(stage: Stage) -> None:
    for objective, above in (("Sell on every square", "Grow without losing our soul"), ("Be early", "")):
        await stage.marcus.types("/okr new")
        await stage.marcus.submits({"Objective": objective, "Contributes to": above or "Sell on every square"})
        await stage.marcus.closes_all()
    await stage.marcus.types("/okr edit square")
    await stage.marcus.submits({"Contributes to": "Be early"})
    assert stage.marcus.modal is not None
    assert stage.marcus.modal.errors == {
        "Contributes to": "That contributes to this one already, perhaps by way of others. "
        "Please choose something else."
    }
    await stage.marcus.closes_all()


async def test_an_undo_that_would_lead_back_is_refused(stage: Stage) -> None:
    for objective in ("First of two", "Second of two"):
        await stage.marcus.types("/okr new")
        await stage.marcus.submits({"Objective": objective})
        await stage.marcus.closes_all()
    await stage.marcus.types("/okr edit first of two")
    await stage.marcus.submits({"Contributes to": "Second of two"})
    await stage.marcus.closes_all()
    await stage.marcus.types("/okr edit first of two")
    await stage.marcus.submits({"Contributes to": "Nothing"})
    before = stage.marcus.modal
    assert before is not None
    await stage.elena.types("/okr edit second of two")
    await stage.elena.submits({"Contribuisce a": "First of two"})
    await stage.elena.closes_all()
    await stage.marcus.clicks("Undo: First of two")
    assert stage.marcus.modal is not None
    assert "It has changed again since." in stage.marcus.modal.text
    await stage.marcus.closes_all()


async def test_an_import_says_what_is_nobodys(stage: Stage) -> None:
    imported = await stage.imports(companies.with_a_share("gifts"), dry_run=True)
    assert imported.warnings == ("Gifts of the year: shares add up to 50000 of 90000 EUR: 40000 is not yet anybody's",)


async def test_a_spreadsheet_gives_a_key_result_its_share_and_refuses_what_is_none(stage: Stage) -> None:
    rows = "Team,Cycle,Objective,Key result,KR contributes to\nPlatform,2026-Q4,Let nobody ever wait for us,{},gifts\n"
    await stage.imports_sheet(rows.format("Revenue from partners").encode())
    assert await stage.kept(
        "SELECT whole.key FROM key_results AS part JOIN key_results AS whole ON whole.id = part.parent_key_result_id "
        "WHERE part.key = 'revenue'"
    ) == [("gifts",)]
    with pytest.raises(CompanyProblems) as problems:
        await stage.imports_sheet(rows.format("Uptime stays high").encode())
    assert str(problems.value) == (
        "row 2, KR contributes to: expected a key result with a baseline and a target, "
        'for one that has them too (or an objective), got "gifts"'
    )


def _shared(stage: Stage) -> list[str]:
    assert stage.marcus.modal is not None
    return [line.replace("\xa0", " ") for line in stage.marcus.modal.text.split("\n") if SHARED in line]
