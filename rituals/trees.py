"""`/okr tree`: what contributes to what, for one reader."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from blocks.tree import Tree
from okr.alignment import Sharing, sharing
from okr.authority import may_read
from okr.errors import NotFound
from okr.goals import KeyResult, Objective, Team
from okr.measures import Measure
from okr.standing import Standing
from okr.tree import Goals, downwards, grow
from rituals.actors import Reader
from rituals.moments import Present, Sight, sight
from rituals.naming import named_team
from storage import alignments, company, key_results, standings
from storage.database import Database, Transaction


@dataclass(frozen=True)
class WantedTree:
    """Whose tree: a team's by its `name` or its `channel`, which is a Slack id; neither for the whole company's."""

    name: str = ""
    channel: str = ""


class Trees:
    """Each method is one transaction that only reads."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def look(self, workspace: str, reader: Reader, wanted: WantedTree, now: datetime) -> Tree:
        """What the reader may read of the tree, and nothing of what they may not: no title, and in no sum. Raises
        NotFound.
        """
        async with self.database.reading() as tx:
            if not await company.is_described(tx, workspace):
                raise NotFound("not_found.company")
            seen = await sight(tx, workspace, reader)
            chosen = _chosen(seen.all_teams, wanted)
            present = Present(tx, workspace, now, reader.today(now))
            found = [one for one in (*await present.asked(), *await present.done()) if present.may_read(seen, one)]
            standing = await standings.gather(tx, workspace, found, now=now, today=present.today)
            goals = Goals(
                teams=seen.all_teams,
                objectives=_readable(await alignments.objectives(tx, workspace), seen, standing),
                standings=standing,
                sharings=await _sharings(tx, workspace, present, seen, standing),
            )
        ids = {id for team in chosen for id in downwards(seen.all_teams, team.id)} if chosen else None
        about = reader.language.listed([team.name for team in chosen])
        return Tree(about, tuple(grow(goals, ids)), reader.zone)


def _chosen(all_teams: Mapping[str, Team], wanted: WantedTree) -> Sequence[Team]:
    if wanted.channel:
        found = [one for one in all_teams.values() if one.channel == wanted.channel]
        if not found:
            raise NotFound("not_found.channel")
        return found
    return [named_team(all_teams, wanted.name, command="tree")] if wanted.name else []


def _readable(objectives: Sequence[Objective], seen: Sight, standing: Sequence[Standing]) -> list[Objective]:
    """Those the reader may read as a team's, owns, or may read a key result of."""
    person = seen.actor.person
    through = {one.key_result.objective.id for one in standing}
    return [
        one
        for one in objectives
        if one.id in through
        or (person and one.owner_id == person.id)
        or may_read(seen.actor, seen.all_teams[one.team_id], private=one.private)
    ]


async def _sharings(
    tx: Transaction, workspace: str, present: Present, seen: Sight, standing: Sequence[Standing]
) -> dict[str, Sharing]:
    """How far each number is shared out, as far as the reader may read the shares."""
    parts: dict[str, list[Measure]] = defaultdict(list)
    for one in await key_results.every_share(tx, workspace):
        if one.parent_key_result_id and present.may_read(seen, one):
            parts[one.parent_key_result_id].append(one.measure)
    wholes: list[KeyResult] = [one.key_result for one in standing]
    return {one.id: found for one in wholes if (found := sharing(one.measure, parts.get(one.id, ())))}
