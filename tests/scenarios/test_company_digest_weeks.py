"""A digest of the company that is brought up to date weeks later: it keeps saying what it was about."""

from tests import companies
from tests.stage import Stage

RETURNING, REFUNDS, REVENUE = "Returning customers", "Refunds a week", "Revenue of the year"


async def test_an_old_one_still_tells_of_a_team_that_has_had_eleven_rounds_since(lite: Stage) -> None:
    rhythms = {
        "company": "every 4 weeks on Monday at 9:00",
        "growth": "every weekday at 9:00; digest the same day at 18:00",
    }
    await lite.imports(companies.with_rhythms(companies.REVENUE_TO_SHARE, **rhythms))
    await lite.comes("Mon 16 Nov 09:00")
    await lite.comes("Tue 17 Nov 09:00")
    await lite.answers(lite.dana, {RETURNING: ("52", "On track"), REFUNDS: ("90", "On track")})
    await lite.comes("Tue 17 Nov 14:00")
    for day in ("Wed 18", "Thu 19", "Fri 20", "Mon 23", "Tue 24", "Wed 25"):
        await lite.comes(f"{day} Nov 09:00")
        await lite.answers(lite.dana, {RETURNING: ("41", "Off track", "They left")})
    for day in ("Thu 26 Nov", "Fri 27 Nov", "Mon 30 Nov", "Tue 01 Dec", "Wed 02 Dec"):
        await lite.comes(f"{day} 09:00")
    await lite.answers(lite.elena, {REVENUE: ("100000", "On track")})
    (digest,) = lite.company.reads()
    assert "1 of 2 answered · 5% done on average" in digest.shown
    assert "Growth (17 Nov): 🟢 2 on track · ⚪ 1 without a recent answer · 2 of 3 answered" in digest.shown
