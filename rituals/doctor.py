"""How the bot itself is: who was asked and what became of it, what comes next, and which processes are alive."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from okr import cadence
from okr.authority import Actor
from okr.calling import Calling
from okr.errors import NotAllowed
from okr.examination import Examination, GaveWay, Loose
from okr.goals import Person, Team
from okr.rollcall import Entry, Fate, NextRound, RollCall, call_roll
from okr.rounds import Round
from okr.vitals import Vitals
from rituals.agenda import overdue
from rituals.asking import call
from rituals.clock import real_now
from storage import archives, asks, heartbeats, people, rollcalls, rounds, weeks
from storage.database import Database, Transaction

STRAYS_SINCE, WEEK = timedelta(days=14), timedelta(days=7)


class Doctor:
    """`vitals` are the signs of the process itself, set by whoever runs it; without them it writes none down.
    `archiving` says that an archive is written every night.
    """

    def __init__(self, database: Database, real: Callable[[], datetime] = real_now, *, archiving: bool = False) -> None:
        self.database = database
        self.archiving = archiving
        self.real = real
        self.vitals: Callable[[datetime], Vitals] | None = None

    async def beat(self, workspace: str) -> None:
        """Write down that this process is alive."""
        if self.vitals:
            async with self.database.transaction() as tx:
                await heartbeats.beat(tx, workspace, self.vitals(self.real()))

    async def end(self, workspace: str) -> None:
        """Write down that this process has ended as it should."""
        if self.vitals:
            async with self.database.transaction() as tx:
                await heartbeats.gone(tx, workspace, self.vitals(self.real()).id)

    async def workspaces(self) -> dict[str, str]:
        """The names of all workspaces by id."""
        async with self.database.reading() as tx:
            return await rollcalls.workspaces(tx)

    async def look(self, workspace: str, actor: Actor, now: datetime) -> Examination:
        """For an admin who asks in Slack. Raises NotAllowed."""
        _require_admin(actor)
        await self.beat(workspace)
        return await self.examine(workspace, now)

    async def examine(self, workspace: str, now: datetime) -> Examination:
        async with self.database.reading() as tx:
            called = await call(tx, workspace)
            persons = await people.every(tx, workspace)
            last = await _last(tx, workspace, called, persons, now)
            return Examination(
                workspace=(await rollcalls.workspaces(tx)).get(workspace, workspace),
                now=now,
                real=self.real(),
                processes=tuple(await heartbeats.every(tx, workspace)),
                last=last,
                next=tuple(_next(called, team) for team in called.teams.values()),
                loose=tuple(await _loose(tx, workspace, called, persons, last, now)),
                gave_way=tuple(await _gave_way(tx, workspace, persons, now)),
                overdue=await overdue(tx, now, workspace),
                archiving=await archives.look(tx, workspace) if self.archiving else None,
                zone=next((one.zone for one in called.teams.values() if one.parent_id is None), "UTC"),
            )

    async def post_again(self, workspace: str, actor: Actor, delivery_id: str, tries: int, now: datetime) -> bool:
        """Send once more what nobody can look for. False when it was settled meanwhile. Raises NotAllowed."""
        _require_admin(actor)
        async with self.database.transaction() as tx:
            return await rollcalls.post_again(tx, workspace, delivery_id, tries=tries, now=now)


def _require_admin(actor: Actor) -> None:
    if not actor.admin:
        raise NotAllowed("not_allowed.doctor")


async def _gave_way(tx: Transaction, workspace: str, persons: Mapping[str, Person], now: datetime) -> Sequence[GaveWay]:
    found = await weeks.gave_way(tx, workspace, now - WEEK)
    return [GaveWay(kind, count, tuple(persons[id].name for id in ids)) for kind, count, ids in found]


async def _last(
    tx: Transaction, workspace: str, called: Calling, persons: Mapping[str, Person], now: datetime
) -> dict[str, RollCall]:
    """The roll of each team's newest round, by team."""
    newest = {team: found[0] for team, found in (await rounds.newest(tx, workspace, called.teams)).items() if found}
    ids = [round.id for round in newest.values()]
    asked = await asks.of_rounds(tx, workspace, ids)
    answered = await rollcalls.answered(tx, workspace, ids)
    digests = await rollcalls.digests(tx, workspace, ids)
    prompts = await rollcalls.prompts(tx, workspace, {ask.date for many in asked.values() for ask in many})
    return {
        team: call_roll(
            called.teams[team],
            round,
            asked[round.id],
            persons,
            answered={key_result for in_round, key_result in answered if in_round == round.id},
            messages=prompts,
            digest=digests.get(round.id),
            now=now,
        )
        for team, round in newest.items()
    }


def _next(called: Calling, team: Team) -> NextRound:
    """As it would open today: who would be asked, when, and who would not and why."""
    day = team.next_date
    owners = [called.people[id] for id in called.asked.get(team.id, ())]
    if day is None or not owners:
        return NextRound(team, None, None, None)
    entries: dict[str, Entry] = {}
    for one in (called.call(team, owner, day) for owner in owners):
        fate = Fate.EXCUSED if one.excuse else Fate.DUE
        entry = Entry(one.asked, fate, one.at, one.excuse.value if one.excuse else "")
        if one.asked.id not in entries or entries[one.asked.id].fate is Fate.EXCUSED:
            entries[one.asked.id] = entry
    ordered = sorted(entries.values(), key=lambda one: (one.at, one.person.name))
    opens = called.opens_at(team, day)
    return NextRound(team, day, opens, cadence.closes_at(team.rhythm, day, team.zone), tuple(ordered))


async def _loose(
    tx: Transaction,
    workspace: str,
    called: Calling,
    persons: Mapping[str, Person],
    last: Mapping[str, RollCall],
    now: datetime,
) -> Sequence[Loose]:
    """What an admin has to settle, and what did not get out and stands in no roll."""
    told = {one.message.id for roll in last.values() for one in roll.entries if one.message}
    told |= {roll.digest.id for roll in last.values() if roll.digest}
    found = await rollcalls.strays(tx, workspace, now - STRAYS_SINCE)
    kept = [one for one in found if one.sending.settled_by_hand or one.sending.id not in told]
    teams = await _teams_of_rounds(tx, workspace, called, {one.round_id for one in kept if one.round_id})
    return [
        Loose(one.kind, one.sending, persons.get(one.person_id or ""), teams.get(one.round_id or "")) for one in kept
    ]


async def _teams_of_rounds(tx: Transaction, workspace: str, called: Calling, round_ids: set[str]) -> Mapping[str, Team]:
    found: list[Round] = [await rounds.by_id(tx, workspace, id) for id in sorted(round_ids)]
    return {one.id: called.teams[one.team_id] for one in found if one.team_id in called.teams}
