"""Which round an answer belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from okr import cadence
from okr.calling import Calling
from okr.checkins import CheckIn
from okr.goals import KeyResult
from okr.rounds import Round, RoundState
from storage import asks, rounds
from storage.database import Transaction


@dataclass(frozen=True)
class Choice:
    """What decides which round an answer belongs to. `earlier` are the newest answers, the newest first; `day` is
    the date of the prompt it came from.
    """

    key_result: KeyResult
    now: datetime
    earlier: Sequence[CheckIn]
    day: date | None
    edits: bool

    @property
    def edited(self) -> str | None:
        """The round of the answer that would be changed."""
        changes = self.edits or self.day is not None
        return self.earlier[0].round_id if changes and self.earlier else None


async def round_for(
    tx: Transaction, workspace: str, called: Calling, choice: Choice, *, make: bool = True
) -> Round | None:
    """The round an answer given now belongs to: an open one; else, from local midnight three days before, the
    coming one; else the last closed one, late; None before a team's first round. An edit stays in its round until
    the next one opens.
    """
    team, now = called.teams[choice.key_result.team_id], choice.now
    opened = (await rounds.newest(tx, workspace, [team.id])).get(team.id, [])
    still_open = [one for one in opened if one.state is RoundState.OPEN and one.closes_at > now]
    if still_open:
        return await _open_round(tx, workspace, choice, still_open)
    if opened and choice.edited == opened[0].id:
        return opened[0]
    owner = called.people.get(choice.key_result.check_in_owner_id)
    zone = owner.zone if owner else team.zone
    if team.next_date and cadence.answers_coming_round(now, zone=zone, coming=team.next_date):
        coming = await rounds.of_team(tx, workspace, team.id, team.next_date)
        if coming or not make:
            return coming
        closes = cadence.closes_at(team.rhythm, team.next_date, team.zone)
        opens = called.opens_at(team, team.next_date) or closes
        return await rounds.put(
            tx, workspace, team.id, team.next_date, RoundState.PLANNED, opens_at=opens, closes_at=closes
        )
    return opened[0] if opened else None


async def _open_round(tx: Transaction, workspace: str, choice: Choice, newest_first: Sequence[Round]) -> Round:
    """Of several open rounds the one that the prompt of the day asks in, or whose answer is edited; else the oldest
    that still waits.
    """
    if len(newest_first) == 1:
        return newest_first[0]
    made = await asks.in_rounds(tx, workspace, [one.id for one in newest_first], [choice.key_result.id])
    of_day = [
        one
        for (round_id, _), ask in made.items()
        if ask.date == choice.day
        for one in newest_first
        if one.id == round_id and not ask.excused
    ]
    edited = [one for one in newest_first if one.id == choice.edited]
    answered = {one.round_id for one in choice.earlier}
    waiting = [
        one
        for one in reversed(newest_first)
        if (ask := made.get((one.id, choice.key_result.id))) and not ask.excused and one.id not in answered
    ]
    return next(iter([*of_day, *edited, *waiting, *newest_first]))


def before(newest_first: Sequence[CheckIn], round: Round | None) -> CheckIn | None:
    """The answer a change of colour is judged against: the last one of an earlier round."""
    return next((one for one in newest_first if round is None or one.round_id != round.id), None)
