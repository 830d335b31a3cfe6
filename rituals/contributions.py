"""What an objective or a key result contributes to: what may be chosen, what was, and what its shares add up to."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from okr.alignment import SharedOut, check_ring, check_share, sharing
from okr.authority import Actor, may_read_of, may_read_owned
from okr.definitions import KeyResultDefinition, ObjectiveDefinition, Titled
from okr.errors import Problem
from okr.goals import KeyResult, State, Team
from rituals.definitions import Act
from storage import alignments, definitions, key_results, teams
from storage.database import Transaction

Above = tuple[str | None, str | None]
"""The objective, or the key result, that something contributes to; neither where it contributes to nothing."""


async def above(
    tx: Transaction,
    workspace: str,
    actor: Actor,
    all_teams: Mapping[str, Team],
    team_ids: Iterable[str],
    *,
    but: str = "",
) -> tuple[Titled, ...]:
    """What an objective or a key result of these teams may contribute to: what they and the teams above them work on,
    as far as the actor may read it; `but` is the objective it is, or stands under.
    """
    places = {id for team_id in team_ids for id in _upwards(all_teams, team_id)}
    found = await definitions.titles(tx, workspace, places) if places else []
    running = {one.objective_id for one in found if not one.key_result_id and one.state is State.ACTIVE} - {but}
    return tuple(
        one
        for one in found
        if one.state is State.ACTIVE
        and one.objective_id in running
        and may_read_owned(actor, all_teams[one.team_id], one.owner_ids, private=one.private)
    )


@dataclass(frozen=True)
class Choice:
    """What was chosen on the form of something in a team; None where the form did not ask. `but` is its objective."""

    team: Team
    chosen: tuple[str, str] | None
    but: str = ""
    current: ObjectiveDefinition | KeyResultDefinition | None = None

    @property
    def before(self) -> Above:
        return (self.current.parent_objective_id, self.current.parent_key_result_id) if self.current else (None, None)


async def contribution(tx: Transaction, act: Act, choice: Choice) -> Above:
    """What it contributes to from now on: what it did, unless something else was chosen. Raises Problem where it may
    not.
    """
    if choice.chosen is None:
        return choice.before
    chosen = (choice.chosen[0] or None, choice.chosen[1] or None)
    if chosen in (choice.before, (None, None)):
        return chosen
    all_teams = await teams.every(tx, act.workspace)
    offered = await above(tx, act.workspace, act.reader.actor, all_teams, [choice.team.id], but=choice.but)
    if not any((one.key_result_id or one.objective_id) in chosen for one in offered):
        raise Problem("definition.above")
    return chosen


async def require_upward(tx: Transaction, workspace: str, id: str, chosen: Above, *within: str) -> None:
    """Raise Problem where what it contributes to leads back to it. `within` is the objective of a key result."""
    if any(chosen):
        onward = await alignments.onward(tx, workspace)
        check_ring({**onward, id: (*within, *filter(None, chosen))}, id)


async def require_share(tx: Transaction, act: Act, wanted: KeyResultDefinition) -> None:
    """Raise Problem unless the number of the key result it contributes to can have this one as a share. Of what the
    actor may not read nothing is said.
    """
    for whole in await _readable(tx, act, await _found(tx, act.workspace, wanted.parent_key_result_id)):
        check_share(wanted.measure, whole.measure)


async def shared_out(tx: Transaction, act: Act, key_result_id: str) -> tuple[SharedOut, ...]:
    """The number a key result has a share of, and its own, as far as they are shared out and the actor may read it."""
    wholes = await _found(tx, act.workspace, key_result_id)
    wholes += await _found(tx, act.workspace, wholes[0].parent_key_result_id)
    told = []
    for whole in await _readable(tx, act, wholes):
        parts = await _readable(tx, act, await key_results.shares(tx, act.workspace, whole.id))
        found = sharing(whole.measure, [one.measure for one in parts])
        if found:
            told.append(SharedOut(whole.title, whole.measure, found))
    return tuple(told)


async def _found(tx: Transaction, workspace: str, key_result_id: str | None) -> list[KeyResult]:
    return await key_results.some(tx, workspace, [key_result_id]) if key_result_id else []


async def _readable(tx: Transaction, act: Act, found: Sequence[KeyResult]) -> list[KeyResult]:
    by_id = await teams.some(tx, act.workspace, {one.team_id for one in found})
    return [one for one in found if may_read_of(act.reader.actor, one, by_id[one.team_id])]


def _upwards(all_teams: Mapping[str, Team], team_id: str) -> Iterator[str]:
    here: str | None = team_id
    while here:
        yield here
        here = all_teams[here].parent_id
