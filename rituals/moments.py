"""The moment a question is about: now, or the end of a day that has passed, each with the key results it knows."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from okr import cadence
from okr.authority import Actor, may_read_of
from okr.errors import DayProblem
from okr.goals import KeyResult, Team
from okr.history import Past, may_read_past
from rituals.actors import Reader
from storage import asks, key_results, past, teams
from storage.database import Transaction


@dataclass(frozen=True)
class Sight:
    """What decides what a reader may see: `asked` are the key results that open rounds ask them for."""

    actor: Actor
    all_teams: Mapping[str, Team]
    asked: Collection[str]


async def sight(tx: Transaction, workspace: str, reader: Reader) -> Sight:
    """By today's rights, whatever the moment."""
    person = reader.actor.person
    asked = await asks.open_of_person(tx, workspace, person.id) if person else []
    return Sight(reader.actor, await teams.every(tx, workspace), asked)


class Present:
    """What is known now."""

    until: datetime | None = None

    def __init__(self, tx: Transaction, workspace: str, now: datetime, today: date) -> None:
        self.tx = tx
        self.workspace = workspace
        self.now = now
        self.today = today

    async def asked(self, *, team_ids: Sequence[str] | None = None, of_person: str | None = None) -> list[KeyResult]:
        """Everything that is asked, or what of it belongs to some teams or to a person."""
        return await key_results.active(self.tx, self.workspace, team_ids=team_ids, of_person=of_person)

    async def done(self) -> list[KeyResult]:
        """What was reached in cycles that are not closed."""
        return await key_results.done(self.tx, self.workspace)

    def may_read(self, sight: Sight, one: KeyResult) -> bool:
        return may_read_of(sight.actor, one, sight.all_teams[one.team_id], asked=sight.asked)


class Earlier:
    """What was known at the end of a day; `now` is that moment."""

    def __init__(self, pasts: Sequence[Past], until: datetime, now: datetime, day: date) -> None:
        self.pasts = {one.then.id: one for one in pasts}
        self.until: datetime | None = until
        self.now = now
        self.today = day

    async def asked(self, *, team_ids: Sequence[str] | None = None, of_person: str | None = None) -> list[KeyResult]:
        return [
            one
            for one in self._then()
            if one.is_asked
            and (team_ids is None or one.team_id in team_ids)
            and (of_person is None or of_person in (one.owner_id, one.check_in_owner_id))
        ]

    async def done(self) -> list[KeyResult]:
        return [one for one in self._then() if one.is_done]

    def may_read(self, sight: Sight, one: KeyResult) -> bool:
        return may_read_past(sight.actor, self.pasts[one.id], sight.all_teams, asked=sight.asked)

    def _then(self) -> list[KeyResult]:
        return [one.then for one in self.pasts.values()]


Moment = Present | Earlier


async def moment(tx: Transaction, workspace: str, reader: Reader, day: date | None, now: datetime) -> Moment:
    """Now, or the end of the reader's `day`. Raises DayProblem for a day before anything was known."""
    if day is None:
        return Present(tx, workspace, now, reader.today(now))
    until = cadence.instant(day + timedelta(days=1), time(), reader.zone)
    first = await past.begins(tx, workspace)
    if first is None or first >= until:
        raise DayProblem("as_of.unknown", day=day, first=reader.today(first or now))
    return Earlier(await past.as_of(tx, workspace, until), until, min(now, until), day)
