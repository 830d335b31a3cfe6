"""Key results, written down under their objective and changed in Slack."""

from dataclasses import replace

from blocks.key_result_form import KeyResultForm, KeyResultWords
from okr.authority import Actor, may_add, may_define
from okr.coaching import coach_key_result
from okr.definitions import (
    KEY_RESULT,
    KeyResultDefinition,
    ObjectiveDefinition,
    Titled,
    check_dates,
    check_reason,
    marks,
    merged,
)
from okr.errors import NotAllowed, NotFound
from okr.goals import State, Team
from rituals.actors import Reader
from rituals.coaching import coach_new_key_result
from rituals.company_texts import slug
from rituals.contributions import Choice, above, contribution, require_share, require_upward, shared_out
from rituals.definitions import (
    Act,
    Saved,
    by_person,
    changed_by,
    coached,
    drafted_by,
    kept_of,
    key_result_of,
    objective_of,
    require_edit,
    require_sight,
    require_state,
    seen_again,
)
from rituals.leads import tell_of_drafts
from rituals.messenger import Messenger
from rituals.owners import Owners, named
from rituals.rounds import replan
from storage import definitions, key_results, people, teams, unsent
from storage.database import Database, Transaction
from storage.revisions import brought_by


class KeyResults:
    """Each method is one transaction; people nobody knew yet are asked after in Slack before it."""

    def __init__(self, database: Database, messenger: Messenger) -> None:
        self.database = database
        self.owners = Owners(database, messenger)

    async def begin(self, workspace: str, reader: Reader, objective_id: str) -> KeyResultForm:
        """An empty form for a key result under this objective. Raises NotFound and NotAllowed."""
        async with self.database.reading() as tx:
            objective, team = await objective_of(tx, workspace, objective_id)
            await _require_place(tx, workspace, reader.actor, team, objective_id, objective)
            kept = await kept_of(tx, workspace, reader.actor, objective_id)
            offered = await _offered(tx, workspace, reader.actor, team, objective_id)
            return replace(_blank(reader, objective_id, objective, team), unsent=kept, above=offered)

    async def add(self, act: Act, words: KeyResultWords) -> Saved:
        """Write a key result down under its objective. The same act again adds none."""
        assert words.measure is not None  # noqa: S101 - only a changed one may be left as it is
        accounts = [words.owner, words.check_in_owner or words.owner]
        members = await self.owners.unknown(act.workspace, [*accounts, *act.newcomers])
        async with self.database.transaction() as tx:
            await teams.lock_planning(tx, act.workspace)
            objective, team = await objective_of(tx, act.workspace, words.objective_id)
            await _require_place(tx, act.workspace, act.reader.actor, team, words.objective_id, objective)
            draft = objective.state is State.DRAFT or not may_define(act.reader.actor, team)
            advice = coach_key_result(words.title, words.measure, words.source, objective.ambition)
            advice = await coached(tx, act.workspace, advice)
            if known := await brought_by(tx, act.workspace, act.source):
                return Saved(words.objective_id, words.title, draft, known, advice)
            act = await by_person(tx, act, members)
            owners = await named(tx, act.workspace, members, accounts, act.now, by=act.reader.actor.person)
            choice = Choice(team, words.contributes_to, words.objective_id)
            contributes_to = await contribution(tx, act, choice)
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
                parent_objective_id=contributes_to[0],
                parent_key_result_id=contributes_to[1],
            )
            check_dates(definition)
            await require_share(tx, act, definition)
            revising = act.revising(tx)
            id = await definitions.add_key_result(revising, slug(words.title), definition, words.actions)
            await unsent.forget(tx, act.workspace, revising.by, words.objective_id)
            await revising.finish()
            if draft:
                await tell_of_drafts(tx, act.workspace, team, act.now)
            await replan(tx, act.workspace, act.now, team_ids=[team.id])
            more_follow = words.offer is not None
            actor, under = act.reader.actor, words.objective_id
            counted = await coach_new_key_result(tx, act.workspace, actor, team, under, more_follow=more_follow)
            advice += await coached(tx, act.workspace, counted)
            shared = await shared_out(tx, act, id)
            return Saved(words.objective_id, words.title, draft, id, advice, act.source, shared)

    async def open(self, workspace: str, reader: Reader, key_result_id: str) -> KeyResultForm:
        """The form of a key result as it stands. Raises NotFound and NotAllowed."""
        async with self.database.reading() as tx:
            current, objective, team = await key_result_of(tx, workspace, key_result_id)
            private = objective.private or current.private
            owners = [objective.owner_id, current.owner_id]
            drafted = await drafted_by(tx, workspace, current.objective_id, objective, (key_result_id, current))
            require_edit(reader.actor, team, owners, private=private, written_by=drafted)
            form = await _key_result_form(tx, workspace, key_result_id, current, objective)
            return replace(form, above=await _offered(tx, workspace, reader.actor, team, current.objective_id))

    async def change(self, act: Act, words: KeyResultWords) -> KeyResultForm | Saved:
        """Change a key result; answers the form again where somebody else has changed the same meanwhile.

        Raises Problem("definition.reason_missing") when the change needs one.
        """
        accounts = [words.owner, words.check_in_owner or words.owner]
        members = await self.owners.unknown(act.workspace, [*accounts, *act.newcomers])
        async with self.database.transaction() as tx:
            await teams.lock_planning(tx, act.workspace)
            await key_results.lock(tx, act.workspace, [words.key_result_id])
            current, objective, team = await key_result_of(tx, act.workspace, words.key_result_id)
            private = objective.private or current.private
            owned_by, written = [objective.owner_id, current.owner_id], (words.key_result_id, current)
            drafted = await drafted_by(tx, act.workspace, current.objective_id, objective, written)
            require_edit(act.reader.actor, team, owned_by, private=private, written_by=drafted)
            measure = words.measure or current.measure
            advice = coach_key_result(words.title, measure, words.source, objective.ambition)
            advice = await coached(tx, act.workspace, advice)
            saved = Saved(words.objective_id, words.title, key_result_id=words.key_result_id, advice=advice)
            if await brought_by(tx, act.workspace, act.source):
                return saved
            act = await by_person(tx, act, members)
            owners = await named(tx, act.workspace, members, accounts, act.now, by=act.reader.actor.person)
            choice = Choice(team, words.contributes_to, current.objective_id, current)
            contributes_to = await contribution(tx, act, choice)
            await require_upward(tx, act.workspace, words.key_result_id, contributes_to, current.objective_id)
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
                parent_objective_id=contributes_to[0],
                parent_key_result_id=contributes_to[1],
            )
            check_dates(wanted)
            if (wanted.measure, wanted.parent_key_result_id) != (current.measure, current.parent_key_result_id):
                await require_share(tx, act, wanted)
            require_state(act.reader.actor, team, current.state, wanted.state)
            definition, disputed = merged(words.seen, wanted, current)
            if disputed:
                form = await _key_result_form(tx, act.workspace, words.key_result_id, current, objective)
                by = await changed_by(tx, act, KEY_RESULT, words.key_result_id, disputed)
                asked = words.check_in_owner
                seen = seen_again(words.seen, form.seen, disputed)
                again = replace(form, definition=wanted, owner=words.owner, check_in_owner=asked)
                again = replace(
                    again, above=await _offered(tx, act.workspace, act.reader.actor, team, current.objective_id)
                )
                return replace(again, seen=seen, disputed=disputed, by=by, theirs=current)
            check_reason(current, definition, words.reason)
            revising = act.revising(tx, words.reason)
            await definitions.change_key_result(revising, words.key_result_id, definition, words.actions)
            changes = await revising.finish()
            if definition.state is State.DRAFT and not may_define(act.reader.actor, team):
                await tell_of_drafts(tx, act.workspace, team, act.now)
            await replan(tx, act.workspace, act.now, team_ids=[team.id])
            saved = replace(saved, shared=await shared_out(tx, act, words.key_result_id))
            return replace(saved, source=act.source) if KEY_RESULT in changes.changed else saved


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


async def _offered(tx: Transaction, workspace: str, actor: Actor, team: Team, objective_id: str) -> tuple[Titled, ...]:
    """What a key result under this objective may contribute to."""
    return await above(tx, workspace, actor, await teams.every(tx, workspace), [team.id], but=objective_id)


async def _require_place(
    tx: Transaction, workspace: str, actor: Actor, team: Team, objective_id: str, objective: ObjectiveDefinition
) -> None:
    """Raise NotAllowed unless the actor may add to the objective, at least as a draft, and NotFound once it is over."""
    if objective.state in (State.ABANDONED, State.DONE):
        raise NotFound("not_found.definition")
    owners = [objective.owner_id] if objective.owner_id else []
    drafted = await drafted_by(tx, workspace, objective_id, objective)
    if not may_add(actor, team, owners, private=objective.private, written_by=drafted):
        require_sight(actor, team, owners, private=objective.private)
        raise NotAllowed("not_allowed.propose")


def _blank(reader: Reader, objective_id: str, objective: ObjectiveDefinition, team: Team) -> KeyResultForm:
    drafts = objective.state is State.DRAFT or not may_define(reader.actor, team)
    return KeyResultForm(objective_id, objective.title, reader.actor.slack_id, drafts=drafts)
