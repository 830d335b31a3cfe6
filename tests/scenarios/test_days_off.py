"""Public holidays and the team's days off: asked on the next working day, or not at all, and never reminded."""

from tests import companies
from tests.stage import NEW_YORK, Stage

TUESDAYS = {"rhythm": {"on": "tuesday", "digest": {"on": "thursday"}}}
"""8 December 2026, a Tuesday, is a public holiday in Italy."""


async def test_a_public_holiday_moves_the_prompt_to_the_next_working_day_at_the_same_hour(stage: Stage) -> None:
    await stage.imports(companies.with_people(TUESDAYS, luca={"country": "DE"}))
    heard = []
    for when in ("Tue 8 Dec 09:00", "Tue 8 Dec 15:00", "Tue 8 Dec 18:00", "Wed 9 Dec 08:59", "Wed 9 Dec 09:00"):
        await stage.comes(when)
        heard.append((len(stage.dana.reads()), len(stage.luca.reads())))
    assert heard == [(0, 1), (0, 2), (0, 2), (0, 2), (1, 2)]
    assert stage.dana.reads()[-1].shown.startswith("Hello Dana, 2 key results to check in")
    await stage.comes("Wed 9 Dec 15:00")
    assert stage.dana.reads()[-1].shown.startswith("A small reminder")


async def test_a_holiday_that_lasts_to_the_digest_excuses_the_ask(lite: Stage) -> None:
    await lite.imports(companies.with_people({"rhythm": {"on": "tuesday", "at": "10:00"}}, luca={"country": "DE"}))
    for when in ("Tue 1 Dec 10:00", "Wed 2 Dec 09:00"):
        await lite.comes(when)
    await lite.answers(lite.dana, {"Refunds a week": ("85", "On track"), "Returning customers": ("52", "At risk")})
    messages = len(lite.dana.reads())
    for when in ("Tue 8 Dec 10:00", "Tue 8 Dec 15:00", "Wed 9 Dec 10:00", "Mon 14 Dec 12:00"):
        await lite.comes(when)
    assert len(lite.dana.reads()) == messages
    digest = lite.growth.reads()[-1].shown
    assert "0 of 1 answered · 2 on days off" in digest
    assert "52% (holiday, value from 2 Dec) · target 60%" in digest
    assert "Still waiting to hear from Luca Bianchi." in digest
    assert "Dana" not in digest.partition("Still waiting")[2]
    assert await lite.kept("SELECT DISTINCT excuse FROM asks WHERE excuse IS NOT NULL") == [("holiday",)]
    assert "No recent answer" not in (await lite.asks(lite.dana, "/okr status")).shown


async def test_a_team_takes_days_off_of_its_own(lite: Stage) -> None:
    rhythm = {"rhythm": {"digest": {"on": "wednesday"}}}
    await lite.imports(companies.with_people({**rhythm, "days_off": ["2026-11-16 Founders' day"]}))
    await lite.comes("Mon 16 Nov 09:00")
    await lite.comes("Mon 16 Nov 18:00", NEW_YORK)
    assert (lite.dana.reads(), lite.luca.reads(), len(lite.marcus.reads())) == ([], [], 1)
    await lite.comes("Tue 17 Nov 09:00")
    assert (len(lite.dana.reads()), len(lite.luca.reads())) == (1, 1)


async def test_a_company_that_is_closed_reads_nothing(lite: Stage) -> None:
    closed = {"name": "Northwind", "zone": "Europe/Rome", "days_off": ["2026-12-24 to 2027-01-06 Winter break"]}
    await lite.imports(companies.described(company=closed))
    for when in ("Mon 28 Dec 09:00", "Mon 28 Dec 15:00", "Tue 29 Dec 10:00", "Tue 29 Dec 20:00"):
        await lite.comes(when)
    people, channels = (lite.dana, lite.luca, lite.marcus, lite.priya), (lite.growth, lite.platform, lite.support)
    assert [one.reads() for one in (*people, *channels)] == [[]] * 7


async def test_later_offers_no_hour_of_a_day_off(lite: Stage) -> None:
    rhythm = {"rhythm": {"digest": {"on": "wednesday"}}}
    await lite.imports(companies.with_people({**rhythm, "days_off": ["2026-11-17"]}))
    await lite.comes("Mon 16 Nov 16:30")
    await lite.dana.clicks("Later", message=lite.dana.reads()[0])
    assert lite.dana.modal is not None
    (block,) = lite.dana.modal.json["blocks"]
    assert [one["text"]["text"] for one in block["element"]["options"]] == [
        "Monday 17:00",
        "Monday 18:00",
        "Wednesday 09:00",
    ]


async def test_who_moves_to_a_country_on_holiday_is_not_asked_that_day(lite: Stage) -> None:
    await lite.imports(companies.with_people(TUESDAYS, dana={"country": "DE"}))
    await lite.comes("Tue 8 Dec 08:00")
    await lite.imports(companies.with_people(TUESDAYS, dana={"country": "IT"}))
    await lite.comes("Tue 8 Dec 09:00")
    assert lite.dana.reads() == []
    await lite.comes("Wed 9 Dec 09:00")
    assert len(lite.dana.reads()) == 1
