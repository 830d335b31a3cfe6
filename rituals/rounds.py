"""Opening and closing rounds, and saying when each team's next one opens."""

from collections.abc import Awaitable, Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import structlog

from okr import cadence
from okr.calling import Calling
from okr.deliveries import Kind
from okr.goals import Team
from okr.planning import needs_digest, tells_of_teams
from okr.rounds import Round, RoundState
from rituals.asking import ask, ask_anew, call
from rituals.attempts import attempt
from rituals.company_digests import told_by
from storage import asks, checkins, deliveries, key_results, rounds, teams
from storage.database import Database, Transaction
from storage.teams import Due

log = structlog.get_logger()


@dataclass(frozen=True)
class Occurrence:
    """The round to open, the nominal days that passed while nobody was running, and what comes next."""

    day: date
    passed: tuple[date, ...]
    next_date: date | None
    opens_next: datetime | None


class Rounds:
    """Each method is one act, and says whether to call it again.

    What cannot be opened or closed is logged, passed over until the next tick (another `now`), and tried again
    then: one team's trouble is nobody else's.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        self._trouble: tuple[datetime | None, frozenset[str]] = (None, frozenset())

    async def open_next(self, now: datetime) -> bool:
        """Open one round that is due, of any team in any workspace."""
        async with self.database.reading() as tx:
            due = await teams.due(tx, now, but=self._passed_over(now))
        if due is None:
            return False
        await self._unless_it_fails(self._open(due, now), due.workspace, due.team_id, now)
        return True

    async def close_next(self, now: datetime) -> bool:
        """Close one round whose digest is due, and owe that digest."""
        async with self.database.reading() as tx:
            due = await rounds.to_close(tx, now, but=self._passed_over(now))
        if due is None:
            return False
        workspace, round = due
        await self._unless_it_fails(self._close(workspace, round), workspace, round.id, now)
        return True

    async def _open(self, due: Due, now: datetime) -> None:
        async with self.database.transaction() as tx:
            await teams.lock_planning(tx, due.workspace)
            called = await call(tx, due.workspace, [due.team_id])
            team = called.teams[due.team_id]
            next = occurrence(called, team, now)
            if next is None:
                await teams.claim(tx, due, next_date=None, opens_next=None)
            elif await teams.claim(tx, due, next_date=next.next_date, opens_next=next.opens_next):
                await _open(tx, due.workspace, called, team, next, now)

    async def _close(self, workspace: str, round: Round) -> None:
        async with self.database.transaction() as tx:
            if not await rounds.close(tx, workspace, round.id):
                return
            asked = await asks.of_round(tx, workspace, round.id)
            if needs_digest(asked) or await _tells_of_teams(tx, workspace, round):
                key = f"digest:{round.id}:0"
                await deliveries.plan(tx, workspace, key, Kind.DIGEST, round.closes_at, round_id=round.id)
            subjects = {(ask.person_id, ask.date) for ask in asked}
            round_ids = await told_by(tx, workspace, [round])
            await deliveries.freshen(tx, workspace, round_ids=round_ids, subjects=subjects)

    def _passed_over(self, now: datetime) -> frozenset[str]:
        at, ids = self._trouble
        return ids if at == now else frozenset()

    async def _unless_it_fails(self, act: Awaitable[None], workspace: str, id: str, now: datetime) -> None:
        outcome = await attempt(act)
        if outcome:
            log.error("round failed", workspace=workspace, about=id, exc_info=outcome)
            self._trouble = now, self._passed_over(now) | {id}

    async def replan(self, workspace: str, now: datetime) -> None:
        """Say anew when each team opens next, after rhythms, people or zones have changed."""
        async with self.database.transaction() as tx:
            await replan(tx, workspace, now)


async def replan(
    tx: Transaction, workspace: str, now: datetime, *, moved: bool = False, team_ids: Collection[str] | None = None
) -> None:
    """Say anew when each team, or each of these, opens next, and who is asked in its round that is open.

    A round that was opened stays, and one that is due already is opened as it was planned; what comes next is
    reckoned from the day after it. Where somebody has `moved`, so that an hour to come is one that has passed, they
    are asked at once; otherwise nobody is surprised by a past hour.
    """
    await teams.lock_planning(tx, workspace)
    called = await call(tx, workspace, team_ids)
    mine = {id: team for id, team in called.teams.items() if team_ids is None or id in team_ids}
    newest = await rounds.newest(tx, workspace, mine)
    overdue = await teams.overdue(tx, workspace, now)
    for team in mine.values():
        if team.id in overdue:
            continue
        opened = newest.get(team.id)
        day, opens = _kept(called, team, now) if moved else (None, None)
        if opens is None:
            day, opens = called.first_opening(team, now)
        if opened and day is not None and day <= opened[0].date:
            day, opens = called.next_opening(team, opened[0].date + timedelta(days=1))
        night = cadence.next_night(now, team.zone)
        await teams.schedule(tx, workspace, team.id, next_date=day, opens_next=opens, looks_first=night)
        if team.next_date and day and opens and day != team.next_date:
            closes = cadence.closes_at(team.rhythm, day, team.zone)
            await rounds.move_planned(tx, workspace, team.id, team.next_date, day, opens_at=opens, closes_at=closes)
    await ask_anew(tx, workspace, called, mine, now)


def _kept(called: Calling, team: Team, now: datetime) -> tuple[date | None, datetime | None]:
    """The round that was to come, with the hour it has now, as long as its digest is still to come."""
    day = team.next_date
    if day is None or cadence.closes_at(team.rhythm, day, team.zone) <= now:
        return None, None
    return day, called.opens_at(team, day)


def occurrence(called: Calling, team: Team, now: datetime) -> Occurrence | None:
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
    return Occurrence(day, tuple(passed), following, opens)


async def _tells_of_teams(tx: Transaction, workspace: str, round: Round) -> bool:
    team = (await teams.some(tx, workspace, [round.team_id]))[round.team_id]
    return team.is_company and tells_of_teams(team, round, (await teams.every(tx, workspace)).values())


async def _open(
    tx: Transaction, workspace: str, called: Calling, team: Team, occurrence: Occurrence, now: datetime
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
    earlier = (await rounds.newest(tx, workspace, [team.id])).get(team.id, [])
    round = await rounds.put(tx, workspace, team.id, occurrence.day, RoundState.OPEN, opens_at=opens, closes_at=closes)
    asked = await key_results.active(tx, workspace, team_ids=[team.id])
    await ask(tx, workspace, called, team, round, asked)
    if earlier:
        await _end_waiting(tx, workspace, earlier[0])


async def _end_waiting(tx: Transaction, workspace: str, earlier: Round) -> None:
    """Messages of the round before that still wait for an answer say that they do no more."""
    answered = await checkins.answered_in(tx, workspace, earlier.id)
    silent = [one for one in await asks.of_round(tx, workspace, earlier.id) if one.key_result_id not in answered]
    subjects = {(one.person_id, one.date) for one in silent if not one.excused}
    if silent:
        await deliveries.freshen(tx, workspace, round_ids=[earlier.id], subjects=subjects)


async def _remember_missed(tx: Transaction, workspace: str, called: Calling, team: Team, day: date) -> None:
    """The whole window has passed: nobody is asked any more, and the next digest says so."""
    closes = cadence.closes_at(team.rhythm, day, team.zone)
    opens = called.opens_at(team, day) or closes
    await rounds.put(tx, workspace, team.id, day, RoundState.CLOSED, opens_at=opens, closes_at=closes, missed=True)
