"""*Why this?* under each message the bot sends of itself: answered to whoever presses it, about themselves."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text as sql

from blocks import ids, why
from playground import Channel, Person, SeenMessage
from tests import companies
from tests.stage import Stage

DEPUTY = companies.with_people(dana={"deputy": "luca"})
CHANGE = "To change it: Later moves my next reminder; /okr away until Monday when you are away."


async def test_a_prompt_says_which_team_which_rhythm_which_key_results_and_whose_clock(stage: Stage) -> None:
    await stage.comes("Mon 16 Nov 09:00")
    assert await _why(stage.dana) == (
        "I asked on Monday 16 November at 09:00, your time.\n"
        "Growth asks: Every Monday at 09:00, each in their own zone; digest Tuesday at 10:00\n"
        "• Refunds a week: it is yours\n"
        "• Returning customers: it is yours\n"
        "I go by the time zone in your Slack profile: Europe/Rome.\n"
        f"{CHANGE}"
    )
    assert "qualcun altro: Dana Rossi, o un admin." in await _why(stage.luca)


async def test_the_receipt_and_a_closed_round_still_say_it(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    asked = await _why(lite.dana)
    await lite.answers(lite.dana, {"Returning customers": ("52", "At risk"), "Refunds a week": ("95", "On track")})
    assert lite.dana.reads()[0].shown.startswith("Thank you, Dana.")
    assert await _why(lite.dana) == asked
    for when in ("Tue 17 Nov 10:00", "Mon 23 Nov 08:00"):
        await lite.comes(when)
    assert await _why(lite.dana) == asked


async def test_a_reminder_says_that_it_is_one_and_who_chose_its_hour(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.comes("Mon 16 Nov 15:00")
    said = await _why(lite.dana, nth=1)
    assert said.startswith("A reminder for what was not answered yet: Monday 16 November, 15:00 your time.")
    await lite.dana.clicks("Later", message=_messages(lite.dana)[0])
    await lite.dana.submits({"When shall I ask again?": "Monday 17:00"})
    await lite.comes("Mon 16 Nov 17:00")
    assert (await _why(lite.dana, nth=2)).startswith("A reminder at the hour you chose: Monday 16 November, 17:00")


async def test_a_deputy_reads_for_whom(lite: Stage) -> None:
    await lite.playground.change(lite.luca, locale="en-GB")
    await lite.imports(DEPUTY)
    await lite.comes("Sun 15 Nov 18:00")
    await lite.asks(lite.dana, "/okr away until Friday")
    await lite.comes("Mon 16 Nov 09:00")
    said = await _why(lite.luca)
    assert "• Refunds a week: you stand in for Dana Rossi, who is away" in said
    assert "• The loyalty card is out: it is yours" in said
    assert "Another rhythm, or somebody else to ask: Dana Rossi, or an admin." in said


async def test_whoever_checks_in_for_somebody_reads_whose_it_is(lite: Stage) -> None:
    await lite.playground.change(lite.luca, locale="en-GB")
    await lite.imports(companies.LUCA_CHECKS_IN_FOR_DANA)
    await lite.comes("Mon 16 Nov 09:00")
    assert "• Returning customers: it is Dana Rossi’s, and you check in on it" in await _why(lite.luca)


async def test_two_teams_and_a_day_off_are_said(lite: Stage) -> None:
    await lite.imports(companies.DANA_IN_TWO_TEAMS)
    await lite.comes("Mon 16 Nov 08:00")
    said = await _why(lite.dana)
    assert said.startswith("One message for all your teams, at the earliest of their hours: Monday 16 November, 08:00")
    assert "Growth asks: " in said
    assert "Northwind asks: Every Monday at 08:00" in said


async def test_a_prompt_that_a_holiday_moved_says_so(lite: Stage) -> None:
    tuesdays = {"rhythm": {"on": "tuesday", "whose": "team", "digest": {"on": "thursday"}}}
    await lite.imports(companies.with_people(tuesdays))
    await lite.comes("Wed 9 Dec 09:00")
    said = await _why(lite.dana)
    assert "I asked on Wednesday 9 December at 09:00, your time." in said
    assert "It moved from Tuesday 8 December to your next working day: public holiday." in said
    assert "The team’s time zone is Europe/Rome." in said


async def test_who_went_away_after_being_asked_reads_why_nobody_waits(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.asks(lite.dana, "/okr away until Friday")
    assert (await _why(lite.dana)).startswith("I asked, then stopped waiting for you: away.")


async def test_who_handed_it_to_a_deputy_reads_that_it_has_passed_on(lite: Stage) -> None:
    await lite.imports(DEPUTY)
    await lite.comes("Mon 16 Nov 09:00")
    await lite.asks(lite.dana, "/okr away until Friday")
    assert "it has passed to somebody else" in await _why(lite.dana)


async def test_a_digest_says_whose_rhythm_brings_it_who_set_it_and_what_to_do(stage: Stage) -> None:
    await stage.comes("Mon 16 Nov 09:00")
    await stage.comes("Tue 17 Nov 10:00")
    told = (
        "This is the digest of Growth for Monday 16 November. "
        "It comes at the end of each round, to all in this channel.\n"
        "Rhythm: Every Monday at 09:00, each in their own zone; digest Tuesday at 10:00. "
        "Digests go by the time zone Europe/Rome.\n"
        "It was set in the company file on Sunday 15 November.\n"
        "To change it: ask Dana Rossi, who leads the team, or an admin. It notifies nobody: "
        "whoever reads it only now and then can mute the channel."
    )
    assert await _why(stage.dana, where=stage.growth) == told
    assert (await _why(stage.luca, where=stage.growth)).startswith("Questo è il riepilogo di Growth")
    assert stage.growth.reads()[-1].shown.endswith("[Why this?]"), "nobody else sees the answer"


async def test_a_message_on_return_says_so(lite: Stage) -> None:
    await lite.comes("Sun 15 Nov 18:00")
    await lite.asks(lite.dana, "/okr away from tomorrow until Wednesday")
    for when in ("Mon 16 Nov 09:00", "Tue 17 Nov 10:00", "Thu 19 Nov 09:00"):
        await lite.comes(when)
    assert _messages(lite.dana)[0].buttons == ["Check in", "Why this?"]
    said = await _why(lite.dana)
    assert said.startswith("You were away from Monday 16 November on, and this is your first day of work since.")
    assert "/okr back ends leave early" in said


async def test_a_notice_to_a_lead_says_why_it_is_theirs(lite: Stage) -> None:
    await lite.playground.change(lite.elena, locale="en-GB")
    await lite.imports(companies.ELENA_LEADS_GROWTH)
    await lite.comes("Wed 18 Nov 12:00")
    await lite.playground.change(lite.dana, deleted=True)
    await lite.comes("Mon 23 Nov 09:00")
    said = await _why(lite.elena)
    assert said.startswith("These key results of Growth have nobody I can ask, and you lead the team")


async def test_a_digest_a_channel_did_not_take_says_why_the_lead_reads_it(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.growth.archive()
    await lite.comes("Tue 17 Nov 10:00")
    lite.forgives("is_archived")
    brought = _messages(lite.dana)[-1]
    assert brought.buttons.count("Why this?") == 1
    said = await _why(lite.dana, nth=-1)
    assert said.startswith("The channel of Growth did not take this digest. You lead the team")
    assert (await _reads(lite, lite.luca, f"why:unposted:0:{await _round(lite)}")).startswith("Non so più perché")


async def test_whoever_reads_the_channel_is_answered_named_in_the_company_or_not(lite: Stage) -> None:
    await lite.growth.invite(lite.nora)
    await lite.comes("Mon 16 Nov 09:00")
    await lite.comes("Tue 17 Nov 10:00")
    assert (await _why(lite.nora, where=lite.growth)).startswith("This is the digest of Growth for Monday 16 November.")


async def test_others_learn_nothing_and_are_answered_kindly(lite: Stage) -> None:
    await lite.imports(companies.WITH_A_GUEST)
    await lite.comes("Mon 16 Nov 09:00")
    for person, answer in (
        (lite.nora, "This was for somebody the company file names, and it does not name you."),
        (lite.omar, "I no longer know why: it was long ago, it was for somebody else"),
        (lite.priya, "I no longer know why"),
    ):
        for value in ("why:prompt:0:2026-11-16", "why:welcome:0:2026-11-16", "why:notice:0:2026-11-16"):
            said = await _reads(lite, person, value)
            assert said.startswith(answer) or person is lite.priya
            assert "Refunds" not in said


@pytest.mark.parametrize(
    "value", ["", "day:2026-11-16", "why:prompt:x:never", "why:poem:0:2026-11-16", "why:digest:0:"]
)
async def test_a_button_of_another_version_is_answered_too(lite: Stage, value: str) -> None:
    assert (await _reads(lite, lite.dana, value)).startswith("I no longer know why")


async def test_old_messages_are_explained_when_their_round_is_gone(stage: Stage) -> None:
    await stage.comes("Mon 16 Nov 09:00")
    await stage.comes("Tue 17 Nov 10:00")
    async with stage.running.database.transaction() as tx:
        for table in ("asks", "deliveries", "rounds"):
            await tx.exec(sql(f"DELETE FROM {table}"))  # type: ignore[call-overload]
    assert (await _why(stage.dana)).startswith("I no longer know why: it was long ago")
    assert (await _why(stage.dana, where=stage.growth)).startswith("I no longer know why: it was long ago")


async def test_it_costs_no_further_call_to_slack(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 08:59")
    before = len(lite.playground.traffic)
    await lite.comes("Mon 16 Nov 09:00")
    calls = [one.name for one in lite.playground.traffic[before:] if "." in one.name]
    assert calls == ["chat.postMessage"] * 2, "one each for Dana and Luca"


async def _why(person: Person, *, nth: int = 0, where: Channel | None = None) -> str:
    """What a person reads who presses the button under a message of the bot's."""
    message = (where.reads() if where else _messages(person))[nth]
    assert message.buttons[-1] == {"en": "Why this?", "it": "Perché?"}[_speaks(message)]
    await person.clicks(message.buttons[-1], message=message)
    answer = person.sees_ephemerals(where)[-1]
    assert answer.ephemeral
    return answer.shown


def _messages(person: Person) -> list[SeenMessage]:
    return [one for one in person.reads() if not one.ephemeral]


def _speaks(message: SeenMessage) -> str:
    return "it" if "Perché?" in message.buttons else "en"


async def _reads(stage: Stage, person: Person, value: str) -> str:
    """The answer to somebody who could press a button with this value."""
    rituals, workspace = stage.running.rituals, stage.running.workspace.id
    reader = await rituals.actors.find(workspace, person.id, datetime.now(UTC))
    found = await rituals.reasons.why(workspace, reader, ids.read_message(value))
    return why.render(found, reader.language).text


async def _round(stage: Stage) -> str:
    ((id,),) = await stage.kept("SELECT r.id FROM rounds r JOIN teams t ON t.id = r.team_id WHERE t.key = 'growth'")
    return str(id)
