"""What is private to a team reaches nobody outside its channel: every surface there is, tried by each of them."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
import pytest_asyncio
from freezegun.api import FrozenDateTimeFactory

from blocks import ids
from blocks.key_result_form import KeyResultWords
from okr.checkins import Answer, Via
from okr.confidence import Confidence
from okr.measures import Measure, MeasureKind
from playground.traffic import Entry
from rituals.definitions import Act
from tests import companies
from tests.databases import SqliteTemplate
from tests.outsiders import TABLE, everything, told
from tests.somebody import MARK, PLAN, PRICE, STEPS, Somebody
from tests.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="module")
OUTSIDERS = {
    "a colleague of another team": "priya",
    "an admin": "elena",
    "a guest of the team who is not in its channel": "omar",
    "a member the company does not name": "otto",
    "a stranger": "sam",
}
IDEA, LOVE = f"{MARK} idea", "Become the shop people come back to"
BELONGS = {
    "/okr status",
    "/okr checkin",
    "/okr edit",
    "/okr history",
    "/okr tree",
    "/okr status me",
    "/okr status at-risk",
    "/okr status off-track",
    "/okr status behind",
    "action checkin.open",
    "action checkin.edit",
    "action message.why",
    "action definition.choose",
    "action tree.open",
    "event app_home_opened",
    "shortcut okr_checkin",
}
"""Where its owner reads of it: were it not there, the search below would find nothing anywhere."""


def company() -> str:
    """Growth has a private objective, and under an open one a private key result and a private draft; Support's
    contributes to it.
    """
    parts = companies.parts()
    love, solid, care = parts["objectives"]
    love["key_results"].append(companies.key_result(f"{MARK} refund", "dana", private="true"))
    love["key_results"].append(companies.key_result(IDEA, "luca", key="idea", private="true", state="draft"))
    plan = {
        "key": "plan",
        "team": "growth",
        "cycle": "2026-q4",
        "title": PLAN,
        "why": f"{MARK} is near",
        "owner": "dana",
        "priority": "1",
        "private": "true",
        "key_results": [
            companies.key_result(
                PRICE, "luca", key="price", source=f"{MARK} ledger", actions=[{"title": f"{MARK} call"}]
            ),
            {
                "key": "steps",
                "title": STEPS,
                "owner": "luca",
                "measure": "milestone",
                "steps": [{"title": f"{MARK} signed", "percent": 50}, {"title": f"{MARK} paid", "percent": 100}],
            },
        ],
    }
    teams = [{**one, "parent": "growth"} if one["key"] == "support" else one for one in parts["teams"]]
    teams = [{**one, "people": ["dana", "luca", "omar"]} if one["key"] == "growth" else one for one in teams]
    people = [*parts["people"], {"key": "omar", "slack": "@omar"}]
    objectives = [plan, love, solid, {**care, "contributes_to": "plan"}]
    return companies.described(people=people, teams=teams, objectives=objectives)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def lived(
    long_clock: FrozenDateTimeFactory, sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Stage]:
    """Luca has answered, the digest is posted in Growth's private channel, and a draft waits for Dana."""
    with sqlite_template.copy(tmp_path_factory.mktemp("leaks")) as url:
        async with Stage(long_clock, url, seconds=60) as stage:
            for key, more in (("otto", {}), ("sam", {"is_stranger": True})):
                setattr(stage, key, stage.playground.person(key, real_name=key.title(), locale="en-GB", **more))
            for person in (stage.luca, stage.elena):
                await stage.playground.change(person, locale="en-GB")
            stage.growth.conversation.private = True
            stage.growth.conversation.members.remove(stage.elena.id)
            await stage.imports(company())
            await stage.comes("Mon 16 Nov 09:00")
            await stage.comes("Mon 16 Nov 16:00")
            await _answers(stage)
            await stage.comes("Tue 17 Nov 10:00")
            await _drafts(stage)
            yield stage


async def _answers(stage: Stage) -> None:
    known = dict(await stage.kept("SELECT title, id FROM key_results"))
    now, workspace = datetime.now(UTC), stage.running.workspace.id
    luca = await stage.running.rituals.actors.find(workspace, stage.luca.id, now)
    said = Answer(
        known[PRICE], Decimal(7), Confidence.RED.given, note=f"{MARK} wavers", win=f"{MARK}!", blocker=f"{MARK}?"
    )
    await stage.running.rituals.checkins.record(
        workspace, luca.actor, [said], via=Via.MODAL, source="said", now=now, day=None
    )
    await stage.running.rituals.deliverer.deliver_changes(now, workspace=workspace)


async def _drafts(stage: Stage) -> None:
    """Luca proposes one more key result; Dana changes the objective, which she could undo."""
    known = await _known(stage)
    now, rituals, workspace = datetime.now(UTC), stage.running.rituals, stage.running.workspace.id
    luca = await rituals.actors.find(workspace, stage.luca.id, now)
    measure = Measure(MeasureKind.INCREASE, baseline=Decimal(0), target=Decimal(9))
    words: dict[str, Any] = {
        "objective_id": known["plan"],
        "key_result_id": "",
        "number": 1,
        "title": f"{MARK} draft",
        "measure": measure,
        "owner": stage.luca.id,
        "check_in_owner": "",
        "source": "",
        "weight": Decimal(1),
        "actions": (),
        "state": None,
        "reason": "",
        "seen": {},
    }
    await rituals.key_results.add(Act(workspace, luca, "draft", now), KeyResultWords(**words))


async def _known(stage: Stage) -> dict[str, str]:
    """The ids of what is private, as somebody may have them from a button."""
    titles = {PLAN: "plan", PRICE: "price", STEPS: "steps", LOVE: "love"}
    found = [
        *await stage.kept("SELECT title, id FROM objectives"),
        *await stage.kept("SELECT title, id FROM key_results"),
    ]
    ((round,),) = await stage.kept(
        "SELECT r.id FROM rounds r JOIN teams t ON t.id = r.team_id WHERE t.key = 'growth' ORDER BY r.date LIMIT 1"
    )
    ((delivery,),) = await stage.kept("SELECT id FROM deliveries WHERE kind = 'digest' AND round_id = :id", id=round)
    known = {titles[title]: id for title, id in found if title in titles}
    return {**known, "round": round, "delivery": delivery, "source": "draft"}


async def _tries(stage: Stage, who: str, names: list[str]) -> set[str]:
    """The surfaces on which something private went out while somebody acted there."""
    person = getattr(stage, who)
    somebody = Somebody(stage, person, await _known(stage))
    found = set()
    for name in names:
        before = _newest(stage)
        await TABLE[name](somebody)
        await stage.settle()
        if any(told(one) for one in stage.playground.traffic if one.n > before and not _is_inside(stage, one)):
            found.add(name)
    return found


def _newest(stage: Stage) -> int:
    return max((one.n for one in stage.playground.traffic), default=0)


def _is_inside(stage: Stage, entry: Entry) -> bool:
    """Whether it went to the team's channel, or to somebody who is in it."""
    request = entry.body.get("request") or {} if isinstance(entry.body, dict) else {}
    address = request.get("channel") or request.get("user_id") or ""
    insiders = (stage.dana, stage.luca)
    direct = {message.channel for one in insiders for message in one.reads()}
    return address in {stage.growth.id, *(one.id for one in insiders), *direct}


async def test_every_surface_there_is_has_its_row(lived: Stage) -> None:
    assert everything(lived) == TABLE.keys()


@pytest.mark.parametrize("who", OUTSIDERS.values(), ids=OUTSIDERS)
async def test_whoever_is_outside_reads_of_it_nowhere(lived: Stage, who: str) -> None:
    assert await _tries(lived, who, sorted(TABLE)) == set()


@pytest.mark.parametrize("view", [ids.OBJECTIVE_VIEW, ids.KEY_RESULT_VIEW, ids.REVIEW_VIEW])
async def test_whoever_is_refused_is_nobody_of_the_company_by_it(lived: Stage, view: str) -> None:
    await TABLE[f"view {view}"](Somebody(lived, lived.otto, await _known(lived)))
    assert await lived.kept("SELECT key FROM people WHERE slack_id = :id", id=lived.otto.id) == []


async def test_an_admin_outside_confirms_nothing_private_under_an_open_objective(lived: Stage) -> None:
    elena = Somebody(lived, lived.elena, await _known(lived))
    await TABLE[f"view {ids.REVIEW_VIEW}"](elena)
    assert await lived.kept("SELECT state FROM key_results WHERE title = :title", title=IDEA) == [("draft",)]


async def test_its_owner_reads_of_it_where_it_belongs(lived: Stage) -> None:
    before = _newest(lived)
    somebody = Somebody(lived, lived.luca, await _known(lived))
    found = set()
    for name in sorted(BELONGS):
        before = _newest(lived)
        await TABLE[name](somebody)
        if any(told(one) for one in lived.playground.traffic if one.n > before):
            found.add(name)
    assert found == BELONGS


async def test_no_message_of_the_week_has_brought_it_to_anybody_else(lived: Stage) -> None:
    posted = [one for one in lived.playground.traffic if one.name in ("chat.postMessage", "chat.update")]
    assert any(told(one) for one in posted)
    assert [one for one in posted if told(one) and not _is_inside(lived, one)] == []
    assert MARK in lived.growth.reads()[-1].shown


async def test_what_counts_does_not_count_it_for_those_outside(lived: Stage) -> None:
    inside = (await lived.asks(lived.luca, "/okr status off-track")).shown
    outside = (await lived.asks(lived.priya, "/okr status off-track")).shown
    assert PRICE in inside
    assert "1 off track" in inside
    assert outside == "Off track\nNothing here right now. 🎉"
