"""The digest of the team that stands for the company: the other teams beside each other, and nobody asked anew."""

from tests import companies
from tests.stage import NEW_YORK, Stage

RETURNING, REFUNDS, CARD, REVENUE = (
    *("Returning customers", "Refunds a week"),
    *("The loyalty card is out", "Revenue of the year"),
)


async def test_it_reads_each_teams_last_round_and_names_what_is_still_open(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.answers(lite.dana, {RETURNING: ("52", "On track"), REFUNDS: ("118", "Off track", "A bad batch")})
    await lite.comes("Tue 17 Nov 13:59")
    assert lite.company.reads() == []
    await lite.comes("Tue 17 Nov 14:00")
    (digest,) = lite.company.reads()
    assert digest.shown.split("\n")[:6] == [
        "Northwind: the company on Tuesday 17 November",
        "3 teams · 1 still open",
        "The teams",
        "Growth (16 Nov): 🟢 1 on track · 🛑 1 off track · ⚪ 1 not started · 2 of 3 answered "
        "– look first at Refunds a week (Dana Rossi)",
        "Support (16 Nov): ⚪ 1 not started · 0 of 1 answered",
        "Platform: its first check-in is open until 17 Nov, 16:00",
    ]
    assert lite.elena.reads() == []


async def test_it_is_brought_up_to_date_by_what_closes_and_what_is_answered_late(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.comes("Tue 17 Nov 14:00")
    await lite.comes("Tue 17 Nov 10:00", NEW_YORK)
    (digest,) = lite.company.reads()
    assert "Platform (16 Nov): ⚪ 2 not started · 0 of 2 answered" in digest.shown
    await lite.answers(lite.luca, {CARD: ("Designed", "At risk")})
    (digest,) = lite.company.reads()
    assert "Growth (16 Nov): ⚠️ 1 at risk · ⚪ 2 not started · 1 of 3 answered" in digest.shown
    await lite.comes("Mon 23 Nov 09:00")
    before = lite.company.reads()[0].shown
    await lite.answers(lite.dana, {RETURNING: ("55", "Off track", "They left")})
    assert [one.shown for one in lite.company.reads()] == [before], "the new round is for the next one to tell"


async def test_an_old_one_does_not_take_for_silence_what_was_answered_in_rounds_since(lite: Stage) -> None:
    rhythms = {
        "company": "every 2 weeks on Monday at 9:00",
        "growth": "every Monday at 9:00; digest the same day at 18:00",
    }
    await lite.imports(companies.with_rhythms(companies.REVENUE_TO_SHARE, **rhythms))
    await lite.comes("Mon 16 Nov 09:00")
    await lite.answers(lite.dana, {RETURNING: ("52", "On track"), REFUNDS: ("90", "On track")})
    await lite.comes("Tue 17 Nov 14:00")
    await lite.comes("Tue 17 Nov 10:00", NEW_YORK)
    await lite.comes("Mon 23 Nov 09:00")
    await lite.answers(lite.dana, {RETURNING: ("53", "At risk", "They left"), REFUNDS: ("88", "On track")})
    await lite.comes("Mon 23 Nov 18:00")
    await lite.comes("Thu 26 Nov 20:00")
    await lite.answers(lite.elena, {REVENUE: ("100000", "On track")})
    (digest,) = lite.company.reads()
    assert "1 of 2 answered · 5% done on average" in digest.shown
    assert "Growth (16 Nov): 🟢 2 on track · ⚪ 1 without a recent answer · 2 of 3 answered" in digest.shown


async def test_it_comes_once_although_okrbot_was_not_running_at_its_hour_and_starts_twice(stage: Stage) -> None:
    await stage.comes("Mon 16 Nov 09:00")
    await stage.stop_bot()
    await stage.wakes("Tue 17 Nov 17:30")
    assert len(stage.company.reads()) == 1
    assert "still open" not in stage.company.reads()[0].shown
    await stage.stop_bot()
    await stage.wakes("Tue 17 Nov 18:00")
    assert len(stage.company.reads()) == 1
    await stage.comes("Mon 23 Nov 09:00")
    await stage.comes("Tue 24 Nov 14:00")
    assert len(stage.company.reads()) == 2


async def test_the_companys_own_key_results_come_first_and_in_the_same_message(lite: Stage) -> None:
    await lite.imports(companies.REVENUE_TO_SHARE)
    await lite.comes("Mon 16 Nov 09:00")
    await lite.answers(lite.elena, {REVENUE: ("100000", "Off track", "Late")})
    await lite.comes("Tue 17 Nov 14:00")
    (digest,) = lite.company.reads()
    lines = digest.shown.split("\n")
    assert lines[1:4] == [
        "🛑 1 off track · ⚪ 1 not started",
        "1 of 2 answered · 5% done on average",
        "3 teams · 1 still open",
    ]
    assert digest.shown.index("Revenue of the year – Elena Ferri") < digest.shown.index("The teams")
    assert "Revenue of the year" in digest.text


async def test_what_is_private_in_a_team_is_not_told(lite: Stage) -> None:
    await lite.imports(companies.WITH_A_SECRET)
    await lite.comes("Mon 16 Nov 09:00")
    await lite.comes("Tue 17 Nov 14:00")
    (digest,) = lite.company.reads()
    assert "⚪ 3 not started · 0 of 3 answered" in digest.shown
    assert "takeover" not in f"{digest.shown} {digest.text}"


async def test_on_days_off_of_the_whole_company_nothing_is_told(lite: Stage) -> None:
    off = {**companies.parts()["company"], "days_off": ["2026-11-16 to 2026-11-20 A week by the sea"]}
    await lite.imports(companies.described(company=off))
    await lite.comes("Mon 16 Nov 09:00")
    await lite.comes("Tue 17 Nov 14:00")
    assert lite.company.reads() == []
    await lite.comes("Mon 23 Nov 09:00")
    await lite.comes("Tue 24 Nov 14:00")
    assert len(lite.company.reads()) == 1


async def test_the_hour_that_a_company_file_gives_is_kept(lite: Stage) -> None:
    await lite.imports(companies.with_team("company", rhythm="digest Wednesday at 8"))
    await lite.comes("Tue 17 Nov 14:00")
    assert lite.company.reads() == []
    await lite.comes("Wed 18 Nov 08:00")
    assert len(lite.company.reads()) == 1


async def test_why_this_says_that_it_tells_of_the_other_teams(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.comes("Tue 17 Nov 14:00")
    await lite.elena.clicks("Why this?", message=lite.company.reads()[0])
    told = lite.elena.sees_ephemerals(lite.company)[-1].shown
    assert "dice anche come stavano gli altri team" in told


async def test_a_preview_shows_it_beforehand_with_its_first_line(lite: Stage) -> None:
    shown = (await lite.asks(lite.marcus, "/okr preview", lite.platform)).shown
    assert "the company on" not in shown
    shown = (await lite.asks(lite.elena, "/okr preview Northwind 3", lite.company)).shown
    assert "14:00 riepilogo nel canale di Northwind: “Northwind: the company on Tuesday 17 November”" in shown
