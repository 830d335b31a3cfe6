"""What a year is to bring: who is to be asked when, when the bot is down, and when it dies.

It is reckoned from clocks and calendars alone, without anything of the bot's.
"""

import random
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from faults.round_the_world import Group, groups
from faults.walls import local

A_DAY = timedelta(days=1)
OUTAGES = {timedelta(hours=1): 12, timedelta(days=3): 4, timedelta(weeks=2): 2}
KILLS = 12


@dataclass(frozen=True)
class Session:
    """A round of a group. `at` is when it asks one person, or for the group as a whole when it opens."""

    group: Group
    nominal: date
    at: datetime

    @property
    def closes(self) -> datetime:
        return self.group.closes(self.nominal)


class Almanac:
    """One year in some zones; the same seed gives the same outages and kills.

    `dues` are by zone and local date: what one person is asked on one date is one message. The bot looks at each of
    `ticks`, and dies while it sends at those that are `deadly`. Only days in `looked_at` are held against it: the
    others belong to the years around this one.
    """

    def __init__(self, zones: Sequence[str], year: int, seed: object) -> None:
        chance = random.Random(f"{year} {seed}")
        self.zones = zones
        self.year = year
        self.groups = groups(zones, year, chance)
        self.begins = datetime(year - 1, 12, 20, tzinfo=UTC)
        self.ends = datetime(year + 1, 1, 7, tzinfo=UTC)
        self.looked_at = date(year - 1, 12, 28), date(year + 1, 1, 3)
        self.dues = self._dues()
        asked = sorted({self.asked_at(dues) for dues in self.dues.values()})
        self.outages = sorted(_outages(chance, [one for one in asked if self._is_far_from_the_ends(one)]))
        self.ticks = sorted({one for one in self._moments(asked, chance) if not self._is_down(one)})
        self.deadly = frozenset(chance.sample(sorted({*asked} & {*self.ticks}), KILLS))

    def asked_at(self, dues: Sequence[Session]) -> datetime:
        """When the one message about all of these is to go out."""
        return min(one.at for one in dues)

    def tick_from(self, moment: datetime) -> datetime | None:
        """When the bot is first at work from a moment on."""
        found = bisect_left(self.ticks, moment)
        return self.ticks[found] if found < len(self.ticks) else None

    def is_looked_at(self, day: date) -> bool:
        first, last = self.looked_at
        return first <= day <= last

    def sessions(self) -> Iterator[Session]:
        """Every round of every group, one group after the other, each in its order; it opens with its first member."""
        for group in self.groups:
            for nominal in group.days(*self.looked_at):
                asked = [self.dues[_subject(group, nominal, zone)] for zone in group.zones]
                yield Session(group, nominal, min(self.asked_at(dues) for dues in asked))

    def _dues(self) -> dict[tuple[str, date], list[Session]]:
        found: dict[tuple[str, date], list[Session]] = {}
        for group in self.groups:
            for nominal in group.days(self.begins.date(), self.ends.date()):
                for zone in group.zones:
                    asked = Session(group, nominal, group.hour(nominal, zone))
                    found.setdefault(_subject(group, nominal, zone), []).append(asked)
        return found

    def _moments(self, asked: Sequence[datetime], chance: random.Random) -> Iterator[datetime]:
        """Whenever something is due, once a week besides, and when the bot comes back."""
        yield from (one for one in asked if self.begins <= one <= self.ends)
        yield from {one.closes for dues in self.dues.values() for one in dues if self.begins <= one.closes <= self.ends}
        for week in range((self.ends - self.begins) // A_DAY // 7):
            yield self.begins + 7 * A_DAY * (week + chance.random())
        yield from (ends for _, ends in self.outages)

    def _is_down(self, moment: datetime) -> bool:
        return any(begins <= moment < ends for begins, ends in self.outages)

    def _is_far_from_the_ends(self, moment: datetime) -> bool:
        return self.begins + 30 * A_DAY < moment < self.ends - 45 * A_DAY


def _subject(group: Group, nominal: date, zone: str) -> tuple[str, date]:
    """A zone, and the date on which the person there is asked."""
    return zone, local(group.hour(nominal, zone), zone).date()


def _outages(chance: random.Random, asked: Sequence[datetime]) -> Iterator[tuple[datetime, datetime]]:
    """(from, to) of each; it covers a moment at which somebody is to be asked."""
    for length, count in OUTAGES.items():
        for moment in chance.sample(asked, count):
            begins = moment - length * chance.random()
            yield begins, begins + length
