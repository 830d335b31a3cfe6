"""How key results stand: gathered once, for every surface that shows them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from okr import judging
from okr.goals import KeyResult, Person, Team
from okr.judging import Known
from okr.rounds import Ask, Round
from okr.standing import Standing
from storage import asks, checkins, key_results, people, rounds, teams

NOBODY: Mapping[str, Person] = {}
NO_TEAMS: Mapping[str, Team] = {}


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
    until: datetime | None = None,
) -> list[Standing]:
    """The standing of each key result, in the order given, all on one day.

    `rounds_by_team` names the round each team is looked at in, and answers of later rounds are left out, so an old
    digest keeps saying what it was about. A team it leaves out is looked at in its newest round, as it stands now:
    an early answer for the next round counts. With `until` they stand as they did then.
    """
    chosen = rounds_by_team or {}
    return await judge(tx, workspace, [Look(one, today, chosen.get(one.team_id)) for one in of], now=now, until=until)


async def judge(
    tx: AsyncSession,
    workspace: str,
    looks: Sequence[Look],
    *,
    now: datetime,
    until: datetime | None = None,
    opened_by: datetime | None = None,
    persons: Mapping[str, Person] | None = None,
    all_teams: Mapping[str, Team] | None = None,
) -> list[Standing]:
    """The standing of each look, in the order given, in a handful of queries for every hundred of them.

    Persons and teams that were read already need not be read again. Where rounds of long ago are looked at,
    `opened_by` passes over those that opened later, however many.
    """
    of = {one.key_result.id: one.key_result for one in looks}
    chosen = {one.round.id for one in looks if one.round}
    known = await read(tx, workspace, of, chosen, persons or {}, all_teams or {}, until, opened_by)
    return [judging.judge(known[one.key_result.id], now, one.today, one.round) for one in looks]


async def read(
    tx: AsyncSession,
    workspace: str,
    of: Mapping[str, KeyResult],
    chosen: Collection[str] = (),
    persons: Mapping[str, Person] = NOBODY,
    all_teams: Mapping[str, Team] = NO_TEAMS,
    until: datetime | None = None,
    opened_by: datetime | None = None,
) -> Mapping[str, Known]:
    """All that is known of these key results, by their ids; `chosen` are rounds looked at besides the newest."""
    team_ids = {one.team_id for one in of.values()}
    by_team = {**all_teams, **await teams.some(tx, workspace, team_ids - all_teams.keys())}
    recent = await rounds.newest(tx, workspace, team_ids, until=until, opened_by=opened_by)
    round_ids = {one.id for many in recent.values() for one in many}
    in_rounds = await asks.in_rounds(tx, workspace, round_ids | set(chosen), of)
    asked: dict[str, dict[str, Ask]] = {id: {} for id in of}
    for ask in in_rounds.values():
        asked[ask.key_result_id][ask.round_id] = ask
    involved = {one.owner_id for one in of.values()} | {one.check_in_owner_id for one in of.values()}
    involved |= {ask.person_id for ask in in_rounds.values()}
    by_id = {**persons, **await people.some(tx, workspace, involved - persons.keys())}
    answers = await checkins.newest(tx, workspace, list(of), until=until, opened_by=opened_by)
    actions = await key_results.count_open_actions(tx, workspace, of)
    return {
        one.id: Known(
            key_result=one,
            persons=by_id,
            answers=answers[one.id],
            rounds=recent.get(one.team_id, []),
            asks=asked[one.id],
            zone=by_team[one.team_id].zone,
            open_actions=actions.get(one.id, 0),
        )
        for one in of.values()
    }
