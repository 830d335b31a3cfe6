"""What the company's digest says of the other teams: each one's latest round that is over, and what is still open."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from okr import cadence
from okr.absence import Excuse
from okr.digest import Beside, summarise
from okr.goals import KeyResult, State, Team
from okr.rounds import Round, RoundState
from okr.standing import Standing
from storage import asks, key_results, rounds, standings, teams
from storage.database import Transaction
from storage.standings import Look


async def besides(tx: Transaction, workspace: str, round: Round, now: datetime) -> list[Beside]:
    """The other teams, as of the rounds they had opened when the company's round closed: an old digest keeps saying
    what it was about. Teams that ask nobody, and never have, are left out.
    """
    others = {id: one for id, one in (await teams.every(tx, workspace)).items() if id != round.team_id}
    opened = await rounds.newest(tx, workspace, others, opened_by=round.closes_at)
    over = {id: one for id, found in opened.items() if (one := _first(found, RoundState.CLOSED))}
    standing = await _standings(tx, workspace, others, over, now, opened_by=round.closes_at)
    found = []
    for id, team in others.items():
        still_open = [one for one in opened.get(id, [])[:1] if one.state is RoundState.OPEN]
        digest = summarise(team, over[id], standing[id]) if id in over else None
        if digest or still_open or team.next_date:
            found.append(Beside(team, digest, next(iter(still_open), None)))
    return found


async def told_by(tx: Transaction, workspace: str, changed: Iterable[Round]) -> set[str]:
    """The rounds whose digests say what has changed in these, by an answer or by closing: they themselves, and the
    company's newest, as far as it tells of them.
    """
    own = {one.id: one for one in changed}
    newest = await rounds.newest_closed_of_company(tx, workspace)
    if newest and any(one.team_id != newest.team_id and one.opens_at <= newest.closes_at for one in own.values()):
        return {*own, newest.id}
    return set(own)


async def _standings(
    tx: Transaction,
    workspace: str,
    all_teams: Mapping[str, Team],
    over: Mapping[str, Round],
    now: datetime,
    *,
    opened_by: datetime,
) -> Mapping[str, Sequence[Standing]]:
    """By team, how what was asked in its round stands."""
    asked = await asks.of_rounds(tx, workspace, [one.id for one in over.values()])
    ids = [ask.key_result_id for many in asked.values() for ask in many if ask.excuse is not Excuse.LEFT]
    looks = [
        Look(one, cadence.local_date(now, all_teams[one.team_id].zone), over[one.team_id])
        for one in _told(await key_results.some(tx, workspace, ids))
        if one.team_id in over
    ]
    found: dict[str, list[Standing]] = {id: [] for id in over}
    for one in await standings.judge(tx, workspace, looks, now=now, opened_by=opened_by, all_teams=all_teams):
        found[one.key_result.team_id].append(one)
    return found


def _first(newest_first: Sequence[Round], state: RoundState) -> Round | None:
    return next((one for one in newest_first if one.state is state), None)


def _told(found: Iterable[KeyResult]) -> list[KeyResult]:
    """What another channel may read of what was asked, as far as it still counts: nothing private, however closed."""
    return [one for one in found if (one.is_asked or one.state is State.DONE) and not one.private]
