"""Messages nobody asked for: what is private stands in them only for those who may read it."""

from datetime import UTC, datetime
from decimal import Decimal

from okr.checkins import Answer, Via
from okr.confidence import Confidence
from tests import companies
from tests.stage import Stage

TAKEOVER, UPTIME = "Price of the takeover", "Uptime stays high"


async def test_the_digest_of_a_private_channel_tells_its_own_people(lite: Stage) -> None:
    lite.growth.conversation.private = True
    await lite.imports(companies.WITH_A_SECRET)
    await lite.comes("Mon 16 Nov 09:00")
    await lite.answers(lite.dana, {TAKEOVER: ("10", "Off track", "They ask for more")})
    await lite.comes("Tue 17 Nov 10:00")
    digest = lite.growth.reads()[-1].shown
    assert TAKEOVER in digest
    assert "1 of 4 answered" in digest


async def test_the_digest_of_a_channel_anybody_can_join_does_not_even_count_it(lite: Stage) -> None:
    await lite.imports(companies.WITH_A_SECRET)
    await lite.comes("Mon 16 Nov 09:00")
    await lite.answers(lite.dana, {TAKEOVER: ("10", "Off track", "They ask for more")})
    await lite.comes("Tue 17 Nov 10:00")
    digest = lite.growth.reads()[-1].shown
    assert TAKEOVER not in digest
    assert "0 of 3 answered" in digest


async def test_a_digest_that_goes_to_a_lead_instead_of_the_channel_tells_nothing_private(lite: Stage) -> None:
    lite.growth.conversation.private = True
    await lite.imports(companies.WITH_A_SECRET)
    await lite.comes("Mon 16 Nov 09:00")
    await lite.growth.archive()
    await lite.comes("Tue 17 Nov 10:00")
    told = [one.shown for one in lite.dana.reads() if "could not be posted" in one.shown]
    assert len(told) == 1
    assert TAKEOVER not in told[0]
    lite.forgives("is_archived")


async def test_a_lead_further_up_is_not_told_of_what_is_private_below(lite: Stage) -> None:
    await lite.playground.change(lite.elena, locale="en-GB")
    await lite.imports(companies.WITH_A_SECRET)
    await lite.growth.kick(lite.elena)
    await lite.reads_channels()
    await lite.playground.deactivate(lite.dana)
    await lite.comes("Mon 16 Nov 09:00")
    (told,) = [one.shown for one in lite.elena.reads() if "lost their owner" in one.shown]
    assert "Returning customers" in told
    assert TAKEOVER not in told


async def test_a_deputy_s_message_does_not_go_on_telling_what_is_private(lite: Stage) -> None:
    await lite.imports(companies.PRIYA_STANDS_IN_FOR_MARCUS_IN_SECRET)
    await lite.is_away(lite.marcus, until="2026-11-17")
    await lite.comes("Mon 16 Nov 16:00")
    (asked,) = [one for one in lite.priya.reads() if UPTIME in one.shown]
    await lite.comes("Wed 18 Nov 16:00")
    await _says(lite, UPTIME, "99.7")
    (again,) = [one for one in lite.priya.reads() if one.ts == asked.ts]
    assert again.shown != asked.shown
    assert UPTIME not in again.shown
    assert "99.7" not in again.shown


async def _says(stage: Stage, title: str, value: str) -> None:
    """Marcus, who is back, answers late."""
    ((key_result,),) = await stage.kept("SELECT id FROM key_results WHERE title = :title", title=title)
    now, rituals, workspace = datetime.now(UTC), stage.running.rituals, stage.running.workspace.id
    marcus = await rituals.actors.find(workspace, stage.marcus.id, now)
    said = Answer(key_result, Decimal(value), Confidence.GREEN.given)
    await rituals.checkins.record(workspace, marcus.actor, [said], via=Via.MODAL, source="late", now=now)
    await rituals.deliverer.deliver_changes(now, workspace=workspace)
