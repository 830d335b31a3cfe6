"""How many there are of what was written: said once it is saved, by the company's limits."""

from okr.authority import Actor, may_read
from okr.coaching import Advice, coach_key_results, coach_objectives, coach_personal_objectives
from okr.definitions import ObjectiveDefinition
from okr.goals import State, Team
from storage import definitions, people, standards, teams
from storage.database import Transaction

OVER = (State.DONE, State.ABANDONED)


async def coach_new_objective(
    tx: Transaction, workspace: str, actor: Actor, objective: ObjectiveDefinition
) -> tuple[Advice, ...]:
    """At most one line: about the team's objectives in this cycle, else about those of its owner. What the actor may
    not read does not count.
    """
    limits = (await standards.of(tx, workspace)).limits
    all_teams = await teams.every(tx, workspace)
    every = [
        one
        for one in await definitions.objectives_in(tx, workspace, objective.cycle_id)
        if one.state not in OVER and may_read(actor, all_teams[one.team_id], private=one.private)
    ]
    of_team = sum(one.team_id == objective.team_id for one in every)
    if said := coach_objectives(of_team, limits.objectives):
        return said
    if objective.owner_id is None:
        return ()
    owner = (await people.some(tx, workspace, [objective.owner_id]))[objective.owner_id]
    own = sum(one.owner_id == owner.id for one in every)
    return coach_personal_objectives(own, owner.name, limits.personal_objectives)


async def coach_new_key_result(
    tx: Transaction, workspace: str, actor: Actor, team: Team, objective_id: str, *, more_follow: bool
) -> tuple[Advice, ...]:
    """At most one line about the key results of its objective; nothing of too few where `more_follow` by themselves."""
    limits = (await standards.of(tx, workspace)).limits
    count = sum(
        one.state not in OVER and may_read(actor, team, private=one.private)
        for one in await definitions.key_results_under(tx, workspace, objective_id)
    )
    fewest = 0 if more_follow else limits.fewest_key_results
    return coach_key_results(count, fewest, limits.most_key_results)
