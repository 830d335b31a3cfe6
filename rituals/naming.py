"""Finding a team by what people call it."""

from collections.abc import Mapping
from difflib import get_close_matches

from okr.errors import NotFound
from okr.goals import Team


def named_team(all_teams: Mapping[str, Team], name: str, *, command: str) -> Team:
    """The team with this name or key, whatever its case. Raises NotFound, with the nearest one to try `command` on."""
    wanted = name.casefold()
    names = {spelled.casefold(): team for team in all_teams.values() for spelled in (team.key, team.name)}
    if wanted in names:
        return names[wanted]
    nearest = get_close_matches(wanted, names, n=1, cutoff=0.6)
    if nearest:
        raise NotFound("not_found.team_nearest", name=name, nearest=names[nearest[0]].name, command=command)
    raise NotFound("not_found.team", name=name)
