"""What the nightly look finds: its owner hears of it once, by day and alone; the lead after two silent weeks."""

import asyncio
from datetime import UTC, datetime

from playground import Person, SeenMessage
from rituals.looks import Looks
from tests import companies
from tests.stage import ROME, Stage, at

CARD, RETURNING, REFUNDS = "The loyalty card is out", "Returning customers", "Refunds a week"
EURO = "Euro a customer"


def notes(person: Person) -> list[SeenMessage]:
    """What was pointed out to somebody."""
    return [one for one in person.reads() if "[Fewer of these]" in one.shown or "[Più di rado]" in one.shown]


async def luca_says_green(stage: Stage) -> None:
    """A number at its start, called on track, in the middle of the quarter; the next morning he reads of it."""
    await stage.playground.change(stage.luca, locale="en-GB")
    await stage.imports(companies.LUCA_COUNTS)
    await stage.comes("Mon 16 Nov 09:00")
    await stage.answers(stage.luca, {EURO: ("1000", "On track"), CARD: ("Designed", "On track")})
    await stage.comes("Tue 17 Nov 03:00")
    assert notes(stage.luca) == []
    await stage.comes("Tue 17 Nov 10:00")


async def test_the_morning_after_the_owner_reads_what_was_noticed_and_what_helps(stage: Stage) -> None:
    await luca_says_green(stage)
    (told,) = notes(stage.luca)
    assert told.shown == (
        "Luca, one thing you may want to look at:\n"
        f"{EURO}\nIt is called on track and was 51 points behind its pace at its last answer. "
        "Which of the two is right?\n[Check in]\n"
        "Only you read this. What is still so in two weeks, without an answer or a change from you, "
        "Dana Rossi will read of once, on a Monday.\n"
        "[Fewer of these] [Why this?]"
    )
    assert notes(stage.dana) == []
    await stage.luca.clicks(f"Check in: {EURO}", message=told)
    assert EURO in stage.luca.modal.text
    await stage.luca.closes_all()
    await stage.luca.clicks("Why this?", message=told)
    assert "I write at most once a week, on a working day" in stage.luca.sees_ephemerals()[-1].shown


async def test_fewer_of_these_is_kept_and_taken_back(lite: Stage) -> None:
    await luca_says_green(lite)
    (told,) = notes(lite.luca)
    await lite.luca.clicks("Fewer of these", message=told)
    assert "at most once in four weeks" in lite.luca.sees_ephemerals()[-1].shown
    await lite.luca.clicks("Why this?", message=told)
    assert "once in four weeks, as you chose" in lite.luca.sees_ephemerals()[-1].shown
    assert await lite.kept("SELECT fewer FROM people WHERE key = 'luca'") == [(1,)]


async def test_a_company_without_coaching_hears_nothing(lite: Stage) -> None:
    quiet = companies.described(company={**companies.parts()["company"], "coaching": "no"})
    await lite.comes("Sun 15 Nov 18:00")
    await lite.imports(quiet)
    await lite.comes("Mon 16 Nov 09:00")
    await lite.answers(lite.dana, {RETURNING: ("40", "On track"), REFUNDS: ("120", "On track")})
    for when in ("Tue 17 Nov 03:00", "Tue 17 Nov 10:00"):
        await lite.comes(when)
    assert notes(lite.dana) == []


async def test_nor_is_anything_pointed_out_there_while_it_is_written(lite: Stage) -> None:
    await lite.imports(companies.described(company={**companies.parts()["company"], "coaching": "no"}))
    await lite.dana.types("/okr new")
    await lite.dana.submits({"Objective": "Increase revenue by 20%"})
    assert "Increase revenue by 20%" in lite.dana.modal.text
    assert "💡" not in lite.dana.modal.text


async def test_the_preview_says_who_will_read_a_note(lite: Stage) -> None:
    await lite.playground.change(lite.luca, locale="en-GB")
    await lite.imports(companies.LUCA_COUNTS)
    await lite.comes("Mon 16 Nov 09:00")
    await lite.answers(lite.luca, {EURO: ("1000", "On track"), CARD: ("Designed", "On track")})
    await lite.comes("Mon 16 Nov 12:00")
    said = (await lite.asks(lite.luca, "/okr preview 3")).shown
    assert "10:00 note on key results to you: “Luca, one thing you may want to look at:”" in said


async def test_many_workers_in_one_night_owe_one_message(stage: Stage) -> None:
    await stage.imports(companies.LUCA_COUNTS)
    await stage.comes("Mon 16 Nov 09:00")
    await stage.answers(stage.luca, {EURO: ("1000", "On track"), CARD: ("Designed", "On track")})
    night = at("2026-11-17 03:00", ROME)
    stage.frozen.move_to(night)
    workers = [Looks(stage.running.database) for _ in range(6)]
    while any(await asyncio.gather(*(one.look_next(night) for one in workers))):
        pass
    await stage.comes("Tue 17 Nov 10:00")
    assert len(notes(stage.luca)) == 1


async def test_a_night_that_was_slept_through_is_looked_at_once(lite: Stage) -> None:
    await lite.imports(companies.LUCA_COUNTS)
    await lite.comes("Mon 16 Nov 09:00")
    await lite.answers(lite.luca, {EURO: ("1000", "On track"), CARD: ("Designed", "On track")})
    await lite.stop_bot()
    await lite.wakes("Thu 19 Nov 23:00")
    assert notes(lite.luca) == [], "never at night"
    await lite.comes("Fri 20 Nov 10:00")
    await lite.ticks()
    assert len(notes(lite.luca)) == 1
    ((count,),) = await lite.kept("SELECT count(*) FROM teams WHERE looks_next > :now", now=str(datetime.now(UTC))[:19])
    assert count == 4


async def test_whoever_is_away_reads_of_it_when_they_are_back(lite: Stage) -> None:
    await lite.imports(companies.LUCA_COUNTS)
    await lite.comes("Mon 16 Nov 09:00")
    await lite.answers(lite.luca, {EURO: ("1000", "On track"), CARD: ("Designed", "On track")})
    await lite.is_away(lite.luca, until="2026-11-18")
    for when in ("Tue 17 Nov 03:00", "Tue 17 Nov 10:00", "Wed 18 Nov 10:00"):
        await lite.comes(when)
    assert notes(lite.luca) == []
    await lite.comes("Thu 19 Nov 10:00")
    assert len(notes(lite.luca)) == 1


async def test_what_was_handed_over_in_the_night_is_told_to_its_new_owner_alone(lite: Stage) -> None:
    def owned_by(owner: str) -> str:
        counted = companies.key_result(EURO, owner, key="euro", unit="EUR", baseline=1000, target=2000)
        return companies.with_key_results("growth", [counted])

    await lite.imports(owned_by("luca"))
    await lite.comes("Mon 16 Nov 09:00")
    await lite.answers(lite.luca, {EURO: ("1000", "On track"), CARD: ("Designed", "On track")})
    await lite.answers(lite.dana, {RETURNING: ("50", "On track"), REFUNDS: ("90", "On track")})
    await lite.comes("Tue 17 Nov 03:00")
    await lite.imports(owned_by("dana"))
    await lite.comes("Tue 17 Nov 10:00")
    await lite.comes("Wed 18 Nov 03:00")
    await lite.comes("Wed 18 Nov 10:00")
    (told,) = notes(lite.dana)
    assert EURO in told.shown
    assert not any(EURO in one.shown for one in notes(lite.luca))


async def test_an_objective_that_key_results_of_others_contribute_to_is_not_called_empty(lite: Stage) -> None:
    empty = {"team": "growth", "cycle": "2026-q4", "owner": "luca", "key_results": []}
    objectives = [
        *companies.parts()["objectives"],
        {**empty, "key": "umbrella", "title": "Umbrella"},
        {**empty, "key": "alone", "title": "All alone"},
    ]
    for one in (one for objective in objectives for one in objective["key_results"] if one["key"] == "returning"):
        one["contributes_to"] = "umbrella"
    await lite.imports(companies.described(objectives=objectives))
    await lite.comes("Tue 24 Nov 03:00")
    found = await lite.kept(
        "SELECT o.key FROM findings f JOIN objectives o ON o.id = f.about_id WHERE f.family = 'shape'"
    )
    assert found == [("alone",)]
