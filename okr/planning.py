"""A round as it comes: who is asked for what, and which messages that takes. Written down when it opens, and shown
before that by a preview."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from okr import cadence
from okr.absence import Excuse
from okr.calling import Calling
from okr.goals import KeyResult, Team
from okr.rounds import Ask, Round


@dataclass(frozen=True)
class Owed:
    """One message to a person about one of their dates: the prompt (part 0), or a reminder (its number)."""

    person_id: str
    date: date
    part: int
    at: datetime

    @property
    def key(self) -> str:
        """Its natural name: what two teams ask on one date is one message."""
        return f"prompt:{self.person_id}:{self.date.isoformat()}:{self.part}"


@dataclass(frozen=True)
class Asked:
    """An ask with what its messages depend on besides."""

    ask: Ask
    team: Team
    closes_at: datetime


def asks(called: Calling, team: Team, day: date, key_results: Iterable[KeyResult], round_id: str = "") -> list[Ask]:
    """What the team's round of a nominal day asks for, and what it excuses. Who has left is asked for nothing."""
    closes = cadence.closes_at(team.rhythm, day, team.zone)
    found = []
    for one in key_results:
        owner = called.people[one.check_in_owner_id]
        call = called.call(team, owner, day)
        works = called.days_off(team, call.asked).works
        found.append(
            Ask(
                round_id=round_id,
                key_result_id=one.id,
                person_id=call.asked.id,
                date=call.date,
                due_at=call.at,
                excuse=Excuse.LEFT if owner.deactivated else call.excuse,
                grace_ends=cadence.grace_ends(closes, team.zone, works),
            )
        )
    return found


def messages(called: Calling, asked: Sequence[Asked]) -> list[Owed]:
    """One prompt per person and date, at the earliest hour, and the reminders before each team's digest."""
    due: dict[tuple[str, date, int], datetime] = {}
    for one in asked:
        ask = one.ask
        if ask.excused:
            continue
        person = called.people[ask.person_id]
        works = called.days_off(one.team, person).works
        reminders = cadence.reminder_times(
            one.team.rhythm, ask.due_at, zone=person.zone, digest_at=one.closes_at, works=works
        )
        for part, at in enumerate((ask.due_at, *reminders)):
            name = person.id, ask.date, part
            due[name] = min(due.get(name, at), at)
    return sorted((Owed(*name, at) for name, at in due.items()), key=lambda one: (one.at, one.key))


def tells_of_teams(company: Team, round: Round, others: Iterable[Team]) -> bool:
    """Whether the company's digest of a round has something to tell although nobody of its own was asked: others are
    asked in their rounds, and it has no days off from the first day to the digest's.
    """
    last = cadence.local_date(round.closes_at, company.zone)
    days = [round.date + timedelta(days=distance) for distance in range((last - round.date).days + 1)]
    is_off = all(any(off.covers(day) for off in company.days_off) for day in days)
    return company.is_company and not is_off and any(one.next_date for one in others if one.id != company.id)


def needs_digest(asked: Sequence[Ask]) -> bool:
    """A round in which everybody had a day off is passed over in silence; leave is said."""
    return any(one.excuse in (None, Excuse.AWAY) for one in asked)
