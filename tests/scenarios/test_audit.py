"""Every change of what is decided is written down: who, when, and from what to what."""

import json
from datetime import UTC, datetime
from decimal import Decimal

from okr.checkins import Answer, Via
from okr.confidence import Confidence
from playground import Person
from tests import companies
from tests.stage import Stage


async def since(stage: Stage, seen: set[str]) -> list[tuple[str, str, dict[str, object]]]:
    """(noun, by whom, what it is now) of the changes that are new."""
    found = await stage.kept(
        "SELECT r.id, r.noun, coalesce(p.key, r.by), r.after FROM revisions r LEFT JOIN people p ON p.id = r.by"
        " ORDER BY r.id"
    )
    new = [(noun, by, json.loads(after)) for id, noun, by, after in found if id not in seen]
    seen.update(id for id, *_ in found)
    return new


async def test_leave_is_written_down_whoever_says_it(lite: Stage) -> None:
    seen = set[str]()
    await since(lite, seen)
    await lite.dana.types("/okr away until 20 November")
    assert await since(lite, seen) == [("leave", "dana", {"leave": ["2026-11-15/2026-11-20 said"]})]
    await lite.dana.types("/okr back")
    assert await since(lite, seen) == [("leave", "dana", {"leave": []})]
    await lite.playground.change(lite.dana, status_text="Vacation", status_emoji=":palm_tree:")
    assert [(noun, by) for noun, by, _ in await since(lite, seen)] == [("leave", "status")]
    await lite.playground.change(lite.dana, status_text="Lunch", status_emoji=":bread:")
    assert [(noun, by) for noun, by, _ in await since(lite, seen)] == [("leave", "status")]


async def test_an_action_that_is_ticked_is_written_down(lite: Stage) -> None:
    seen = set[str]()
    await since(lite, seen)
    found = dict(await lite.kept("SELECT key, id FROM actions UNION SELECT key, id FROM key_results"))
    now, rituals, workspace = datetime.now(UTC), lite.running.rituals, lite.running.workspace.id
    dana = await rituals.actors.find(workspace, lite.dana.id, now)
    ticked = frozenset({found["survey"]})
    said = Answer(found["returning"], Decimal(45), Confidence.GREEN.given, done_action_ids=ticked)
    for source in ("once", "again"):
        await rituals.checkins.record(workspace, dana.actor, [said], via=Via.MODAL, source=source, now=now)
    assert [(noun, by, [*after]) for noun, by, after in await since(lite, seen)] == [("action", "dana", ["done_at"])]


async def test_whoever_becomes_an_owner_is_written_down_by_whom(lite: Stage) -> None:
    seen = set[str]()
    await since(lite, seen)
    await _hands_over(lite, lite.nora)
    written = await since(lite, seen)
    assert sorted((noun, by) for noun, by, _ in written) == [("key result", "dana"), ("person", "dana")]
    (added,) = [after for noun, _, after in written if noun == "person"]
    assert added["name"] == "Nora Member"


async def test_the_lead_the_people_the_rhythm_and_the_name_of_the_company_are_written_down(lite: Stage) -> None:
    seen = set[str]()
    await since(lite, seen)
    changed = companies.described(
        company={**companies.parts()["company"], "name": "Southwind"},
        people=[{**one, "deputy": "luca"} if one["key"] == "dana" else one for one in companies.parts()["people"]],
        teams=[
            {**one, "lead": "luca", "people": ["dana", "luca", "elena"], "rhythm": "every Thursday at 9:00"}
            if one["key"] == "growth"
            else one
            for one in companies.parts()["teams"]
        ],
    )
    await lite.imports(changed)
    after = {noun: fields for noun, _, fields in await since(lite, seen)}
    assert after["company"] == {"name": "Southwind"}
    assert {"lead_id", "member_ids", "rule"} <= after["team"].keys()
    assert after["person"].keys() == {"deputy_id"}
    await lite.imports(changed)
    assert await since(lite, seen) == []


async def test_nothing_is_written_down_where_nothing_changes(lite: Stage) -> None:
    seen = set[str]()
    await since(lite, seen)
    await lite.dana.types("/okr back")
    await lite.playground.change(lite.dana, real_name="Dana Rossi Bianchi")
    await lite.running.rituals.people.refresh_all(lite.running.workspace.id, datetime.now(UTC))
    assert await since(lite, seen) == []


async def _hands_over(stage: Stage, to: Person) -> None:
    await stage.dana.types("/okr edit Refunds")
    await stage.dana.submits({"Owner": to.member.real_name})
    await stage.dana.closes_all()
