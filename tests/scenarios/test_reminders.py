"""Reminders: twice at most, only to those who owe an answer, at hours people work; and *Later*."""

from datetime import timedelta

from tests import companies
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
    assert lite.dana.reads()[-1].buttons == ["Check in"]
    await lite.dana.clicks("Later", message=prompt)
    told = lite.dana.sees_ephemerals()[-1].shown
    assert told == "That was the last reminder. You can check in any time with /okr checkin."


def _offered(stage: Stage) -> list[str]:
    assert stage.dana.modal is not None
    (block,) = stage.dana.modal.json["blocks"]
    return [option["text"]["text"] for option in block["element"]["options"]]


async def test_nobody_is_said_to_be_away_over_a_new_check_in_owner(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.imports(companies.with_changed_key_result("launch", check_in_owner="dana"))
    await lite.comes("Mon 16 Nov 15:00")
    assert len(lite.dana.reads()) == 2
    assert not any("che è via" in one.shown for one in lite.luca.reads())
