"""Who is asked when: one message per person and local date, over all their teams, at the earliest of their hours."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from okr import cadence
from okr.goals import KeyResult, Person, Team


@dataclass(frozen=True)
class Calling:
    """Everything the hours depend on: teams, who answers in each, and where these people are."""

    teams: Mapping[str, Team]
    people: Mapping[str, Person]
    asked: Mapping[str, frozenset[str]]
    """The persons asked in each team."""

    def hour(self, team: Team, person: Person, day: date) -> tuple[date, datetime]:
        """(the person's local date, the instant) at which they are asked for a team's nominal day."""
        first = cadence.asked_at(team.rhythm, day, member_zone=person.zone, team_zone=team.zone)
        local = cadence.local_date(first, person.zone)
        hours = [first]
        for other in self._other_teams(team, person):
            hours += self._hours_on(other, person, local)
        return local, min(hours)

    def opens_at(self, team: Team, day: date) -> datetime | None:
        """When the round of a nominal day opens: with its earliest member. None when nobody is asked."""
        people = [self.people[id] for id in self.asked.get(team.id, ())]
        return min((self.hour(team, person, day)[1] for person in people), default=None)

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
            people = [self.people[id] for id in self.asked[team.id]]
            if max(self.hour(team, person, found)[1] for person in people) > now:
                return found, opens
            day = found + timedelta(days=1)

    def _other_teams(self, team: Team, person: Person) -> Iterable[Team]:
        return (one for one in self.teams.values() if one.id != team.id and person.id in self.asked.get(one.id, ()))

    def _hours_on(self, team: Team, person: Person, local: date) -> Iterable[datetime]:
        """The hours at which another team asks this person on the same local date."""
        day = cadence.next_date(team.rhythm, local - timedelta(days=1))
        while day and day <= local + timedelta(days=1):
            asked = cadence.asked_at(team.rhythm, day, member_zone=person.zone, team_zone=team.zone)
            if cadence.local_date(asked, person.zone) == local:
                yield asked
            day = cadence.next_date(team.rhythm, day + timedelta(days=1))


def calling(teams: Mapping[str, Team], people: Mapping[str, Person], asked: Sequence[KeyResult]) -> Calling:
    """Gather who answers where; somebody who has left is asked nowhere."""
    by_team: dict[str, set[str]] = {}
    for one in asked:
        if not people[one.check_in_owner_id].deactivated:
            by_team.setdefault(one.team_id, set()).add(one.check_in_owner_id)
    return Calling(teams, people, {team: frozenset(persons) for team, persons in by_team.items()})
