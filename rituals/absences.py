"""Leave: noting it from what people say, from Slack's status and from calendars."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from blocks.leave import Leave, Return
from okr import cadence
from okr.absence import Absence, Source, back_on, names_leave, next_leave
from okr.authority import nothing_of
from okr.goals import Person
from rituals.actors import Reader
from rituals.asking import call
from rituals.messenger import Member
from rituals.rounds import replan
from rituals.welcomes import asked_in_teams, hour_of, owe_welcome, returned, working_days
from storage import absences, key_results, people, teams
from storage.absences import Kept, remembered
from storage.database import Database, Transaction

DAY = timedelta(days=1)
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

    async def say(
        self, workspace: str, reader: Reader, first: date, last: date, now: datetime, *, back: bool = False
    ) -> Leave:
        """Somebody says from when to when they are away; it takes the place of what they said before about any of
        these days. With `back` they are back after the last, whatever they, their status or their calendar said.

        Raises NotFound for somebody the company does not name.
        """
        person = _person(reader)
        yesterday = cadence.local_date(now, person.zone) - DAY
        async with self.database.transaction() as tx:
            await teams.lock_planning(tx, workspace)
            async with remembered(tx, workspace, person.id, now, by=person.id):
                for one in await absences.of_person(tx, workspace, person.id):
                    if one.absence.source is Source.SAID and _touches(one, first, last):
                        await _end(tx, workspace, one, min(first - DAY, yesterday))
                    elif back and one.absence.covers(last + DAY):
                        await _end(tx, workspace, one, last, settled=True)
                await absences.add(tx, workspace, person.id, Absence(first, last))
            await settle(tx, workspace, person.id, now)
            return await _leave(tx, workspace, person.id, Absence(first, last), now)

    async def known(self, workspace: str, reader: Reader, now: datetime) -> Leave | None:
        """The leave somebody is on, or their next one. Raises NotFound for somebody the company does not name."""
        person = _person(reader)
        found = next_leave(person.absences, cadence.local_date(now, person.zone))
        if found is None:
            return None
        async with self.database.reading() as tx:
            return await _leave(tx, workspace, person.id, found, now)

    async def come_back(self, workspace: str, reader: Reader, now: datetime) -> Return | None:
        """Somebody says they are back, whatever their status or calendar says. None when they were not away."""
        person = _person(reader)
        today = cadence.local_date(now, person.zone)
        async with self.database.transaction() as tx:
            await teams.lock_planning(tx, workspace)
            current = [one for one in await absences.of_person(tx, workspace, person.id) if one.absence.covers(today)]
            if not current:
                return None
            async with remembered(tx, workspace, person.id, now, by=person.id):
                for one in current:
                    await _end(tx, workspace, one, today - DAY, settled=True)
            await settle(tx, workspace, person.id, now, told=today - DAY)
            return await returned(tx, workspace, person, min(one.absence.first for one in current), now)

    async def come_back_on(self, workspace: str, reader: Reader, day: date, now: datetime) -> Leave:
        """Somebody says on which day to come they are back: from the leave they are on, or from their next one."""
        person = _person(reader)
        today = cadence.local_date(now, person.zone)
        leave = next_leave(person.absences, today)
        first = leave.first if leave and today < leave.first < day else today
        return await self.say(workspace, reader, first, day - DAY, now, back=True)

    async def call_off(self, workspace: str, reader: Reader, now: datetime) -> Absence | None:
        """Somebody says that their next leave does not take place. Answers which; None when none is known."""
        person = _person(reader)
        today = cadence.local_date(now, person.zone)
        leave = next_leave(person.absences, today)
        if leave is None:
            return None
        async with self.database.transaction() as tx:
            await teams.lock_planning(tx, workspace)
            async with remembered(tx, workspace, person.id, now, by=person.id):
                for one in await absences.of_person(tx, workspace, person.id):
                    if _touches(one, max(leave.first, today), leave.last or date.max):
                        await _end(tx, workspace, one, today - DAY, settled=True)
            await settle(tx, workspace, person.id, now, told=today - DAY)
        return leave


async def note_status(tx: Transaction, workspace: str, person: Person, member: Member, now: datetime) -> bool:
    """Slack's status as leave, as long as it says so; True when that changed something."""
    today = cadence.local_date(now, person.zone)
    absence = _status(person, member, today, now)
    if absence is None and not any(one.source is Source.SLACK for one in person.absences):
        return False
    async with remembered(tx, workspace, person.id, now, by="status"):
        return await _bring_status(tx, workspace, person, _origin(member) if absence else "", absence, now)


async def _bring_status(
    tx: Transaction, workspace: str, person: Person, origin: str, absence: Absence | None, now: datetime
) -> bool:
    """Bring what the status told before to what it tells now."""
    today = cadence.local_date(now, person.zone)
    kept = [one for one in await absences.of_person(tx, workspace, person.id) if one.absence.source is Source.SLACK]
    current = [one for one in kept if one.origin]
    if absence is None:
        # Whoever ends it after their hour was away that day, too.
        begun = hour_of(person, await asked_in_teams(tx, workspace, person), today) > now
        for one in current:
            await _end(tx, workspace, replace(one, origin=""), today - DAY if begun else today)
        return any(not one.settled for one in current)
    if any(one.origin == origin for one in current):
        return False
    firsts = [one.absence.first for one in current if not one.settled and one.absence.covers(today)]
    await absences.remove(tx, workspace, [one.id for one in current if not one.settled])
    await absences.add(tx, workspace, person.id, replace(absence, first=min([today, *firsts])), origin=origin)
    return True


async def note_calendar(tx: Transaction, workspace: str, person: Person, found: Sequence[Found], now: datetime) -> bool:
    """Bring what a calendar told before to what it tells now; True when that changed something."""
    async with remembered(tx, workspace, person.id, now, by="calendar"):
        return await _bring_calendar(tx, workspace, person, found, now)


async def _bring_calendar(
    tx: Transaction, workspace: str, person: Person, found: Sequence[Found], now: datetime
) -> bool:
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


async def _leave(tx: Transaction, workspace: str, person_id: str, absence: Absence, now: datetime) -> Leave:
    """Leave with what will happen meanwhile and afterwards."""
    person = (await people.some(tx, workspace, [person_id]))[person_id]
    asked_in = await asked_in_teams(tx, workspace, person)
    deputies = await people.some(tx, workspace, [person.deputy_id] if person.deputy_id else [])
    deputy = deputies.get(person.deputy_id or "")
    back = back_on(person.absences, working_days(person, asked_in), absence.last) if absence.last else None
    called = await call(tx, workspace, asked_in)
    again = [called.next_asked(team, person, back) for team in asked_in.values()] if back else []
    return Leave(
        absence=absence,
        back=back,
        asked_again=min((day for day in again if day), default=None),
        today=cadence.local_date(now, person.zone),
        asked=bool(asked_in),
        deputy=deputy if deputy and not deputy.deactivated else None,
    )


def _person(reader: Reader) -> Person:
    if reader.actor.person is None:
        raise nothing_of(reader.actor)
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
