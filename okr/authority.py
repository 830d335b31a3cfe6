"""Who may do what. Checked on every act: anybody who sees a button can press it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from okr.errors import NotAllowed, NotFound
from okr.goals import KeyResult, Person, State, Team


@dataclass(frozen=True)
class Actor:
    """Whoever acts, known to the company or not. `person` is None for somebody the company does not name.

    `admin` is decided by the caller: named in the company, else Slack's admins and owners.
    `outsider` is a guest or a stranger from another workspace. `channels` are those of which it is known that they are
    inside: what is private to a team is read by whoever is in its channel, and unknown means hidden.
    """

    slack_id: str
    person: Person | None = None
    admin: bool = False
    outsider: bool = False
    channels: frozenset[str] = frozenset()


def may_answer(actor: Actor, key_result: KeyResult, team: Team, asked: Person, today: date) -> bool:
    """Its owner, its check-in owner, the team's lead, an admin who may read it, whoever is asked in their place, and
    while the one asked is away, their deputy.

    `asked` is who the round asks and `today` their date. Whoever answers is named in the company.
    """
    person = actor.person
    if person is None:
        return False
    if person.id in (key_result.owner_id, key_result.check_in_owner_id, asked.id, team.lead_id):
        return True
    if actor.admin and may_read_of(actor, key_result, team):
        return True
    return asked.is_away(today) and asked.deputy_id == person.id


def require_answer(actor: Actor, key_result: KeyResult, team: Team, asked: Person, today: date) -> None:
    """Raise NotAllowed, with whom to turn to, unless the actor may answer."""
    if not may_answer(actor, key_result, team, asked, today):
        raise NotAllowed("not_allowed.answer", owner=asked.name)


def may_read_of(actor: Actor, key_result: KeyResult, team: Team, *, asked: Collection[str] = ()) -> bool:
    """Whoever may read the team's, and whoever it concerns: its owner, its check-in owner, its objective's owner, and
    who is asked for it.

    `asked` are the ids of the key results the actor is asked for.
    """
    if actor.person and key_result.id in asked:
        return True
    named = (key_result.owner_id, key_result.check_in_owner_id, key_result.objective.owner_id)
    return may_read_owned(actor, team, named, private=key_result.private)


def may_read_owned(actor: Actor, team: Team, owner_ids: Collection[str | None], *, private: bool) -> bool:
    """Whoever may read the team's, and whoever is named on it."""
    return (actor.person is not None and actor.person.id in owner_ids) or may_read(actor, team, private=private)


def may_read(actor: Actor, team: Team, *, private: bool) -> bool:
    """Members of Slack read all that is not private; guests and strangers only their own teams. What is private is for
    whoever is in the team's channel, and for its lead.
    """
    leads = actor.person is not None and actor.person.id == team.lead_id
    inside = leads or team.channel in actor.channels
    if private:
        return inside
    if inside or not actor.outsider:
        return True
    return actor.person is not None and actor.person.id in team.member_ids


def may_stand_in_channel(key_result: KeyResult, team: Team, *, closed: bool) -> bool:
    """Whether a message in the team's channel may tell of it; `closed` says that nobody but those inside can read it.
    What has moved to another team is not its to tell.
    """
    return not key_result.private or (closed and key_result.team_id == team.id)


def may_define(actor: Actor, team: Team) -> bool:
    """Whether what the actor writes down for the team holds at once: the team's lead, and admins, who need not be named
    in the company yet.
    """
    return actor.admin or (actor.person is not None and actor.person.id == team.lead_id)


def may_set_standards(actor: Actor, top: Team | None) -> bool:
    """Whether the actor may decide what holds in every team: the lead of the top team, whom the first one to set up a
    team becomes, and admins.
    """
    return top is None or may_define(actor, top)


def may_export(actor: Actor) -> bool:
    """Whether the actor may take the company along as a file: admins whom it names."""
    return actor.admin and actor.person is not None


def may_propose(actor: Actor, team: Team) -> bool:
    """Whether the actor may draft an objective for the team: everybody; guests and strangers only where they work."""
    return not actor.outsider or _works_in(actor, team) or may_define(actor, team)


def may_edit(
    actor: Actor, team: Team, owner_ids: Collection[str], *, private: bool, written_by: Collection[str] = ()
) -> bool:
    """Whether the actor may change what is written down: its owners, and as far as they may read it, who may define,
    and of a draft whoever it was `written_by`.
    """
    if actor.person is not None and actor.person.id in owner_ids:
        return True
    wrote = actor.person is not None and actor.person.id in written_by
    return (wrote or may_define(actor, team)) and may_read(actor, team, private=private)


def may_add(
    actor: Actor, team: Team, owner_ids: Collection[str], *, private: bool, written_by: Collection[str] = ()
) -> bool:
    """Whether the actor may write a key result under an objective, at least as a draft: who works in the team, as far
    as they may read it, and who may change it.
    """
    adds = _works_in(actor, team) and may_read_owned(actor, team, owner_ids, private=private)
    return adds or may_edit(actor, team, owner_ids, private=private, written_by=written_by)


def may_move(actor: Actor, team: Team, before: State, after: State) -> bool:
    """Whether the actor may bring it from one state to another: what nobody has confirmed, or what was given up, counts
    again only for who may define.
    """
    rests = (State.DRAFT, State.ABANDONED)
    return before not in rests or after in rests or may_define(actor, team)


def _works_in(actor: Actor, team: Team) -> bool:
    return actor.person is not None and actor.person.id in team.member_ids


def nothing_of(actor: Actor) -> NotFound:
    """What somebody without key results is told: where they may look instead, which for a guest is not everywhere."""
    return NotFound("not_found.you_guest" if actor.outsider else "not_found.you")
