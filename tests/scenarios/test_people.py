"""People change: they move, speak another language, take another name, or leave."""

from datetime import UTC, datetime

import pytest

from handlers.people import read_member
from rituals.messenger import Member
from tests import companies
from tests.stage import NEW_YORK, Stage
from tests.statements import counted

RETURNING, REFUNDS, CARD = "Returning customers", "Refunds a week", "The loyalty card is out"


async def test_who_moves_before_monday_is_asked_at_nine_where_they_are(stage: Stage) -> None:
    await stage.playground.change(stage.dana, tz=NEW_YORK)
    await stage.comes("Mon 16 Nov 09:00")
    assert stage.dana.reads() == []
    assert len(stage.luca.reads()) == 1
    await stage.comes("Mon 16 Nov 09:00", NEW_YORK)
    assert "The digest goes to #growth on Tuesday 04:00, your time." in stage.dana.reads()[-1].shown
    await stage.comes("Tue 17 Nov 10:00")
    assert len(stage.growth.reads()) == 1


async def test_who_moves_east_is_asked_earlier(lite: Stage) -> None:
    await lite.playground.change(lite.luca, tz="Asia/Tokyo")
    await lite.comes("Mon 16 Nov 00:59")
    assert lite.luca.reads() == []
    await lite.comes("Mon 16 Nov 01:00")
    assert lite.luca.reads()[-1].shown.startswith("Ciao Luca")
    assert lite.dana.reads() == []
    await lite.comes("Mon 16 Nov 09:00")
    assert sum(one.shown.startswith("Ciao Luca") for one in lite.luca.reads()) == len(lite.dana.reads()) == 1


async def test_who_moves_after_being_asked_is_not_asked_again(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.playground.change(lite.dana, tz=NEW_YORK)
    await lite.comes("Mon 16 Nov 09:00", NEW_YORK)
    prompts = [one for one in lite.dana.reads() if one.shown.startswith("Hello")]
    assert len(prompts) == 1


async def test_who_lands_after_nine_on_the_day_is_still_asked(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 10:00")
    assert lite.marcus.reads() == []
    await lite.playground.change(lite.marcus, tz="Europe/Rome")
    await lite.comes("Mon 16 Nov 10:01")
    await lite.comes("Mon 16 Nov 15:00")
    prompts = [one for one in lite.marcus.reads() if one.shown.startswith("Hello")]
    assert len(prompts) == 1


async def test_strangers_cost_nothing_when_the_bot_starts(lite: Stage) -> None:
    with counted(lite) as among_few:
        await refreshes(lite)
    for number in range(150):
        lite.playground.person(f"stranger{number}", tz="Europe/Rome")
    await lite.stop_bot()
    await lite.start_bot()
    with counted(lite) as among_many:
        await refreshes(lite)
    assert len(among_many) == len(among_few) < 30


async def test_news_that_came_while_the_list_was_read_is_not_overwritten_by_it(
    lite: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    messenger = lite.running.rituals.people.messenger
    read = messenger.members

    async def slowly(workspace: str) -> list[Member]:
        members = await read(workspace)
        await lite.playground.change(lite.dana, real_name="Dana Verdi")
        return members

    monkeypatch.setattr(messenger, "members", slowly)
    await refreshes(lite)
    await lite.comes("Mon 16 Nov 09:00")
    await lite.answers(lite.dana, {REFUNDS: ("118", "Off track", "A bad batch")})
    await lite.comes("Tue 17 Nov 10:00")
    assert "Refunds a week – Dana Verdi" in lite.growth.reads()[-1].shown


async def refreshes(stage: Stage) -> None:
    """What the bot does when it starts."""
    await stage.running.rituals.people.refresh_all(stage.running.workspace.id, datetime.now(UTC))


def test_a_zone_slack_knows_and_we_do_not_is_as_none() -> None:
    user = {"id": "U0DANA001", "tz": "Mars/Olympus", "profile": {"real_name": "Dana Rossi"}}
    assert read_member(user).zone == ""


async def test_another_language_in_slack_is_the_language_of_the_next_message(lite: Stage) -> None:
    await lite.playground.change(lite.luca, locale="en-GB")
    await lite.comes("Mon 16 Nov 09:00")
    assert lite.luca.reads()[-1].shown.startswith("Hello Luca, 1 key result to check in")
    await lite.playground.change(lite.luca, locale="it-IT")
    await lite.comes("Mon 16 Nov 15:00")
    assert lite.luca.reads()[-1].shown.startswith("Un piccolo promemoria")


async def test_a_new_name_is_used_at_once(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.answers(lite.dana, {REFUNDS: ("118", "Off track", "A bad batch")})
    await lite.playground.change(lite.dana, real_name="Dana Verdi")
    await lite.comes("Tue 17 Nov 10:00")
    assert "Refunds a week – Dana Verdi" in lite.growth.reads()[-1].shown
    assert "Rossi" not in lite.growth.reads()[-1].shown


async def test_who_left_is_not_asked_and_the_lead_is_told_once_on_monday(stage: Stage) -> None:
    await stage.playground.deactivate(stage.luca)
    assert stage.dana.reads() == []
    await stage.comes("Mon 16 Nov 09:00")
    told = next(one.shown for one in stage.dana.reads() if "lost" in one.shown)
    assert told.startswith("1 key result has lost its owner\nThe loyalty card is out – Luca Bianchi")
    await stage.comes("Mon 23 Nov 09:00")
    assert sum("lost" in one.shown for one in stage.dana.reads()) == 1


async def test_several_key_results_without_an_owner_are_one_message(lite: Stage) -> None:
    await lite.playground.change(lite.elena, locale="en-GB")
    await lite.playground.deactivate(lite.dana)
    await lite.comes("Mon 16 Nov 09:00")
    (told,) = lite.elena.reads()
    assert told.shown.startswith("2 key results have lost their owner")
    assert RETURNING in told.shown
    assert REFUNDS in told.shown


async def test_who_leaves_during_the_week_is_told_about_on_the_next_monday(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.comes("Wed 18 Nov 11:00")
    await lite.playground.deactivate(lite.luca)
    before = len(lite.dana.reads())
    await lite.comes("Fri 20 Nov 11:00")
    assert len(lite.dana.reads()) == before
    await lite.comes("Mon 23 Nov 09:00")
    assert sum("has lost its owner" in one.shown for one in lite.dana.reads()) == 1


async def test_of_the_next_owner_who_leaves_the_lead_is_told_too(lite: Stage) -> None:
    await lite.playground.deactivate(lite.luca)
    await lite.imports(companies.without_luca("marcus"))
    await lite.comes("Mon 16 Nov 09:00")
    assert not any("lost" in one.shown for one in lite.dana.reads())
    await lite.playground.deactivate(lite.marcus)
    await lite.comes("Mon 23 Nov 09:00")
    told = next(one.shown for one in lite.dana.reads() if "lost" in one.shown)
    assert told.startswith(f"1 key result has lost its owner\n{CARD} – Marcus Green")


async def test_who_left_gets_no_reminder_and_the_digest_does_not_wait_for_them(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.playground.deactivate(lite.luca)
    await lite.comes("Mon 16 Nov 15:00")
    await lite.comes("Tue 17 Nov 10:00")
    digest = lite.growth.reads()[-1].shown
    assert "The loyalty card is out – Luca Bianchi (has left)" in digest
    assert "Still waiting to hear from Dana Rossi." in digest


async def test_a_new_owner_in_the_company_file_makes_the_notice_needless(lite: Stage) -> None:
    await lite.playground.deactivate(lite.luca)
    await lite.imports(companies.DANA_TAKES_OVER)
    await lite.comes("Mon 16 Nov 09:00")
    (prompt,) = lite.dana.reads()
    assert prompt.shown.startswith("Hello Dana, 3 key results to check in")


async def test_who_comes_back_is_asked_again(lite: Stage) -> None:
    await lite.playground.deactivate(lite.luca)
    await lite.comes("Mon 16 Nov 09:00")
    await lite.comes("Tue 17 Nov 10:00")
    await lite.playground.change(lite.luca, deleted=False)
    await lite.comes("Mon 23 Nov 09:00")
    assert lite.luca.reads()[-1].shown.startswith("Ciao Luca, 1 risultato chiave")
