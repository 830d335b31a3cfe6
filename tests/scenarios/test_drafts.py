"""What somebody proposes: it waits for the lead, who confirms it or sends it back with a note."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from blocks.key_result_form import KeyResultWords
from okr.errors import NotAllowed
from okr.measures import Measure, MeasureKind
from rituals.definitions import Act
from tests import companies
from tests.stage import Stage

GIFTS, VISITS = "Farsi trovare da chi cerca un regalo", "Visite da ricerche di regali"


async def proposes(stage: Stage) -> None:
    """Luca, who does not lead Growth, proposes an objective with one key result."""
    await stage.luca.types("/okr nuovo")
    await stage.luca.submits({"Obiettivo": GIFTS})
    await stage.luca.submits({"Risultato chiave": VISITS, "Misura": "da 1200 a 3000"})
    await stage.luca.clicks("Fatto")


async def reviews(stage: Stage, verdict: str, note: str = "") -> None:
    await stage.dana.opens_home()
    await stage.dana.clicks(f"Review: {GIFTS}")
    assert f"{VISITS}\nfrom 1,200 to 3,000 · Luca Bianchi · no source of the number yet" in stage.dana.modal.text
    await stage.dana.submits({"Your answer": verdict, "A note to Luca Bianchi": note})


async def test_a_draft_waits_on_the_home_tabs_of_both(lite: Stage) -> None:
    await proposes(lite)
    await lite.dana.opens_home()
    assert f"Waiting for you\n{GIFTS}" in lite.dana.home.text
    await lite.luca.opens_home()
    assert f"{GIFTS} – può confermarlo Dana Rossi" in lite.luca.home.text
    await lite.priya.opens_home()
    assert GIFTS not in lite.priya.home.text


async def test_anybody_may_propose_to_another_team_and_reads_on_home_whom_it_waits_for(lite: Stage) -> None:
    for somebody in (lite.priya, lite.nora):  # one works in another team, the company does not name the other yet
        await somebody.types("/okr new")
        await somebody.submits({"Objective": f"{somebody.name} has an idea", "Team": "Growth"})
        await somebody.closes_all()
        await somebody.opens_home()
        assert f"{somebody.name} has an idea – Dana Rossi can confirm it" in somebody.home.text
    await lite.dana.opens_home()
    assert "Waiting for you\npriya has an idea" in lite.dana.home.text
    assert await lite.kept("SELECT state FROM objectives WHERE title LIKE '%idea'") == [("draft",), ("draft",)]


async def test_what_is_proposed_for_somebody_else_to_own_is_the_writers_too_until_it_counts(lite: Stage) -> None:
    await lite.priya.types("/okr new")
    await lite.priya.submits({"Objective": GIFTS, "Team": "Growth", "Owner": "Dana Rossi"})
    await lite.priya.submits({"Key result": VISITS, "Measure": "from 1200 to 3000", "Owner": "Dana Rossi"})
    await lite.priya.closes_all()
    drafts = "SELECT o.title, k.title FROM objectives o JOIN key_results k ON k.objective_id = o.id WHERE {}"
    waits = drafts.format("o.state = 'draft' AND k.state = 'draft'")
    assert await lite.kept(waits) == [(GIFTS, VISITS)]
    await lite.priya.opens_home()
    assert f"{GIFTS} – Dana Rossi can confirm it" in lite.priya.home.text
    await lite.priya.types("/okr edit Visite")
    await lite.priya.submits({"Key result": f"{VISITS} e compleanni"})
    assert await lite.kept(waits) == [(GIFTS, f"{VISITS} e compleanni")]
    await lite.priya.closes_all()
    await lite.dana.opens_home()
    await lite.dana.clicks(f"Review: {GIFTS}")
    await lite.dana.submits({"Your answer": "Confirm"})
    await lite.priya.types("/okr edit Visite")
    assert "Nothing you may change is called “Visite”." in lite.priya.sees_ephemerals()[-1].shown


async def test_a_guest_proposes_only_where_they_work(lite: Stage) -> None:
    await lite.omar.types("/okr new")
    assert "You can write down OKRs for the teams you work in." in lite.omar.sees_ephemerals()[-1].shown


async def test_what_the_lead_confirms_is_asked_from_then_on_and_whoever_wrote_it_hears_of_it(lite: Stage) -> None:
    await proposes(lite)
    await reviews(lite, "Confirm", "Well measured")
    assert lite.luca.reads()[-1].shown == f"Dana Rossi ha confermato la tua proposta: {GIFTS}\n“Well measured”"
    await lite.dana.opens_home()
    assert "Waiting for you" not in lite.dana.home.text
    await lite.comes("Mon 16 Nov 09:00")
    assert VISITS in lite.luca.reads()[-1].shown


async def test_a_draft_that_came_with_an_import_has_nobody_to_write_a_note_to(lite: Stage) -> None:
    await lite.imports(companies.with_key_results("growth", [companies.key_result(VISITS, "luca", state="draft")]))
    await lite.dana.opens_home()
    await lite.dana.clicks("Review: Make it worth it")
    assert "A note to" not in lite.dana.modal.text
    await lite.dana.submits({"Your answer": "Confirm"})
    assert await lite.kept("SELECT state FROM key_results WHERE title = :title", title=VISITS) == [("active",)]


async def test_what_is_sent_back_stays_a_draft(lite: Stage) -> None:
    await proposes(lite)
    await reviews(lite, "Not yet", "Where does the number come from?")
    said = lite.luca.reads()[-1].shown
    assert said.startswith(f"Dana Rossi ha guardato {GIFTS}: non ancora.")
    assert said.endswith("“Where does the number come from?”")
    await lite.comes("Mon 16 Nov 09:00")
    assert VISITS not in lite.luca.reads()[-1].shown


async def test_a_verdict_delivered_twice_is_told_once(lite: Stage) -> None:
    await proposes(lite)
    await lite.dana.opens_home()
    await lite.dana.clicks(f"Review: {GIFTS}")
    lite.playground.deliver_twice()
    await lite.dana.submits({"Your answer": "Confirm"})
    assert len(lite.luca.reads()) == 1


async def test_the_lead_hears_of_drafts_on_monday_in_one_message(lite: Stage) -> None:
    await proposes(lite)
    assert lite.dana.reads() == []
    await lite.comes("Mon 16 Nov 09:00")
    (told,) = [one for one in lite.dana.reads() if "waits for you" in one.shown]
    assert told.shown == f"1 draft waits for you\n{GIFTS}\n[Review]\n[Why this?]"
    await lite.dana.clicks("Why this?", message=told)
    why = lite.dana.sees_ephemerals()[-1].shown
    assert "Somebody proposed OKRs for Growth. You lead the team, or stand nearest to it." in why


async def test_a_lead_who_has_confirmed_before_monday_hears_nothing_more(lite: Stage) -> None:
    await proposes(lite)
    await reviews(lite, "Confirm")
    await lite.comes("Mon 16 Nov 09:00")
    assert [one for one in lite.dana.reads() if "waits for you" in one.shown] == []


@pytest.mark.parametrize("who", ["luca", "priya"])
async def test_only_the_lead_and_admins_confirm(lite: Stage, who: str) -> None:
    await proposes(lite)
    ((objective,),) = await lite.kept("SELECT id FROM objectives WHERE title = :title", title=GIFTS)
    rituals, workspace = lite.running.rituals, lite.running.workspace.id
    reader = await rituals.actors.find(workspace, getattr(lite, who).id, datetime.now(UTC))
    with pytest.raises(NotAllowed, match=r"not_allowed\.define"):
        await rituals.reviews.open(workspace, reader, objective)


async def test_what_comes_while_the_lead_reads_is_not_confirmed_with_it(lite: Stage) -> None:
    await proposes(lite)
    await lite.dana.opens_home()
    await lite.dana.clicks(f"Review: {GIFTS}")
    await _adds(lite, "Ordini con un biglietto")
    await lite.dana.submits({"Your answer": "Confirm"})
    assert lite.dana.modal is not None
    assert "Ordini con un biglietto" in lite.dana.modal.text
    assert VISITS not in lite.dana.modal.text
    counts = "SELECT title FROM key_results WHERE state = 'draft'"
    assert await lite.kept(counts) == [("Ordini con un biglietto",)]
    await lite.dana.submits({"Your answer": "Confirm"})
    assert lite.dana.modal is None
    assert await lite.kept(counts) == []


async def test_what_has_changed_while_the_lead_reads_is_shown_again_before_it_counts(lite: Stage) -> None:
    await proposes(lite)
    await lite.dana.opens_home()
    await lite.dana.clicks(f"Review: {GIFTS}")
    await lite.luca.types("/okr modifica Visite")
    await lite.luca.submits({"Risultato chiave": f"{VISITS} e compleanni"})
    await lite.dana.submits({"Your answer": "Confirm", "A note to Luca Bianchi": "Well measured"})
    assert lite.dana.modal is not None
    assert "Something here has changed while you were reading." in lite.dana.modal.text
    assert f"{VISITS} e compleanni" in lite.dana.modal.text
    assert lite.dana.modal.values["A note to Luca Bianchi"] == "Well measured"
    assert await lite.kept("SELECT title FROM objectives WHERE state = 'draft'") == [(GIFTS,)]
    await lite.dana.submits({"Your answer": "Confirm"})
    assert await lite.kept("SELECT title FROM objectives WHERE state = 'draft'") == []


async def test_what_does_not_fit_is_counted_and_comes_next(lite: Stage) -> None:
    await proposes(lite)
    for number in range(21):
        await _adds(lite, f"Numero {number}")
    await lite.dana.opens_home()
    await lite.dana.clicks(f"Review: {GIFTS}")
    assert "2 more drafts follow once you have sent this." in lite.dana.modal.text
    await lite.dana.submits({"Your answer": "Confirm"})
    assert await lite.kept("SELECT count(*) FROM key_results WHERE state = 'draft'") == [(2,)]
    assert "Numero 20" in lite.dana.modal.text


async def _adds(stage: Stage, title: str) -> None:
    """Luca adds a key result to what he has proposed."""
    now, rituals, workspace = datetime.now(UTC), stage.running.rituals, stage.running.workspace.id
    luca = await rituals.actors.find(workspace, stage.luca.id, now)
    ((objective,),) = await stage.kept("SELECT id FROM objectives WHERE title = :title", title=GIFTS)
    measure = Measure(MeasureKind.INCREASE, baseline=Decimal(0), target=Decimal(9))
    words = KeyResultWords(
        objective, "", 1, title, measure, luca.actor.slack_id, "", "", Decimal(1), (), None, reason="", seen={}
    )
    await rituals.key_results.add(Act(workspace, luca, title, now), words)


async def test_drafts_of_a_lead_who_leaves_wait_for_the_nearest_lead_up_the_tree(lite: Stage) -> None:
    await proposes(lite)
    await lite.playground.deactivate(lite.dana)
    await lite.elena.opens_home()
    assert GIFTS in lite.elena.home.text
    await lite.luca.opens_home()
    assert f"{GIFTS} – può confermarlo Elena Ferri" in lite.luca.home.text
    await lite.comes("Mon 16 Nov 09:00")
    told = next(one for one in lite.elena.reads() if GIFTS in one.shown)
    await lite.elena.clicks(f"Esamina: {GIFTS}", message=told)
    await lite.elena.submits()
    assert "Elena Ferri ha confermato la tua proposta" in lite.luca.reads()[-1].shown
