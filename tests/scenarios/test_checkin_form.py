"""The check-in form: prefilled, forgiving, and every act counted once."""

import pytest

from playground import CannotDoError
from tests import companies
from tests.form import fills_in, find, opens_details, titles
from tests.stage import Stage

RETURNING, REFUNDS = "Returning customers", "Refunds a week"
BOTH = {RETURNING: ("45", "On track"), REFUNDS: ("95", "At risk")}


@pytest.fixture
async def asked(lite: Stage) -> Stage:
    """It is Monday, and Dana answered both of hers a week ago."""
    await lite.comes("Mon 16 Nov 09:00")
    await lite.answers(lite.dana, BOTH)
    await lite.comes("Tue 17 Nov 10:00")
    await lite.comes("Mon 23 Nov 09:00")
    return lite


async def test_the_first_time_nothing_is_filled_in(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.dana.clicks("Check in")
    assert lite.dana.modal is not None
    assert lite.dana.modal.title == "Check-in"
    assert titles(lite.dana) == [REFUNDS, RETURNING]
    assert set(lite.dana.modal.values.values()) == {None}


async def test_value_and_colour_of_last_time_are_filled_in(asked: Stage) -> None:
    await asked.dana.clicks("Check in")
    assert asked.dana.modal is not None
    assert asked.dana.modal.values == {
        "Value now": "95",
        "Confidence": "⚠️ At risk",
        "Value now (2)": "45",
        "Confidence (2)": "🟢 On track",
    }
    assert asked.dana.modal.buttons == ["Add details", "Add details"]


async def test_saving_what_is_filled_in_answers_the_prompt(asked: Stage) -> None:
    await asked.dana.clicks("Check in")
    await asked.dana.submits()
    assert asked.dana.modal is None
    assert asked.dana.reads()[-1].shown.startswith("Thank you, Dana. 2 key results checked in.")


async def test_values_stand_in_the_person_s_way_of_writing(lite: Stage) -> None:
    await lite.imports(companies.LUCA_COUNTS)
    await lite.comes("Mon 16 Nov 09:00")
    await lite.answers(lite.luca, {"Euro a customer": ("1.234,5", "On track")})
    assert "1.234,50\xa0€" in lite.luca.reads()[-1].shown
    await lite.luca.clicks(_labelled(lite, "Modifica"))
    assert find(lite.luca, "Euro a customer", "value").element["initial_value"] == "1234,5"


async def test_a_number_that_can_be_read_in_two_ways_is_asked_back(asked: Stage) -> None:
    await asked.dana.clicks("Check in")
    await fills_in(asked.dana, RETURNING, "1,200")
    await asked.dana.submits()
    assert asked.dana.modal is not None
    assert asked.dana.modal.errors == {"Value now (2)": "“1,200” can be read in two ways. Write 1200 or 1.2."}
    await fills_in(asked.dana, RETURNING, "1.2")
    await asked.dana.submits()
    assert "1.2% (Mon 23 Nov)" in asked.dana.reads()[-1].shown


async def test_errors_stand_beside_their_fields_and_nothing_typed_is_lost(asked: Stage) -> None:
    await asked.dana.clicks("Check in")
    await fills_in(asked.dana, REFUNDS, "lots", "On track", note="The shop in Turin", win="First week below 100")
    await fills_in(asked.dana, RETURNING, "-3")
    await asked.dana.submits()
    assert asked.dana.modal is not None
    assert asked.dana.modal.errors == {
        "Value now": "“lots” is not a number I can read. Write it like 95.",
        "Value now (2)": "3 less? Then write 42. If you mean a value below zero, write =-3.",
    }
    assert asked.dana.modal.values["Value now"] == "lots"
    assert asked.dana.modal.values["Note"] == "The shop in Turin"
    assert asked.dana.modal.values["A win to share"] == "First week below 100"
    assert asked.dana.modal.values["Confidence"] == "🟢 On track"


async def test_one_wrong_field_saves_nothing(asked: Stage) -> None:
    await asked.dana.clicks("Check in")
    await fills_in(asked.dana, REFUNDS, "90")
    await fills_in(asked.dana, RETURNING, "many")
    await asked.dana.submits()
    await asked.dana.closes()
    assert asked.dana.reads()[-1].shown.startswith("Hello Dana, 2 key results to check in")


async def test_plus_two_adds_to_the_value_shown_and_only_once(asked: Stage) -> None:
    await asked.dana.clicks("Check in")
    await fills_in(asked.dana, RETURNING, "+2")
    await fills_in(asked.dana, REFUNDS, "oops")
    await asked.dana.submits()
    await fills_in(asked.dana, REFUNDS, "90")
    await asked.dana.submits()
    assert "47% (Mon 23 Nov)" in asked.dana.reads()[-1].shown


async def test_plus_two_in_two_forms_opened_at_once_adds_once(asked: Stage) -> None:
    await asked.dana.clicks("Check in")
    await asked.dana.clicks("Check in", message=asked.dana.reads()[-1])
    await fills_in(asked.dana, RETURNING, "+2")
    await asked.dana.submits()
    await fills_in(asked.dana, RETURNING, "+2")
    await asked.dana.submits()
    assert asked.dana.modal is None
    assert "47% (Mon 23 Nov)" in asked.dana.reads()[-1].shown


async def test_of_two_forms_the_last_one_saved_wins(asked: Stage) -> None:
    await asked.dana.clicks("Check in")
    await asked.dana.clicks("Check in", message=asked.dana.reads()[-1])
    await fills_in(asked.dana, RETURNING, "51")
    await asked.dana.submits()
    await fills_in(asked.dana, RETURNING, "52")
    await asked.dana.submits()
    assert "52% (Mon 23 Nov)" in asked.dana.reads()[-1].shown
    kept = await asked.kept(
        "SELECT value FROM checkins JOIN key_results k ON k.id = key_result_id WHERE title = :it"
        " ORDER BY at, checkins.id",
        it=RETURNING,
    )
    assert [value for (value,) in kept] == ["45", "51", "52"]


async def test_a_submission_delivered_twice_is_recorded_once(stage: Stage) -> None:
    await stage.comes("Mon 16 Nov 09:00")
    await stage.dana.clicks("Check in")
    await fills_in(stage.dana, RETURNING, "45", "On track")
    await fills_in(stage.dana, REFUNDS, "95", "At risk")
    stage.playground.deliver_twice()
    await stage.dana.submits()
    await stage.settle()
    assert stage.dana.modal is None
    assert await stage.kept("SELECT count(*) FROM checkins") == [(2,)]
    assert stage.dana.reads()[-1].shown.startswith("Thank you, Dana. 2 key results checked in.")


async def test_a_click_delivered_twice_opens_one_form(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    lite.playground.deliver_twice()
    await lite.dana.clicks("Check in")
    await lite.settle()
    assert lite.dana.sees_ephemerals() == []
    await lite.dana.closes()
    assert lite.dana.modal is None
    lite.forgives("exchanged_trigger_id")


async def test_nothing_changed_delivered_twice_is_recorded_once(stage: Stage) -> None:
    await stage.comes("Mon 16 Nov 09:00")
    await stage.answers(stage.dana, BOTH)
    await stage.comes("Mon 23 Nov 09:00")
    stage.playground.deliver_twice()
    await stage.dana.clicks("Nothing changed for both")
    await stage.settle()
    assert await stage.kept("SELECT count(*) FROM checkins") == [(4,)]
    assert stage.dana.sees_ephemerals() == []


async def test_details_open_by_themselves_for_a_changed_colour(asked: Stage) -> None:
    await asked.dana.clicks("Check in")
    await fills_in(asked.dana, RETURNING, "44", "At risk")
    assert asked.dana.modal is not None
    assert "Note" in asked.dana.modal.labels
    assert asked.dana.modal.values["Value now (2)"] == "44"
    assert asked.dana.modal.buttons == ["Add details"]


async def test_details_stay_closed_for_the_same_colour(asked: Stage) -> None:
    await asked.dana.clicks("Check in")
    await fills_in(asked.dana, RETURNING, "46", "On track")
    assert asked.dana.modal is not None
    assert asked.dana.modal.buttons == ["Add details", "Add details"]


async def test_red_needs_a_note_and_says_so_beside_it(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.dana.clicks("Check in")
    await fills_in(lite.dana, REFUNDS, "130", "Off track")
    await fills_in(lite.dana, RETURNING, "45", "On track")
    await lite.dana.submits()
    assert lite.dana.modal is not None
    assert lite.dana.modal.errors == {"Note": "Off track needs a note: what stands in the way, and what would help?"}
    await lite.dana.submits({"Note": "The parcels come late"})
    assert lite.dana.modal is None
    assert "Note: The parcels come late" in lite.dana.reads()[-1].shown


async def test_a_first_green_needs_no_note(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.dana.clicks("Check in")
    await fills_in(lite.dana, REFUNDS, "95", "At risk")
    await fills_in(lite.dana, RETURNING, "45", "On track")
    assert lite.dana.modal is not None
    assert lite.dana.modal.buttons == ["Add details", "Add details"]
    await lite.dana.submits()
    assert lite.dana.modal is None


async def test_a_win_a_blocker_and_done_actions_go_along(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.dana.clicks("Check in")
    await fills_in(lite.dana, REFUNDS, "95", "At risk")
    await fills_in(lite.dana, RETURNING, "45", "On track", win="Forty cards sold", blocker="No printer")
    await lite.dana.chooses("Actions done", "Ask ten customers why they left")
    await lite.dana.submits()
    await lite.comes("Tue 17 Nov 10:00")
    assert "🎉 Forty cards sold – Dana Rossi" in lite.growth.reads()[-1].shown
    assert "In the way: No printer" in lite.growth.reads()[-1].shown

    await lite.comes("Mon 23 Nov 09:00")
    await lite.dana.clicks("Check in")
    await opens_details(lite.dana, RETURNING)
    left = find(lite.dana, RETURNING, "actions").element["options"]
    assert [one["text"]["text"] for one in left] == ["Draft the loyalty card"]


async def test_a_new_week_starts_without_last_week_s_note_and_win(asked: Stage) -> None:
    await asked.answers(asked.dana, {RETURNING: ("46", "On track")}, note="Steady", win="A good week")
    await asked.comes("Mon 30 Nov 09:00")
    await asked.dana.clicks("Check in")
    await opens_details(asked.dana, RETURNING)
    assert asked.dana.modal is not None
    assert asked.dana.modal.values["Note"] is None
    assert asked.dana.modal.values["A win to share"] is None


async def test_an_edit_starts_from_what_was_said(asked: Stage) -> None:
    await asked.answers(asked.dana, {RETURNING: ("46", "On track")}, note="Steady", win="A good week")
    await asked.dana.clicks(f"Edit: {RETURNING}")
    await opens_details(asked.dana, RETURNING)
    assert asked.dana.modal is not None
    assert asked.dana.modal.values["Note"] == "Steady"
    assert asked.dana.modal.values["A win to share"] == "A good week"


async def test_an_early_answer_starts_without_last_week_s_note_and_shows_at_once(asked: Stage) -> None:
    await asked.answers(asked.dana, {RETURNING: ("46", "On track")}, note="Steady", win="A good week")
    await asked.comes("Tue 24 Nov 10:00")
    await asked.comes("Fri 27 Nov 12:00")
    await asked.dana.uses_shortcut("OKR check-in")
    await opens_details(asked.dana, RETURNING)
    assert asked.dana.modal is not None
    assert asked.dana.modal.values["A win to share"] is None
    await fills_in(asked.dana, RETURNING, "49")
    await asked.dana.submits()
    await asked.dana.closes()
    assert "49% (today)" in (await asked.asks(asked.dana, "/okr status")).shown


async def test_an_edit_on_friday_stays_in_its_week_and_monday_asks(asked: Stage) -> None:
    await asked.answers(asked.dana, {RETURNING: ("46", "On track")})
    await asked.comes("Tue 24 Nov 10:00")
    await asked.comes("Fri 27 Nov 12:00")
    await asked.dana.clicks(f"Edit: {RETURNING}")
    await asked.dana.submits({"Value now": "48"})
    assert "Returning customers: 48% (Fri 27 Nov" in asked.growth.reads()[-1].shown
    await asked.comes("Mon 30 Nov 09:00")
    assert asked.dana.reads()[-1].shown.startswith("Hello Dana, 2 key results to check in")


async def test_a_milestone_is_a_choice_of_steps(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.luca.clicks(lite.luca.reads()[-1].buttons[0])
    steps = find(lite.luca, "The loyalty card is out", "value").element["options"]
    assert [one["text"]["text"] for one in steps] == [
        "Da iniziare",
        "Designed (30%)",
        "In ten shops (60%)",
        "In all shops (100%)",
    ]
    await fills_in(lite.luca, "The loyalty card is out", "In ten shops", "On track")
    await lite.luca.submits()
    assert "In ten shops (lun 16 nov)" in lite.luca.reads()[-1].shown


async def test_many_key_results_come_in_pages_of_three_each_saved_by_itself(lite: Stage) -> None:
    await lite.imports(companies.PRIYA_HAS_SEVEN)
    await lite.comes("Mon 16 Nov 09:00")
    await lite.priya.clicks("Check in")
    seen = []
    for page in (1, 2):
        assert lite.priya.modal is not None
        assert (lite.priya.modal.title, lite.priya.modal.submit) == (f"Check-in {page} of 3", "Save and next")
        seen += await _answers_page(lite)
    assert lite.priya.reads()[-1].shown.startswith("1 key result to go")
    assert lite.priya.modal is not None
    assert (lite.priya.modal.title, lite.priya.modal.submit) == ("Check-in 3 of 3", "Save")
    seen += await _answers_page(lite)
    assert lite.priya.modal is None
    assert len(set(seen)) == 7
    assert lite.priya.reads()[-1].shown.startswith("Thank you, Priya. 7 key results checked in.")


async def test_a_form_that_is_closed_half_way_keeps_the_pages_that_were_saved(lite: Stage) -> None:
    await lite.imports(companies.PRIYA_HAS_SEVEN)
    await lite.comes("Mon 16 Nov 09:00")
    await lite.priya.clicks("Check in")
    await _answers_page(lite)
    await lite.priya.closes()
    assert lite.priya.reads()[-1].shown.startswith("4 key results to go")
    await lite.priya.clicks("Check in")
    assert len(titles(lite.priya)) == 3


async def test_a_form_left_open_over_the_digest_still_saves(asked: Stage) -> None:
    await asked.dana.clicks("Check in")
    await asked.comes("Tue 24 Nov 10:00")
    await asked.comes("Tue 24 Nov 10:30")
    await asked.dana.submits()
    assert "With a late answer from Dana Rossi." in asked.growth.reads()[-1].shown


async def test_without_a_colour_the_form_is_not_sent(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.dana.clicks("Check in")
    await lite.dana.submits({"Value now": "95"})
    assert lite.dana.modal is not None
    assert set(lite.dana.modal.errors) == {"Confidence", "Value now (2)", "Confidence (2)"}
    with pytest.raises(CannotDoError):
        await lite.dana.chooses("Confidence", "Perfect")


async def _answers_page(stage: Stage) -> list[str]:
    """Priya answers what the page asks."""
    asked = titles(stage.priya)
    for title in asked:
        await fills_in(stage.priya, title, "10", "On track")
    await stage.priya.submits()
    return asked


def _labelled(stage: Stage, label: str) -> str:
    assert label in stage.luca.reads()[-1].buttons
    return label
