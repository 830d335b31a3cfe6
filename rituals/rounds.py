"""Opening and closing rounds: writing down who is owed which message, and when."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from okr import cadence
from okr.calling import Calling, calling
from okr.deliveries import Kind
from okr.goals import KeyResult, Person, Team
from okr.rounds import Ask, Round, RoundState
from storage import deliveries, key_results, people, rounds, teams
from storage.database import Database, Transaction


@dataclass(frozen=True)
class _Occurrence:
    """The round to open, the nominal days that passed while nobody was running, and what comes next."""

    day: date
    passed: tuple[date, ...]
    next_date: date | None
    opens_next: datetime | None


class Rounds:
    """Each method is one transaction and says whether to call it again."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def open_next(self, now: datetime) -> bool:
        """Open one round that is due, of any team in any workspace."""
        async with self.database.transaction() as tx:
            due = await teams.due(tx, now)
            if due is None:
                return False
            called = await call(tx, due.workspace)
            team = called.teams[due.team_id]
            occurrence = _occurrence(called, team, now)
            if occurrence is None:
                await teams.claim(tx, due, next_date=None, opens_next=None)
                return True
            if await teams.claim(tx, due, next_date=occurrence.next_date, opens_next=occurrence.opens_next):
                await _open(tx, due.workspace, called, team, occurrence, now)
            return True

    async def close_next(self, now: datetime) -> bool:
        """Close one round whose digest is due, and owe that digest."""
        async with self.database.transaction() as tx:
            closed = await rounds.close_due(tx, now)
            if closed is None:
                return False
            workspace, round = closed
            asks = await rounds.asks_of_round(tx, workspace, round.id)
            if asks:
                key = f"digest:{round.id}:0"
                await deliveries.plan(tx, workspace, key, Kind.DIGEST, round.closes_at, round_id=round.id)
            for person_id, day in {(ask.person_id, ask.date) for ask in asks}:
                await deliveries.freshen_person(tx, workspace, person_id, day)
            return True

    async def replan(self, workspace: str, now: datetime) -> None:
        """Say anew when each team opens next, after rhythms, people or zones have changed."""
        async with self.database.transaction() as tx:
            await replan(tx, workspace, now)


async def call(tx: Transaction, workspace: str) -> Calling:
    """Who is asked when, as the memory has it now."""
    return calling(
        await teams.every(tx, workspace), await people.every(tx, workspace), await key_results.active(tx, workspace)
    )


async def replan(tx: Transaction, workspace: str, now: datetime) -> None:
    """A round that was opened stays; what comes next is reckoned from the day after it."""
    called = await call(tx, workspace)
    newest = await rounds.newest(tx, workspace, called.teams)
    for team in called.teams.values():
        opened = newest.get(team.id)
        day, opens = called.first_opening(team, now)
        if opened and day is not None and day <= opened[0].date:
            day, opens = called.next_opening(team, opened[0].date + timedelta(days=1))
        await teams.schedule(tx, workspace, team.id, next_date=day, opens_next=opens)


def _occurrence(called: Calling, team: Team, now: datetime) -> _Occurrence | None:
    """A team that slept through three Mondays gets one round, the newest, and the others are only remembered."""
    day = team.next_date
    if day is None:
        return None
    passed: list[date] = []
    following, opens = called.next_opening(team, day + timedelta(days=1))
    while following and opens and opens <= now:
        passed.append(day)
        day = following
        following, opens = called.next_opening(team, day + timedelta(days=1))
    return _Occurrence(day, tuple(passed), following, opens)


async def _open(
    tx: Transaction, workspace: str, called: Calling, team: Team, occurrence: _Occurrence, now: datetime
) -> None:
    for day in occurrence.passed:
        await _remember_missed(tx, workspace, called, team, day)
    closes = cadence.closes_at(team.rhythm, occurrence.day, team.zone)
    if closes <= now:
        await _remember_missed(tx, workspace, called, team, occurrence.day)
        return
    opens = called.opens_at(team, occurrence.day)
    if opens is None:
        return
    round = await rounds.put(tx, workspace, team.id, occurrence.day, RoundState.OPEN, opens_at=opens, closes_at=closes)
    asked = await key_results.active(tx, workspace, team_ids=[team.id])
    await _ask(tx, workspace, called, team, round, asked)


async def _remember_missed(tx: Transaction, workspace: str, called: Calling, team: Team, day: date) -> None:
    """The whole window has passed: nobody is asked any more, and the next digest says so."""
    closes = cadence.closes_at(team.rhythm, day, team.zone)
    opens = called.opens_at(team, day) or closes
    await rounds.put(tx, workspace, team.id, day, RoundState.CLOSED, opens_at=opens, closes_at=closes, missed=True)


async def _ask(
    tx: Transaction, workspace: str, called: Calling, team: Team, round: Round, asked: list[KeyResult]
) -> None:
    asks = []
    for one in asked:
        person = called.people[one.check_in_owner_id]
        day, at = called.hour(team, person, round.date)
        asks.append(Ask(round.id, one.id, person.id, day, at, excused=person.deactivated))
    await rounds.ask(tx, workspace, asks)
    for person_id, day, due in sorted({(ask.person_id, ask.date, ask.due_at) for ask in asks if not ask.excused}):
        await _owe(tx, workspace, team, round, called.people[person_id], day, due)


async def _owe(
    tx: Transaction, workspace: str, team: Team, round: Round, person: Person, day: date, due: datetime
) -> None:
    """A prompt and its reminders, by their natural names: another team's round on the same date adds none."""
    prompt = f"prompt:{person.id}:{day.isoformat()}"
    await deliveries.plan(tx, workspace, f"{prompt}:0", Kind.PROMPT, due, person_id=person.id, day=day)
    reminders = cadence.reminder_times(team.rhythm, due, zone=person.zone, digest_at=round.closes_at)
    for number, at in enumerate(reminders, start=1):
        key = f"{prompt}:{number}"
        await deliveries.plan(tx, workspace, key, Kind.REMINDER, at, person_id=person.id, day=day, part=number)
