"""What happens while a form is open: others answer, key results go, Slack stumbles, weeks pass."""

import asyncio
from datetime import UTC, datetime

from tests import companies
from tests.form import fills_in, titles
from tests.stage import Stage

RETURNING, REFUNDS = "Returning customers", "Refunds a week"


async def test_whoever_would_replace_somebody_elses_answer_is_told_first(lite: Stage) -> None:
    await lite.imports(companies.ELENA_LEADS_GROWTH)
    await lite.comes("Mon 16 Nov 09:00")
    await lite.dana.clicks("Check in")
    await lite.answers(lite.elena, {REFUNDS: ("100", "On track")}, "@dana")
    await fills_in(lite.dana, REFUNDS, "95", "On track")
    await fills_in(lite.dana, RETURNING, "45", "On track")
    await lite.dana.submits()
    assert lite.dana.modal is not None
    assert "Elena Ferri answered this while you were at it. Save again to replace it." in lite.dana.modal.text
    await lite.dana.submits()
    assert lite.dana.modal is None
    values = "SELECT value FROM checkins JOIN key_results k ON k.id = key_result_id WHERE title = :title ORDER BY at"
    assert await lite.kept(values, title=REFUNDS) == [("100",), ("95",)]


async def test_a_key_result_that_was_paused_meanwhile_is_left_out_and_the_others_are_saved(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.dana.clicks("Check in")
    await fills_in(lite.dana, REFUNDS, "95", "On track")
    await fills_in(lite.dana, RETURNING, "45", "On track")
    await lite.imports(companies.with_changed_key_result("refunds", state="paused"))
    await lite.dana.submits()
    assert lite.dana.modal is not None
    assert "Saved: 1 key result. Thank you!" in lite.dana.modal.text
    assert "“Refunds a week” is no longer active, so there is nothing to answer." in lite.dana.modal.text
    assert await lite.kept("SELECT value FROM checkins") == [("45",)]


async def test_the_next_page_leaves_out_what_was_paused_meanwhile(lite: Stage) -> None:
    await lite.imports(companies.PRIYA_HAS_SEVEN)
    await lite.comes("Mon 16 Nov 09:00", "Asia/Kolkata")
    await lite.priya.clicks("Check in")
    here = titles(lite.priya)
    paused = next(title for title in (f"Guide number {n}" for n in range(1, 7)) if title not in here)
    for title in here:
        await fills_in(lite.priya, title, "5", "On track")
    await lite.imports(companies.paused(companies.PRIYA_HAS_SEVEN, paused))
    await lite.priya.submits()
    assert lite.priya.modal is not None
    assert f"“{paused}” is no longer active" in lite.priya.modal.text
    assert paused not in titles(lite.priya)
    assert not set(here) & set(titles(lite.priya))


async def test_a_saved_page_stays_saved_though_slack_refuses_what_follows(lite: Stage) -> None:
    await lite.imports(companies.PRIYA_HAS_SEVEN)
    await lite.comes("Mon 16 Nov 09:00", "Asia/Kolkata")
    await lite.priya.opens_home()
    lite.playground.faults.refuse("views.publish", "internal_error")
    await lite.priya.clicks("Check in", message=lite.priya.reads()[-1])
    for title in titles(lite.priya):
        await fills_in(lite.priya, title, "5", "On track")
    await lite.priya.submits()
    assert lite.priya.modal is not None
    assert lite.priya.modal.title == "Check-in 2 of 3"
    assert "Something" not in lite.priya.modal.text


async def test_many_taps_on_nothing_changed_are_one_answer_and_never_replace_a_newer_one(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.answers(lite.dana, {RETURNING: ("45", "On track"), REFUNDS: ("100", "On track")})
    await lite.comes("Mon 23 Nov 09:00")
    dana = await lite.running.rituals.actors.find(lite.running.workspace.id, lite.dana.id, datetime.now(UTC))
    ((id,),) = await lite.kept("SELECT id FROM key_results WHERE title = :title", title=RETURNING)
    repeat = lite.running.rituals.checkins.repeat
    await asyncio.gather(
        *(
            repeat(lite.running.workspace.id, dana, source=f"tap {n}", now=datetime.now(UTC), key_result_id=id)
            for n in range(3)
        )
    )
    assert await lite.kept("SELECT COUNT(*) FROM checkins WHERE via = 'one tap'") == [(1,)]
    await lite.answers(lite.dana, {RETURNING: ("47", "On track")})
    await repeat(lite.running.workspace.id, dana, source="late tap", now=datetime.now(UTC), key_result_id=id)
    assert "47%" in lite.dana.reads()[-1].shown


async def test_nothing_changed_where_all_is_answered_says_so(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.answers(lite.dana, {RETURNING: ("45", "On track"), REFUNDS: ("100", "On track")})
    await lite.comes("Mon 23 Nov 09:00")
    tapped = lite.dana.reads()[-1]
    lite.playground.faults.ratelimit("chat.update", 30, times=9)
    await lite.dana.clicks("Nothing changed for both", message=tapped)
    await lite.dana.clicks("Nothing changed for both", message=tapped)
    assert lite.dana.sees_ephemerals()[-1].shown.startswith("Everything here has its answer already.")


async def test_an_edit_stays_in_its_week_until_the_next_round_opens(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.answers(lite.dana, {RETURNING: ("45", "On track"), REFUNDS: ("100", "On track")})
    await lite.comes("Tue 17 Nov 10:00")
    await lite.comes("Fri 20 Nov 10:00")
    await lite.answers(lite.dana, {RETURNING: ("48", "On track")})
    assert "48%" in lite.growth.reads()[-1].shown
    await lite.comes("Mon 23 Nov 09:00")
    assert lite.dana.reads()[-1].shown.startswith("Hello Dana, 2 key results to check in")


async def test_an_edit_on_an_old_receipt_says_which_week_it_counts_for(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.answers(lite.dana, {RETURNING: ("45", "On track"), REFUNDS: ("100", "On track")})
    old = lite.dana.reads()[-1]
    await lite.comes("Tue 17 Nov 10:00")
    await lite.comes("Mon 23 Nov 09:00")
    await lite.dana.clicks("Edit: Returning customers", message=old)
    assert lite.dana.modal is not None
    assert "This counts for the check-in of Monday 23 November." in lite.dana.modal.text


async def test_what_was_never_answered_ends_when_the_next_round_opens(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    for when in ("Mon 16 Nov 15:00", "Tue 17 Nov 10:00"):
        await lite.comes(when)
    prompt, reminder = lite.dana.reads()
    assert prompt.buttons == ["Check in", "Why this?"]
    said, *_ = reminder.shown.splitlines()
    assert said == "This reminder is over. The digest in #growth was posted without your answer."
    assert "Dana Rossi" in lite.growth.reads()[0].shown.split("Still waiting")[-1]
    await lite.comes("Mon 23 Nov 09:00")
    old = lite.dana.reads()[0]
    assert "A newer check-in has opened since, so nothing waits for you here." in old.shown
    assert old.buttons == ["Why this?"]
    assert "Still waiting" not in lite.growth.reads()[0].shown
    assert "No answer came from" in lite.growth.reads()[0].shown


async def test_with_two_open_rounds_an_answer_goes_to_the_one_that_asked(lite: Stage) -> None:
    await lite.playground.change(lite.priya, tz="Pacific/Auckland")
    await lite.imports(companies.PLATFORM_ASKS_MONDAY_AND_TUESDAY)
    await lite.comes("Mon 16 Nov 09:00", "America/New_York")
    await lite.comes("Mon 16 Nov 15:30", "America/New_York")
    assert await lite.kept("SELECT COUNT(*) FROM rounds JOIN teams t ON t.id = team_id WHERE t.key = 'platform'") == [
        (2,)
    ], "Tuesday's round has opened in Auckland"
    await lite.marcus.clicks("Check in")
    for title, value in (("Revenue from partners", "20000"), ("Uptime stays high", "99.9")):
        await fills_in(lite.marcus, title, value, "On track")
    await lite.marcus.submits()
    await lite.comes("Mon 16 Nov 18:00", "America/New_York")
    assert "Still waiting to hear from Marcus" not in lite.platform.reads()[-1].shown
    assert lite.marcus.reads()[0].shown.startswith("Thank you, Marcus")


async def test_what_ends_mid_round_is_neither_reminded_nor_waited_for(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.imports(companies.with_changed_key_result("launch", state="paused"))
    await lite.comes("Mon 16 Nov 15:00")
    assert len(lite.luca.reads()) == 1
    await lite.imports(companies.CYCLE_OVER)
    await lite.comes("Mon 16 Nov 15:15")
    assert len(lite.dana.reads()) == 2, "the prompt, and the reminder of 15:00 before the cycle ended"
    await lite.comes("Tue 17 Nov 10:00")
    assert len(lite.dana.reads()) == 2
    assert lite.growth.reads() == []


async def test_what_was_answered_early_stays_answered_when_the_round_moves_to_another_day(lite: Stage) -> None:
    await lite.dana.types("/okr checkin")
    for title in titles(lite.dana):
        await fills_in(lite.dana, title, "45", "On track")
    await lite.dana.submits()
    await lite.dana.closes_all()
    await lite.imports(companies.with_team("growth", rhythm={"on": "tuesday"}))
    await lite.comes("Tue 17 Nov 09:00")
    assert lite.dana.reads() == []
    days = "SELECT date, r.state FROM rounds r JOIN teams t ON t.id = team_id WHERE t.key = 'growth'"
    assert await lite.kept(days) == [("2026-11-17", "open")]
