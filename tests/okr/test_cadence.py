"""Local wall time, and the hours that follow from a team's rhythm."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okr import cadence
from okr.cadence import Rhythm, Whose
from tests.making import AUCKLAND, KOLKATA, MONDAY, NEW_YORK, ROME, at

LORD_HOWE, APIA = "Australia/Lord_Howe", "Pacific/Apia"


def wall(moment: datetime, zone: str) -> str:
    return f"{moment.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "Europe", "../etc/passwd", "Europe/Rome\0", "UTC+1"])
def test_a_zone_this_machine_does_not_know_is_none(name: str) -> None:
    assert cadence.known_zone(name) == ""


@pytest.mark.parametrize(
    ("zone", "day", "hour", "utc"),
    [
        pytest.param(ROME, date(2026, 11, 16), time(9), "2026-11-16 08:00", id="winter in Rome"),
        pytest.param(ROME, date(2026, 7, 13), time(9), "2026-07-13 07:00", id="summer in Rome"),
        pytest.param(KOLKATA, date(2026, 11, 16), time(9), "2026-11-16 03:30", id="half an hour off in Kolkata"),
        pytest.param(AUCKLAND, date(2026, 11, 16), time(9), "2026-11-15 20:00", id="still Sunday for Greenwich"),
        pytest.param(ROME, date(2026, 3, 29), time(2, 30), "2026-03-29 01:30", id="Rome's gap"),
        pytest.param(NEW_YORK, date(2026, 3, 8), time(2, 30), "2026-03-08 07:30", id="New York's gap"),
        pytest.param(LORD_HOWE, date(2026, 10, 4), time(2, 15), "2026-10-03 15:45", id="Lord Howe's half hour gap"),
        pytest.param(APIA, date(2011, 12, 30), time(9), "2011-12-30 19:00", id="the day Apia left out"),
        pytest.param(ROME, date(2026, 10, 25), time(2, 30), "2026-10-25 00:30", id="Rome's repeated hour"),
        pytest.param(NEW_YORK, date(2026, 11, 1), time(1, 30), "2026-11-01 05:30", id="New York's repeated hour"),
        pytest.param(LORD_HOWE, date(2026, 4, 5), time(1, 45), "2026-04-04 14:45", id="Lord Howe's repeated half hour"),
    ],
)
def test_a_wall_time_is_one_instant(zone: str, day: date, hour: time, utc: str) -> None:
    assert cadence.instant(day, hour, zone) == at(utc)


@pytest.mark.parametrize(
    ("zone", "day", "hour", "shown"),
    [
        (ROME, date(2026, 3, 29), time(2, 30), "2026-03-29 03:30"),
        (NEW_YORK, date(2026, 3, 8), time(2, 0), "2026-03-08 03:00"),
        (LORD_HOWE, date(2026, 10, 4), time(2, 15), "2026-10-04 02:45"),
        (APIA, date(2011, 12, 30), time(9), "2011-12-31 09:00"),
    ],
)
def test_a_wall_time_in_a_gap_moves_forward(zone: str, day: date, hour: time, shown: str) -> None:
    assert wall(cadence.instant(day, hour, zone), zone) == shown


@given(
    day=st.dates(date(2011, 1, 1), date(2035, 12, 31)),
    minutes=st.integers(0, 24 * 60 - 1),
    zone=st.sampled_from([ROME, NEW_YORK, KOLKATA, AUCKLAND, LORD_HOWE, APIA, "UTC", "America/Sao_Paulo"]),
)
@settings(deadline=None, derandomize=True, max_examples=200)
def test_a_wall_time_reads_back_or_lay_in_a_gap_and_moved_forward(day: date, minutes: int, zone: str) -> None:
    hour = time(minutes // 60, minutes % 60)
    asked = datetime.combine(day, hour)
    shown = cadence.instant(day, hour, zone).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    skipped = timedelta(days=1) if zone == APIA else timedelta(hours=1)
    assert shown == asked or asked < shown <= asked + skipped


def test_everybody_is_asked_at_nine_of_their_own_clock() -> None:
    asked = {
        zone: cadence.asked_at(Rhythm(), MONDAY, member_zone=zone, team_zone=ROME) for zone in (ROME, NEW_YORK, KOLKATA)
    }
    assert asked == {zone: at("2026-11-16 09:00", zone) for zone in asked}


def test_a_team_that_meets_at_its_own_hour_is_asked_all_at_once() -> None:
    together = Rhythm(whose=Whose.TEAM)
    assert cadence.asked_at(together, MONDAY, member_zone=NEW_YORK, team_zone=ROME) == at("2026-11-16 09:00", ROME)


@pytest.mark.parametrize(
    ("rule", "anchor", "day", "expected"),
    [
        ("FREQ=WEEKLY;BYDAY=MO", date(2024, 1, 1), date(2026, 11, 16), date(2026, 11, 16)),
        ("FREQ=WEEKLY;BYDAY=MO", date(2024, 1, 1), date(2026, 11, 17), date(2026, 11, 23)),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", date(2026, 11, 9), date(2026, 11, 10), date(2026, 11, 23)),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", date(2026, 11, 16), date(2026, 11, 10), date(2026, 11, 16)),
        ("FREQ=MONTHLY;BYDAY=-1FR", date(2024, 1, 1), date(2026, 11, 16), date(2026, 11, 27)),
        ("FREQ=WEEKLY;BYDAY=MO;UNTIL=20261116T000000", date(2024, 1, 1), date(2026, 11, 17), None),
    ],
)
def test_the_rhythm_gives_the_next_date_from_a_day_on(
    rule: str, anchor: date, day: date, expected: date | None
) -> None:
    assert cadence.next_date(Rhythm(rule=rule, anchor=anchor), day) == expected


def test_the_digest_closes_the_round_a_day_later_on_the_teams_clock() -> None:
    assert cadence.closes_at(Rhythm(), MONDAY, NEW_YORK) == at("2026-11-17 10:00", NEW_YORK)


@pytest.mark.parametrize(
    ("now", "coming", "early"),
    [
        pytest.param("2026-11-12 23:59", MONDAY, False, id="a minute before midnight it is not"),
        pytest.param("2026-11-13 00:00", MONDAY, True, id="from Friday's midnight it is"),
        pytest.param("2026-11-16 08:59", MONDAY, True, id="until the hour of asking"),
        pytest.param("2026-11-13 00:00", None, False, id="a team that is not planned has no coming round"),
    ],
)
def test_an_answer_is_for_the_coming_round_from_local_midnight_three_days_before(
    now: str, coming: date | None, early: bool
) -> None:
    for zone in (ROME, NEW_YORK, AUCKLAND):
        assert cadence.answers_coming_round(at(now, zone), zone=zone, coming=coming) is early


@pytest.mark.parametrize(
    ("closed", "ends"),
    [
        pytest.param("2026-11-17 10:00", "2026-11-20 10:00", id="Tuesday to Friday"),
        pytest.param("2026-11-18 10:00", "2026-11-23 10:00", id="Wednesday over the weekend to Monday"),
        pytest.param("2026-11-19 17:00", "2026-11-24 17:00", id="Thursday over the weekend to Tuesday"),
        pytest.param("2026-11-20 10:00", "2026-11-25 10:00", id="Friday over the weekend to Wednesday"),
        pytest.param("2026-11-21 10:00", "2026-11-25 10:00", id="Saturday counts from Monday"),
        pytest.param("2026-10-22 10:00", "2026-10-27 10:00", id="the clock's change moves no hour"),
    ],
)
def test_silence_has_a_grace_of_three_working_days(closed: str, ends: str) -> None:
    assert cadence.grace_ends(at(closed, ROME), ROME) == at(ends, ROME)


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2026, 11, 15), MONDAY), (MONDAY, date(2026, 11, 23)), (date(2026, 11, 17), date(2026, 11, 23))],
)
def test_the_next_monday_is_never_today(day: date, expected: date) -> None:
    assert cadence.next_weekday(day, 0) == expected


def test_all_instants_are_in_utc() -> None:
    digest = cadence.closes_at(Rhythm(), MONDAY, ROME)
    moments = [
        digest,
        cadence.grace_ends(digest, ROME),
        *cadence.reminder_times(Rhythm(), at("2026-11-16 09:00", ROME), zone=ROME, digest_at=digest),
        *cadence.later_times(at("2026-11-16 09:10", ROME), zone=ROME, digest_at=digest),
    ]
    assert {moment.tzinfo for moment in moments} == {UTC}
