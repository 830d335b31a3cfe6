"""Finding what is meant by what people call it: a team by its name, OKRs by words of their titles."""

from collections.abc import Mapping
from difflib import get_close_matches

from blocks.phrase_words import fold
from okr.errors import NotFound
from okr.goals import Team


def called(words: str, title: str) -> bool:
    """Whether a title holds all of these words or parts of words, whatever their case and accents."""
    wanted, held = fold(words).split(), fold(title)
    return bool(wanted) and all(word in held for word in wanted)


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
