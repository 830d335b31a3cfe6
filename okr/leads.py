"""Who answers for a team."""

from collections.abc import Collection, Mapping

from okr.goals import Person, Team


def nearest_lead(
    teams: Mapping[str, Team], people: Mapping[str, Person], team: Team, *, besides: str = ""
) -> Person | None:
    """The nearest lead up the tree who can be told something; an admin of the company when there is none.

    `besides` is the id of somebody it is about. Of several admins it is always the same one.
    """
    step: Team | None = team
    while step:
        lead = people.get(step.lead_id or "")
        if lead and _can_be_told(lead, besides):
            return lead
        step = teams.get(step.parent_id or "")
    admins = [one for one in people.values() if one.admin and _can_be_told(one, besides)]
    return min(admins, key=lambda one: one.id, default=None)


def below(teams: Mapping[str, Team], top: Collection[str]) -> set[str]:
    """These teams, and all that stand somewhere under one of them."""
    found = set(top)
    while more := {one.id for one in teams.values() if one.parent_id in found} - found:
        found |= more
    return found


def _can_be_told(person: Person, besides: str) -> bool:
    return person.id != besides and not person.deactivated and not person.unreachable
