"""The team's message at the end of a round: what a manager can act on, first things first."""

from tests import companies
from tests.stage import Stage

RETURNING, REFUNDS, CARD = "Returning customers", "Refunds a week", "The loyalty card is out"


async def test_the_headline_counts_colours_and_what_changed_since_last_time(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.answers(lite.dana, {RETURNING: ("52", "On track"), REFUNDS: ("85", "On track")})
    await lite.answers(lite.luca, {CARD: ("Designed", "At risk")})
    await lite.comes("Tue 17 Nov 10:00")
    assert _headline(lite) == [
        "Growth: check-in of Monday 16 November",
        "🟢 2 on track · ⚠️ 1 at risk",
        "3 of 3 answered · 49% done on average",
    ]
    await lite.comes("Mon 23 Nov 09:00")
    await lite.answers(lite.dana, {RETURNING: ("53", "On track"), REFUNDS: ("100", "Off track", "A bad batch")})
    await lite.answers(lite.luca, {CARD: ("In ten shops", "On track", "The printer came")})
    await lite.comes("Tue 24 Nov 10:00")
    assert _headline(lite)[1] == "🟢 2 on track · ⚠️ none at risk (−1) · 🛑 1 off track (+1)"


async def test_red_comes_first_with_its_blocker_its_note_and_its_owner(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.answers(lite.dana, {RETURNING: ("52", "On track")})
    await lite.answers(lite.dana, {REFUNDS: ("118", "Off track", "A bad batch")}, blocker="No second supplier")
    await lite.answers(lite.luca, {CARD: ("Designed", "At risk")})
    await lite.comes("Tue 17 Nov 10:00")
    digest = lite.growth.reads()[-1].shown
    assert "\n".join(digest.split("\n")[3:9]) == (
        "🛑 Off track\n"
        "Refunds a week – Dana Rossi\n"
        "118 (Mon 16 Nov) · target 60\n"
        "▱▱▱▱▱▱▱▱▱▱ 3% done, 48 points behind pace\n"
        "In the way: No second supplier\n"
        "Note: A bad batch"
    )
    assert digest.index("🛑 Off track") < digest.index("⚠️ At risk") < digest.index("🟢 On track")


async def test_what_nobody_answered_for_three_working_days_loses_its_colour(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.answers(lite.luca, {CARD: ("Designed", "On track")})
    for week in ("Tue 17 Nov 10:00", "Mon 23 Nov 09:00", "Tue 24 Nov 10:00"):
        await lite.comes(week)
    assert "No recent answer" not in _entry(lite, CARD)
    await lite.comes("Mon 30 Nov 09:00")
    await lite.comes("Tue 1 Dec 10:00")
    digest = lite.growth.reads()[-1].shown
    assert digest.index("⚪ No recent answer") < digest.index("The loyalty card is out – Luca Bianchi")
    assert "Designed (Mon 16 Nov)" in digest
    assert "🟢 none on track" in digest


async def test_movers_are_named_with_before_and_after(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.answers(lite.dana, {RETURNING: ("50", "On track"), REFUNDS: ("90", "On track")})
    await lite.comes("Mon 23 Nov 09:00")
    await lite.answers(lite.dana, {RETURNING: ("55", "On track"), REFUNDS: ("96", "On track")})
    await lite.comes("Tue 24 Nov 10:00")
    digest = lite.growth.reads()[-1].shown
    assert "What moved\n▲ Returning customers: 50% → 55%\n▼ Refunds a week: 90 → 96" in digest


async def test_wins_are_told_with_whose_they_are(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.answers(lite.dana, {RETURNING: ("52", "On track")}, win="A queue in front of the shop")
    await lite.comes("Tue 17 Nov 10:00")
    assert "Wins\n🎉 A queue in front of the shop – Dana Rossi" in lite.growth.reads()[-1].shown


async def test_who_has_not_answered_is_named_once(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.comes("Tue 17 Nov 10:00")
    digest = lite.growth.reads()[-1].shown
    line = next(line for line in digest.split("\n") if line.startswith("⏳"))
    assert "Dana Rossi and Luca Bianchi" in line or "Luca Bianchi and Dana Rossi" in line
    assert line.count("Dana Rossi") == 1


async def test_greens_are_folded_to_a_line_with_their_age(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.answers(lite.dana, {RETURNING: ("52", "On track"), REFUNDS: ("85", "On track")})
    await lite.comes("Mon 23 Nov 09:00")
    await lite.dana.clicks("Nothing changed: Refunds a week")
    await lite.answers(lite.dana, {RETURNING: ("56", "On track")})
    await lite.comes("Tue 24 Nov 10:00")
    folded = next(line for line in lite.growth.reads()[-1].shown.split("\n") if line.startswith("🟢 On track"))
    assert folded == (
        "🟢 On track Refunds a week: 85 (confirmed Mon 23 Nov, on pace) · "
        "Returning customers: 56% (Mon 23 Nov, 21 points ahead of pace)"
    )


async def test_a_digest_that_is_read_weeks_later_says_of_no_day_that_it_was_yesterday(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.answers(lite.dana, {RETURNING: ("52", "On track"), REFUNDS: ("118", "Off track", "A bad batch")})
    await lite.comes("Tue 17 Nov 10:00")
    await lite.answers(lite.luca, {CARD: ("Designed", "At risk")})
    (digest,) = lite.growth.reads()
    assert [word for word in ("today", "yesterday", "ago") if word in f"{digest.shown}\n{digest.text}"] == []
    assert "Designed (Tue 17 Nov)" in digest.shown
    assert "118 (Mon 16 Nov)" in digest.text
    assert "118 (yesterday)" in (await lite.asks(lite.nora, "/okr status growth")).shown


async def test_a_green_far_behind_its_pace_is_not_folded_away(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.answers(lite.dana, {RETURNING: ("42", "On track")})
    await lite.comes("Tue 17 Nov 10:00")
    digest = lite.growth.reads()[-1].shown
    assert "🟢 Called on track, but the numbers say otherwise\nReturning customers – Dana Rossi" in digest


async def test_however_often_an_answer_is_edited_the_digest_knows_the_one_before_it(stage: Stage) -> None:
    await stage.comes("Mon 16 Nov 09:00")
    await stage.answers(stage.dana, {RETURNING: ("45", "On track")})
    await stage.comes("Mon 23 Nov 09:00")
    await stage.answers(stage.dana, {RETURNING: ("50", "Off track", "Too dear"), REFUNDS: ("85", "On track")})
    await stage.comes("Tue 24 Nov 10:00")
    for minute in range(7):
        await stage.comes(f"Tue 24 Nov 11:0{minute}")
        await stage.answers(stage.dana, {RETURNING: ("51", "Off track", f"Edit number {minute}")})
    digest = stage.growth.reads()[-1].shown
    assert "Edit number 6" in digest
    assert "was 45% · was 🟢 On track" in digest
    assert "▲ Returning customers: 45% → 51%" in digest
    assert "late answer" not in digest


async def test_late_answers_and_edits_update_the_one_message(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.answers(lite.dana, {RETURNING: ("52", "On track"), REFUNDS: ("85", "On track")})
    await lite.comes("Tue 17 Nov 10:00")
    assert "Updated" not in lite.growth.reads()[-1].shown

    await lite.comes("Wed 18 Nov 09:00")
    await lite.answers(lite.dana, {RETURNING: ("53", "Off track", "The count was wrong")})
    edited = lite.growth.reads()[-1].shown
    assert "Note: The count was wrong" in edited
    assert "late answer" not in edited

    await lite.answers(lite.luca, {CARD: ("Designed", "At risk")})
    late = lite.growth.reads()[-1].shown
    assert "3 of 3 answered" in late
    assert "With a late answer from Luca Bianchi." in late
    assert "⏳" not in late
    assert len(lite.growth.reads()) == 1
    assert lite.growth.reads()[0].thread == []


async def test_an_old_digest_keeps_saying_what_it_was_about(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.answers(lite.dana, {RETURNING: ("52", "On track")})
    await lite.comes("Tue 17 Nov 10:00")
    await lite.comes("Mon 23 Nov 09:00")
    old = lite.growth.reads()[0].shown
    await lite.answers(lite.dana, {RETURNING: ("41", "Off track", "They left")})
    assert lite.growth.reads()[0].shown == old


async def test_sixty_key_results_go_on_in_the_thread_and_none_is_lost(lite: Stage) -> None:
    await lite.imports(companies.SIXTY)
    await lite.comes("Mon 16 Nov 09:00")
    await lite.comes("Tue 17 Nov 10:00")
    (digest,) = lite.support.reads()
    assert len(digest.blocks) <= 40
    assert "⚪ 61 not started" in digest.shown
    assert "more key results that need a look are in the thread." in digest.shown
    assert digest.thread != []
    everything = "\n".join([digest.shown, *(one.shown for one in digest.thread)])
    for number in range(1, 61):
        assert everything.count(f"Guide number {number} –") == 1


async def test_what_goes_on_in_the_thread_comes_also_when_the_digest_was_shorter_in_between(lite: Stage) -> None:
    """The first answer is lost, and Slack is not patient with the thread until most of it has been paused."""
    await lite.imports(companies.SIXTY)
    await lite.comes("Mon 16 Nov 09:00")
    lite.slack_app.scopes |= {"channels:history"}
    lite.playground.faults.lose_answer("chat.postMessage")
    await lite.comes("Tue 17 Nov 05:30")
    lite.playground.faults.ratelimit("chat.postMessage", retry_after=600, times=10)
    await lite.comes("Tue 17 Nov 05:33")
    assert lite.support.reads()[-1].thread == []
    await lite.imports(
        companies.with_key_results(
            "support", [companies.key_result(f"Guide number {n}", "priya", state="paused") for n in range(1, 61)]
        )
    )
    lite.playground.faults.clear()
    await lite.stop_bot()
    await lite.wakes("Tue 17 Nov 05:50")
    assert lite.support.reads()[-1].thread == []
    await lite.imports(companies.SIXTY)
    await lite.answers(lite.priya, {"Guide number 1": ("55", "On track")})
    await lite.comes("Tue 17 Nov 05:55")
    assert lite.support.reads()[-1].thread != []


async def test_the_thread_of_a_long_digest_is_kept_up_to_date_too(lite: Stage) -> None:
    await lite.imports(companies.SIXTY)
    await lite.comes("Mon 16 Nov 09:00")
    await lite.comes("Tue 17 Nov 10:00")
    before = lite.support.reads()[0]
    assert "Guide number 9 –" in before.thread[-1].shown
    await lite.answers(lite.priya, {"Guide number 1": ("60", "On track")})
    after = lite.support.reads()[0]
    assert "⚪ 60 not started" in after.shown
    assert len(after.thread) == len(before.thread)


async def test_an_italian_team_gets_an_italian_digest(lite: Stage) -> None:
    await lite.imports(companies.with_team("growth", language="it"))
    await lite.comes("Mon 16 Nov 09:00")
    await lite.answers(lite.dana, {RETURNING: ("52", "On track"), REFUNDS: ("118", "Off track", "A bad batch")})
    await lite.comes("Tue 17 Nov 10:00")
    digest = lite.growth.reads()[-1].shown
    assert "lunedì 16 novembre" in digest
    assert "🛑 Fuori rotta\nRefunds a week – Dana Rossi" in digest
    assert "🟢 1 in linea" in digest
    assert "(lun 16 nov)" in digest


async def test_a_private_key_result_stays_out_of_the_channel(lite: Stage) -> None:
    await lite.imports(companies.WITH_A_SECRET)
    await lite.comes("Mon 16 Nov 09:00")
    await lite.answers(lite.dana, {"Price of the takeover": ("10", "Off track", "They ask for more")})
    await lite.comes("Tue 17 Nov 10:00")
    assert "takeover" not in lite.growth.reads()[-1].shown
    assert "takeover" not in lite.growth.reads()[-1].text


async def test_what_people_write_pings_nobody(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.answers(lite.dana, {REFUNDS: ("118", "Off track", "<!channel> <@U0PG00004> help")})
    await lite.comes("Tue 17 Nov 10:00")
    (digest,) = lite.growth.reads()
    assert "<!channel>" not in str(digest.blocks) + digest.text
    assert "Note: <!channel> <@U0PG00004> help" in digest.shown


def _headline(stage: Stage) -> list[str]:
    return stage.growth.reads()[-1].shown.split("\n")[:3]


def _entry(stage: Stage, title: str) -> str:
    """The lines about one key result in the newest digest."""
    digest = stage.growth.reads()[-1].shown
    return digest[max(0, digest.index(title) - 80) : digest.index(title) + 200]
