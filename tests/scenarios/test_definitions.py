"""`/okr new` and `/okr edit`: the people who own OKRs write them down and change them, in Slack."""

from tests.stage import Stage

RETURNING, REFUNDS, CARD = "Returning customers", "Refunds a week", "The loyalty card is out"
SHOP = "Become the shop people come back to"


async def test_an_objective_and_its_key_results_are_written_one_after_the_other(lite: Stage) -> None:
    await lite.elena.types("/okr new")
    assert lite.elena.modal.title == "Nuovo obiettivo"
    await lite.elena.submits({"Obiettivo": "Farsi trovare da chi cerca un regalo", "Team": "Growth"})
    assert lite.elena.modal.title == "Risultato chiave 1"
    assert "Salvato: Farsi trovare da chi cerca un regalo" in lite.elena.modal.text
    await lite.elena.submits(
        {
            "Risultato chiave": "Visite da ricerche di regali",
            "Misura": "da 1.200 a 3.000",
            "Responsabile": "Dana Rossi",
        }
    )
    assert lite.elena.modal.title == "Risultato chiave 2"
    await lite.elena.submits({"Risultato chiave": "Ordini con biglietto", "Misura": "dal 5% al 12%"})
    await lite.elena.clicks("Fatto")
    assert lite.elena.modal is None
    status = await lite.asks(lite.dana, "/okr status growth")
    assert "Visite da ricerche di regali" in status.shown
    assert "target 3,000" in status.shown
    assert "Ordini con biglietto" in status.shown
    assert "target 12%" in status.shown


async def test_what_was_written_on_friday_is_asked_on_monday(lite: Stage) -> None:
    await lite.elena.types("/okr new")
    await lite.elena.submits({"Obiettivo": "Farsi trovare", "Team": "Growth"})
    await lite.elena.submits({"Risultato chiave": "Visite", "Misura": "da 10 a 30", "Responsabile": "Dana Rossi"})
    await lite.elena.closes_all()
    await lite.comes("Mon 16 Nov 09:00")
    assert "Visite" in lite.dana.reads()[-1].shown


async def test_a_measure_that_cannot_be_read_is_said_beside_its_field_and_nothing_is_lost(lite: Stage) -> None:
    await lite.elena.types("/okr new")
    await lite.elena.submits({"Obiettivo": "Farsi trovare", "Team": "Growth"})
    await lite.elena.submits({"Risultato chiave": "Visite", "Misura": "tante"})
    assert lite.elena.modal.title == "Risultato chiave 1"
    assert "«tante»" in str(lite.elena.modal.errors) or "“tante”" in str(lite.elena.modal.errors)
    await lite.elena.submits({"Misura": "da 10 a 30"})
    assert "Salvato: Visite" in lite.elena.modal.text


async def test_who_leads_no_team_writes_drafts_that_nobody_is_asked_for(lite: Stage) -> None:
    await lite.luca.types("/okr nuovo")
    assert "Sarà una bozza finché chi guida il team non la conferma." in lite.luca.modal.text
    await lite.luca.submits({"Obiettivo": "Farsi trovare da chi cerca un regalo"})
    assert "Salvato come bozza: Farsi trovare da chi cerca un regalo" in lite.luca.modal.text
    await lite.luca.submits({"Risultato chiave": "Visite da ricerche di regali", "Misura": "da 1200 a 3000"})
    await lite.luca.clicks("Fatto")
    await lite.comes("Mon 16 Nov 09:00")
    assert "Visite da ricerche di regali" not in lite.luca.reads()[-1].shown


async def test_the_same_form_sent_twice_is_written_once(lite: Stage) -> None:
    await lite.elena.types("/okr new")
    lite.playground.deliver_twice()
    await lite.elena.submits({"Obiettivo": "Farsi trovare", "Team": "Growth"})
    await lite.elena.closes_all()
    assert len(await lite.kept("SELECT 1 FROM objectives WHERE title = 'Farsi trovare'")) == 1


async def test_an_owner_the_company_did_not_name_is_one_of_its_people_from_then_on(lite: Stage) -> None:
    await lite.elena.types("/okr new")
    await lite.elena.submits({"Obiettivo": "Farsi trovare", "Team": "Growth"})
    await lite.elena.submits({"Risultato chiave": "Visite", "Misura": "da 10 a 30", "Responsabile": "Nora Member"})
    await lite.elena.closes_all()
    await lite.comes("Mon 16 Nov 09:00")
    assert "Visite" in lite.nora.reads()[-1].shown


async def test_a_key_result_is_found_by_its_title_and_changed(lite: Stage) -> None:
    await lite.dana.types("/okr edit returning")
    assert lite.dana.modal.title == "Key result"
    await lite.dana.submits({"Key result": "Customers who return"})
    assert "Saved: Customers who return" in lite.dana.modal.text
    status = await lite.asks(lite.dana, "/okr status")
    assert "Customers who return" in status.shown
    assert RETURNING not in status.shown


async def test_without_words_one_chooses_among_what_one_may_change(lite: Stage) -> None:
    await lite.dana.types("/okr edit")
    assert lite.dana.modal.title == "Edit"
    await lite.dana.submits({"What do you want to edit?": REFUNDS})
    assert lite.dana.modal.title == "Key result"
    assert REFUNDS in str(lite.dana.modal.json)


async def test_another_target_needs_a_reason(lite: Stage) -> None:
    await lite.dana.types("/okr edit refunds")
    await lite.dana.submits({"Measure": "from 120 to 80"})
    assert "say in a line why it changes" in str(lite.dana.modal.errors)
    await lite.dana.submits({"Why does it change?": "The supplier was changed"})
    assert "Saved" in lite.dana.modal.text
    (kept,) = await lite.kept("SELECT why, before, after FROM revisions WHERE why <> ''")
    assert kept[0] == "The supplier was changed"
    assert '"target": "60"' in kept[1]
    assert '"target": "80"' in kept[2]


async def test_two_who_change_different_fields_lose_nothing(lite: Stage) -> None:
    await lite.dana.types("/okr edit refunds")
    await lite.elena.types("/okr edit refunds")
    await lite.dana.submits({"Key result": "Refunds in a week"})
    await lite.elena.submits({"Da dove viene il numero": "Il cruscotto"})
    assert "Salvato" in lite.elena.modal.text
    (kept,) = await lite.kept("SELECT title, source FROM key_results WHERE title LIKE 'Refunds%'")
    assert kept == ("Refunds in a week", "Il cruscotto")


async def test_two_who_change_the_same_field_are_told_and_decide(lite: Stage) -> None:
    await lite.dana.types("/okr edit refunds")
    await lite.elena.types("/okr edit refunds")
    await lite.dana.submits({"Key result": "Refunds in a week"})
    await lite.elena.submits({"Risultato chiave": "Resi alla settimana"})
    assert "Dana Rossi" in lite.elena.modal.text
    assert "titolo" in lite.elena.modal.text
    assert await lite.kept("SELECT title FROM key_results WHERE title LIKE 'Refunds%'") == [("Refunds in a week",)]
    await lite.elena.submits()
    assert await lite.kept("SELECT title FROM key_results WHERE title LIKE 'Resi%'") == [("Resi alla settimana",)]


async def test_a_key_result_that_is_paused_is_not_asked(lite: Stage) -> None:
    await lite.dana.types("/okr edit refunds")
    await lite.dana.submits({"State": "Paused"})
    await lite.comes("Mon 16 Nov 09:00")
    assert RETURNING in lite.dana.reads()[-1].shown
    assert REFUNDS not in lite.dana.reads()[-1].shown


async def test_somebody_the_company_does_not_name_has_nothing_to_change(lite: Stage) -> None:
    answer = await lite.asks(lite.nora, "/okr edit")
    assert "You own nothing that you could change." in answer.shown


async def test_nothing_is_called_that(lite: Stage) -> None:
    answer = await lite.asks(lite.dana, "/okr edit unicorns")
    assert answer.shown == "Nothing you may change is called “unicorns”. Everything you may change: /okr edit"


async def test_a_goal_that_was_changed_is_struck_through_in_the_next_digest_alone(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.comes("Tue 17 Nov 10:00")
    assert "Changed targets" not in lite.growth.reads()[-1].shown
    await lite.comes("Wed 18 Nov 09:00")
    await lite.dana.types("/okr edit refunds")
    await lite.dana.submits({"Measure": "from 120 to 80", "Why does it change?": "The supplier was changed"})
    await lite.comes("Mon 23 Nov 09:00")
    await lite.comes("Tue 24 Nov 10:00")
    told = "✏️ Changed targets\nRefunds a week: from 120 to 60 from 120 to 80 – Dana Rossi: “The supplier was changed”"
    assert told in lite.growth.reads()[-1].shown
    assert "~from 120 to 60~ from 120 to 80" in str(lite.growth.reads()[-1].blocks)
    await lite.comes("Mon 30 Nov 09:00")
    await lite.comes("Tue 1 Dec 10:00")
    assert "Changed targets" not in lite.growth.reads()[-1].shown


async def test_an_objective_has_a_priority_days_of_its_own_and_what_it_contributes_to(lite: Stage) -> None:
    await lite.elena.types("/okr new")
    await lite.elena.submits({"Obiettivo": "Essere il negozio di tutti", "Team": "Northwind"})
    await lite.elena.closes_all()
    await lite.dana.types("/okr new")
    await lite.dana.submits(
        {
            "Objective": "Become a shop for gifts",
            "Contributes to": "Essere il negozio di tutti",
            "Priority, 1 first": "2",
            "Last day, if not the cycle’s": "2026-12-20",
        }
    )
    await lite.dana.closes_all()
    ((priority, ends, above),) = await lite.kept(
        "SELECT mine.priority, mine.ends, above.title FROM objectives AS mine "
        "JOIN objectives AS above ON above.id = mine.parent_objective_id"
    )
    assert (priority, str(ends), above) == (2, "2026-12-20", "Essere il negozio di tutti")


async def test_days_in_the_wrong_order_are_said_beside_the_field(lite: Stage) -> None:
    await lite.dana.types("/okr edit refunds")
    await lite.dana.submits(
        {"First day, if not the cycle’s": "2026-12-20", "Last day, if not the cycle’s": "2026-12-01"}
    )
    assert lite.dana.modal.errors == {"Last day, if not the cycle’s": "The last day has to come after the first."}


async def test_actions_that_were_delivered_twice_are_there_once(lite: Stage) -> None:
    await lite.dana.types("/okr edit refunds")
    lite.playground.deliver_twice()
    await lite.dana.submits({"More actions, one to a line": "Call the supplier"})
    assert await lite.kept("SELECT count(*) FROM actions WHERE title = 'Call the supplier'") == [(1,)]
