"""Reminders and *Later*: on the recipient's working hours, apart from each other, well before the digest."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okr import cadence
from okr.cadence import Rhythm
from tests.making import AUCKLAND, KOLKATA, NEW_YORK, ROME, at

ASKED = at("2026-11-16 09:00", ROME)
DIGEST = at("2026-11-17 10:00", ROME)


def walls(moments: tuple[datetime, ...], zone: str = ROME) -> list[str]:
    return [f"{moment.astimezone(ZoneInfo(zone)):%a %H:%M}" for moment in moments]


def reminders(asked: str, digest: str, zone: str = ROME, **rhythm: object) -> list[str]:
    moments = cadence.reminder_times(Rhythm(**rhythm), at(asked, zone), zone=zone, digest_at=at(digest, zone))  # type: ignore[arg-type]
    return walls(moments, zone)


@pytest.mark.parametrize(
    ("asked", "digest", "expected"),
    [
        pytest.param("2026-11-16 09:00", "2026-11-17 10:00", ["Mon 15:00", "Mon 18:00"], id="an ordinary Monday"),
        pytest.param("2026-11-16 09:00", "2026-11-17 12:00", ["Mon 15:00", "Tue 10:00"], id="a digest at noon"),
        pytest.param(
            "2026-11-16 09:00", "2026-11-17 11:00", ["Mon 15:00", "Tue 09:00"], id="just within working hours"
        ),
        pytest.param("2026-11-16 09:00", "2026-11-16 18:00", ["Mon 15:00"], id="the last one is too near the first"),
        pytest.param("2026-11-16 09:00", "2026-11-16 16:00", ["Mon 14:00"], id="15:00 is too near the digest"),
        pytest.param("2026-11-16 09:00", "2026-11-16 13:00", [], id="a digest the same day leaves no room"),
        pytest.param("2026-11-16 13:00", "2026-11-17 10:00", ["Mon 18:00"], id="asked after lunch"),
        pytest.param("2026-11-16 16:30", "2026-11-17 10:00", [], id="asked in the late afternoon"),
        pytest.param("2026-11-20 09:00", "2026-11-24 10:00", ["Fri 15:00", "Mon 18:00"], id="not on the weekend"),
        pytest.param("2026-11-21 09:00", "2026-11-24 10:00", ["Mon 09:00", "Mon 18:00"], id="asked on a Saturday"),
        pytest.param("2026-11-20 09:00", "2026-11-22 10:00", ["Fri 15:00", "Fri 18:00"], id="a digest on Sunday"),
    ],
)
def test_two_reminders_fit_between_the_prompt_and_the_digest(asked: str, digest: str, expected: list[str]) -> None:
    assert reminders(asked, digest) == expected


@pytest.mark.parametrize(("count", "expected"), [(0, []), (1, ["Mon 18:00"]), (2, ["Mon 15:00", "Mon 18:00"])])
def test_a_team_chooses_how_many_reminders_it_wants(count: int, expected: list[str]) -> None:
    assert reminders("2026-11-16 09:00", "2026-11-17 10:00", reminders=count) == expected


def test_an_early_reminder_waits_for_the_working_day() -> None:
    assert reminders("2026-11-16 05:00", "2026-11-17 10:00", reminder_at=time(7)) == ["Mon 09:00", "Mon 18:00"]


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        pytest.param(NEW_YORK, ["Mon 15:00", "Mon 18:00"], id="the digest comes at 04:00 in New York"),
        pytest.param(KOLKATA, ["Mon 15:00", "Tue 12:30"], id="the digest comes at 14:30 in Kolkata"),
        pytest.param(AUCKLAND, ["Mon 15:00", "Tue 18:00"], id="the digest comes at 22:00 in Auckland"),
    ],
)
def test_reminders_go_by_the_recipients_clock_and_the_teams_digest(zone: str, expected: list[str]) -> None:
    moments = cadence.reminder_times(Rhythm(), at("2026-11-16 09:00", zone), zone=zone, digest_at=DIGEST)
    assert walls(moments, zone) == expected


@given(
    start=st.integers(0, 275 * 24 * 60),
    hours=st.integers(0, 24 * 7),
    zone=st.sampled_from([ROME, NEW_YORK, KOLKATA, AUCKLAND, "Australia/Lord_Howe"]),
    wanted=st.integers(0, 2),
    at_hour=st.times(),
)
@settings(deadline=None, derandomize=True, max_examples=200)
def test_every_reminder_keeps_to_working_hours_and_its_distances(
    start: int, hours: int, zone: str, wanted: int, at_hour: time
) -> None:
    first = at("2026-03-01 00:00") + timedelta(minutes=start)
    digest = first + timedelta(hours=hours)
    moments = cadence.reminder_times(Rhythm(reminders=wanted, reminder_at=at_hour), first, zone=zone, digest_at=digest)
    assert len(moments) <= wanted
    for before, moment in zip((first, *moments), moments, strict=False):
        local = moment.astimezone(ZoneInfo(zone))
        assert local.weekday() < 5
        assert time(9) <= local.time() <= time(18)
        assert moment - before >= timedelta(hours=3)
        assert digest - moment >= timedelta(hours=2)


@pytest.mark.parametrize(
    ("now", "last", "may"),
    [
        pytest.param("2026-11-16 15:00", "2026-11-16 09:00", True, id="on time"),
        pytest.param("2026-11-16 15:00", None, True, id="nothing was sent before"),
        pytest.param("2026-11-16 11:54", "2026-11-16 09:00", False, id="too soon after the prompt"),
        pytest.param("2026-11-16 12:00", "2026-11-16 09:00", True, id="three hours after the prompt"),
        pytest.param(
            "2026-11-16 18:00", "2026-11-16 15:04", True, id="three hours after a message that was a tick late"
        ),
        pytest.param("2026-11-16 18:20", "2026-11-16 15:00", True, id="a late tick at the end of the day"),
        pytest.param("2026-11-16 18:31", "2026-11-16 15:00", False, id="the day is over"),
        pytest.param("2026-11-17 03:00", "2026-11-16 09:00", False, id="after an outage it is night"),
        pytest.param("2026-11-21 11:00", "2026-11-16 09:00", False, id="after an outage it is Saturday"),
    ],
)
def test_a_reminder_that_comes_due_goes_out_only_where_it_fits(now: str, last: str | None, may: bool) -> None:
    before = at(last, ROME) if last else None
    assert cadence.may_remind(at(now, ROME), ROME, last_message=before) is may


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        pytest.param("2026-11-16 09:05", ["Mon 10:00", "Mon 11:00", "Mon 12:00"], id="the next hours"),
        pytest.param("2026-11-16 09:50", ["Mon 11:00", "Mon 12:00", "Mon 13:00"], id="not in ten minutes"),
        pytest.param("2026-11-16 16:30", ["Mon 17:00", "Mon 18:00", "Tue 09:00"], id="on to the next morning"),
        pytest.param("2026-11-16 19:00", ["Tue 09:00"], id="nothing at night, nothing from the digest on"),
        pytest.param("2026-11-17 09:05", [], id="no hour is left"),
        pytest.param("2026-11-17 11:00", [], id="the digest is out"),
    ],
)
def test_later_offers_full_working_hours_before_the_digest(now: str, expected: list[str]) -> None:
    assert walls(cadence.later_times(at(now, ROME), zone=ROME, digest_at=DIGEST, most=3)) == expected


def test_later_offers_full_hours_where_the_zone_is_half_an_hour_off() -> None:
    hours = cadence.later_times(at("2026-11-16 09:05", KOLKATA), zone=KOLKATA, digest_at=DIGEST, most=2)
    assert walls(hours, KOLKATA) == ["Mon 10:00", "Mon 11:00"]


def test_later_offers_no_more_than_fits_a_glance() -> None:
    assert len(cadence.later_times(ASKED, zone=ROME, digest_at=DIGEST)) == 6


def test_a_friday_prompt_may_wait_until_monday() -> None:
    digest = at("2026-11-23 12:00", ROME)
    hours = cadence.later_times(at("2026-11-20 17:30", ROME), zone=ROME, digest_at=digest)
    assert walls(hours) == ["Fri 18:00", "Mon 09:00", "Mon 10:00", "Mon 11:00"]
