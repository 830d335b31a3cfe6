"""Late answers of several people, for several teams, at once: what they change is the same, and nobody loses one."""

import asyncio
from datetime import UTC, datetime
from decimal import Decimal

from okr.authority import Actor
from okr.checkins import Answer, Via
from okr.confidence import Confidence
from playground import Person
from storage import key_results, people
from tests import companies
from tests.stage import Stage
from tests.statements import counted

PARTNERS, SHOPS, GUIDES = (
    companies.key_result("Partners", "dana", key="partners"),
    companies.key_result("Shops", "dana", key="shops"),
    companies.key_result("Guides", "luca", key="guides"),
)
MORE = {"love": [SHOPS], "care": [PARTNERS, GUIDES]}
IN_TWO_TEAMS = companies.described(
    objectives=[
        {**one, "key_results": [*one["key_results"], *MORE.get(one["key"], ())]}
        for one in companies.parts()["objectives"]
    ]
)
"""Dana answers in Growth and in Support, Luca in Support too."""


async def all_digests_stand(stage: Stage) -> None:
    await stage.imports(IN_TWO_TEAMS)
    await stage.comes("Mon 16 Nov 09:00")
    await stage.comes("Tue 17 Nov 14:00")


async def answers(stage: Stage, person: Person, value: int, *keys: str) -> None:
    """Answers in one form."""
    workspace = stage.running.workspace.id
    async with stage.running.database.reading() as tx:
        ids = await key_results.by_key(tx, workspace)
        actor = Actor(person.id, await people.by_slack(tx, workspace, person.id))
    given = [Answer(ids[key].id, Decimal(value), Confidence.GREEN.given) for key in keys]
    await stage.running.rituals.checkins.record(
        workspace, actor, given, via=Via.MODAL, source=f"{person.id}-{value}", now=datetime.now(UTC)
    )


async def test_people_who_answer_late_for_the_same_teams_at_once_never_wait_for_each_other(stage: Stage) -> None:
    await all_digests_stand(stage)
    for value in range(30):
        await asyncio.gather(
            answers(stage, stage.dana, value, "shops", "partners"), answers(stage, stage.luca, value, "guides")
        )
    await stage.ticks()
    assert "⚪ 3 not started · 1 of 4 answered" in stage.company.reads()[0].shown
    assert "⚪ 1 not started · 2 of 3 answered" in stage.company.reads()[0].shown


async def test_what_a_form_for_two_teams_changes_is_taken_hold_of_once_and_in_order(lite: Stage) -> None:
    await all_digests_stand(lite)
    with counted(lite) as sent:
        await answers(lite, lite.dana, 7, "shops", "partners")
    assert len([one for one in sent if one.startswith("UPDATE deliveries")]) == 1
    assert [one for one in sent if one.startswith("SELECT deliveries.id") and "ORDER BY deliveries.id" in one]
    await lite.ticks()
    assert "🟢 1 on track · ⚪ 3 not started" in lite.growth.reads()[-1].shown
    assert "🟢 1 on track · ⚪ 2 not started" in lite.support.reads()[-1].shown
