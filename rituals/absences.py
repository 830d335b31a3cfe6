"""Leave: noting it from what people say, from Slack's status and from calendars, and greeting those who come back."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

from blocks.leave import Answered, Leave, Return
from okr import cadence
from okr.absence import Absence, DaysOff, Excuse, Source, away_before, back_on, names_leave
from okr.deliveries import WELCOME, Kind
from okr.errors import NotFound
from okr.goals import Person, Team
from okr.standing import worst_first
from rituals.actors import Reader
from rituals.holidays import is_holiday
from rituals.messenger import Member
from rituals.rounds import replan
from storage import absences, deliveries, key_results, people, standings, teams
from storage.absences import Kept
from storage.database import Database, Transaction

DAY = timedelta(days=1)
HOUR = time(9)
"""When somebody is greeted whom no team asks anything."""
MORNING = time(12)
"""A status that ends before noon leaves that day free."""


@dataclass(frozen=True)
class Found:
    """Leave a calendar tells of. `origin` is what makes it unique there."""

    first: date
    last: date
    origin: str


class Absences:
    """Each method is one transaction."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def say(self, workspace: str, reader: Reader, first: date, last: date, now: datetime) -> Leave:
        """Somebody says from when to when they are away; it takes the place of what they said before about any of
        these days. Raises NotFound for somebody the company does not name.
        """
        person = _person(reader)
        async with self.database.transaction() as tx:
            await teams.lock_planning(tx, workspace)
            kept = await absences.of_person(tx, workspace, person.id)
            before = [one for one in kept if one.absence.source is Source.SAID and _touches(one, first, last)]
            await absences.remove(tx, workspace, [one.id for one in before])
            await absences.add(tx, workspace, person.id, Absence(first, last))
            await settle(tx, workspace, person.id, now)
            person = (await people.some(tx, workspace, [person.id]))[person.id]
            asked_in = await _asked_in(tx, workspace, person)
            deputies = await people.some(tx, workspace, [person.deputy_id] if person.deputy_id else [])
        deputy = deputies.get(person.deputy_id or "")
        return Leave(
            first=first,
            last=last,
            back=back_on(person.absences, _works(person, asked_in), last),
            today=cadence.local_date(now, person.zone),
            asked=bool(asked_in),
            deputy=deputy if deputy and not deputy.deactivated else None,
        )

    async def come_back(self, workspace: str, reader: Reader, now: datetime) -> Return | None:
        """Somebody says they are back, whatever their status or calendar says. None when they were not away."""
        person = _person(reader)
        today = cadence.local_date(now, person.zone)
        async with self.database.transaction() as tx:
            await teams.lock_planning(tx, workspace)
            current = [one for one in await absences.of_person(tx, workspace, person.id) if one.absence.covers(today)]
            if not current:
                return None
            for one in current:
                await _end(tx, workspace, one, today - DAY, settled=True)
            await settle(tx, workspace, person.id, now, told=today - DAY)
            return await returned(tx, workspace, person, min(one.absence.first for one in current), now)


async def note_status(tx: Transaction, workspace: str, person: Person, member: Member, now: datetime) -> bool:
    """Slack's status as leave, as long as it says so; True when that changed something."""
    today = cadence.local_date(now, person.zone)
    kept = [one for one in await absences.of_person(tx, workspace, person.id) if one.absence.source is Source.SLACK]
    current = [one for one in kept if one.origin]
    absence = _status(person, member, today, now)
    if absence is None:
        # Whoever ends it after their hour was away that day, too.
        begun = _hour(person, await _asked_in(tx, workspace, person), today) > now
        for one in current:
            await _end(tx, workspace, replace(one, origin=""), today - DAY if begun else today)
        return any(not one.settled for one in current)
    origin = _origin(member)
    if any(one.origin == origin for one in current):
        return False
    firsts = [one.absence.first for one in current if not one.settled and one.absence.covers(today)]
    await absences.remove(tx, workspace, [one.id for one in current if not one.settled])
    await absences.add(tx, workspace, person.id, replace(absence, first=min([today, *firsts])), origin=origin)
    return True


async def note_calendar(tx: Transaction, workspace: str, person: Person, found: Sequence[Found], now: datetime) -> bool:
    """Bring what a calendar told before to what it tells now; True when that changed something."""
    today = cadence.local_date(now, person.zone)
    before = await absences.of_person(tx, workspace, person.id)
    kept = {one.origin: one for one in before if one.absence.source is Source.CALENDAR}
    told = {one.origin: one for one in found}
    changed = False
    for one in found:
        known = kept.get(one.origin)
        absence = Absence(one.first, one.last, Source.CALENDAR)
        if known is None and one.last >= today:
            await absences.add(tx, workspace, person.id, absence, origin=one.origin)
            changed = True
        elif known and not known.settled and known.absence != absence:
            await absences.change(tx, workspace, replace(known, absence=absence))
            changed = True
    for gone in (one for origin, one in kept.items() if origin not in told and not one.settled):
        if gone.absence.last is None or gone.absence.last >= today:
            await _end(tx, workspace, gone, today - DAY)
            changed = True
    return changed


async def settle(
    tx: Transaction,
    workspace: str,
    person_id: str,
    now: datetime,
    *,
    planned: bool = False,
    told: date | None = None,
) -> None:
    """Everything that follows from leave that has changed: who is asked, and when the person is greeted. `planned`
    says that every team has just been planned anew, `told` that leave up to that day needs no greeting any more.
    """
    person = (await people.some(tx, workspace, [person_id]))[person_id]
    if not planned:
        await _replan_around(tx, workspace, person, now)
    await owe_welcome(tx, workspace, person, now, told=told)


async def _replan_around(tx: Transaction, workspace: str, person: Person, now: datetime) -> None:
    """The teams in which the person answers, or whoever stands in for them or they for."""
    involved = {person.id, *([person.deputy_id] if person.deputy_id else [])}
    involved |= await people.stood_in_for_by(tx, workspace, involved)
    asked = await key_results.active(tx, workspace, asked_ids=involved)
    await replan(tx, workspace, now, moved=True, team_ids={one.team_id for one in asked})


async def owe_welcome(
    tx: Transaction, workspace: str, person: Person, now: datetime, *, told: date | None = None
) -> None:
    """Owe one message for each time the person comes back, on their first day of work, at their hour."""
    asked_in = await _asked_in(tx, workspace, person)
    works = _works(person, asked_in)
    ends = {one.last for one in person.absences if one.last and one.first <= one.last and one.last != told}
    due = {day: _hour(person, asked_in, day) for day in (back_on(person.absences, works, last) for last in ends)}
    coming = {day: at for day, at in due.items() if at > now}
    for day, at in coming.items():
        key = f"welcome:{person.id}:{day.isoformat()}"
        await deliveries.plan(tx, workspace, key, Kind.NOTICE, at, person_id=person.id, day=day, part=WELCOME)
    await deliveries.call_off_welcomes(tx, workspace, person.id, but=coming)


async def welcome(tx: Transaction, workspace: str, person: Person, day: date, now: datetime) -> Return | None:
    """What to say to somebody on the day they come back; None on any other day."""
    if not person.absences:
        return None
    asked_in = await _asked_in(tx, workspace, person)
    since = away_before(person.absences, _works(person, asked_in), day)
    return None if since is None else await returned(tx, workspace, person, since, now)


async def returned(tx: Transaction, workspace: str, person: Person, since: date, now: datetime) -> Return:
    """What was answered in somebody's place since a day, and what still waits for them."""
    theirs = [
        one
        for one in await key_results.active(tx, workspace, asked_ids=[person.id])
        if one.check_in_owner_id == person.id
    ]
    standing = await standings.gather(tx, workspace, theirs, now=now, today=cadence.local_date(now, person.zone))
    start = cadence.instant(since, time(), person.zone)
    standing = worst_first(standing)
    by_others = [one for one in standing if one.last and one.last.author_id != person.id and one.last.at >= start]
    authors = await people.some(tx, workspace, {one.last.author_id for one in by_others if one.last})
    return Return(
        person=person,
        answered=tuple(Answered(one, authors[one.last.author_id].name) for one in by_others if one.last),
        waiting=tuple(one for one in standing if one.unanswered or one.passed_over is Excuse.AWAY),
    )


def _person(reader: Reader) -> Person:
    if reader.actor.person is None:
        raise NotFound("not_found.you")
    return reader.actor.person


def _touches(one: Kept, first: date, last: date) -> bool:
    return one.absence.first <= last and (one.absence.last is None or one.absence.last >= first)


async def _end(tx: Transaction, workspace: str, one: Kept, last: date, *, settled: bool | None = None) -> None:
    """Let leave end on a day; what its source would tell again is kept, so that it is known."""
    ended = max(min(one.absence.last or last, last), one.absence.first - DAY)
    is_settled = one.settled if settled is None else settled
    if ended >= one.absence.first or (is_settled and one.origin):
        changed = replace(one, absence=replace(one.absence, last=ended), settled=is_settled)
        await absences.change(tx, workspace, changed)
    else:
        await absences.remove(tx, workspace, [one.id])


def _status(person: Person, member: Member, today: date, now: datetime) -> Absence | None:
    if not names_leave(member.status, member.status_emoji):
        return None
    if not member.status_until:
        return Absence(today, None, Source.SLACK)
    until = datetime.fromtimestamp(member.status_until, UTC)
    last = cadence.local_date(until, person.zone)
    if cadence.instant(last, MORNING, person.zone) >= until:
        last -= DAY
    return Absence(today, last, Source.SLACK) if until > now and last >= today else None


def _origin(member: Member) -> str:
    """The same for the same status; what people wrote stays out of the memory."""
    said = f"{member.status_emoji}|{member.status_until}|{member.status}"
    return hashlib.sha256(said.encode()).hexdigest()[:16]


async def _asked_in(tx: Transaction, workspace: str, person: Person) -> Mapping[str, Team]:
    """The teams in which the person answers."""
    theirs = await key_results.active(tx, workspace, asked_ids=[person.id])
    return await teams.some(tx, workspace, {one.team_id for one in theirs})


def _works(person: Person, asked_in: Mapping[str, Team]) -> cadence.Works:
    """On which days the person works for one of their teams at least."""
    days = [DaysOff(partial(is_holiday, person), team.days_off) for team in asked_in.values()]
    return lambda day: any(one.works(day) for one in days or [DaysOff(partial(is_holiday, person))])


def _hour(person: Person, asked_in: Mapping[str, Team], day: date) -> datetime:
    """The earliest hour at which one of their teams asks."""
    hours = [
        cadence.asked_at(team.rhythm, day, member_zone=person.zone, team_zone=team.zone) for team in asked_in.values()
    ]
    return min(hours, default=cadence.instant(day, HOUR, person.zone))
