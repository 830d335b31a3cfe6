"""Reading a rehearsal: each message it brought, with why, and each one it left out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from html import unescape

from okr.calling import Calling
from okr.deliveries import ENOUGH, FINDINGS, NO_HOUR, WELCOME, DeliveryState, Kind
from okr.goals import Person, Team
from okr.leads import nearest_lead
from okr.preview import Because, Coming, Preview, Spared
from okr.rounds import Ask, Round, RoundState
from rituals.asking import call
from rituals.rehearsing import Rehearsed
from storage import asks, key_results, people, rehearsal, rounds, teams
from storage.rehearsal import Copy, Happened

NO_DIGEST = "nobody is asked"
UNSAID = ("nothing is asked", "nothing is asked any more", "they are not back", "they come back on another day")
"""Why messages are dropped that somebody never expected."""


@dataclass(frozen=True)
class Scope:
    """Whose messages a preview shows: a person's own, or all that the teams `shown` send. `rhythms` are said at its
    head; `reach` are the teams that have to be lived through for it, all of them when None.
    """

    about: str
    zone: str
    shown: frozenset[str]
    person: Person | None = None
    rhythms: tuple[Team, ...] = ()
    reach: frozenset[str] | None = None


@dataclass(frozen=True)
class _Seen:
    """What the rehearsal left in its memory."""

    scope: Scope
    now: datetime
    called: Calling
    people: Mapping[str, Person]
    teams: Mapping[str, Team]
    rounds: Mapping[str, Round]
    asks: Mapping[str, list[Ask]]
    owners: Mapping[str, str]
    """By key result, whose check-in it is."""
    asked: Mapping[tuple[str, date], list[tuple[Ask, Round]]]
    happened: list[Happened]
    headlines: Mapping[str, str]

    def shows(self, ask: Ask, round: Round) -> bool:
        """Whether an ask belongs into the preview."""
        if self.scope.person:
            return ask.person_id == self.scope.person.id
        return round.team_id in self.scope.shown


async def foresee(lived: Rehearsed, copy: Copy, scope: Scope, *, days: int, now: datetime) -> Preview:
    """The preview of what was lived through."""
    seen = await _read(lived, copy, scope, now)
    coming, spared = tuple(_coming(seen)), tuple(_spared(seen))
    return Preview(
        about=scope.about,
        days=days,
        zone=scope.zone,
        teams=scope.rhythms,
        coming=tuple(sorted(coming, key=lambda one: one.at)),
        spared=tuple(sorted(dict.fromkeys(spared), key=lambda one: one.at)),
        idle=_idle(seen, coming, spared),
        own=scope.person is not None,
    )


async def _read(lived: Rehearsed, copy: Copy, scope: Scope, now: datetime) -> _Seen:
    workspace = copy.workspace
    async with lived.database.reading() as tx:
        happened = await rehearsal.happened(tx, copy)
        ids = {*(await rehearsal.round_ids(tx, copy)), *(one.round_id for one in happened if one.round_id)}
        owed = await asks.of_rounds(tx, workspace, ids)
        subjects = [(one.person_id, one.day) for one in happened if one.person_id and one.day]
        asked = await asks.of_people(tx, workspace, subjects)
        every = {ask.key_result_id for many in owed.values() for ask in many}
        every |= {ask.key_result_id for many in asked.values() for ask, _ in many}
        found = await key_results.some(tx, workspace, sorted(every))
        return _Seen(
            scope=scope,
            now=now,
            called=await call(tx, workspace),
            people=await people.every(tx, workspace),
            teams=await teams.every(tx, workspace),
            rounds=await rounds.some(tx, workspace, ids),
            asks=owed,
            owners={one.id: one.check_in_owner_id for one in found},
            asked=asked,
            happened=happened,
            headlines={id: unescape(message.text.partition("\n")[0]) for id, message in lived.said.items()},
        )


# What comes


def _coming(seen: _Seen) -> Iterator[Coming]:
    for one in seen.happened:
        if one.sending.state is DeliveryState.SENT and one.sending.sent_at and _is_shown(seen, one):
            yield Coming(
                at=one.sending.sent_at,
                kind=one.kind,
                part=one.part,
                headline=seen.headlines.get(one.sending.id, ""),
                person=seen.people.get(one.person_id or ""),
                team=_team_of(seen, one),
                because=tuple(_because(seen, one)),
            )


def _is_shown(seen: _Seen, one: Happened) -> bool:
    match one.kind:
        case Kind.DIGEST:
            team = _team_of(seen, one)
            return one.part == 0 and team is not None and team.id in seen.scope.shown
        case Kind.NOTICE:
            return _is_told(seen, one)
        case _:
            return any(seen.shows(ask, round) for ask, round in _subject(seen, one))


def _is_told(seen: _Seen, one: Happened) -> bool:
    """Notices belong to a person: those who answer in a team that is shown, and its lead."""
    if seen.scope.person:
        return one.person_id == seen.scope.person.id
    if seen.scope.reach is None:
        return True
    answer = {id for team in seen.scope.shown for id in seen.called.asked.get(team, ())}
    leads = {lead.id for team in seen.scope.shown if (lead := nearest_lead(seen.teams, seen.people, seen.teams[team]))}
    if one.part == FINDINGS:
        return one.person_id in answer | leads | {id for team in seen.scope.shown for id in seen.teams[team].member_ids}
    return one.person_id in (answer if one.part == WELCOME else leads)


def _because(seen: _Seen, one: Happened) -> Iterator[Because]:
    found = []
    for ask, round in _subject(seen, one):
        team, person = seen.teams[round.team_id], seen.people[ask.person_id]
        owner = seen.people[seen.owners[ask.key_result_id]]
        moved, off = seen.called.moved(team, person, round.date, ask.date) or (None, None)
        found.append(Because(team, None if owner.id == person.id else owner, moved, off))
    yield from dict.fromkeys(found)


def _subject(seen: _Seen, one: Happened) -> list[tuple[Ask, Round]]:
    """What a prompt or reminder asks for."""
    if one.kind not in (Kind.PROMPT, Kind.REMINDER) or one.person_id is None or one.day is None:
        return []
    return seen.asked.get((one.person_id, one.day), [])


def _team_of(seen: _Seen, one: Happened) -> Team | None:
    round = seen.rounds.get(one.round_id or "")
    return seen.teams.get(round.team_id) if round else None


# What does not


def _spared(seen: _Seen) -> Iterator[Spared]:
    for round_id, many in seen.asks.items():
        round = seen.rounds[round_id]
        for ask in many:
            if ask.due_at >= seen.now:
                yield from _passed_over(seen, ask, round)
        yield from _without_digest(seen, round)
    for one in seen.happened:
        if one.sending.state is not DeliveryState.SENT and one.sending.reason not in UNSAID and _is_shown(seen, one):
            yield from _dropped(seen, one)


def _passed_over(seen: _Seen, ask: Ask, round: Round) -> Iterator[Spared]:
    owner, team = seen.people[seen.owners[ask.key_result_id]], seen.teams[round.team_id]
    person = seen.scope.person
    if owner.id != person.id if person else team.id not in seen.scope.shown:
        return
    if ask.excuse:
        yield Spared(ask.due_at, Kind.PROMPT, ask.excuse.value, owner, team)
    elif ask.person_id != owner.id:
        yield Spared(ask.due_at, Kind.PROMPT, "away", owner, team, seen.people[ask.person_id])


def _without_digest(seen: _Seen, round: Round) -> Iterator[Spared]:
    owed = {one.round_id for one in seen.happened if one.kind is Kind.DIGEST}
    over = round.state is RoundState.CLOSED and round.closes_at >= seen.now
    if over and round.team_id in seen.scope.shown and round.id not in owed:
        yield Spared(round.closes_at, Kind.DIGEST, NO_DIGEST, team=seen.teams[round.team_id])


def _dropped(seen: _Seen, one: Happened) -> Iterator[Spared]:
    """What was planned and had nothing left to say. A reminder goes with its prompt."""
    if one.kind is Kind.REMINDER and one.sending.reason not in (NO_HOUR, ENOUGH):
        return
    if one.kind is Kind.NOTICE and one.part == FINDINGS and one.sending.reason != ENOUGH:
        return
    because = next(_because(seen, one), None)
    team = because.team if because else _team_of(seen, one)
    person = seen.people.get(one.person_id or "")
    yield Spared(one.sending.due_at, one.kind, one.sending.reason, person, team, part=one.part)


def _idle(seen: _Seen, coming: tuple[Coming, ...], spared: tuple[Spared, ...]) -> tuple[Person, ...]:
    """Those of whom nothing is due: they hear nothing, and nobody passes them over."""
    scope = seen.scope
    if scope.person:
        concerned = {scope.person.id}
    elif scope.reach is None:
        concerned = set(seen.people)
    else:
        concerned = {
            id for team in scope.shown for id in (*seen.teams[team].member_ids, seen.teams[team].lead_id or "")
        }
    busy = {one.person.id for one in coming if one.person} | {one.person.id for one in spared if one.person}
    return tuple(
        one
        for id, one in sorted(seen.people.items(), key=lambda item: item[1].name)
        if id in concerned - busy and not one.deactivated
    )
