"""Writing objectives and key results down in Slack, changing them, and confirming what others have drafted."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from blocks.key_result_form import KeyResultForm, KeyResultWords
from blocks.objective_form import ObjectiveForm, ObjectiveWords
from okr.authority import Actor, may_define, may_edit, may_propose, may_read
from okr.coaching import Advice, coach_key_result, coach_objective
from okr.definitions import (
    KEY_RESULT,
    OBJECTIVE,
    KeyResultDefinition,
    ObjectiveDefinition,
    Titled,
    check_dates,
    check_reason,
    marks,
    merged,
)
from okr.errors import NotAllowed, NotFound, Problem
from okr.goals import State, Team
from rituals.actors import Reader
from rituals.company_texts import slug
from rituals.leads import tell_of_drafts
from rituals.messenger import Messenger
from rituals.naming import called
from rituals.owners import Owners, named
from rituals.rounds import replan
from storage import company, definitions, key_results, people, teams, unsent
from storage.database import Database, Transaction
from storage.revisions import Revising, brought_by


@dataclass(frozen=True)
class Act:
    """Who writes, when, and what Slack makes unique about it."""

    workspace: str
    reader: Reader
    source: str
    now: datetime

    def revising(self, tx: Transaction, why: str = "") -> Revising:
        return Revising(tx, self.workspace, self.now, by=author(self.reader.actor), why=why, source=self.source)


@dataclass(frozen=True)
class Saved:
    """What has become of something that was written: a `draft` waits for the lead, `advice` is what might be better.

    `key_result_id` is empty for an objective. `source` names the act that saved it, for whoever wants it undone.
    """

    objective_id: str
    title: str
    draft: bool = False
    key_result_id: str = ""
    advice: tuple[Advice, ...] = ()
    source: str = ""


class Definitions:
    """Each method is one transaction; people nobody knew yet are asked after in Slack before it."""

    def __init__(self, database: Database, messenger: Messenger) -> None:
        self.database = database
        self.owners = Owners(database, messenger)

    async def begin(self, workspace: str, reader: Reader) -> ObjectiveForm:
        """An empty form for an objective. Raises NotFound, and NotAllowed for who works in no team."""
        async with self.database.reading() as tx:
            if not await company.is_described(tx, workspace):
                raise NotFound("not_found.company")
            all_teams = await teams.every(tx, workspace)
            places = [one for one in all_teams.values() if may_propose(reader.actor, one)]
            cycles = await definitions.cycles(tx, workspace)
            above = await _above(tx, workspace, reader.actor, all_teams, [one.id for one in places])
            kept = await unsent.of_form(tx, workspace, author(reader.actor), OBJECTIVE) if places else {}
        if not places:
            raise NotAllowed("not_allowed.propose")
        if not cycles:
            raise NotFound("not_found.cycle")
        own = sorted(places, key=lambda team: not _belongs(reader.actor, team))
        return ObjectiveForm(
            definition=ObjectiveDefinition(own[0].id, cycles[0].id, ""),
            owner=reader.actor.slack_id,
            teams=tuple(own),
            cycles=tuple(cycles),
            above=above,
            drafts=not any(may_define(reader.actor, one) for one in places),
            unsent=kept,
        )

    async def keep(self, workspace: str, reader: Reader, form: str, values: Mapping[str, Any], now: datetime) -> None:
        """Keep what was typed into a form that was closed; `form` is an objective's, or of key results under one."""
        if reader.actor.person is None or not values:
            return
        async with self.database.transaction() as tx:
            await unsent.keep(tx, workspace, reader.actor.person.id, form, values, now)

    async def add_objective(self, act: Act, words: ObjectiveWords) -> Saved:
        """Write an objective down: a draft where the writer does not lead the team. The same act again adds none."""
        members = await self.owners.unknown(act.workspace, [words.owner])
        async with self.database.transaction() as tx:
            await teams.lock_planning(tx, act.workspace)
            team = await _team(tx, act.workspace, words.team_id)
            if not may_propose(act.reader.actor, team):
                raise NotAllowed("not_allowed.propose")
            draft = not may_define(act.reader.actor, team)
            advice = coach_objective(words.title)
            if known := await brought_by(tx, act.workspace, act.source):
                return Saved(known, words.title, draft, advice=advice)
            owners = await named(tx, act.workspace, members, [words.owner])
            contributes_to = await _contribution(tx, act, team, words)
            definition = ObjectiveDefinition(
                team_id=team.id,
                cycle_id=words.cycle_id,
                title=words.title,
                owner_id=owners[words.owner].id,
                why=words.why,
                ambition=words.ambition,
                state=State.DRAFT if draft else State.ACTIVE,
                priority=words.priority,
                starts=words.starts,
                ends=words.ends,
                parent_objective_id=contributes_to[0],
                parent_key_result_id=contributes_to[1],
            )
            check_dates(definition)
            revising = act.revising(tx)
            id = await definitions.add_objective(revising, slug(words.title), definition)
            await unsent.forget(tx, act.workspace, revising.by, OBJECTIVE)
            await revising.finish()
            if draft:
                await tell_of_drafts(tx, act.workspace, team, act.now)
            return Saved(id, words.title, draft, advice=advice, source=act.source)

    async def begin_key_result(self, workspace: str, reader: Reader, objective_id: str) -> KeyResultForm:
        """An empty form for a key result under this objective. Raises NotFound and NotAllowed."""
        async with self.database.reading() as tx:
            objective, team = await _objective(tx, workspace, objective_id)
            _require_share(reader.actor, team, objective)
            kept = await unsent.of_form(tx, workspace, author(reader.actor), objective_id)
            return replace(_blank(reader, objective_id, objective, team), unsent=kept)

    async def add_key_result(self, act: Act, words: KeyResultWords) -> Saved:
        """Write a key result down under its objective. The same act again adds none."""
        assert words.measure is not None  # noqa: S101 - only a changed one may be left as it is
        accounts = [words.owner, words.check_in_owner or words.owner]
        members = await self.owners.unknown(act.workspace, accounts)
        async with self.database.transaction() as tx:
            await teams.lock_planning(tx, act.workspace)
            objective, team = await _objective(tx, act.workspace, words.objective_id)
            _require_share(act.reader.actor, team, objective)
            draft = objective.state is State.DRAFT or not may_define(act.reader.actor, team)
            advice = coach_key_result(words.title, words.measure, words.source, objective.ambition)
            if known := await brought_by(tx, act.workspace, act.source):
                return Saved(words.objective_id, words.title, draft, known, advice)
            owners = await named(tx, act.workspace, members, accounts)
            definition = KeyResultDefinition(
                objective_id=words.objective_id,
                title=words.title,
                owner_id=owners[accounts[0]].id,
                check_in_owner_id=owners[accounts[1]].id,
                measure=words.measure,
                source=words.source,
                weight=words.weight,
                state=State.DRAFT if draft else State.ACTIVE,
                priority=words.priority,
                starts=words.starts,
                ends=words.ends,
            )
            check_dates(definition)
            revising = act.revising(tx)
            id = await definitions.add_key_result(revising, slug(words.title), definition, words.actions)
            await unsent.forget(tx, act.workspace, revising.by, words.objective_id)
            await revising.finish()
            if draft:
                await tell_of_drafts(tx, act.workspace, team, act.now)
            await replan(tx, act.workspace, act.now, team_ids=[team.id])
            return Saved(words.objective_id, words.title, draft, id, advice, act.source)

    async def editable(self, workspace: str, reader: Reader, words: str = "") -> list[Titled]:
        """What the reader may change, objectives each followed by their key results; `words` narrow it to titles
        that hold all of them. Raises NotFound when there is none.
        """
        async with self.database.reading() as tx:
            if not await company.is_described(tx, workspace):
                raise NotFound("not_found.company")
            all_teams = await teams.every(tx, workspace)
            found = [
                one
                for one in await definitions.titles(tx, workspace)
                if may_edit(reader.actor, all_teams[one.team_id], one.owner_ids)
            ]
        if not found:
            raise NotFound("not_found.editable")
        matching = [one for one in found if called(words, one.title)] if words else found
        if not matching:
            raise NotFound("not_found.title", text=words)
        return matching

    async def open_objective(self, workspace: str, reader: Reader, objective_id: str) -> ObjectiveForm:
        """The form of an objective as it stands. Raises NotFound and NotAllowed."""
        async with self.database.reading() as tx:
            objective, team = await _objective(tx, workspace, objective_id)
            _require_edit(reader.actor, team, [objective.owner_id])
            form = await _objective_form(tx, workspace, objective_id, objective, team)
            above = await _above(tx, workspace, reader.actor, await teams.every(tx, workspace), [team.id])
            return replace(form, above=above)

    async def open_key_result(self, workspace: str, reader: Reader, key_result_id: str) -> KeyResultForm:
        """The form of a key result as it stands. Raises NotFound and NotAllowed."""
        async with self.database.reading() as tx:
            current, objective, team = await _key_result(tx, workspace, key_result_id)
            _require_edit(reader.actor, team, [objective.owner_id, current.owner_id])
            return await _key_result_form(tx, workspace, key_result_id, current, objective)

    async def change_objective(self, act: Act, words: ObjectiveWords) -> ObjectiveForm | Saved:
        """Change an objective; answers the form again where somebody else has changed the same meanwhile."""
        members = await self.owners.unknown(act.workspace, [words.owner])
        async with self.database.transaction() as tx:
            await teams.lock_planning(tx, act.workspace)
            current, team = await _objective(tx, act.workspace, words.objective_id)
            _require_edit(act.reader.actor, team, [current.owner_id])
            saved = Saved(words.objective_id, words.title, advice=coach_objective(words.title), source=act.source)
            if await brought_by(tx, act.workspace, act.source):
                return saved
            owners = await named(tx, act.workspace, members, [words.owner])
            contributes_to = await _contribution(tx, act, team, words)
            wanted = replace(
                current,
                title=words.title,
                why=words.why,
                ambition=words.ambition,
                owner_id=owners[words.owner].id,
                state=words.state or current.state,
                priority=words.priority,
                starts=words.starts,
                ends=words.ends,
                parent_objective_id=contributes_to[0],
                parent_key_result_id=contributes_to[1],
            )
            check_dates(wanted)
            definition, disputed = merged(words.seen, wanted, current)
            if disputed:
                form = await _objective_form(tx, act.workspace, words.objective_id, current, team)
                all_teams = await teams.every(tx, act.workspace)
                above = await _above(tx, act.workspace, act.reader.actor, all_teams, [team.id])
                by = await _changed_by(tx, act, OBJECTIVE, words.objective_id, disputed)
                return replace(form, definition=wanted, owner=words.owner, above=above, disputed=disputed, by=by)
            revising = act.revising(tx)
            await definitions.change_objective(revising, words.objective_id, definition)
            await revising.finish()
            await replan(tx, act.workspace, act.now, team_ids=[team.id])
            return saved

    async def change_key_result(self, act: Act, words: KeyResultWords) -> KeyResultForm | Saved:
        """Change a key result; answers the form again where somebody else has changed the same meanwhile.

        Raises Problem("definition.reason_missing") when the change needs one.
        """
        accounts = [words.owner, words.check_in_owner or words.owner]
        members = await self.owners.unknown(act.workspace, accounts)
        async with self.database.transaction() as tx:
            await teams.lock_planning(tx, act.workspace)
            await key_results.lock(tx, act.workspace, [words.key_result_id])
            current, objective, team = await _key_result(tx, act.workspace, words.key_result_id)
            _require_edit(act.reader.actor, team, [objective.owner_id, current.owner_id])
            measure = words.measure or current.measure
            advice = coach_key_result(words.title, measure, words.source, objective.ambition)
            saved = Saved(
                words.objective_id, words.title, key_result_id=words.key_result_id, advice=advice, source=act.source
            )
            if await brought_by(tx, act.workspace, act.source):
                return saved
            owners = await named(tx, act.workspace, members, accounts)
            wanted = replace(
                current,
                title=words.title,
                owner_id=owners[accounts[0]].id,
                check_in_owner_id=owners[accounts[1]].id,
                measure=measure,
                source=words.source,
                weight=words.weight,
                state=words.state or current.state,
                priority=words.priority,
                starts=words.starts,
                ends=words.ends,
            )
            check_dates(wanted)
            definition, disputed = merged(words.seen, wanted, current)
            if disputed:
                form = await _key_result_form(tx, act.workspace, words.key_result_id, current, objective)
                by = await _changed_by(tx, act, KEY_RESULT, words.key_result_id, disputed)
                asked = words.check_in_owner
                return replace(
                    form, definition=wanted, owner=words.owner, check_in_owner=asked, disputed=disputed, by=by
                )
            check_reason(current, definition, words.reason)
            revising = act.revising(tx, words.reason)
            await definitions.change_key_result(revising, words.key_result_id, definition, words.actions)
            await revising.finish()
            await replan(tx, act.workspace, act.now, team_ids=[team.id])
            return saved


async def _above(
    tx: Transaction, workspace: str, actor: Actor, all_teams: Mapping[str, Team], team_ids: Iterable[str]
) -> tuple[Titled, ...]:
    """What an objective of these teams may contribute to: what the teams above them work on, as far as the actor may
    read it.
    """
    higher = {id for team_id in team_ids for id in _ancestors(all_teams, team_id)}
    found = await definitions.titles(tx, workspace, higher) if higher else []
    return tuple(
        one
        for one in found
        if one.state is State.ACTIVE and may_read(actor, all_teams[one.team_id], private=one.private)
    )


def _ancestors(all_teams: Mapping[str, Team], team_id: str) -> Iterator[str]:
    parent = all_teams[team_id].parent_id
    while parent:
        yield parent
        parent = all_teams[parent].parent_id


async def _contribution(tx: Transaction, act: Act, team: Team, words: ObjectiveWords) -> tuple[str | None, str | None]:
    """The objective or the key result that an objective contributes to. Raises Problem where it may not."""
    objective_id, key_result_id = words.contributes_to
    if objective_id or key_result_id:
        all_teams = await teams.every(tx, act.workspace)
        offered = await _above(tx, act.workspace, act.reader.actor, all_teams, [team.id])
        if not any((one.key_result_id or one.objective_id) in words.contributes_to for one in offered):
            raise Problem("definition.above")
    return objective_id or None, key_result_id or None


async def _team(tx: Transaction, workspace: str, team_id: str) -> Team:
    found = (await teams.some(tx, workspace, [team_id])).get(team_id)
    if found is None:
        raise NotFound("not_found.definition")
    return found


async def _objective(tx: Transaction, workspace: str, objective_id: str) -> tuple[ObjectiveDefinition, Team]:
    found = await definitions.objective(tx, workspace, objective_id)
    if found is None:
        raise NotFound("not_found.definition")
    return found, await _team(tx, workspace, found.team_id)


async def _key_result(
    tx: Transaction, workspace: str, key_result_id: str
) -> tuple[KeyResultDefinition, ObjectiveDefinition, Team]:
    found = await definitions.key_result(tx, workspace, key_result_id)
    if found is None:
        raise NotFound("not_found.definition")
    return found, *await _objective(tx, workspace, found.objective_id)


def _require_share(actor: Actor, team: Team, objective: ObjectiveDefinition) -> None:
    """Raise NotAllowed unless the actor may add to the objective, at least as a draft."""
    if not (may_propose(actor, team) or may_edit(actor, team, [objective.owner_id or ""])):
        raise NotAllowed("not_allowed.propose")


def _require_edit(actor: Actor, team: Team, owner_ids: Iterable[str | None]) -> None:
    if not may_edit(actor, team, [id for id in owner_ids if id]):
        raise NotAllowed("not_allowed.edit", team=team.name)


def _blank(reader: Reader, objective_id: str, objective: ObjectiveDefinition, team: Team) -> KeyResultForm:
    drafts = objective.state is State.DRAFT or not may_define(reader.actor, team)
    return KeyResultForm(objective_id, objective.title, reader.actor.slack_id, drafts=drafts)


async def _objective_form(
    tx: Transaction, workspace: str, objective_id: str, current: ObjectiveDefinition, team: Team
) -> ObjectiveForm:
    owners = await people.some(tx, workspace, [current.owner_id] if current.owner_id else [])
    owner = owners[current.owner_id].slack_id if current.owner_id else ""
    return ObjectiveForm(current, owner, (team,), (), objective_id=objective_id, seen=marks(current))


async def _key_result_form(
    tx: Transaction, workspace: str, key_result_id: str, current: KeyResultDefinition, objective: ObjectiveDefinition
) -> KeyResultForm:
    owners = await people.some(tx, workspace, [current.owner_id, current.check_in_owner_id])
    asked = owners[current.check_in_owner_id].slack_id if current.check_in_owner_id != current.owner_id else ""
    return KeyResultForm(
        current.objective_id,
        objective.title,
        owners[current.owner_id].slack_id,
        key_result_id=key_result_id,
        definition=current,
        check_in_owner=asked,
        seen=marks(current),
    )


async def _changed_by(tx: Transaction, act: Act, noun: str, id: str, fields: Collection[str]) -> str:
    """The name of who changed one of these fields last; empty for an import."""
    by = await definitions.changed_by(tx, act.workspace, noun, id, fields)
    person = (await people.some(tx, act.workspace, [by])).get(by)
    return person.name if person else ""


def _belongs(actor: Actor, team: Team) -> bool:
    return actor.person is not None and actor.person.id in (*team.member_ids, team.lead_id)


def author(actor: Actor) -> str:
    """The id of whoever writes."""
    assert actor.person is not None  # noqa: S101 - only who is named in the company may write
    return actor.person.id
