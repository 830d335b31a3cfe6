"""What a lead reads of findings nobody has answered: only what is still theirs to read when they read it."""

from datetime import UTC, datetime

from playground import Person
from tests import companies
from tests.stage import ROME, Stage, at

SECRET = "Secret takeover"
NOTICE_OF_THE_SEVENTH = "SELECT state FROM deliveries WHERE key LIKE 'notice:2026-12-07:%' AND part = 0"


async def lives_until(stage: Stage, until: str) -> None:
    """Every moment at which something is due, with nobody answering."""
    end = at(until, ROME)
    while (upcoming := await stage.running.rituals.agenda.next(datetime.now(UTC))) and upcoming.at <= end:
        await stage.moves_to(upcoming.at)


def led_by(lead: str, **objective: str) -> str:
    """The company with an objective of Luca's that runs past its cycle, private to the team this person leads."""
    secret = {
        "key": "takeover",
        "team": "growth",
        "cycle": "2026-q4",
        "title": SECRET,
        "owner": "luca",
        "private": "true",
        "to": "2027-01-20",
        "key_results": [companies.key_result("Offer drafted", "luca", key="offer", state="draft")],
        **objective,
    }
    teams = [{**one, "lead": lead} if one["key"] == "growth" else one for one in companies.parts()["teams"]]
    return companies.described(teams=teams, objectives=[*companies.parts()["objectives"], secret])


def heard(person: Person) -> int:
    """How many notices told somebody of the secret."""
    return sum("waited for an answer" in one.shown and SECRET in one.shown for one in person.reads())


async def test_whoever_stops_leading_before_monday_reads_nothing_and_the_lead_of_the_day_does(lite: Stage) -> None:
    await lite.imports(led_by("marcus"))
    await lives_until(lite, "2026-12-02 12:00")
    ((owed,),) = await lite.kept(
        "SELECT p.key FROM findings f JOIN people p ON p.id = f.lead_id WHERE family = 'dates'"
    )
    assert owed == "marcus"
    await lite.imports(led_by("dana"))
    await lives_until(lite, "2026-12-14 12:00")
    assert (heard(lite.marcus), heard(lite.dana)) == (0, 1)


async def test_a_lead_reads_nothing_of_what_was_changed_after_it_was_owed(lite: Stage) -> None:
    await lite.imports(led_by("dana"))
    await lives_until(lite, "2026-12-02 12:00")
    await lite.imports(led_by("dana", to="2027-01-10"))
    await lives_until(lite, "2026-12-08 12:00")
    assert heard(lite.dana) == 0


async def test_a_notice_that_was_not_sent_has_told_nobody(lite: Stage) -> None:
    await lite.imports(led_by("dana"))
    await lives_until(lite, "2026-12-07 08:00")
    lite.playground.faults.refuse("chat.postMessage", "invalid_blocks", times=50)
    await lives_until(lite, "2026-12-07 09:30")
    lite.playground.faults.waiting.clear()
    await lives_until(lite, "2026-12-14 12:00")
    assert [state for (state,) in await lite.kept(NOTICE_OF_THE_SEVENTH)] == ["failed"]
    assert heard(lite.dana) == 1


async def test_what_is_said_again_after_four_weeks_names_no_monday_that_has_passed(lite: Stage) -> None:
    await lite.imports(led_by("dana"))
    await lives_until(lite, "2026-12-23 12:00")
    ((said, lead),) = await lite.kept("SELECT date, lead_id FROM findings WHERE family = 'dates'")
    assert (said[:7], lead) == ("2026-12", None)
    again = [one.shown for one in lite.luca.reads() if SECRET in one.shown and "[Più di rado]" in one.shown]
    assert ["lunedì 7 dicembre" in one for one in again] == [True, False]
