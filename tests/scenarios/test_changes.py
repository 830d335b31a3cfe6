"""Changing what is written down: two at once, undoing, giving up and taking up again."""

import asyncio
from datetime import UTC, datetime

from tests import companies
from tests.stage import Stage

REFUNDS, GIFTS = "Refunds a week", "Become a shop for gifts"


async def test_saving_again_replaces_what_is_disputed_and_leaves_the_rest_of_theirs(lite: Stage) -> None:
    await lite.dana.types("/okr edit refunds")
    await lite.elena.types("/okr edit refunds")
    await lite.dana.submits({"Key result": "Refunds in a week", "Where the number comes from": "The till"})
    await lite.elena.submits({"Risultato chiave": "Resi alla settimana"})
    await lite.elena.submits()
    kept = await lite.kept("SELECT title, source FROM key_results WHERE title LIKE 'Resi%'")
    assert kept == [("Resi alla settimana", "The till")]


async def test_a_disputed_measure_is_replaced_by_the_one_that_is_saved_again(lite: Stage) -> None:
    await lite.dana.types("/okr edit refunds")
    await lite.elena.types("/okr edit refunds")
    await lite.dana.submits({"Measure": "from 120 to 80", "Why does it change?": "One reason"})
    await lite.elena.submits({"Misura": "da 120 a 70", "Perché cambia?": "Un altro motivo"})
    assert "misura, ora “da 120 a 80”" in lite.elena.modal.text
    await lite.elena.submits()
    assert await lite.kept("SELECT target FROM key_results WHERE title = 'Refunds a week'") == [("70",)]


async def test_what_was_given_up_counts_again_only_for_who_leads_the_team(lite: Stage) -> None:
    await lite.luca.types("/okr nuovo")
    await lite.luca.submits({"Obiettivo": "Farsi trovare"})
    await lite.luca.closes_all()
    await lite.luca.types("/okr modifica farsi trovare")
    await lite.luca.submits({"Stato": "Abbandonato"})
    await lite.luca.closes_all()
    await lite.luca.types("/okr modifica farsi trovare")
    await lite.luca.submits({"Stato": "Attivo"})
    assert await lite.kept("SELECT state FROM objectives WHERE title = 'Farsi trovare'") == [("abandoned",)]
    assert "Può confermare solo chi guida Growth" in str(lite.luca.modal.errors) + lite.luca.modal.text


async def test_what_is_saved_as_it_was_offers_nothing_to_undo(lite: Stage) -> None:
    await lite.dana.types("/okr edit refunds")
    await lite.dana.submits()
    assert "Undo" not in lite.dana.modal.text
    await lite.dana.closes()
    await lite.dana.types("/okr edit refunds")
    await lite.dana.submits({"More actions, one to a line": "Call the supplier"})
    assert "Undo" not in lite.dana.modal.text


async def test_undoing_an_objective_closes_the_form_for_what_comes_under_it(lite: Stage) -> None:
    await lite.dana.types("/okr new")
    await lite.dana.submits({"Objective": GIFTS})
    await lite.dana.clicks(f"Undo: {GIFTS}")
    assert f"Undone: {GIFTS}" in lite.dana.modal.text
    assert lite.dana.modal.labels == []


async def test_undo_delivered_twice_says_the_same(lite: Stage) -> None:
    await lite.dana.types("/okr edit refunds")
    await lite.dana.submits({"Key result": "Refunds in a week"})
    lite.playground.deliver_twice()
    await lite.dana.clicks("Undo: Refunds in a week")
    assert f"Undone: {REFUNDS}" in lite.dana.modal.text


async def test_undo_clicked_twice_says_the_same(lite: Stage) -> None:
    await lite.dana.types("/okr edit refunds")
    await lite.dana.submits({"Key result": "Refunds in a week"})
    await asyncio.gather(lite.dana.clicks("Undo: Refunds in a week"), lite.dana.clicks("Undo: Refunds in a week"))
    assert f"Undone: {REFUNDS}" in lite.dana.modal.text


async def test_actions_that_came_with_a_change_are_undone_with_it(lite: Stage) -> None:
    was = await lite.kept("SELECT title FROM actions ORDER BY title")
    await lite.dana.types("/okr edit refunds")
    await lite.dana.submits({"Key result": "Refunds in a week", "More actions, one to a line": "Call\nWrite"})
    assert await lite.kept("SELECT title FROM actions ORDER BY title") == sorted([*was, ("Call",), ("Write",)])
    await lite.dana.clicks("Undo: Refunds in a week")
    assert await lite.kept("SELECT title FROM actions ORDER BY title") == was


async def test_fields_that_were_emptied_are_not_brought_back(lite: Stage) -> None:
    await lite.dana.types("/okr new")
    await lite.dana.fills("Objective", GIFTS)
    await lite.dana.closes()
    await lite.dana.types("/okr new")
    await lite.dana.fills("Objective", "")
    await lite.dana.closes()
    await lite.dana.types("/okr new")
    assert "What you typed last time is back." not in lite.dana.modal.text


async def test_an_admin_does_not_find_what_is_private_to_another_team(lite: Stage) -> None:
    await lite.imports(companies.WITH_A_SECRET)
    await lite.elena.types("/okr edit")
    assert "takeover" not in str(lite.elena.modal.json)
    await lite.dana.types("/okr edit takeover")
    assert lite.dana.modal.title == "Key result"


async def test_after_the_last_cycle_the_current_quarter_is_opened(lite: Stage) -> None:
    await lite.moves_to(datetime(2027, 1, 12, 9, tzinfo=UTC))
    await lite.dana.types("/okr new")
    await lite.dana.submits({"Objective": GIFTS})
    kept = await lite.kept(
        "SELECT cycles.name FROM objectives JOIN cycles ON cycles.id = objectives.cycle_id WHERE title = :title",
        title=GIFTS,
    )
    assert kept == [("2027-Q1",)]
