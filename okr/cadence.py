"""When a team is asked, reminded and summed up. The only place where local wall time becomes an instant.

All instants are aware UTC datetimes; all days are local dates. Rules are RRULEs (RFC 5545) on naive dates.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

REMINDERS_FROM, REMINDERS_UNTIL = time(9), time(18)
NIGHT = time(3)
BEFORE_DIGEST = timedelta(hours=2)
BETWEEN_MESSAGES = timedelta(hours=3)
LATENESS = timedelta(minutes=30)
TICK = timedelta(minutes=5)
EARLY_DAYS = 3
GRACE_WORKING_DAYS = 3
LONGEST_BREAK = 60
"""Days without a single working day after which none is looked for any more."""

Works = Callable[[date], bool]
"""Whether somebody works on a day of theirs: no weekend, no holiday, no day off."""


class Whose(StrEnum):
    """Whose clock the hour of asking is read on."""

    MEMBER = "member"
    TEAM = "team"


@dataclass(frozen=True)
class Rhythm:
    """How often a team's round opens, and when its digest comes.

    `rule` is an RRULE without a start; `anchor` is its DTSTART, which "every second Monday" counts from.
    The digest comes `digest_days` after the nominal day at `digest_at`, in the team's zone.
    """

    rule: str = "FREQ=WEEKLY;BYDAY=MO"
    at: time = time(9)
    whose: Whose = Whose.MEMBER
    anchor: date = date(2024, 1, 1)
    digest_days: int = 1
    digest_at: time = time(10)
    reminders: int = 2
    reminder_at: time = time(15)


def instant(day: date, at: time, zone: str) -> datetime:
    """The UTC instant of a wall time; a time in a gap moves forward, a repeated hour means the first.

    Both follow from fold=0 (PEP 495): before a gap and in a repeated hour it takes the earlier offset.
    """
    return datetime.combine(day, at, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def known_zone(name: str) -> str:
    """The zone itself; empty when this machine knows none of that name, as with one that is newer than its data."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return ""
    return name


def local_date(moment: datetime, zone: str) -> date:
    return moment.astimezone(ZoneInfo(zone)).date()


def next_date(rhythm: Rhythm, day: date) -> date | None:
    """The first nominal date of the rhythm on or after `day`, None when the rule has ended."""
    return _next_date(rhythm.rule, rhythm.anchor, day)


def asked_at(rhythm: Rhythm, day: date, *, member_zone: str, team_zone: str) -> datetime:
    """When a member is asked on a nominal day."""
    return instant(day, rhythm.at, member_zone if rhythm.whose is Whose.MEMBER else team_zone)


def closes_at(rhythm: Rhythm, day: date, team_zone: str) -> datetime:
    """When the round of a nominal day closes and its digest is posted."""
    return instant(day + timedelta(days=rhythm.digest_days), rhythm.digest_at, team_zone)


def next_night(now: datetime, zone: str) -> datetime:
    """The next three o'clock in the morning of a zone: nobody is at work, and all that was said that day is known."""
    today = local_date(now, zone)
    tonight = instant(today, NIGHT, zone)
    return tonight if tonight > now else instant(today + timedelta(days=1), NIGHT, zone)


def is_working_day(day: date) -> bool:
    return day.weekday() < 5


def reminder_times(
    rhythm: Rhythm, asked: datetime, *, zone: str, digest_at: datetime, works: Works = is_working_day
) -> tuple[datetime, ...]:
    """When to remind somebody who was asked at `asked`: in the afternoon, and before the digest.

    Only 09:00-18:00 on days the recipient works; each at least 3 h after the message before it and
    at least 2 h before the digest. A reminder that does not fit is dropped, never moved behind the digest.
    """
    latest = digest_at - BEFORE_DIGEST
    afternoon = instant(local_date(asked, zone), rhythm.reminder_at, zone)
    both = (at_work_from(afternoon, zone, works), _at_work_until(latest, zone, works))
    wanted = both[2 - min(rhythm.reminders, 2) :]
    times: list[datetime] = []
    previous = asked
    for moment in sorted(filter(None, wanted)):
        if moment - previous >= BETWEEN_MESSAGES and moment <= latest:
            times.append(moment)
            previous = moment
    return tuple(times)


def may_remind(now: datetime, zone: str, *, last_message: datetime | None, works: Works = is_working_day) -> bool:
    """Whether an unasked-for reminder that is due may go out now: after an outage it may be night, or too soon.

    A tick may be late, so half an hour after the last working moment still counts, and messages that were
    planned three hours apart may go out a tick (five minutes at most) nearer to each other.
    """
    if last_message is not None and now - last_message < BETWEEN_MESSAGES - TICK:
        return False
    return _in_working_hours(now, zone, works) or _in_working_hours(now - LATENESS, zone, works)


def later_times(
    now: datetime, *, zone: str, digest_at: datetime, most: int = 6, works: Works = is_working_day
) -> tuple[datetime, ...]:
    """The full hours of their clock a person may choose to be asked again: within working hours, before the digest."""
    hours: list[datetime] = []
    begun = now.astimezone(ZoneInfo(zone)).replace(minute=0, second=0, microsecond=0)
    moment = begun.astimezone(UTC) + timedelta(hours=1)
    if moment - now < timedelta(minutes=20):
        moment += timedelta(hours=1)
    while moment < digest_at and len(hours) < most:
        if _in_working_hours(moment, zone, works):
            hours.append(moment)
        moment += timedelta(hours=1)
    return tuple(hours)


def may_choose(
    moment: datetime, now: datetime, *, zone: str, digest_at: datetime, works: Works = is_working_day
) -> bool:
    """Whether an hour is one of those that were offered, and is still to come."""
    return moment > now and moment in later_times(
        moment - timedelta(hours=1), zone=zone, digest_at=digest_at, most=1, works=works
    )


def answers_coming_round(now: datetime, *, zone: str, coming: date | None) -> bool:
    """True from local midnight three days before the coming nominal day: such an answer is an early one."""
    return coming is not None and local_date(now, zone) >= coming - timedelta(days=EARLY_DAYS)


def grace_ends(closed: datetime, zone: str, works: Works = is_working_day) -> datetime:
    """The moment after which silence since a round's close makes a key result stale: 3 working days."""
    moment = closed.astimezone(ZoneInfo(zone))
    days, waited = GRACE_WORKING_DAYS, 0
    while days and waited < LONGEST_BREAK:
        moment += timedelta(days=1)
        waited += 1
        days -= works(moment.date())
    return moment.astimezone(UTC)


def next_working_day(day: date, works: Works) -> date:
    """The first day from `day` on that somebody works; `day` itself when they never do."""
    days = (day + timedelta(days=distance) for distance in range(LONGEST_BREAK))
    return next((one for one in days if works(one)), day)


def next_weekday(day: date, weekday: int) -> date:
    """The first `weekday` (Monday is 0) strictly after `day`."""
    return day + timedelta(days=(weekday - day.weekday() - 1) % 7 + 1)


@lru_cache(maxsize=8192)
def _next_date(rule: str, anchor: date, day: date) -> date | None:
    found = _rule(rule, datetime.combine(anchor, time())).after(datetime.combine(day, time()), inc=True)
    return found.date() if found else None


@lru_cache(maxsize=256)
def _rule(rule: str, start: datetime):  # type: ignore[no-untyped-def]  # dateutil's type is private
    return rrulestr(rule, dtstart=start)


def at_work_from(moment: datetime, zone: str, works: Works = is_working_day) -> datetime | None:
    """The first moment from this one on that lies in somebody's working hours."""
    for day in _days(moment, zone, works, step=1):
        first, last = instant(day, REMINDERS_FROM, zone), instant(day, REMINDERS_UNTIL, zone)
        if moment <= last:
            return max(moment, first)
    return None


def _at_work_until(moment: datetime, zone: str, works: Works) -> datetime | None:
    for day in _days(moment, zone, works, step=-1):
        first, last = instant(day, REMINDERS_FROM, zone), instant(day, REMINDERS_UNTIL, zone)
        if moment >= first:
            return min(moment, last)
    return None


def _in_working_hours(moment: datetime, zone: str, works: Works) -> bool:
    local = moment.astimezone(ZoneInfo(zone))
    return works(local.date()) and REMINDERS_FROM <= local.time() <= REMINDERS_UNTIL


def _days(moment: datetime, zone: str, works: Works, *, step: int) -> Iterator[date]:
    day = local_date(moment, zone)
    for distance in range(LONGEST_BREAK):
        candidate = day + timedelta(days=step * distance)
        if works(candidate):
            yield candidate
