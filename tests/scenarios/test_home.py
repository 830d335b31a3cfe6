"""The Home tab: mine with a button each, my teams, and fresh after every check-in."""

from datetime import UTC, datetime

import pytest

from playground import CannotDoError
from tests import companies
from tests.form import fills_in
from tests.stage import Stage
from tests.statements import counted

RETURNING, REFUNDS, CARD = "Returning customers", "Refunds a week", "The loyalty card is out"


async def test_home_shows_my_key_results_with_a_button_each_and_my_teams(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.dana.opens_home()
    assert lite.dana.home is not None
    home = lite.dana.home.text
    assert home.index(REFUNDS) < home.index(RETURNING) < home.index("Your teams")
    assert lite.dana.home.buttons.count("Check in") == 2
    assert "Growth – #growth" in home
    assert "Next check-in: Monday 23 November" in home
    assert CARD not in home.split("Your teams")[0]
    assert "Platform" not in home


async def test_checking_in_from_home_refreshes_it(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.dana.opens_home()
    await lite.dana.clicks(f"Check in: {RETURNING}")
    await fills_in(lite.dana, RETURNING, "45", "On track")
    await lite.dana.submits()
    assert lite.dana.modal is None
    assert lite.dana.home is not None
    assert "45% (today)" in lite.dana.home.text
    assert "🟢 2 on track" not in lite.dana.home.text
    assert "🟢 1 on track" in lite.dana.home.text
    assert lite.dana.reads()[-1].shown.startswith("1 key result to go")


async def test_checking_in_elsewhere_refreshes_home_too(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.dana.opens_home()
    await lite.answers(lite.dana, {REFUNDS: ("95", "At risk")})
    assert lite.dana.home is not None
    assert "95 (today)" in lite.dana.home.text


async def test_check_in_on_all_asks_for_what_is_due(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.dana.opens_home()
    await lite.dana.clicks("Check in on all")
    await fills_in(lite.dana, REFUNDS, "95", "At risk")
    await fills_in(lite.dana, RETURNING, "45", "On track")
    await lite.dana.submits()
    assert lite.dana.reads()[-1].shown.startswith("Thank you, Dana. 2 key results checked in.")


async def test_home_shows_an_owner_what_somebody_else_checks_in_on(lite: Stage) -> None:
    await lite.imports(companies.LUCA_CHECKS_IN_FOR_DANA)
    await lite.comes("Mon 16 Nov 09:00")
    await lite.dana.opens_home()
    assert lite.dana.home is not None
    mine = lite.dana.home.text.split("Your teams")[0]
    assert RETURNING in mine
    assert REFUNDS in mine
    assert "Become the shop people come back to – Dana Rossi; Luca Bianchi checks in\n" in mine
    assert "Become the shop people come back to – Dana Rossi\n" in mine
    assert "Check in on all" not in mine  # it asks for what she checks in on herself, which is one
    await lite.luca.opens_home()
    assert lite.luca.home is not None
    assert RETURNING in lite.luca.home.text.split("I tuoi team")[0]


async def test_home_of_a_lead_without_key_results_says_where_to_look_first(lite: Stage) -> None:
    await lite.imports(companies.ELENA_LEADS_GROWTH)
    await lite.comes("Mon 16 Nov 09:00")
    await lite.answers(lite.dana, {REFUNDS: ("130", "Off track", "A bad batch")})
    await lite.playground.change(lite.elena, locale="en-GB")
    await lite.elena.opens_home()
    assert lite.elena.home is not None
    assert "You own no key results at the moment." in lite.elena.home.text
    assert "Look first at: Refunds a week, 🛑 Off track" in lite.elena.home.text


async def test_home_speaks_the_person_s_language(lite: Stage) -> None:
    await lite.luca.opens_home()
    assert lite.luca.home is not None
    assert lite.luca.home.text.startswith("I tuoi risultati chiave")


async def test_a_stranger_s_home_greets_and_shows_nothing(lite: Stage) -> None:
    for stranger in (lite.nora, lite.omar):
        await stranger.opens_home()
        assert stranger.home is not None
        assert stranger.home.text.startswith("Hello! You have no key results here.")
        assert RETURNING not in stranger.home.text
        with pytest.raises(CannotDoError):
            await stranger.clicks("Check in", in_="home")


async def test_a_private_key_result_is_on_its_owner_s_home(lite: Stage) -> None:
    await lite.imports(companies.WITH_A_SECRET)
    await lite.dana.opens_home()
    assert lite.dana.home is not None
    assert "Price of the takeover" in lite.dana.home.text


async def test_home_costs_no_more_in_many_teams(lite: Stage) -> None:
    reader = await lite.running.rituals.actors.find(lite.running.workspace.id, lite.dana.id, datetime.now(UTC))
    counts = []
    for teams in (1, 30):
        await lite.imports(companies.with_teams_of_dana(teams))
        with counted(lite) as sent:
            await lite.running.rituals.statuses.home(lite.running.workspace.id, reader, datetime.now(UTC))
        counts.append(len(sent))
    assert counts[0] == counts[1]
