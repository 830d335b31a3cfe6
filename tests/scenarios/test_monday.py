"""One whole Monday in three zones, as everybody in it reads it."""

import time

from freezegun.api import FrozenDateTimeFactory

from tests.form import fills_in
from tests.stage import KOLKATA, NEW_YORK, Stage


async def test_a_monday_goes_around_the_world(stage: Stage) -> None:
    await stage.comes("Mon 16 Nov 04:29")
    assert stage.priya.reads() == []

    await stage.comes("Mon 16 Nov 04:30")
    assert "Hello Priya, 1 key result to check in" in stage.priya.reads()[-1].shown
    assert "The digest goes to #support on Tuesday 10:00, your time." in stage.priya.reads()[-1].shown
    assert stage.dana.reads() == []

    await stage.comes("Mon 16 Nov 09:00")
    assert "Hello Dana, 2 key results to check in" in stage.dana.reads()[-1].shown
    assert "Ciao Luca, 1 risultato chiave" in stage.luca.reads()[-1].shown
    assert stage.marcus.reads() == []

    await stage.dana.clicks("Check in")
    await fills_in(stage.dana, "Refunds a week", "110", "At risk")
    await fills_in(stage.dana, "Returning customers", "45", "On track")
    await stage.dana.submits()
    assert "Thank you, Dana. 2 key results checked in." in stage.dana.reads()[-1].shown

    await stage.comes("Mon 16 Nov 15:00", KOLKATA)
    assert "A small reminder: 1 key result is still open" in stage.priya.reads()[-1].shown
    await stage.priya.clicks("Check in")
    await stage.priya.submits({"Value now": "9", "Confidence": "🟢 On track"})
    assert "All in. Thank you, Priya!" in stage.priya.reads()[-1].shown

    await stage.comes("Mon 16 Nov 15:00")
    assert len(stage.dana.reads()) == 1
    assert "Un piccolo promemoria" in stage.luca.reads()[-1].shown
    assert stage.marcus.reads()[-1].shown.startswith("Hello Marcus, 2 key results to check in")

    await stage.comes("Mon 16 Nov 18:00")
    await stage.comes("Mon 16 Nov 15:00", NEW_YORK)
    await stage.comes("Mon 16 Nov 18:00", NEW_YORK)
    await stage.comes("Tue 17 Nov 10:00", KOLKATA)
    assert stage.support.reads()[-1].shown.startswith("Support: check-in of Monday 16 November")
    assert stage.growth.reads() == []

    await stage.comes("Tue 17 Nov 10:00")
    assert "2 of 3 answered" in stage.growth.reads()[-1].shown
    assert "Still waiting to hear from Luca Bianchi." in stage.growth.reads()[-1].shown
    assert stage.platform.reads() == []

    await stage.dana.clicks("Edit: Refunds a week")
    await stage.dana.submits({"Value now": "105"})
    assert "Refunds a week – Dana Rossi\n105 (Tue 17 Nov) · target 60" in stage.growth.reads()[-1].shown
    assert "Updated after it was posted." in stage.growth.reads()[-1].shown

    await stage.comes("Tue 17 Nov 10:00", NEW_YORK)
    assert "Still waiting to hear from Marcus Green." in stage.platform.reads()[-1].shown

    asked = {one.name: len(one.reads()) for one in (stage.priya, stage.dana, stage.luca, stage.marcus)}
    assert asked == {"priya": 2, "dana": 2, "luca": 3, "marcus": 3}
    assert stage.dana.reads()[-1].shown.startswith("Dana, 2 things you may want to look at:"), (
        "she has answered, but not all is well"
    )
    posted = {one.name: len(one.reads()) for one in (stage.support, stage.growth, stage.platform, stage.company)}
    assert posted == {"support": 1, "growth": 1, "platform": 1, "company": 1}


async def test_whatever_is_done_is_answered_within_the_three_seconds_slack_waits(
    clock: FrozenDateTimeFactory, sqlite_url: str
) -> None:
    async with Stage(clock, sqlite_url, seconds=3) as stage:
        await stage.imports()
        await stage.comes("Mon 16 Nov 09:00")
        await stage.dana.clicks("Check in")
        await fills_in(stage.dana, "Refunds a week", "110", "At risk", note="The old stock")
        await fills_in(stage.dana, "Returning customers", "45", "On track")
        stage.playground.faults.slow_down("chat.update", 4)  # the receipt, which nobody waits for
        await stage.dana.submits()
        assert stage.dana.modal is None
        assert "Thank you, Dana. 2 key results checked in." in stage.dana.reads()[-1].shown
        await stage.dana.clicks("Edit: Refunds a week")
        assert stage.dana.modal is not None
        await stage.dana.closes()

        await stage.comes("Mon 23 Nov 09:00")
        await stage.dana.clicks("Nothing changed: Returning customers")
        assert stage.dana.reads()[-1].failed is None
        assert stage.dana.reads()[-1].shown.startswith("1 key result to go")
        await stage.luca.clicks("Più tardi")
        assert stage.luca.modal is not None
        await stage.luca.submits()
        assert (stage.luca.modal, stage.luca.reads()[-1].failed) == (None, None)

        stage.playground.faults.slow_down("users.info", 4)  # whom nobody knows yet is looked up before the answer
        await stage.nora.types("/okr away until Friday")
        slow, answer = stage.nora.sees_ephemerals()
        assert slow.shown.startswith("This takes longer than usual.")
        assert answer.shown.startswith("You have no key results of your own.")
        assert [str(one) for one in stage.playground.refusals] == []


async def test_ticking_again_asks_nobody_twice(stage: Stage) -> None:
    await stage.comes("Mon 16 Nov 09:00")
    for _ in range(3):
        await stage.ticks()
    await stage.comes("Mon 16 Nov 09:01")
    assert len(stage.dana.reads()) == len(stage.luca.reads()) == len(stage.priya.reads()) == 1


async def test_the_next_monday_asks_again(stage: Stage) -> None:
    await stage.comes("Mon 16 Nov 09:00")
    await stage.answers(stage.dana, {"Returning customers": ("45", "On track"), "Refunds a week": ("110", "At risk")})
    await stage.comes("Tue 17 Nov 10:00")
    await stage.comes("Mon 23 Nov 09:00")
    assert [one.shown.split("\n")[0] for one in stage.dana.reads()] == [
        "Thank you, Dana. 2 key results checked in.",
        "Hello Dana, 2 key results to check in",
    ]


async def test_nobody_is_asked_on_other_days(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.answers(lite.dana, {"Returning customers": ("45", "On track"), "Refunds a week": ("110", "At risk")})
    for day in ("Tue 17", "Wed 18", "Thu 19", "Fri 20", "Sat 21", "Sun 22"):
        await lite.comes(f"{day} Nov 09:00")
        await lite.comes(f"{day} Nov 15:00")
    assert [one.shown.split("\n")[0] for one in lite.dana.reads()] == [
        "Thank you, Dana. 2 key results checked in.",
        "Dana, 2 things you may want to look at:",
    ]
    assert len(lite.growth.reads()) == 1


async def test_a_monday_costs_less_than_two_seconds(stage: Stage) -> None:
    await stage.comes("Mon 16 Nov 09:00")
    await stage.answers(stage.dana, {"Returning customers": ("52", "On track"), "Refunds a week": ("90", "At risk")})
    await stage.answers(stage.luca, {"The loyalty card is out": ("Designed", "At risk")})
    await stage.comes("Tue 17 Nov 16:00")

    costs: list[float] = []
    for monday, tuesday in (("Mon 23 Nov", "Tue 24 Nov"), ("Mon 30 Nov", "Tue 1 Dec"), ("Mon 7 Dec", "Tue 8 Dec")):
        began = time.process_time()  # by the clock on the wall, other tests would count too
        await _plays(stage, monday, tuesday)
        costs.append(time.process_time() - began)
        if costs[-1] < 2:
            break  # a machine that is busy otherwise gets three tries
    assert min(costs) < 2


async def _plays(stage: Stage, monday: str, tuesday: str) -> None:
    """Three zones are asked, reminded and summed up; Dana answers before the digest, Luca after it."""
    for hour in ("04:30", "09:00", "10:30", "13:30"):
        await stage.comes(f"{monday} {hour}")
    await stage.dana.clicks("Nothing changed for both")
    for hour in ("15:00", "18:00", "21:00"):
        await stage.comes(f"{monday} {hour}")
    for hour in ("00:00", "05:30", "10:00"):
        await stage.comes(f"{tuesday} {hour}")
    await stage.luca.clicks("Come prima", message=stage.luca.reads()[-3])
    await stage.comes(f"{tuesday} 16:00")
    assert "3 of 3 answered" in stage.growth.reads()[-1].shown
