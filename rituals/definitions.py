"""What writing objectives and key results has in common: who acts, what is saved, and what may be changed."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from okr.alignment import SharedOut
from okr.authority import Actor, may_add, may_edit, may_move, may_read_owned
from okr.coaching import Advice
from okr.definitions import KEY_RESULT, OBJECTIVE, KeyResultDefinition, ObjectiveDefinition, Titled
from okr.errors import NotAllowed, NotFound
from okr.goals import State, Team
from rituals.actors import Reader
from rituals.messenger import Member
from rituals.naming import called
from rituals.owners import named
from storage import company, definitions, people, revisions, teams, unsent
from storage.database import Database, Transaction
from storage.revisions import Revising


@dataclass(frozen=True)
class Act:
    """Who writes, when, and what Slack makes unique about it."""

    workspace: str
    reader: Reader
    source: str
    now: datetime

    @property
    def newcomers(self) -> tuple[str, ...]:
        """The account of whoever writes, if the company does not name them yet; guests and strangers it never does."""
        actor = self.reader.actor
        return () if actor.person or actor.outsider else (actor.slack_id,)

    def revising(self, tx: Transaction, why: str = "") -> Revising:
        return Revising(tx, self.workspace, self.now, by=author(self.reader.actor), why=why, source=self.source)


@dataclass(frozen=True)
class Saved:
    """What has become of something that was written: a `draft` waits for the lead, `advice` is what might be better.

    `key_result_id` is empty for an objective. `source` names the act that saved it, for whoever wants it undone.
    `shared` are the numbers it has a share of, or that are shared out below it.
    """

    objective_id: str
    title: str
    draft: bool = False
    key_result_id: str = ""
    advice: tuple[Advice, ...] = ()
    source: str = ""
    shared: tuple[SharedOut, ...] = ()


class Definitions:
    """Each method is one transaction."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def keep(self, workspace: str, reader: Reader, form: str, values: Mapping[str, Any], now: datetime) -> None:
        """Keep what was typed into a form that was closed, if anything was; `form` is an objective's, or of key results
        under one.
        """
        if reader.actor.person is None:
            return
        async with self.database.transaction() as tx:
            if values:
                await unsent.keep(tx, workspace, reader.actor.person.id, form, values, now)
            else:
                await unsent.forget(tx, workspace, reader.actor.person.id, form)

    async def editable(self, workspace: str, reader: Reader, words: str = "") -> tuple[list[Titled], frozenset[str]]:
        """What the reader may change, objectives each followed by their key results, and the ids of the objectives
        under which they may write more; `words` narrow it to titles that hold all of them. Raises NotFound when there
        is none.
        """
        async with self.database.reading() as tx:
            if not await company.is_described(tx, workspace):
                raise NotFound("not_found.company")
            all_teams = await teams.every(tx, workspace)
            titles = await definitions.titles(tx, workspace)
            found = [
                one
                for one in titles
                if may_edit(
                    reader.actor,
                    all_teams[one.team_id],
                    one.owner_ids,
                    private=one.private,
                    written_by=one.written_by,
                )
            ]
        if not found:
            raise NotFound("not_found.editable")
        matching = [one for one in found if called(words, one.title)] if words else found
        if not matching:
            raise NotFound("not_found.title", text=words)
        return matching, _open_to_more(titles, all_teams, reader.actor)


def _open_to_more(titles: Iterable[Titled], all_teams: Mapping[str, Team], actor: Actor) -> frozenset[str]:
    return frozenset(
        one.objective_id
        for one in titles
        if not one.key_result_id
        and one.state not in (State.ABANDONED, State.DONE)
        and may_add(actor, all_teams[one.team_id], one.owner_ids, private=one.private, written_by=one.written_by)
    )


async def coached(tx: Transaction, workspace: str, advice: tuple[Advice, ...]) -> tuple[Advice, ...]:
    """The advice, unless the company wants none."""
    return advice if (await company.manners(tx, workspace)).coaching else ()


async def team_of(tx: Transaction, workspace: str, team_id: str) -> Team:
    found = (await teams.some(tx, workspace, [team_id])).get(team_id)
    if found is None:
        raise NotFound("not_found.definition")
    return found


async def objective_of(tx: Transaction, workspace: str, objective_id: str) -> tuple[ObjectiveDefinition, Team]:
    found = await definitions.objective(tx, workspace, objective_id)
    if found is None:
        raise NotFound("not_found.definition")
    return found, await team_of(tx, workspace, found.team_id)


async def key_result_of(
    tx: Transaction, workspace: str, key_result_id: str
) -> tuple[KeyResultDefinition, ObjectiveDefinition, Team]:
    found = await definitions.key_result(tx, workspace, key_result_id)
    if found is None:
        raise NotFound("not_found.definition")
    return found, *await objective_of(tx, workspace, found.objective_id)


async def drafted_by(
    tx: Transaction,
    workspace: str,
    objective_id: str,
    objective: ObjectiveDefinition,
    key_result: tuple[str, KeyResultDefinition] | None = None,
) -> Collection[str]:
    """Who wrote down what is still a draft: they count as its owners until it is confirmed."""
    drafts = [(OBJECTIVE, objective_id)] if objective.state is State.DRAFT else []
    if key_result and key_result[1].state is State.DRAFT:
        drafts.append((KEY_RESULT, key_result[0]))
    return (await revisions.written_by(tx, workspace, drafts)).values() if drafts else ()


def require_edit(
    actor: Actor,
    team: Team,
    owner_ids: Iterable[str | None],
    *,
    private: bool,
    written_by: Collection[str] = (),
) -> None:
    """Raise NotAllowed where somebody may not change it, and NotFound where they may not know of it either."""
    owners = [id for id in owner_ids if id]
    if not may_edit(actor, team, owners, private=private, written_by=written_by):
        require_sight(actor, team, owners, private=private)
        raise NotAllowed("not_allowed.edit", team=team.name)


def require_sight(actor: Actor, team: Team, owner_ids: Iterable[str | None], *, private: bool) -> None:
    """Raise NotFound, as for what is not there, where somebody may not know that it is."""
    if private and not may_read_owned(actor, team, list(owner_ids), private=private):
        raise NotFound("not_found.definition")


def require_state(actor: Actor, team: Team, before: State, after: State) -> None:
    """Raise NotAllowed where somebody would make a draft count who may not."""
    if not may_move(actor, team, before, after):
        raise NotAllowed("not_allowed.define", team=team.name)


def seen_again(before: Mapping[str, str], now: Mapping[str, str], disputed: Collection[str]) -> Mapping[str, str]:
    """The marks of a form that is back: of what is disputed the ones of today, so that saving again decides it; of all
    else those it began with, so that what only somebody else has changed stays theirs.
    """
    return {**before, **{name: now[name] for name in disputed}}


async def changed_by(tx: Transaction, act: Act, noun: str, id: str, fields: Collection[str]) -> str:
    """The name of who changed one of these fields last; empty for an import."""
    by = await definitions.changed_by(tx, act.workspace, noun, id, fields)
    person = (await people.some(tx, act.workspace, [by])).get(by)
    return person.name if person else ""


async def kept_of(tx: Transaction, workspace: str, actor: Actor, form: str) -> Mapping[str, Any]:
    """What the actor typed into this form and did not send."""
    return await unsent.of_form(tx, workspace, actor.person.id, form) if actor.person else {}


async def by_person(tx: Transaction, act: Act, members: Mapping[str, Member]) -> Act:
    """The act of somebody who is of the company from now on; only who may do it becomes so. `members` tells of them."""
    found = await named(tx, act.workspace, members, act.newcomers, act.now, by=None)
    if not found:
        return act
    actor = replace(act.reader.actor, person=found[act.reader.actor.slack_id])
    return replace(act, reader=replace(act.reader, actor=actor))


def author(actor: Actor) -> str:
    """The id of whoever writes."""
    assert actor.person is not None  # noqa: S101 - only who is named in the company may write
    return actor.person.id
