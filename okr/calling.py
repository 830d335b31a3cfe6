"""Who is asked when: one message per person and local date, over all their teams, at the earliest of their hours.

Whoever has a day off is asked on their next working day; whoever is away is stood in for by their deputy.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property, partial

from okr import cadence
from okr.absence import DaysOff, Excuse
from okr.goals import KeyResult, Person, Team

LOOK_BACK = timedelta(days=8)
"""How long before a date the round may have been due that is asked on it: a week at most, and a day between zones."""

LOOK_AHEAD = timedelta(days=100)

Holidays = Callable[[Person, date], bool]


def nobody_has_holidays(person: Person, day: date) -> bool:
    return False


@dataclass(frozen=True)
class Call:
    """What becomes of one person's key results in one round: `asked` is asked on their `date`, or nobody is.

    With an excuse, `date` and `at` are when they would have been asked.
    """

    owner: Person
    asked: Person
    date: date
    at: datetime
    excuse: Excuse | None = None


@dataclass(frozen=True)
class Calling:
    """Everything the hours depend on: teams, who answers in each, where these people are and when they are not."""

    teams: Mapping[str, Team]
    people: Mapping[str, Person]
    asked: Mapping[str, frozenset[str]]
    """The persons who answer in each team."""
    holidays: Holidays = nobody_has_holidays
    _known: dict[tuple[str, str, date], Call] = field(default_factory=dict, compare=False, repr=False)

    def call(self, team: Team, person: Person, day: date) -> Call:
        """What becomes of a person's key results in the team's round of a nominal day."""
        own = self._alone(team, person, day)
        if own.excuse:
            return own
        others = [one.at for one in self._others(team, own.asked, own.date)]
        return replace(own, at=min([own.at, *others]))

    def hour(self, team: Team, person: Person, day: date) -> tuple[date, datetime]:
        """(the local date, the instant) at which a person, or their deputy, is asked for a team's nominal day."""
        called = self.call(team, person, day)
        return called.date, called.at

    def next_asked(self, team: Team, person: Person, since: date) -> date | None:
        """The first date from `since` on on which the team asks this person; None when that is out of sight."""
        day = cadence.next_date(team.rhythm, since - LOOK_BACK)
        while day and day < since + LOOK_AHEAD:
            called = self.call(team, person, day)
            if not called.excuse and called.asked.id == person.id and called.date >= since:
                return called.date
            day = cadence.next_date(team.rhythm, day + timedelta(days=1))
        return None

    def days_off(self, team: Team, person: Person) -> DaysOff:
        return DaysOff(partial(self.holidays, person), team.days_off)

    def opens_at(self, team: Team, day: date) -> datetime | None:
        """When the round of a nominal day opens: with its earliest member. None when nobody answers in the team; the
        company's opens by its own clock then.
        """
        return min(self._hours(team, day), default=None)

    def next_opening(self, team: Team, day: date) -> tuple[date | None, datetime | None]:
        """The first nominal day on or after `day`, and when its round opens."""
        found = cadence.next_date(team.rhythm, day)
        return found, self.opens_at(team, found) if found else None

    def first_opening(self, team: Team, now: datetime) -> tuple[date | None, datetime | None]:
        """The first round of which somebody's hour is still to come: nobody is surprised by a past one."""
        day = cadence.local_date(now, team.zone) - timedelta(days=2)
        while True:
            found, opens = self.next_opening(team, day)
            if found is None or opens is None:
                return found, opens
            if max(self._hours(team, found)) > now:
                return found, opens
            day = found + timedelta(days=1)

    def _hours(self, team: Team, day: date) -> list[datetime]:
        people = [self.people[id] for id in self.asked.get(team.id, ())]
        if not people and team.is_company:
            return [cadence.asked_at(team.rhythm, day, member_zone=team.zone, team_zone=team.zone)]
        return [self.hour(team, person, day)[1] for person in people]

    def nominal(self, team: Team, person: Person, day: date) -> Call:
        """When a person would be asked for the team's nominal day, whatever lies in the way."""
        at = cadence.asked_at(team.rhythm, day, member_zone=person.zone, team_zone=team.zone)
        return Call(person, person, cadence.local_date(at, person.zone), at)

    def moved(self, team: Team, person: Person, day: date, asked_on: date) -> tuple[date, Excuse] | None:
        """The day off, and why it is one, because of which somebody is asked later for the team's nominal day."""
        nominal = self.nominal(team, person, day).date
        off = self.days_off(team, person).excuse(nominal)
        return (nominal, off) if off and asked_on > nominal else None

    def _alone(self, team: Team, owner: Person, day: date) -> Call:
        """As if the team were the only one."""
        key = team.id, owner.id, day
        if key not in self._known:
            self._known[key] = self._decide(team, owner, day)
        return self._known[key]

    def _decide(self, team: Team, owner: Person, day: date) -> Call:
        nominal = self.nominal(team, owner, day)
        if not owner.is_away(nominal.date):
            own = self._working(team, owner, day)
            if own.excuse or not owner.is_away(own.date):
                return own
        deputy = self.people.get(owner.deputy_id or "")
        if deputy and not deputy.deactivated:
            instead = self._working(team, deputy, day)
            if not instead.excuse and not deputy.is_away(instead.date):
                return replace(instead, owner=owner)
        return replace(nominal, excuse=Excuse.AWAY)

    def _working(self, team: Team, person: Person, day: date) -> Call:
        """On the nominal day, or at the same hour of their next working day, if the round is still open then."""
        off = self.days_off(team, person)
        nominal = self.nominal(team, person, day)
        at = nominal.at
        excuse = off.excuse(nominal.date)
        if excuse is None:
            return nominal
        closes = cadence.closes_at(team.rhythm, day, team.zone)
        while at < closes:
            local = cadence.local_date(at, person.zone)
            if off.works(local):
                return Call(person, person, local, at)
            day += timedelta(days=1)
            at = cadence.asked_at(team.rhythm, day, member_zone=person.zone, team_zone=team.zone)
        return replace(nominal, excuse=excuse)

    def _others(self, team: Team, person: Person, local: date) -> Iterator[Call]:
        """The calls by which other teams ask this person on the same local date, also in somebody's place."""
        for other, owner in self._answered_by.get(person.id, ()):
            if other.id == team.id:
                continue
            day = cadence.next_date(other.rhythm, local - LOOK_BACK)
            while day and day <= local + timedelta(days=1):
                call = self._alone(other, owner, day)
                if not call.excuse and call.asked.id == person.id and call.date == local:
                    yield call
                day = cadence.next_date(other.rhythm, day + timedelta(days=1))

    @cached_property
    def _answered_by(self) -> Mapping[str, Sequence[tuple[Team, Person]]]:
        """For each person, in which teams and whose key results they may be asked about: theirs, and as a deputy."""
        found: dict[str, list[tuple[Team, Person]]] = {}
        for team_id, ids in self.asked.items():
            for owner in (self.people[id] for id in sorted(ids)):
                found.setdefault(owner.id, []).append((self.teams[team_id], owner))
                if owner.absences and owner.deputy_id:
                    found.setdefault(owner.deputy_id, []).append((self.teams[team_id], owner))
        return found


def calling(
    teams: Mapping[str, Team],
    people: Mapping[str, Person],
    asked: Iterable[KeyResult],
    holidays: Holidays = nobody_has_holidays,
) -> Calling:
    """Gather who answers where; somebody who has left is asked nowhere."""
    by_team: dict[str, set[str]] = {}
    for one in asked:
        if not people[one.check_in_owner_id].deactivated:
            by_team.setdefault(one.team_id, set()).add(one.check_in_owner_id)
    return Calling(teams, people, {team: frozenset(persons) for team, persons in by_team.items()}, holidays)
