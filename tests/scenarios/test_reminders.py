"""Reminders: twice at most, only to those who owe an answer, at hours people work; and *Later*."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update
from sqlmodel import col

from okr.deliveries import DeliveryState
from okr.errors import TooLate
from storage import reminders
from storage.tables import DeliveryRow
from tests import companies
from tests.making import MONDAY
from tests.stage import ROME, Stage, at

BOTH = {"Returning customers": ("50", "On track"), "Refunds a week": ("95", "At risk")}


async def test_reminders_come_in_the_afternoon_and_before_the_digest(lite: Stage) -> None:
    heard = []
    for when in ("Mon 16 Nov 09:00", "Mon 16 Nov 14:59", "Mon 16 Nov 15:00", "Mon 16 Nov 17:59", "Mon 16 Nov 18:00"):
        await lite.comes(when)
        heard.append(len(lite.dana.reads()))
    assert heard == [1, 1, 2, 2, 3]
    await lite.comes("Tue 17 Nov 09:00")
    assert len(lite.dana.reads()) == 3


async def test_reminders_say_only_what_is_missing(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.answers(lite.dana, {"Refunds a week": ("95", "At risk")})
    await lite.comes("Mon 16 Nov 15:00")
    reminder = lite.dana.reads()[-1].shown
    assert reminder.startswith("A small reminder: 1 key result is still open")
    assert "Returning customers" in reminder
    assert "Refunds a week" not in reminder


async def test_who_has_answered_is_left_in_peace(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.answers(lite.dana, BOTH)
    for when in ("Mon 16 Nov 15:00", "Mon 16 Nov 18:00", "Tue 17 Nov 10:00", "Wed 18 Nov 09:00"):
        await lite.comes(when)
    assert len(lite.dana.reads()) == 1
    assert len(lite.luca.reads()) == 3


async def test_after_the_digest_there_is_silence_until_the_next_monday(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.comes("Mon 16 Nov 15:00")
    await lite.comes("Mon 16 Nov 18:00")
    for day in ("Tue 17", "Wed 18", "Thu 19", "Fri 20", "Sat 21", "Sun 22"):
        for hour in ("10:00", "15:00", "18:00"):
            await lite.comes(f"{day} Nov {hour}")
    assert len(lite.dana.reads()) == 3


async def test_a_reminder_that_was_answered_says_thank_you(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.comes("Mon 16 Nov 15:00")
    await lite.answers(lite.dana, BOTH)
    assert [one.shown.split("\n")[0] for one in lite.dana.reads()] == [
        "Thank you, Dana. 2 key results checked in.",
        "All in. Thank you, Dana!",
    ]


async def test_a_tick_that_comes_a_little_late_costs_nobody_the_next_reminder(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.moves_to(at("2026-11-16 15:00", ROME) + timedelta(seconds=14))
    await lite.moves_to(at("2026-11-16 18:00", ROME) + timedelta(seconds=1))
    assert len(lite.dana.reads()) == 3


async def test_a_team_may_choose_fewer_reminders(lite: Stage) -> None:
    await lite.imports(companies.WITHOUT_REMINDERS)
    await lite.comes("Mon 16 Nov 09:00")
    await lite.comes("Mon 16 Nov 15:00")
    await lite.comes("Mon 16 Nov 18:00")
    assert len(lite.dana.reads()) == 1


async def test_later_offers_only_hours_before_the_digest(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.comes("Mon 16 Nov 15:00")
    await lite.dana.clicks("Later", message=lite.dana.reads()[0])
    assert _offered(lite) == ["Monday 16:00", "Monday 17:00", "Monday 18:00", "Tuesday 09:00"]


async def test_later_takes_the_place_of_the_next_reminder(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:05")
    await lite.dana.clicks("Later")
    await lite.dana.submits({"When shall I ask again?": "Monday 12:00"})
    heard = []
    for when in ("Mon 16 Nov 12:00", "Mon 16 Nov 15:00", "Mon 16 Nov 18:00", "Tue 17 Nov 09:00"):
        await lite.comes(when)
        heard.append(len(lite.dana.reads()))
    assert heard == [2, 2, 3, 3]


async def test_later_at_the_hour_of_the_last_reminder_brings_one_message(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 13:00")
    await lite.dana.clicks("Later")
    await lite.dana.submits({"When shall I ask again?": "Monday 18:00"})
    await lite.comes("Mon 16 Nov 15:00")
    assert len(lite.dana.reads()) == 1
    await lite.comes("Mon 16 Nov 18:00")
    assert len(lite.dana.reads()) == 2
    await lite.comes("Tue 17 Nov 09:00")
    assert len(lite.dana.reads()) == 2


async def test_an_hour_that_was_chosen_counts_also_late_in_the_day(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.comes("Mon 16 Nov 15:00")
    await lite.dana.clicks("Later", message=lite.dana.reads()[-1])
    await lite.dana.submits({"When shall I ask again?": "Tuesday 09:00"})
    await lite.comes("Mon 16 Nov 18:00")
    assert len(lite.dana.reads()) == 2
    await lite.comes("Tue 17 Nov 09:00")
    assert lite.dana.reads()[-1].shown.startswith("A small reminder: 2 key results are still open")


async def test_after_the_last_reminder_there_is_no_later(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    prompt = lite.dana.reads()[0]
    await lite.comes("Mon 16 Nov 15:00")
    await lite.comes("Mon 16 Nov 18:00")
    assert lite.dana.reads()[-1].buttons == ["Check in", "Why this?"]
    await lite.dana.clicks("Later", message=prompt)
    told = lite.dana.sees_ephemerals()[-1].shown
    assert told == "That was the last reminder. You can check in any time with /okr checkin."


async def test_nobody_is_said_to_be_away_over_a_new_check_in_owner(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.imports(companies.with_changed_key_result("launch", check_in_owner="dana"))
    await lite.comes("Mon 16 Nov 15:00")
    assert len(lite.dana.reads()) == 2
    assert not any("che è via" in one.shown for one in lite.luca.reads())


async def test_whoever_chose_tomorrow_morning_hears_nothing_this_evening(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 14:00")
    await lite.dana.clicks("Later")
    await lite.dana.submits({"When shall I ask again?": "Tuesday 09:00"})
    for when in ("Mon 16 Nov 15:00", "Mon 16 Nov 18:00"):
        await lite.comes(when)
    assert len(lite.dana.reads()) == 1
    await lite.comes("Tue 17 Nov 09:00")
    assert len(lite.dana.reads()) == 2


async def test_a_mind_may_change_and_brings_one_message_all_the_same(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 14:00")
    for hour in ("Tuesday 09:00", "Monday 17:00"):
        await lite.dana.clicks("Later")
        await lite.dana.submits({"When shall I ask again?": hour})
    for when in ("Mon 16 Nov 17:00", "Mon 16 Nov 18:00", "Tue 17 Nov 09:00"):
        await lite.comes(when)
    assert len(lite.dana.reads()) == 2


@pytest.mark.parametrize("hour", ["2026-11-17 02:00", "2026-11-16 14:17", "2026-11-16 08:00", "2026-11-17 10:00"])
async def test_only_an_hour_that_was_offered_can_be_chosen(lite: Stage, hour: str) -> None:
    """In the night, in between, in the past, at the digest: whatever a form says."""
    await lite.comes("Mon 16 Nov 09:00")
    bot = lite.running
    dana = await bot.rituals.actors.find(bot.workspace.id, lite.dana.id, datetime.now(UTC))
    chosen = int(at(hour, ROME).timestamp())
    with pytest.raises(TooLate):
        await bot.rituals.prompts.put_off(bot.workspace.id, dana, MONDAY, chosen, datetime.now(UTC))
    await lite.comes("Mon 16 Nov 15:00")
    assert len(lite.dana.reads()) == 2


async def test_a_reminder_that_is_on_its_way_is_not_promised_for_later(stage: Stage) -> None:
    await stage.comes("Mon 16 Nov 09:00")
    ((reminder,),) = await stage.kept(
        "SELECT id FROM deliveries WHERE part = 1 AND kind = 'reminder' ORDER BY id LIMIT 1"
    )
    bot = stage.running
    async with bot.database.transaction() as tx:
        assert await reminders.move(tx, bot.workspace.id, reminder, at("2026-11-16 16:00", ROME))
    async with bot.database.transaction() as tx:
        await tx.exec(update(DeliveryRow).where(col(DeliveryRow.id) == reminder).values(state=DeliveryState.LEASED))
    async with bot.database.transaction() as tx:
        assert not await reminders.move(tx, bot.workspace.id, reminder, at("2026-11-16 17:00", ROME))


def _offered(stage: Stage) -> list[str]:
    assert stage.dana.modal is not None
    (block,) = stage.dana.modal.json["blocks"]
    return [option["text"]["text"] for option in block["element"]["options"]]


async def test_who_is_asked_twice_in_a_week_is_reminded_in_the_first_half_alone(lite: Stage) -> None:
    await lite.imports(companies.DANA_ON_MONDAY_AND_THURSDAY)
    for when in ("Mon 16 Nov 09:00", "Mon 16 Nov 15:00", "Mon 16 Nov 18:00", "Tue 17 Nov 10:00"):
        await lite.comes(when)
    before = len(lite.dana.reads())
    assert before == 3
    for when in ("Thu 19 Nov 09:00", "Thu 19 Nov 15:00", "Thu 19 Nov 18:00", "Fri 20 Nov 10:00"):
        await lite.comes(when)
    assert len(lite.dana.reads()) == before + 1, "the prompt; what would come after it is one too many for a week"
