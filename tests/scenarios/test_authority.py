"""Who may answer: the owner, the check-in owner, the lead, an admin, and a deputy while somebody is away."""

from playground import Person
from tests import companies
from tests.form import fills_in
from tests.stage import Stage

RETURNING, CARD, UPTIME = "Returning customers", "The loyalty card is out", "Uptime stays high"
REFUSED = "Only Luca Bianchi, the team’s lead or an admin can answer this one. Nothing was changed."


async def test_a_lead_answers_for_somebody_of_the_team(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await _answers_for(lite, lite.dana, "growth", CARD, "Designed")
    assert lite.luca.reads()[-1].shown.startswith("Grazie, Luca.")
    assert await _answers_kept(lite) == [("dana", CARD)]


async def test_an_admin_answers_in_every_team(lite: Stage) -> None:
    await lite.playground.change(lite.elena, locale="en-GB")
    await lite.comes("Mon 16 Nov 15:00")
    await _answers_for(lite, lite.elena, "platform", UPTIME, "99.7")
    assert await _answers_kept(lite) == [("elena", UPTIME)]


async def test_the_one_it_was_handed_to_is_asked_and_the_owner_may_still_answer(lite: Stage) -> None:
    await lite.imports(companies.LUCA_CHECKS_IN_FOR_DANA)
    await lite.comes("Mon 16 Nov 09:00")
    assert RETURNING in lite.luca.reads()[-1].shown
    assert RETURNING not in lite.dana.reads()[-1].shown
    await lite.answers(lite.luca, {RETURNING: ("45", "On track")})
    await lite.answers(lite.dana, {RETURNING: ("46", "On track")})
    assert await _answers_kept(lite) == [("luca", RETURNING), ("dana", RETURNING)]


async def test_a_colleague_sees_no_button(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    for person in (lite.priya, lite.nora):
        status = await lite.asks(person, "/okr status growth")
        assert CARD in status.shown
        assert status.buttons == []


async def test_a_guest_of_the_team_may_read_and_not_answer(lite: Stage) -> None:
    await lite.imports(companies.WITH_A_GUEST)
    await lite.comes("Mon 16 Nov 09:00")
    status = await lite.asks(lite.omar, "/okr status growth")
    assert CARD in status.shown
    assert status.buttons == []


async def test_an_owner_outside_the_team_reads_their_own_and_nothing_else_that_is_private(lite: Stage) -> None:
    takeover, office = "Price of the takeover", "A new office"
    secret = [
        companies.key_result(takeover, "marcus", private="true"),
        companies.key_result(office, "dana", private="true"),
    ]
    await lite.imports(companies.with_key_results("growth", secret))
    status = await lite.asks(lite.marcus, "/okr status growth")
    assert takeover in status.shown
    assert office not in status.shown
    assert takeover in (await lite.asks(lite.marcus, "/okr status")).shown


async def test_a_guest_reads_what_they_own_in_another_team(lite: Stage) -> None:
    await lite.imports(companies.A_GUEST_OWNS_ONE)
    status = await lite.asks(lite.omar, "/okr status growth")
    assert "Posters printed" in status.shown
    assert CARD not in status.shown


async def test_a_deputy_of_another_team_reads_what_they_are_asked_for(lite: Stage) -> None:
    await lite.imports(companies.PRIYA_STANDS_IN_FOR_MARCUS_IN_SECRET)
    await lite.is_away(lite.marcus, until="2026-11-17")
    assert UPTIME not in (await lite.asks(lite.priya, "/okr status platform")).shown
    await lite.comes("Mon 16 Nov 16:00")
    assert UPTIME in (await lite.asks(lite.priya, "/okr status platform")).shown


async def test_a_button_from_before_is_refused_kindly(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    status = await lite.asks(lite.dana, "/okr status growth")
    await lite.imports(companies.ELENA_LEADS_GROWTH)
    await lite.dana.clicks(f"Check in: {CARD}", message=status)
    assert lite.dana.modal is None
    assert lite.dana.sees_ephemerals()[-1].shown == REFUSED
    assert await _answers_kept(lite) == []


async def test_a_form_from_before_is_refused_and_keeps_what_was_typed(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    status = await lite.asks(lite.dana, "/okr status growth")
    await lite.dana.clicks(f"Check in: {CARD}", message=status)
    await fills_in(lite.dana, CARD, "Designed", "On track")
    await lite.imports(companies.ELENA_LEADS_GROWTH)
    await lite.dana.submits()
    assert lite.dana.modal is not None
    assert list(lite.dana.modal.errors.values()) == [REFUSED]
    assert lite.dana.modal.values["Step reached"] == "Designed (30%)"
    assert await _answers_kept(lite) == []


async def test_a_deputy_answers_while_the_owner_is_away_and_not_after(lite: Stage) -> None:
    await lite.imports(companies.PRIYA_STANDS_IN_FOR_MARCUS)
    await lite.is_away(lite.marcus, until="2026-11-17")
    await lite.comes("Mon 16 Nov 16:00")
    await _answers_for(lite, lite.priya, "platform", UPTIME, "99.7")
    assert await _answers_kept(lite) == [("priya", UPTIME)]
    await lite.comes("Mon 23 Nov 16:00")
    assert (await lite.asks(lite.priya, "/okr status platform")).buttons == []


async def _answers_for(stage: Stage, person: Person, team: str, title: str, value: str) -> None:
    """Somebody answers another's key result from the status of a team."""
    status = await stage.asks(person, f"/okr status {team}")
    await person.clicks(f"Check in: {title}", message=status)
    await fills_in(person, title, value, "On track")
    await person.submits()
    await person.closes_all()


async def _answers_kept(stage: Stage) -> list[tuple[object, ...]]:
    """(who, which key result), the oldest first."""
    return await stage.kept(
        "SELECT p.key, k.title FROM checkins c JOIN people p ON p.id = c.author_id"
        " JOIN key_results k ON k.id = c.key_result_id ORDER BY c.at, c.id"
    )
