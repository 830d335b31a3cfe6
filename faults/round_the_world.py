"""A company with one person in each zone, who are asked in teams of every rhythm, and whenever their clock changes."""

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

import yaml

from faults.walls import FORTY, Change, changes, wall
from rituals.messenger import Channel, Member

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DIGEST_AT = time(10)
NEW_YORK, LORD_HOWE = "America/New_York", "Australia/Lord_Howe"
SHARES = (1, 2, 5, 2)
"""How many of forty are asked in each of the usual rhythms."""
A_YEAR = timedelta(weeks=52)
WORLD = {"key": "world", "name": "The world", "channel": "#world"}
"""The team above all others; nobody answers in it, and its digest tells of the others."""
Asks = Callable[[date], bool]
"""Whether a rhythm asks on a day."""


@dataclass
class Group:
    """A team: `phrase` is its rhythm as a company file says it, and `asks` the same days, reckoned for themselves."""

    name: str
    phrase: str
    at: time
    asks: Asks
    digest_days: int = 2
    together: bool = False
    zone: str = "Europe/Rome"
    zones: list[str] = field(default_factory=list)

    @property
    def channel(self) -> str:
        return f"C{self.name.upper()}"

    def days(self, first: date, last: date) -> Iterator[date]:
        every = (first + timedelta(days=number) for number in range((last - first).days + 1))
        return filter(self.asks, every)

    def hour(self, day: date, zone: str) -> datetime:
        """When somebody in a zone is asked."""
        return wall(day, self.at, self.zone if self.together else zone)

    def closes(self, day: date) -> datetime:
        return wall(day + timedelta(days=self.digest_days), DIGEST_AT, self.zone)

    @property
    def described(self) -> dict[str, object]:
        whose = "our time" if self.together else "each in their own time"
        digest = f"digest {self.digest_days} day{'s' * (self.digest_days > 1)} later at {DIGEST_AT:%H:%M}"
        return {
            "key": self.name,
            "name": self.name,
            "parent": "world",
            "channel": f"#{self.name}",
            "lead": key(self.zones[0]),
            "people": [key(zone) for zone in self.zones],
            "zone": self.zone,
            "rhythm": f"{self.phrase} at {self.at:%H:%M}, {whose}; {digest}; no reminders",
        }


def groups(zones: Sequence[str], year: int, chance: random.Random) -> list[Group]:
    """Teams for each kind of clock change of the year, and of the usual rhythms: some are in one of those besides, and
    whoever's clock never changes is asked together with others.
    """
    found = [change for zone in zones for change in changes(zone, year)]
    usual = _usual(date(year - 1, 12, 1))
    rest = chance.sample(list(zones), len(zones))
    for group, share in zip(usual, SHARES, strict=True):
        group.zones += [rest.pop() for _ in range(len(zones) * share // len(FORTY))]
    usual[-1].zones += [zone for zone in rest if all(change.zone != zone for change in found)]
    return [one for one in [*usual, *_at_changes(found)] if one.zones]


def _usual(start: date) -> list[Group]:
    """Counted from a Wednesday, in so far as they are counted."""
    start += timedelta(days=(2 - start.weekday()) % 7)
    thursday = start + timedelta(days=1)
    return [
        Group("nights", f"every Sunday from {start}", time(2, 30), lambda day: day.weekday() == 6, zone=NEW_YORK),
        Group("midnights", f"every second Wednesday from {start}", time(0, 15), _every(14, start), zone=LORD_HOWE),
        Group("evenings", f"the last Friday of the month from {start}", time(23, 45), _is_last_friday, digest_days=3),
        Group("together", f"every second Thursday from {thursday}", time(16), _every(14, thursday), together=True),
    ]


def _at_changes(found: Iterable[Change]) -> Iterator[Group]:
    """Whoever is asked at the same wall time of the same day is in one team."""
    made: dict[datetime, Group] = {}
    for change in sorted(found, key=lambda one: (one.middle, one.zone)):
        first = change.middle.date() - A_YEAR
        phrase = f"every {A_YEAR.days // 7} weeks on {DAYS[first.weekday()]} from {first}"
        group = made.setdefault(
            change.middle,
            Group(f"change-{len(made)}", phrase, change.middle.time(), _every(A_YEAR.days, first)),
        )
        group.zones.append(change.zone)
    yield from made.values()


def company(teams: Sequence[Group], zones: Sequence[str], year: int) -> str:
    """The company file: one key result for each person in each team."""
    return yaml.safe_dump(
        {
            "company": {"name": "The world", "zone": "UTC", "language": "en"},
            "people": [{"key": key(zone), "slack": f"@{key(zone)}"} for zone in zones],
            "teams": [WORLD | {"lead": key(zones[0])}, *(team.described for team in teams)],
            "cycles": [{"key": "now", "name": "Now", "from": date(year - 1, 1, 1), "to": date(year + 1, 12, 31)}],
            "objectives": [
                {
                    "key": f"of-{team.name}",
                    "team": team.name,
                    "cycle": "now",
                    "title": "Call more",
                    "key_results": [
                        {"title": f"Calls from {zone}", "owner": key(zone), "measure": "increase"}
                        | {"key": f"{team.name}-{key(zone)}", "baseline": 0, "target": 9}
                        for zone in team.zones
                    ],
                }
                for team in teams
            ],
        },
        sort_keys=False,
    )


def members(zones: Sequence[str]) -> list[Member]:
    return [Member(slack_id(zone), key(zone), zone, "", zone, "en-GB") for zone in zones]


def channels(teams: Sequence[Group]) -> list[Channel]:
    return [Channel("CWORLD", "world"), *(Channel(team.channel, team.name, is_member=True) for team in teams)]


def key(zone: str) -> str:
    """Of the person who lives there."""
    return zone.lower().replace("/", "-").replace("_", "-").replace("+", "-plus-")


def slack_id(zone: str) -> str:
    return f"U{key(zone).upper()}"


def _is_last_friday(day: date) -> bool:
    return day.weekday() == 4 and (day + timedelta(weeks=1)).month != day.month


def _every(days: int, start: date) -> Asks:
    return lambda day: (day - start).days % days == 0
