"""Importing the company file: as often as one likes, all or nothing, and nothing is forgotten."""

import json
from collections.abc import AsyncIterator

import pytest
from freezegun.api import FrozenDateTimeFactory

from rituals.company_marks import CompanyProblems
from tests import companies
from tests.stage import Stage

RETURNING, REFUNDS, CARD = "Returning customers", "Refunds a week", "The loyalty card is out"


@pytest.fixture
async def empty(clock: FrozenDateTimeFactory, database_url: str) -> AsyncIterator[Stage]:
    """A workspace whose company was not imported yet, on both databases."""
    async with Stage(clock, database_url) as stage:
        yield stage


async def test_the_first_import_adds_everything(empty: Stage) -> None:
    imported = await empty.imports()
    assert imported.changes.added == {
        "person": 5,
        "team": 4,
        "cycle": 1,
        "objective": 3,
        "key result": 6,
        "action": 2,
    }
    assert imported.changes.changed == {}


async def test_the_same_file_again_changes_nothing(stage: Stage) -> None:
    before = await stage.kept("SELECT count(*) FROM revisions")
    again = await stage.imports()
    assert again.changes.added == again.changes.changed == {}
    assert again.changes.same["key result"] == 6
    assert await stage.kept("SELECT count(*) FROM revisions") == before


async def test_a_dry_run_says_what_would_change_and_writes_nothing(empty: Stage) -> None:
    imported = await empty.imports(dry_run=True)
    assert imported.changes.added["key result"] == 6
    for table in ("workspaces", "people", "teams", "key_results", "revisions"):
        assert await empty.kept(f"SELECT count(*) FROM {table}") == [(0,)]
    await empty.comes("Mon 16 Nov 09:00")
    assert empty.dana.reads() == []


async def test_a_dry_run_over_a_company_leaves_it_as_it_is(lite: Stage) -> None:
    changed = await lite.imports(companies.with_changed_key_result("returning", title="Loyal customers"), dry_run=True)
    assert changed.changes.changed == {"key result": 1}
    await lite.comes("Mon 16 Nov 09:00")
    assert RETURNING in lite.dana.reads()[-1].shown


async def test_a_change_is_a_revision_with_before_and_after(stage: Stage) -> None:
    text = companies.with_changed_key_result("returning", title="Loyal customers", target="65")
    imported = await stage.imports(text)
    assert imported.changes.changed == {"key result": 1}
    ((noun, by, before, after),) = await stage.kept(
        "SELECT noun, \"by\", before, after FROM revisions WHERE before <> 'null'"
    )
    assert (noun, by) == ("key result", "import")
    assert json.loads(before) == {"title": "Returning customers", "target": "60"}
    assert json.loads(after) == {"title": "Loyal customers", "target": "65"}


async def test_a_new_title_keeps_the_history(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.answers(lite.dana, {RETURNING: ("45", "On track")})
    await lite.imports(companies.with_changed_key_result("returning", title="Loyal customers"))
    await lite.comes("Mon 23 Nov 09:00")
    assert "Loyal customers\n45% (Mon 16 Nov)" in lite.dana.reads()[-1].shown


async def test_what_the_file_leaves_out_stays(lite: Stage) -> None:
    await lite.imports(companies.without_key_result("refunds"))
    await lite.comes("Mon 16 Nov 09:00")
    assert REFUNDS in lite.dana.reads()[-1].shown


async def test_a_paused_key_result_is_not_asked(lite: Stage) -> None:
    await lite.imports(companies.with_changed_key_result("refunds", state="paused"))
    await lite.comes("Mon 16 Nov 09:00")
    assert lite.dana.reads()[-1].shown.startswith("Hello Dana, 1 key result to check in")
    assert REFUNDS not in lite.dana.reads()[-1].shown


async def test_a_key_result_paused_after_it_was_asked_is_answered_kindly(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    status = await lite.asks(lite.dana, "/okr status")
    await lite.imports(companies.with_changed_key_result("refunds", state="paused"))
    await lite.dana.clicks(f"Check in: {REFUNDS}", message=status)
    assert lite.dana.modal is None
    said = lite.dana.sees_ephemerals()[-1].shown
    assert said == "“Refunds a week” is no longer active, so there is nothing to answer."


async def test_importing_on_monday_noon_asks_nobody_twice(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.comes("Mon 16 Nov 12:00")
    await lite.imports(companies.LUCA_COUNTS)
    await lite.comes("Mon 16 Nov 12:01")
    assert len(lite.dana.reads()) == len(lite.luca.reads()) == 1
    await lite.comes("Mon 23 Nov 09:00")
    assert "Euro a customer" in lite.luca.reads()[-1].shown


async def test_a_first_import_on_monday_noon_surprises_nobody(empty: Stage) -> None:
    await empty.comes("Mon 16 Nov 12:00")
    await empty.imports()
    await empty.comes("Mon 16 Nov 12:01")
    assert empty.dana.reads() == []
    await empty.comes("Mon 16 Nov 15:00")
    assert len(empty.marcus.reads()) == 1, "New York's nine o'clock was still to come"
    await empty.comes("Mon 23 Nov 09:00")
    assert len(empty.dana.reads()) == 1


async def test_a_new_rhythm_moves_the_hour(lite: Stage) -> None:
    await lite.imports(companies.with_team("growth", rhythm={"at": "11:00"}))
    await lite.comes("Mon 16 Nov 09:00")
    assert lite.dana.reads() == []
    await lite.comes("Mon 16 Nov 11:00")
    assert len(lite.dana.reads()) == 1


async def test_an_action_ticked_in_slack_stays_ticked(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.dana.types("/okr checkin")
    await lite.dana.clicks(f"Add details: {RETURNING}")
    await lite.dana.chooses("Actions done", "Draft the loyalty card")
    await lite.dana.submits(
        {"Value now": "95", "Confidence": "⚠️ At risk", "Value now (2)": "45", "Confidence (2)": "🟢 On track"}
    )
    await lite.imports()
    open_ones = await lite.kept("SELECT title FROM actions WHERE done_at IS NULL")
    assert open_ones == [("Ask ten customers why they left",)]


@pytest.mark.parametrize("spelled", ["@dana", "dana", "DANA", "Dana Rossi", "dana@northwind.example", "the id"])
async def test_people_are_found_by_name_e_mail_or_id(empty: Stage, spelled: str) -> None:
    slack = empty.dana.id if spelled == "the id" else spelled
    await empty.imports(companies.where_dana_is(slack))
    assert await empty.kept("SELECT slack_id FROM people WHERE key = 'dana'") == [(empty.dana.id,)]


async def test_somebody_unknown_is_named_with_the_nearest_and_nothing_is_written(empty: Stage) -> None:
    with pytest.raises(CompanyProblems) as caught:
        await empty.imports(companies.where_dana_is("@danna"))
    (problem,) = caught.value.problems
    assert problem.path == "people[0].slack"
    assert "dana" in str(problem)
    assert await empty.kept("SELECT count(*) FROM people") == [(0,)]


async def test_a_key_that_passes_to_somebody_the_file_leaves_out_is_a_problem_with_its_line(lite: Stage) -> None:
    with pytest.raises(CompanyProblems) as caught:
        await lite.imports(companies.where_people_are({"dana": "@luca", "luca": None}))
    (problem,) = caught.value.problems
    assert problem.path == "people[0].slack"
    assert 'the key "luca"' in str(problem)
    assert await lite.kept("SELECT slack_id FROM people WHERE key = 'dana'") == [(lite.dana.id,)]


async def test_two_people_may_change_their_keys(stage: Stage) -> None:
    """The key owns the key results, and the account is whom they are asked of."""
    await stage.comes("Mon 16 Nov 09:00")
    await stage.imports(companies.where_people_are({"dana": "@luca", "luca": "@dana"}))
    await stage.comes("Mon 23 Nov 09:00")
    assert RETURNING in stage.luca.reads()[-1].shown
    assert CARD in stage.dana.reads()[-1].shown


async def test_a_key_may_be_given_anew_when_its_person_has_another(stage: Stage) -> None:
    await stage.comes("Mon 16 Nov 09:00")
    await stage.answers(stage.dana, {RETURNING: ("45", "On track")})
    await stage.imports(companies.where_people_are({"dana": "@nora", "dana-rossi": "@dana"}))
    kept = await stage.kept("SELECT p.key FROM checkins c JOIN people p ON p.id = c.author_id")
    assert kept == [("dana-rossi",)], "what she answered stays hers"
    await stage.comes("Mon 23 Nov 09:00")
    assert RETURNING in stage.nora.reads()[-1].shown


async def test_a_change_of_what_belongs_together_is_a_revision_too(stage: Stage) -> None:
    dry = await stage.imports(companies.WITH_OTHER_LINKS, dry_run=True)
    imported = await stage.imports(companies.WITH_OTHER_LINKS)
    changed = {"person": 1, "team": 1, "objective": 1}
    assert dry.changes.changed == imported.changes.changed == changed
    kept = await stage.kept("SELECT noun, after FROM revisions WHERE before <> 'null'")
    told = {noun: set(json.loads(after)) for noun, after in kept}
    assert told == {
        "person": {"deputy_id"},
        "team": {"parent_id", "member_ids"},
        "objective": {"parent_objective_id"},
    }
    assert len(kept) == 3


async def test_an_action_the_file_calls_done_has_changed_once(lite: Stage) -> None:
    done = companies.with_changed_key_result("returning", actions=[{"key": "survey", "title": "Ask", "done": "true"}])
    assert (await lite.imports(done)).changes.changed == {"action": 1}
    assert (await lite.imports(done)).changes.changed == {}


async def test_a_channel_the_bot_is_not_in_is_a_warning(lite: Stage) -> None:
    await lite.growth.kick(lite.slack_app)
    imported = await lite.imports()
    assert [one for one in imported.warnings if "/invite" in one and "#growth" in one] != []
