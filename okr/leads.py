"""Who answers for a team."""

from collections.abc import Mapping

from okr.goals import Person, Team


def nearest_lead(
    teams: Mapping[str, Team], people: Mapping[str, Person], team: Team, *, besides: str = ""
) -> Person | None:
    """The nearest lead up the tree who can be told something; an admin of the company when there is none.

    `besides` is the id of somebody it is about.
    """
    step: Team | None = team
    while step:
        lead = people.get(step.lead_id or "")
        if lead and _can_be_told(lead, besides):
            return lead
        step = teams.get(step.parent_id or "")
    return next((one for one in people.values() if one.admin and _can_be_told(one, besides)), None)


def _can_be_told(person: Person, besides: str) -> bool:
    return person.id != besides and not person.deactivated and not person.unreachable
