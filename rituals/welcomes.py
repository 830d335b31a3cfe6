"""Greeting those who come back from leave: when, and with what was answered in their place and what waits."""

from collections.abc import Mapping
from datetime import date, datetime, time
from functools import partial

from blocks.leave import Answered, Return
from okr import cadence
from okr.absence import DaysOff, Excuse, away_before, back_on
from okr.deliveries import WELCOME, Kind
from okr.goals import Person, Team
from okr.standing import worst_first
from rituals.holidays import is_holiday
from storage import deliveries, key_results, people, standings, teams
from storage.database import Transaction

HOUR = time(9)
"""When somebody is greeted whom no team asks anything."""


async def owe_welcome(
    tx: Transaction, workspace: str, person: Person, now: datetime, *, told: date | None = None
) -> None:
    """Owe one message for each time the person comes back, on their first day of work, at their hour."""
    asked_in = await asked_in_teams(tx, workspace, person)
    works = working_days(person, asked_in)
    ends = {one.last for one in person.absences if one.last and one.first <= one.last and one.last != told}
    due = {day: hour_of(person, asked_in, day) for day in (back_on(person.absences, works, last) for last in ends)}
    coming = {day: at for day, at in due.items() if at > now}
    for day, at in coming.items():
        key = f"welcome:{person.id}:{day.isoformat()}"
        await deliveries.plan(tx, workspace, key, Kind.NOTICE, at, person_id=person.id, day=day, part=WELCOME)
    await deliveries.call_off_welcomes(tx, workspace, person.id, but=coming)


async def welcome(tx: Transaction, workspace: str, person: Person, day: date, now: datetime) -> Return | None:
    """What to say to somebody on the day they come back; None on any other day."""
    if not person.absences:
        return None
    asked_in = await asked_in_teams(tx, workspace, person)
    since = away_before(person.absences, working_days(person, asked_in), day)
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


async def asked_in_teams(tx: Transaction, workspace: str, person: Person) -> Mapping[str, Team]:
    """The teams in which the person answers."""
    theirs = await key_results.active(tx, workspace, asked_ids=[person.id])
    return await teams.some(tx, workspace, {one.team_id for one in theirs})


def working_days(person: Person, asked_in: Mapping[str, Team]) -> cadence.Works:
    """On which days the person works for one of these teams at least."""
    days = [DaysOff(partial(is_holiday, person), team.days_off) for team in asked_in.values()]
    return lambda day: any(one.works(day) for one in days or [DaysOff(partial(is_holiday, person))])


def hour_of(person: Person, asked_in: Mapping[str, Team], day: date) -> datetime:
    """The earliest hour at which one of their teams asks."""
    hours = [
        cadence.asked_at(team.rhythm, day, member_zone=person.zone, team_zone=team.zone) for team in asked_in.values()
    ]
    return min(hours, default=cadence.instant(day, HOUR, person.zone))
