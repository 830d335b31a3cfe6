"""Clocks on walls, read with zoneinfo alone: what the bot reckons is held against this, so they share nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

AROUND = timedelta(hours=26)
"""No zone is further from Greenwich, and none has changed its clock twice within so long."""
NO_PLACES = frozenset({"Factory", "localtime"})
FORTY = (
    "Pacific/Apia",  # left out Friday 30 December 2011, to be on the other side of the date line
    "Pacific/Fakaofo",  # did so too
    "Pacific/Kiritimati",  # the first to begin a day, 14 hours ahead of Greenwich
    "Pacific/Pago_Pago",  # next to Apia, and the last to begin it
    "Etc/GMT+12",
    "Pacific/Honolulu",
    "Australia/Lord_Howe",  # changes by half an hour
    "Antarctica/Troll",  # changes by two hours
    "Africa/Casablanca",  # changes for Ramadan
    "Africa/El_Aaiun",
    "Africa/Cairo",
    "Asia/Gaza",  # changes by decree, for Ramadan too
    "Asia/Hebron",
    "Asia/Tehran",  # changed at midnight
    "Asia/Beirut",  # changes at midnight
    "Asia/Amman",
    "Asia/Damascus",
    "America/Santiago",  # changes at midnight, south of the equator
    "America/Asuncion",
    "America/Sao_Paulo",
    "America/Havana",
    "America/Nuuk",  # changes on Saturday evening
    "America/St_Johns",  # three and a half hours behind, and changed a minute after midnight
    "Atlantic/Azores",
    "Europe/London",
    "Europe/Rome",
    "Europe/Istanbul",
    "Europe/Moscow",
    "America/New_York",
    "America/Los_Angeles",
    "Pacific/Auckland",
    "Pacific/Chatham",  # twelve and three quarter hours ahead
    "Pacific/Fiji",
    "Australia/Adelaide",  # nine and a half hours ahead
    "Australia/Eucla",  # eight and three quarter hours ahead
    "Pacific/Marquesas",  # nine and a half hours behind
    "America/Caracas",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Asia/Tokyo",
)
"""Every kind of clock and of change there is, and zones that never change."""


@dataclass(frozen=True)
class Change:
    """One change of a zone's clock, from one distance to Greenwich to another."""

    zone: str
    at: datetime
    before: timedelta
    after: timedelta

    @property
    def middle(self) -> datetime:
        """A wall time that is left out, or comes twice."""
        naive = self.at.replace(tzinfo=None)
        return (naive + (self.before + self.after) / 2).replace(second=0, microsecond=0)


def every_zone() -> tuple[str, ...]:
    """All zones there are, old names included."""
    return tuple(sorted(available_timezones() - NO_PLACES))


def wall(day: date, at: time, zone: str) -> datetime:
    """The instant at which a clock shows this: the first one, if it does so twice; if it never does, the instant at
    which it would have, had nobody changed it.
    """
    wanted = datetime.combine(day, at)
    here = wanted.replace(tzinfo=UTC)
    before, after = (_distance(here + around, zone) for around in (-AROUND, AROUND))
    shown = [here - distance for distance in (before, after) if _distance(here - distance, zone) == distance]
    return min(shown, default=here - before)


def local(moment: datetime, zone: str) -> datetime:
    """What the clock shows, without a zone."""
    return moment.replace(tzinfo=None) + _distance(moment, zone)


def changes(zone: str, year: int) -> Iterator[Change]:
    """Every change of a zone's clock in a year."""
    day = timedelta(days=1)
    moment = datetime(year, 1, 1, tzinfo=UTC)
    while moment.year == year:
        before, after = _distance(moment, zone), _distance(moment + day, zone)
        if before != after:
            yield Change(zone, _changed(moment, moment + day, zone), before, after)
        moment += day


def _changed(early: datetime, late: datetime, zone: str) -> datetime:
    """The first minute with the later one's distance."""
    while late - early > timedelta(minutes=1):
        half = early + (late - early) / 2
        if _distance(half, zone) == _distance(early, zone):
            early = half
        else:
            late = half
    return late.replace(second=0, microsecond=0)


def _distance(moment: datetime, zone: str) -> timedelta:
    distance = moment.astimezone(ZoneInfo(zone)).utcoffset()
    assert distance is not None
    return distance
