"""The direct message that asks: what it says, when it comes, and when it is silent."""

import pytest

from playground import CannotDoError
from tests import companies
from tests.stage import Stage

BOTH_FINE = {"Returning customers": ("50", "On track"), "Refunds a week": ("95", "At risk")}


async def test_the_first_prompt_says_what_is_known(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    assert lite.dana.reads()[-1].shown == (
        "Hello Dana, 2 key results to check in\n"
        "The digest goes to #growth on Tuesday 10:00, your time.\n"
        "Refunds a week\n"
        "No value yet · target 60\n"
        "⚪ Not started · pace today 51%\n"
        "Returning customers\n"
        "No value yet · target 60%\n"
        "⚪ Not started · pace today 51%\n"
        "[Check in] [Later] [Why this?]\n"
        "A value and a confidence are enough; Off track needs a note as well."
    )


async def test_the_worst_comes_first_with_value_age_pace_and_last_confidence(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.answers(
        lite.dana,
        {"Returning customers": ("43", "Off track", "The shop was closed")},
        blocker="No stock",
    )
    await lite.answers(lite.dana, {"Refunds a week": ("95", "On track")})
    await lite.comes("Mon 23 Nov 09:00")
    asked = lite.dana.reads()[-1].shown.split("\n")
    assert asked[2:6] == [
        "Returning customers",
        "43% (Mon 16 Nov) · target 60%",
        "▰▰▱▱▱▱▱▱▱▱ 15% done, 43 points behind pace · 🛑 Off track",
        "In the way: No stock",
    ]
    assert asked[6] == "Refunds a week"


async def test_nothing_changed_is_one_click(lite: Stage) -> None:
    await _after_a_week(lite)
    await lite.dana.clicks("Nothing changed: Returning customers")
    prompt = lite.dana.reads()[-1].shown
    assert prompt.startswith("1 key result to go")
    assert "50% (confirmed Mon 23 Nov) · target 60%" in prompt
    await lite.comes("Tue 24 Nov 10:00")
    assert "2 of 3 answered" not in lite.growth.reads()[-1].shown
    assert "1 of 3 answered" in lite.growth.reads()[-1].shown


async def test_nothing_changed_for_all_answers_the_whole_prompt(lite: Stage) -> None:
    await _after_a_week(lite)
    await lite.dana.clicks("Nothing changed for both")
    assert lite.dana.reads()[-1].shown.startswith("Thank you, Dana. 2 key results checked in.")


async def test_nothing_changed_keeps_the_blocker_and_repeats_no_win(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.answers(
        lite.dana,
        {"Refunds a week": ("95", "At risk")},
        note="Two shops late",
        blocker="Waiting for legal",
        win="First shop is in",
    )
    await lite.comes("Tue 17 Nov 10:00")
    await lite.comes("Mon 23 Nov 09:00")
    await lite.dana.clicks("Nothing changed: Refunds a week")
    await lite.comes("Tue 24 Nov 10:00")
    first, second = (one.shown for one in lite.growth.reads())
    assert "First shop is in" in first
    assert "First shop is in" not in second
    assert "Note:" not in second
    assert "In the way: Waiting for legal" in second


async def test_nothing_changed_is_not_offered_the_first_time(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    assert lite.dana.reads()[-1].buttons == ["Check in", "Later", "Why this?"]


async def test_nothing_changed_is_not_offered_on_red(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.answers(
        lite.dana,
        {"Refunds a week": ("95", "At risk"), "Returning customers": ("43", "Off track", "The shop was closed")},
    )
    await lite.comes("Mon 23 Nov 09:00")
    assert lite.dana.reads()[-1].buttons == ["Nothing changed", "Check in", "Later", "Why this?"]
    with pytest.raises(CannotDoError):
        await lite.dana.clicks("Nothing changed: Returning customers", message=lite.dana.reads()[-1])


async def test_after_three_times_nothing_changed_a_real_answer_is_asked_for(lite: Stage) -> None:
    await _after_a_week(lite)
    for monday in ("Mon 23 Nov", "Mon 30 Nov", "Mon 7 Dec"):
        await lite.comes(f"{monday} 09:00")
        await lite.dana.clicks("Nothing changed for both")
    await lite.comes("Mon 14 Dec 09:00")
    assert lite.dana.reads()[-1].buttons == ["Check in", "Later", "Why this?"]


async def test_an_old_button_does_not_get_around_a_real_answer(lite: Stage) -> None:
    await _after_a_week(lite)
    await lite.comes("Tue 24 Nov 10:00")
    old = lite.dana.reads()[-1]
    await lite.answers(lite.dana, {"Refunds a week": ("130", "Off track", "It went the wrong way")})
    await lite.comes("Mon 30 Nov 09:00")
    assert old.buttons.count("Nothing changed") == 2
    with pytest.raises(CannotDoError):
        await lite.dana.clicks("Nothing changed: Refunds a week")


async def test_an_answered_prompt_becomes_a_receipt_with_edit(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.answers(lite.dana, BOTH_FINE)
    receipt = lite.dana.reads()[-1]
    assert receipt.shown.startswith(
        "Thank you, Dana. 2 key results checked in.\n"
        "The digest goes to #growth on Tuesday 10:00; until then you can edit."
    )
    assert receipt.buttons == ["Edit", "Edit", "Why this?"]

    await lite.dana.clicks("Edit: Returning customers")
    await lite.dana.submits({"Value now": "52"})
    assert lite.dana.modal is None
    assert "52% (Mon 16 Nov)" in lite.dana.reads()[-1].shown
    assert len(lite.dana.reads()) == 1


async def test_several_teams_on_one_date_give_one_message(lite: Stage) -> None:
    await lite.imports(companies.DANA_IN_TWO_TEAMS)
    await lite.comes("Mon 16 Nov 08:00")
    assert lite.dana.reads()[-1].shown.startswith("Hello Dana, 3 key results to check in")
    assert "#growth" in lite.dana.reads()[-1].shown
    assert "#company" in lite.dana.reads()[-1].shown
    await lite.comes("Mon 16 Nov 09:00")
    assert len(lite.dana.reads()) == 1
    assert len(lite.luca.reads()) == 1


async def test_with_two_teams_the_prompt_stays_open_until_the_last_digest(lite: Stage) -> None:
    await lite.imports(companies.DANA_IN_TWO_TEAMS)
    await lite.comes("Mon 16 Nov 08:00")
    await lite.comes("Tue 17 Nov 10:00")
    assert lite.growth.reads() != []
    assert lite.company.reads() == []
    assert "went unanswered" not in lite.dana.reads()[0].shown
    await lite.comes("Tue 17 Nov 14:00")
    assert lite.company.reads() != []
    assert lite.dana.reads()[0].shown.startswith("3 key results went unanswered")


async def test_a_closed_prompt_says_so_and_a_late_answer_updates_the_digest(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.comes("Tue 17 Nov 10:00")
    await lite.comes("Tue 17 Nov 11:30")
    closed = lite.dana.reads()[0]
    assert closed.shown.startswith(
        "2 key results went unanswered\nThe digest in #growth was posted. A late answer still updates it."
    )
    assert closed.buttons == ["Check in", "Why this?"]
    assert "0 of 3 answered" in lite.growth.reads()[-1].shown

    await lite.dana.clicks("Check in", message=closed)
    await lite.dana.submits(
        {"Value now": "95", "Confidence": "⚠️ At risk", "Value now (2)": "52", "Confidence (2)": "🟢 On track"}
    )
    digest = lite.growth.reads()[-1].shown
    assert "2 of 3 answered" in digest
    assert "With a late answer from Dana Rossi." in digest
    assert lite.dana.reads()[0].shown.startswith("Thank you, Dana.")
    assert len(lite.growth.reads()) == 1


async def test_who_answers_on_friday_is_not_asked_on_monday(lite: Stage) -> None:
    await lite.comes("Fri 20 Nov 00:00")
    await lite.dana.types("/okr checkin")
    await lite.dana.submits(
        {"Value now": "95", "Confidence": "⚠️ At risk", "Value now (2)": "52", "Confidence (2)": "🟢 On track"}
    )
    await lite.dana.closes()
    await lite.comes("Mon 23 Nov 09:00")
    await lite.comes("Mon 23 Nov 18:00")
    assert [one for one in lite.dana.reads() if not one.ephemeral] == []
    assert len(lite.luca.reads()) == 2, "the prompt and one reminder: nobody ticked at 15:00"
    await lite.comes("Tue 24 Nov 10:00")
    assert "2 of 3 answered" in lite.growth.reads()[-1].shown


async def test_an_answer_on_thursday_is_late_and_monday_asks_again(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.comes("Tue 17 Nov 10:00")
    await lite.comes("Thu 19 Nov 23:59")
    await lite.answers(lite.dana, BOTH_FINE)
    assert "With a late answer from Dana Rossi." in lite.growth.reads()[-1].shown
    await lite.comes("Mon 23 Nov 09:00")
    assert lite.dana.reads()[-1].shown.startswith("Hello Dana, 2 key results to check in")


async def _after_a_week(stage: Stage) -> None:
    """Dana answered both of hers last Monday, and is asked again."""
    await stage.comes("Mon 16 Nov 09:00")
    await stage.answers(stage.dana, BOTH_FINE)
    await stage.comes("Tue 17 Nov 10:00")
    await stage.comes("Mon 23 Nov 09:00")
