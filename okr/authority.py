"""Who may do what. Checked on every act: anybody who sees a button can press it."""

from dataclasses import dataclass
from datetime import date

from okr.errors import NotAllowed
from okr.goals import KeyResult, Person, Team


@dataclass(frozen=True)
class Actor:
    """Whoever acts, known to the company or not. `person` is None for somebody the company does not name.

    `admin` is decided by the caller: named in the company, else Slack's admins and owners.
    `outsider` is a guest or a stranger from another workspace.
    """

    slack_id: str
    person: Person | None = None
    admin: bool = False
    outsider: bool = False


def require_answer(actor: Actor, key_result: KeyResult, team: Team, owner: Person, today: date) -> None:
    """Raise NotAllowed unless the actor may answer for the key result.

    That is its owner, its check-in owner, the team's lead, an admin, and while the one asked is away their deputy.
    """
    person = actor.person
    if actor.admin or (person and person.id in (key_result.owner_id, key_result.check_in_owner_id, team.lead_id)):
        return
    away = owner.away_until is not None and owner.away_until >= today
    if person and away and owner.deputy_id == person.id:
        return
    raise NotAllowed("not_allowed.answer", owner=owner.name, slack_id=owner.slack_id)


def may_read(actor: Actor, team: Team, *, private: bool) -> bool:
    """Members read all that is not private; guests and strangers only their own teams."""
    own = actor.person is not None and (actor.person.id in team.member_ids or actor.person.id == team.lead_id)
    if private or actor.outsider:
        return own
    return True
