"""Away: the deputy is asked, or nobody; nothing is held against who is away; one message when they are back."""

from datetime import UTC, datetime, timedelta

from tests import companies
from tests.form import fills_in
from tests.stage import ROME, Stage, at

DEPUTY = companies.with_people(dana={"deputy": "luca"})
BOTH = {"Returning customers": ("52", "At risk"), "Refunds a week": ("95", "On track")}


async def test_away_is_answered_with_what_will_happen(lite: Stage) -> None:
    await lite.comes("Fri 20 Nov 12:00")
    assert (await lite.asks(lite.dana, "/okr away until Monday")).shown == (
        "You are away until Monday 23 November, that day included. "
        "I ask nobody in your place: in the digest your key results read away, with their last value. "
        "(An admin can name a deputy for you in the company file.) "
        "On Tuesday 24 November I tell you once what was answered for you and what waits; "
        "on Monday 30 November I ask you again. "
        "Back that day already? /okr back on Monday 23 November. Earlier still? /okr back"
    )
    assert (await lite.asks(lite.dana, "/okr back on Monday")).shown == (
        "You are away until Sunday 22 November, that day included. "
        "I ask nobody in your place: in the digest your key results read away, with their last value. "
        "(An admin can name a deputy for you in the company file.) "
        "On Monday 23 November I ask you again, and tell you what was answered for you meanwhile. "
        "Back earlier? /okr back"
    )
    assert (await lite.asks(lite.dana, "/okr back soonish")).shown.startswith("I cannot read “soonish” as a day")
    await lite.comes("Mon 23 Nov 09:00")
    assert lite.dana.reads()[-1].shown.startswith("Hello Dana, 2 key results to check in")


async def test_somebody_away_is_neither_asked_nor_named(stage: Stage) -> None:
    await stage.comes("Mon 16 Nov 09:00")
    await stage.answers(stage.dana, BOTH)
    await stage.comes("Fri 20 Nov 12:00")
    await stage.asks(stage.dana, "/okr away from Monday until 4 December")
    messages = len([one for one in stage.dana.reads() if not one.ephemeral])
    for when in ("Mon 23 Nov 09:00", "Mon 23 Nov 15:00", "Tue 24 Nov 10:00", "Mon 30 Nov 09:00", "Tue 1 Dec 10:00"):
        await stage.comes(when)
    assert len([one for one in stage.dana.reads() if not one.ephemeral]) == messages
    digest = stage.growth.reads()[-1].shown
    assert "0 of 1 answered · 2 away" in digest
    assert "52% (away, value from 16 Nov) · target 60%" in digest
    assert "Still waiting to hear from Luca Bianchi." in digest
    assert "Dana" not in digest.partition("Still waiting")[2]
    assert (await stage.asks(stage.elena, "/okr status @dana")).shown.startswith(
        "Risultati chiave di Dana Rossi\nDana Rossi è via fino a venerdì 4 dicembre, compreso."
    )
    status = (await stage.asks(stage.dana, "/okr status #growth")).shown
    assert "52% (away, value from 16 Nov)" in status


async def test_what_was_excused_never_becomes_stale(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.answers(lite.dana, BOTH)
    await lite.asks(lite.dana, "/okr away until 4 December")
    for when in ("Tue 17 Nov 10:00", "Mon 23 Nov 09:00", "Tue 24 Nov 10:00", "Wed 2 Dec 12:00"):
        await lite.comes(when)
    stale = (await lite.asks(lite.elena, "/okr status stale")).shown
    assert "Returning customers" not in stale
    assert "The loyalty card is out" in stale


async def test_a_deputy_is_asked_and_reads_for_whom(stage: Stage) -> None:
    await stage.imports(DEPUTY)
    await stage.comes("Fri 20 Nov 12:00")
    assert "I ask Luca Bianchi instead of you." in (await stage.asks(stage.dana, "/okr away until 27 Nov")).shown
    await stage.comes("Mon 23 Nov 09:00")
    assert [one for one in stage.dana.reads() if not one.ephemeral] == []
    (prompt,) = stage.luca.reads()
    assert prompt.shown.startswith("Ciao Luca, 3 risultati chiave")
    assert prompt.shown.count("Dana Rossi") == 2

    await _stands_in(stage)
    assert "2 risultati chiave" in stage.luca.reads()[0].shown
    await stage.comes("Tue 24 Nov 10:00")
    digest = stage.growth.reads()[-1].shown
    assert "1 of 3 answered" in digest
    assert "Still waiting to hear from Luca Bianchi." in digest
    assert "away" not in digest


async def test_a_deputy_who_was_asked_may_answer_when_the_other_is_back(lite: Stage) -> None:
    await lite.imports(DEPUTY)
    await lite.comes("Sun 22 Nov 12:00")
    await lite.asks(lite.dana, "/okr away until tomorrow")
    await lite.comes("Mon 23 Nov 09:00")
    await lite.comes("Tue 24 Nov 09:30")
    await lite.luca.clicks("Fai il check-in", message=lite.luca.reads()[0])
    assert lite.luca.modal is not None
    assert "Returning customers" in lite.luca.modal.text


async def test_who_goes_away_before_their_hour_is_not_asked_any_more(lite: Stage) -> None:
    await lite.imports(companies.with_people(dana={"deputy": "luca"}))
    await lite.comes("Mon 16 Nov 08:00")
    await lite.asks(lite.dana, "/okr away today")
    await lite.comes("Mon 16 Nov 09:00")
    assert [one for one in lite.dana.reads() if not one.ephemeral] == []
    assert lite.luca.reads()[0].shown.count("Dana Rossi") == 2


async def test_who_goes_away_after_being_asked_hands_over_what_is_open(stage: Stage) -> None:
    await stage.imports(DEPUTY)
    await stage.comes("Mon 16 Nov 09:00")
    await stage.answers(stage.dana, {"Refunds a week": ("95", "On track")})
    await stage.comes("Mon 16 Nov 11:00")
    await stage.asks(stage.dana, "/okr away until Friday")
    assert "Thank you, Dana. 1 key result checked in." in stage.dana.reads()[0].shown
    await stage.comes("Mon 16 Nov 11:01")
    assert "Dana Rossi" in stage.luca.reads()[0].shown
    assert len(stage.luca.reads()) == 1
    own = (await stage.asks(stage.dana, "/okr")).shown
    assert own.startswith(
        "Your key results\nYou are away until Friday 20 November, that day included. Back earlier? /okr back"
    )
    assert "answer due from Luca Bianchi" in own
    await stage.dana.opens_home()
    assert stage.dana.home is not None
    assert "You are away until Friday 20 November" in stage.dana.home.text
    for when in ("Mon 16 Nov 15:00", "Mon 16 Nov 18:00"):
        await stage.comes(when)
    assert len([one for one in stage.dana.reads() if not one.ephemeral]) == 1
    assert len(stage.luca.reads()) == 3
    await stage.comes("Tue 17 Nov 10:00")
    assert "1 of 3 answered" in stage.growth.reads()[-1].shown
    assert "Dana" not in stage.growth.reads()[-1].shown.partition("Still waiting")[2]


async def test_a_prompt_that_stands_says_that_nobody_waits_any_more(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.asks(lite.dana, "/okr away until Friday")
    assert lite.dana.reads()[0].shown == (
        "You are away, so I do not wait for your answers. You can still give them with /okr checkin.\n[Why this?]"
    )
    await lite.answers(lite.dana, {"Refunds a week": ("95", "On track")})
    await lite.comes("Tue 17 Nov 10:00")
    assert "1 of 2 answered · 1 away" in lite.growth.reads()[-1].shown


async def test_back_at_once_asks_again_by_the_same_message(stage: Stage) -> None:
    await stage.comes("Mon 16 Nov 09:00")
    before = stage.dana.reads()[0].shown
    await stage.dana.clicks("Later")
    await stage.dana.submits({"When shall I ask again?": "Monday 12:00"})
    await stage.comes("Mon 16 Nov 10:21")
    await stage.asks(stage.dana, "/okr away until Friday")
    assert stage.dana.reads()[0].buttons == ["Why this?"]
    back = (await stage.asks(stage.dana, "/okr back")).shown
    assert "Waiting for you" in back
    assert "away, " not in back
    assert stage.dana.reads()[0].shown == before
    for when in ("Mon 16 Nov 11:59", "Mon 16 Nov 12:00", "Mon 16 Nov 18:00"):
        await stage.comes(when)
    reads = [one.shown.splitlines()[0] for one in stage.dana.reads() if not one.ephemeral]
    assert reads[1:] == ["A small reminder: 2 key results are still open"] * 2
    await stage.answers(stage.dana, {"Refunds a week": ("95", "On track")})
    await stage.comes("Tue 17 Nov 10:00")
    digest = stage.growth.reads()[-1].shown
    assert "1 of 3 answered" in digest
    assert "away" not in digest


async def test_a_deputy_hands_back_what_they_have_not_answered(lite: Stage) -> None:
    await lite.imports(companies.with_people(dana={"deputy": "elena"}))
    await lite.comes("Mon 16 Nov 09:00")
    await lite.comes("Mon 16 Nov 11:00")
    await lite.asks(lite.dana, "/okr away until Friday")
    await lite.comes("Mon 16 Nov 11:01")
    assert lite.elena.reads()[0].shown.count("Dana Rossi") == 2
    await lite.asks(lite.dana, "/okr back")
    assert lite.dana.reads()[0].shown.startswith("Hello Dana, 2 key results to check in")
    assert lite.elena.reads()[0].shown == (
        "Ora risponde qualcun altro, quindi qui non resta niente per te. Grazie di aver dato una mano!\n[Perché?]"
    )
    await lite.comes("Tue 17 Nov 10:00")
    assert len([one for one in lite.elena.reads() if not one.ephemeral]) == 1
    assert "Dana Rossi" in lite.growth.reads()[-1].shown.partition("Still waiting")[2]


async def test_coming_back_is_one_message_that_says_what_happened_and_what_waits(stage: Stage) -> None:
    await stage.imports(DEPUTY)
    await stage.comes("Sun 15 Nov 18:00")
    await stage.asks(stage.dana, "/okr away until Wednesday")
    await stage.comes("Mon 16 Nov 09:00")
    await _stands_in(stage)
    for when in ("Tue 17 Nov 10:00", "Wed 18 Nov 09:00", "Thu 19 Nov 09:00", "Thu 19 Nov 15:00", "Fri 20 Nov 09:00"):
        await stage.comes(when)
    (welcome,) = [one for one in stage.dana.reads() if not one.ephemeral]
    assert welcome.shown.startswith(
        "Welcome back, Dana\nAnswered for you\nReturning customers: 52%, ⚠️ At risk – Luca Bianchi\n"
        "Waiting for you\nRefunds a week"
    )
    assert welcome.buttons == ["Check in", "Why this?"]


async def test_what_nobody_answered_waits_with_a_button(lite: Stage) -> None:
    await lite.comes("Sun 15 Nov 18:00")
    await lite.asks(lite.dana, "/okr away until Wednesday")
    for when in ("Mon 16 Nov 09:00", "Tue 17 Nov 10:00", "Thu 19 Nov 09:00"):
        await lite.comes(when)
    (welcome,) = [one for one in lite.dana.reads() if not one.ephemeral]
    assert welcome.shown.startswith("Welcome back, Dana\nWaiting for you\nRefunds a week")
    await lite.dana.clicks("Check in", message=welcome)
    await lite.dana.submits(
        {"Value now": "95", "Confidence": "⚠️ At risk", "Value now (2)": "52", "Confidence (2)": "🟢 On track"}
    )
    digest = lite.growth.reads()[-1].shown
    assert "2 of 3 answered" in digest
    assert "late answer" not in digest


async def test_who_comes_back_on_the_day_of_asking_reads_one_message(lite: Stage) -> None:
    await lite.imports(DEPUTY)
    await lite.comes("Sun 15 Nov 18:00")
    await lite.asks(lite.dana, "/okr away until Friday")
    await lite.comes("Mon 16 Nov 09:00")
    await _stands_in(lite)
    for when in ("Tue 17 Nov 10:00", "Mon 23 Nov 09:00"):
        await lite.comes(when)
    (prompt,) = [one for one in lite.dana.reads() if not one.ephemeral]
    assert prompt.shown.startswith("Hello Dana, 2 key results to check in")
    assert "Welcome back. While you were away:\nReturning customers: 52%, ⚠️ At risk – Luca Bianchi" in prompt.shown


async def test_nothing_happened_so_nothing_is_said(lite: Stage) -> None:
    await lite.comes("Wed 18 Nov 12:00")
    await lite.asks(lite.dana, "/okr away tomorrow")
    await lite.comes("Fri 20 Nov 09:00")
    assert [one for one in lite.dana.reads() if not one.ephemeral] == []


async def test_back_before_the_end(stage: Stage) -> None:
    await stage.comes("Sun 15 Nov 18:00")
    await stage.asks(stage.dana, "/okr away until Friday")
    await stage.comes("Mon 16 Nov 08:00")
    assert (await stage.asks(stage.dana, "/okr back")).shown == (
        "Welcome back, Dana\nNothing was asked of you meanwhile, and nothing waits."
    )
    await stage.comes("Mon 16 Nov 09:00")
    assert stage.dana.reads()[-1].shown.startswith("Hello Dana, 2 key results to check in")
    await stage.comes("Mon 23 Nov 08:00")
    assert (await stage.asks(stage.dana, "/okr back")).shown == "You were not away, so nothing has changed."


async def test_back_after_the_hour_has_passed_tells_what_waits_and_asks_no_second_time(lite: Stage) -> None:
    await lite.comes("Sun 15 Nov 18:00")
    await lite.asks(lite.dana, "/okr away until Friday")
    await lite.comes("Mon 16 Nov 09:00")
    await lite.comes("Mon 16 Nov 12:00")
    assert "Waiting for you" in (await lite.asks(lite.dana, "/okr back")).shown
    for when in ("Mon 16 Nov 15:00", "Tue 17 Nov 10:00", "Mon 23 Nov 08:59"):
        await lite.comes(when)
    assert [one for one in lite.dana.reads() if not one.ephemeral] == []


async def test_leave_that_is_planned_is_told_and_can_be_moved_or_called_off(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 08:00")
    await lite.asks(lite.dana, "/okr away from 23 Nov until 4 Dec")
    known = (await lite.asks(lite.dana, "/okr away")).shown
    assert known.startswith("You are away from Monday 23 November to Friday 4 December, both included.")
    assert "on Monday 7 December I ask you again, and tell you" in known.replace("On", "on")
    assert known.endswith(
        "Other days? /okr away until Friday or /okr back on Thursday. None after all? /okr away cancel"
    )
    moved = (await lite.asks(lite.dana, "/okr back on 30 Nov")).shown
    assert moved.startswith("You are away from Monday 23 November to Sunday 29 November, both included.")
    assert "You are away from Monday 23" in (await lite.asks(lite.dana, "/okr back")).shown
    await lite.comes("Mon 16 Nov 09:00")
    assert lite.dana.reads()[-1].shown.startswith("Hello Dana")
    assert (await lite.asks(lite.dana, "/okr away cancel")).shown == (
        "Called off: from Monday 23 November on I ask you as usual."
    )
    await lite.comes("Tue 17 Nov 10:00")
    await lite.comes("Mon 23 Nov 09:00")
    assert lite.dana.reads()[-1].shown.startswith("Hello Dana")


async def test_back_on_a_day_counts_more_than_a_status(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 08:00")
    await lite.playground.change(lite.dana, status_text="Vacationing", status_emoji=":palm_tree:")
    assert (await lite.asks(lite.dana, "/okr away")).shown.startswith("You are away, as your status in Slack says")
    await lite.asks(lite.dana, "/okr back on Monday")
    await lite.comes("Mon 16 Nov 09:00")
    assert [one for one in lite.dana.reads() if not one.ephemeral] == []
    await lite.comes("Tue 17 Nov 10:00")
    await lite.comes("Mon 23 Nov 09:00")
    assert lite.dana.reads()[-1].shown.startswith("Hello Dana")


async def test_leave_can_be_said_anew(lite: Stage) -> None:
    await lite.comes("Fri 20 Nov 12:00")
    await lite.asks(lite.dana, "/okr away until Friday")
    assert "until Sunday 22 November" in (await lite.asks(lite.dana, "/okr away back on Monday")).shown
    await lite.comes("Mon 23 Nov 09:00")
    assert lite.dana.reads()[-1].shown.startswith("Hello Dana, 2 key results to check in")


async def test_away_in_italian(lite: Stage) -> None:
    await lite.comes("Fri 20 Nov 12:00")
    said = (await lite.asks(lite.luca, "/okr via fino a lunedì")).shown
    assert "lunedì 23 novembre" in said
    assert "You are" not in said
    assert "`" not in (await lite.asks(lite.luca, "/okr away boh")).text.partition("boh")[0]


async def test_away_without_days_asks_until_when(lite: Stage) -> None:
    assert (await lite.asks(lite.dana, "/okr away")).shown == (
        "Until when? For example /okr away until Friday, or /okr away from 2 Dec until 9 Dec."
    )
    assert (await lite.asks(lite.dana, "/okr away when hell freezes")).shown.startswith("I cannot read")
    assert (await lite.asks(lite.dana, "/okr away from 2 Dec until 1 Dec")).shown == (
        "Do you mean Wednesday 1 December 2027? Then write the year too. "
        "Otherwise that day has passed, or it comes before the first one."
    )
    assert "can be read in two ways" in (await lite.asks(lite.marcus, "/okr away until 3/12")).shown
    assert "until Sunday 3 January 2027, that day" in (await lite.asks(lite.dana, "/okr away until 3/1")).shown
    assert "no key results of your own" in (await lite.asks(lite.nora, "/okr away today")).shown


async def test_slacks_status_is_leave_until_it_ends(stage: Stage) -> None:
    await stage.comes("Fri 20 Nov 12:00")
    until = int(at("2026-11-24 23:59", ROME).timestamp())
    await stage.playground.change(
        stage.dana, status_text="Vacationing", status_emoji=":palm_tree:", status_expiration=until
    )
    for when in ("Mon 23 Nov 09:00", "Tue 24 Nov 10:00"):
        await stage.comes(when)
    assert stage.dana.reads() == []
    assert "2 away" in stage.growth.reads()[-1].shown
    await stage.comes("Wed 25 Nov 09:00")
    assert stage.dana.reads()[-1].shown.startswith("Welcome back, Dana")
    await stage.comes("Mon 30 Nov 09:00")
    assert stage.dana.reads()[-1].shown.startswith("Hello Dana")


async def test_a_status_without_an_end_is_leave_while_it_is_set(lite: Stage) -> None:
    await lite.comes("Fri 20 Nov 12:00")
    await lite.playground.change(lite.dana, status_text="In malattia", status_emoji=":face_with_thermometer:")
    await lite.comes("Mon 23 Nov 09:00")
    assert lite.dana.reads() == []
    await lite.comes("Wed 25 Nov 20:00")
    await lite.playground.change(lite.dana, status_text="", status_emoji="")
    await lite.comes("Thu 26 Nov 09:00")
    assert lite.dana.reads()[-1].shown.startswith("Welcome back, Dana\nWaiting for you")


async def test_a_status_about_something_else_changes_nothing(lite: Stage) -> None:
    await lite.playground.change(lite.dana, status_text="In a meeting", status_emoji=":spiral_calendar_pad:")
    await lite.comes("Mon 16 Nov 09:00")
    assert len(lite.dana.reads()) == 1


async def test_back_counts_more_than_a_status_that_still_stands(lite: Stage) -> None:
    await lite.comes("Fri 20 Nov 12:00")
    await lite.playground.change(lite.dana, status_text="Vacationing", status_emoji=":palm_tree:")
    await lite.comes("Sun 22 Nov 20:00")
    await lite.asks(lite.dana, "/okr back")
    await lite.playground.change(lite.dana, tz="Europe/Madrid")
    await lite.comes("Mon 23 Nov 09:00")
    assert lite.dana.reads()[-1].shown.startswith("Hello Dana")


async def test_a_status_set_while_the_bot_was_down_is_read_at_its_start(lite: Stage) -> None:
    await lite.stop_bot()
    await lite.playground.change(lite.dana, status_text="Ferie", status_emoji=":palm_tree:")
    await lite.start_bot()
    await lite.running.rituals.people.refresh_all(lite.running.workspace.id, datetime.now(UTC))
    await lite.comes("Mon 16 Nov 09:00")
    assert lite.dana.reads() == []
    assert await lite.kept("SELECT COUNT(*) FROM absences") == [(1,)]
    await lite.running.rituals.people.refresh_all(lite.running.workspace.id, datetime.now(UTC) + timedelta(hours=1))
    assert await lite.kept("SELECT COUNT(*) FROM absences") == [(1,)]


async def _stands_in(stage: Stage) -> None:
    """Luca answers for one of Dana's key results."""
    status = await stage.asks(stage.luca, "/okr status @dana", stage.growth)
    await stage.luca.clicks("Fai il check-in: Returning customers", message=status)
    await fills_in(stage.luca, "Returning customers", "52", "At risk")
    await stage.luca.submits()
    if stage.luca.modal:
        await stage.luca.closes_all()
