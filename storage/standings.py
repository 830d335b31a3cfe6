"""How key results stand: gathered once, for every surface that shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from okr.cadence import grace_ends
from okr.checkins import CheckIn, may_repeat
from okr.goals import KeyResult, Person, Team
from okr.rounds import Ask, Round, RoundState
from okr.standing import Standing
from storage import checkins, key_results, people, rounds, teams


@dataclass(frozen=True)
class _Memory:
    """What a set of key results needs to be judged, read in a handful of queries."""

    teams: Mapping[str, Team]
    persons: Mapping[str, Person]
    answers: Mapping[str, list[CheckIn]]
    recent: Mapping[str, list[Round]]
    asks: Mapping[tuple[str, str], Ask]
    actions: Mapping[str, int]


@dataclass(frozen=True)
class Look:
    """One key result to judge: on which day its pace is read, and in which round, the team's newest when None."""

    key_result: KeyResult
    today: date
    round: Round | None = None


async def gather(
    tx: AsyncSession,
    workspace: str,
    of: Sequence[KeyResult],
    *,
    now: datetime,
    today: date,
    rounds_by_team: Mapping[str, Round] | None = None,
) -> list[Standing]:
    """The standing of each key result, in the order given, all on one day.

    `rounds_by_team` names the round each team is looked at in, and answers of later rounds are left out, so an old
    digest keeps saying what it was about. A team it leaves out is looked at in its newest round, as it stands now:
    an early answer for the next round counts.
    """
    chosen = rounds_by_team or {}
    return await judge(tx, workspace, [Look(one, today, chosen.get(one.team_id)) for one in of], now=now)


async def judge(tx: AsyncSession, workspace: str, looks: Sequence[Look], *, now: datetime) -> list[Standing]:
    """The standing of each look, in the order given; as many queries for a thousand as for one."""
    memory = await _read(tx, workspace, looks)
    return [_standing(one.key_result, one.round, memory, now, one.today) for one in looks]


async def _read(tx: AsyncSession, workspace: str, looks: Sequence[Look]) -> _Memory:
    of = {one.key_result.id: one.key_result for one in looks}
    team_ids = {one.team_id for one in of.values()}
    recent = await rounds.newest(tx, workspace, team_ids)
    round_ids = {one.id for many in recent.values() for one in many}
    asks = await rounds.asked_in(tx, workspace, round_ids | {one.round.id for one in looks if one.round}, of)
    persons = {one.owner_id for one in of.values()} | {one.check_in_owner_id for one in of.values()}
    return _Memory(
        teams=await teams.some(tx, workspace, team_ids),
        persons=await people.some(tx, workspace, persons | {one.person_id for one in asks.values()}),
        answers=await checkins.newest(tx, workspace, list(of)),
        recent=recent,
        asks=asks,
        actions=await key_results.count_open_actions(tx, workspace, of),
    )


def _standing(one: KeyResult, chosen: Round | None, memory: _Memory, now: datetime, today: date) -> Standing:
    recent = memory.recent.get(one.team_id, [])
    looked_at = chosen or (recent[0] if recent else None)
    days = {each.id: each.date for each in recent}
    answers = [each for each in memory.answers[one.id] if chosen is None or _is_known_in(chosen, each, days)]
    last = answers[0] if answers else None
    before = next((each for each in answers if last and each.round_id != last.round_id), None)
    given = next((each for each in answers if looked_at and each.round_id == looked_at.id), None)
    asked = memory.asks.get((looked_at.id, one.id)) if looked_at else None
    unanswered = given is None and not (last and looked_at and last.at >= looked_at.opens_at)
    answers_for_it = memory.persons[one.check_in_owner_id]
    asked_person = memory.persons[asked.person_id] if asked else answers_for_it
    stands_in = asked_person != answers_for_it and answers_for_it.is_away(today)
    return Standing(
        key_result=one,
        owner=memory.persons[one.owner_id],
        asked=asked_person,
        instead_of=answers_for_it if stands_in else None,
        excuse=asked.excuse if asked else None,
        today=today,
        last=last,
        before=before,
        answered=given is not None,
        late=bool(given and looked_at and given.given_at > looked_at.closes_at),
        in_review=bool(asked and looked_at and looked_at.state is RoundState.OPEN and not given and not asked.excused),
        unanswered=bool(asked and not asked.excused and unanswered),
        stale=_is_stale(one, memory, last, now),
        repeatable=may_repeat(answers),
        open_actions=memory.actions.get(one.id, 0),
    )


def _is_known_in(looked_at: Round, answer: CheckIn, days: Mapping[str, date]) -> bool:
    if answer.round_id is None or answer.round_id == looked_at.id:
        return True
    answered_for = days.get(answer.round_id)
    if answered_for is not None:
        return answered_for <= looked_at.date
    # A planned round (an early answer) comes after every opened one; a forgotten round came before.
    return looked_at.state is RoundState.OPEN or answer.at <= looked_at.closes_at


def _is_stale(one: KeyResult, memory: _Memory, last: CheckIn | None, now: datetime) -> bool:
    """True when the newest round past its grace asked for this key result and nothing was said since."""
    zone = memory.teams[one.team_id].zone
    for each in memory.recent.get(one.team_id, []):
        asked = memory.asks.get((each.id, one.id))
        if asked is None or asked.excused or each.state is not RoundState.CLOSED:
            continue
        if (asked.grace_ends or grace_ends(each.closes_at, zone)) > now:
            continue
        return last is None or (last.round_id != each.id and last.at < each.opens_at)
    return False
