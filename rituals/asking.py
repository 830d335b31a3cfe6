"""Writing down who is asked in a round and which messages that takes, and deciding anew while the round is open."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from okr import cadence
from okr.absence import Excuse
from okr.calling import Call, Calling, calling
from okr.goals import KeyResult, Person, Team
from okr.planning import Asked, messages
from okr.planning import asks as asks_of
from okr.rounds import Ask, Round, RoundState
from rituals.holidays import is_holiday
from storage import asks, checkins, deliveries, key_results, people, prompts, rounds, teams
from storage.database import Transaction

Subject = tuple[str, date]
"""A person's id and one of their dates: what a prompt is about."""


async def call(tx: Transaction, workspace: str, team_ids: Iterable[str] | None = None) -> Calling:
    """Who is asked when, as the memory has it now: in all teams, or in these.

    For some teams it reads only what their hours depend on: their people and who stands in for them, and the
    other teams these answer in.
    """
    asked = await key_results.active(tx, workspace, team_ids=team_ids)
    known: dict[str, Person] = {}
    if team_ids is not None:
        theirs = {one.check_in_owner_id for one in asked}
        known = await people.some(tx, workspace, theirs)
        theirs |= {one.deputy_id for one in known.values() if one.absences and one.deputy_id}
        theirs |= await people.stood_in_for_by(tx, workspace, theirs)
        asked = await key_results.active(tx, workspace, asked_ids=theirs)
    ids = {*(one.team_id for one in asked), *(team_ids or ())}
    all_teams = await teams.every(tx, workspace) if team_ids is None else await teams.some(tx, workspace, ids)
    answering = {one.check_in_owner_id for one in asked}
    known |= await people.some(tx, workspace, answering - known.keys())
    persons = {id: known[id] for id in answering}
    deputies = {one.deputy_id for one in persons.values() if one.deputy_id} - persons.keys()
    return calling(all_teams, persons | await people.some(tx, workspace, deputies), asked, is_holiday)


async def ask(
    tx: Transaction, workspace: str, called: Calling, team: Team, round: Round, asked: list[KeyResult]
) -> None:
    """Write the asks of a round that opens, and what is owed for them."""
    made = asks_of(called, team, round.date, asked, round.id)
    await asks.add(tx, workspace, made)
    await _owe(tx, workspace, called, {(one.person_id, one.date) for one in made if not one.excused})


@dataclass(frozen=True)
class _Open:
    """An open round, with what decides who is asked in it from now on."""

    round: Round
    team: Team
    called: Calling
    now: datetime
    prompted: frozenset[Subject]
    """To whom the prompt about which date has gone out already."""


async def ask_anew(tx: Transaction, workspace: str, called: Calling, of: Mapping[str, Team], now: datetime) -> None:
    """Decide again who is asked in the open rounds of these teams, after somebody's leave, zone or days off changed,
    or a key result has ended.

    Nobody is prompted twice for one round. Who has left hands over what is not answered yet; whoever comes back
    during a round is asked if their hour is still to come, or by the prompt that stands in their DM already.
    """
    moved: set[Subject] = set()
    left: set[Subject] = set()
    back: set[Subject] = set()
    for round in await rounds.every_open(tx, workspace):
        team = of.get(round.team_id)
        if team is None or round.closes_at <= now:
            continue
        asked = await asks.of_round(tx, workspace, round.id)
        answered = await checkins.answered_in(tx, workspace, round.id)
        found = {one.id: one for one in await key_results.some(tx, workspace, [one.key_result_id for one in asked])}
        owners = {one.key_result_id: called.people.get(found[one.key_result_id].check_in_owner_id) for one in asked}
        subjects = {(one.person_id, one.date) for one in asked}
        calls = [called.call(team, owner, round.date) for owner in owners.values() if owner]
        subjects |= {(one.asked.id, one.date) for one in calls}
        prompted = await prompts.prompted(tx, workspace, sorted(subjects))
        open = _Open(round, team, called, now, frozenset(prompted))
        for one in asked:
            if one.key_result_id in answered:
                continue
            owner = owners[one.key_result_id]
            if not found[one.key_result_id].is_asked:
                changed = replace(one, excuse=Excuse.ENDED)
            elif owner is None or owner.deactivated:
                continue
            else:
                changed = _decide(open, one, owner)
            if changed == one:
                continue
            await asks.change(tx, workspace, changed)
            left.add((one.person_id, one.date))
            subject = changed.person_id, changed.date
            if not changed.excused:
                stands = owner is not None and changed.person_id == owner.id and subject in prompted
                (back if stands else moved).add(subject)
    await _owe(tx, workspace, called, moved)
    await _call_off(tx, workspace, left - moved - back)
    await _ask_again(tx, workspace, back - moved, now)


def _decide(open: _Open, ask: Ask, owner: Person) -> Ask:
    call = open.called.call(open.team, owner, open.round.date)
    prompted = not ask.excused and (ask.person_id, ask.date) in open.prompted
    if call.excuse:
        stays = prompted and call.excuse is not Excuse.AWAY
        return ask if stays else _asked(open, ask, call)
    if call.asked.id == ask.person_id and not ask.excused:
        stays = prompted or ask.due_at <= open.now
        return ask if stays else _asked(open, ask, _soon(open, call))
    if call.asked.id == owner.id:
        has_prompt = (owner.id, call.date) in open.prompted
        stays = not has_prompt and (prompted or call.at <= open.now)
        return ask if stays else _asked(open, ask, call)
    return _asked(open, ask, _soon(open, call))


def _soon(open: _Open, call: Call) -> Call:
    """The hour of a call; once it has passed, the next moment at which the person works before the round closes."""
    if call.at > open.now:
        return call
    works = open.called.days_off(open.team, call.asked).works
    at = cadence.at_work_from(open.now, call.asked.zone, works) or open.now
    if at < open.round.closes_at:
        return replace(call, at=at, date=cadence.local_date(at, call.asked.zone))
    return call if call.asked == call.owner else replace(call, asked=call.owner, excuse=Excuse.AWAY)


def _asked(open: _Open, ask: Ask, call: Call) -> Ask:
    works = open.called.days_off(open.team, call.asked).works
    return replace(
        ask,
        person_id=call.asked.id,
        date=call.date,
        due_at=call.at,
        excuse=call.excuse,
        grace_ends=cadence.grace_ends(open.round.closes_at, open.team.zone, works),
    )


async def _owe(tx: Transaction, workspace: str, called: Calling, subjects: set[Subject]) -> None:
    """A prompt and its reminders for each, by their natural names: another team's round on the same date adds none."""
    asked = await asks.of_people(tx, workspace, sorted(subjects))
    by_id = await teams.some(tx, workspace, {round.team_id for theirs in asked.values() for _, round in theirs})
    open = [
        Asked(one, by_id[round.team_id], round.closes_at)
        for subject in sorted(subjects)
        for one, round in asked.get(subject, ())
        if round.state is RoundState.OPEN
    ]
    await prompts.plan(tx, workspace, messages(called, open))


async def _call_off(tx: Transaction, workspace: str, subjects: set[Subject]) -> None:
    """Where nothing is asked any more, what was planned is not sent, and what stands says so."""
    still = await asks.of_people(tx, workspace, sorted(subjects))
    for person_id, day in sorted(subjects - still.keys()):
        await prompts.call_off(tx, workspace, person_id, day)
    await deliveries.freshen(tx, workspace, subjects=subjects)


async def _ask_again(tx: Transaction, workspace: str, subjects: set[Subject], now: datetime) -> None:
    """The prompt that stands asks again, and so do those of its reminders that are still to come."""
    for person_id, day in sorted(subjects):
        await prompts.call_on(tx, workspace, person_id, day, now)
    await deliveries.freshen(tx, workspace, subjects=subjects)
