"""Objectives, written down and changed in Slack."""

from dataclasses import replace
from datetime import datetime

from blocks.objective_form import ObjectiveForm, ObjectiveWords
from okr.authority import Actor, may_define, may_propose
from okr.coaching import coach_objective
from okr.cycles import quarter
from okr.definitions import OBJECTIVE, ObjectiveDefinition, check_dates, marks, merged
from okr.errors import NotAllowed, NotFound
from okr.goals import State, Team
from rituals.actors import Reader
from rituals.coaching import coach_new_objective
from rituals.company_texts import slug
from rituals.contributions import Choice, above, contribution, require_upward
from rituals.definitions import (
    Act,
    Saved,
    by_person,
    changed_by,
    coached,
    drafted_by,
    kept_of,
    objective_of,
    require_edit,
    require_state,
    seen_again,
    team_of,
)
from rituals.leads import tell_of_drafts
from rituals.messenger import Messenger
from rituals.owners import Owners, named
from rituals.rounds import replan
from storage import company, definitions, people, rosters, teams, unsent
from storage.database import Database, Transaction
from storage.revisions import Revising, brought_by


class Objectives:
    """Each method is one transaction; people nobody knew yet are asked after in Slack before it."""

    def __init__(self, database: Database, messenger: Messenger) -> None:
        self.database = database
        self.owners = Owners(database, messenger)

    async def begin(self, workspace: str, reader: Reader, now: datetime) -> ObjectiveForm:
        """An empty form for an objective; where every cycle has ended, for the current quarter. Raises NotFound, and
        NotAllowed for a guest who works in no team.
        """
        today = reader.today(now)
        async with self.database.reading() as tx:
            if not await company.is_described(tx, workspace):
                raise NotFound("not_found.company")
            all_teams = await teams.every(tx, workspace)
            places = [one for one in all_teams.values() if may_propose(reader.actor, one)]
            cycles = await definitions.cycles(tx, workspace, today) or [quarter(today)]
            near = [one.id for one in places if _belongs(reader.actor, one) or may_define(reader.actor, one)]
            offered = await above(tx, workspace, reader.actor, all_teams, near or [one.id for one in places])
            kept = await kept_of(tx, workspace, reader.actor, OBJECTIVE)
        if not places:
            raise NotAllowed("not_allowed.propose")
        own = sorted(places, key=lambda team: not _belongs(reader.actor, team))
        return ObjectiveForm(
            definition=ObjectiveDefinition(own[0].id, cycles[0].id, ""),
            owner=reader.actor.slack_id,
            teams=tuple(own),
            cycles=tuple(cycles),
            above=offered,
            drafts=not any(may_define(reader.actor, one) for one in places),
            unsent=kept,
        )

    async def add(self, act: Act, words: ObjectiveWords) -> Saved:
        """Write an objective down: a draft where the writer does not lead the team. The same act again adds none."""
        members = await self.owners.unknown(act.workspace, [words.owner, *act.newcomers])
        async with self.database.transaction() as tx:
            await teams.lock_planning(tx, act.workspace)
            team = await team_of(tx, act.workspace, words.team_id)
            if not may_propose(act.reader.actor, team):
                raise NotAllowed("not_allowed.propose")
            draft = not may_define(act.reader.actor, team)
            advice = await coached(tx, act.workspace, coach_objective(words.title))
            if known := await brought_by(tx, act.workspace, act.source):
                return Saved(known, words.title, draft, advice=advice)
            act = await by_person(tx, act, members)
            owners = await named(tx, act.workspace, members, [words.owner], act.now, by=act.reader.actor.person)
            contributes_to = await contribution(tx, act, Choice(team, words.contributes_to))
            revising = act.revising(tx)
            definition = ObjectiveDefinition(
                team_id=team.id,
                cycle_id=await _cycle(revising, words.cycle_id, act),
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
            id = await definitions.add_objective(revising, slug(words.title), definition)
            await unsent.forget(tx, act.workspace, revising.by, OBJECTIVE)
            await revising.finish()
            if draft:
                await tell_of_drafts(tx, act.workspace, team, act.now)
            counted = await coach_new_objective(tx, act.workspace, act.reader.actor, definition)
            advice += await coached(tx, act.workspace, counted)
            return Saved(id, words.title, draft, advice=advice, source=act.source)

    async def open(self, workspace: str, reader: Reader, objective_id: str) -> ObjectiveForm:
        """The form of an objective as it stands. Raises NotFound and NotAllowed."""
        async with self.database.reading() as tx:
            objective, team = await objective_of(tx, workspace, objective_id)
            drafted = await drafted_by(tx, workspace, objective_id, objective)
            require_edit(reader.actor, team, [objective.owner_id], private=objective.private, written_by=drafted)
            form = await _objective_form(tx, workspace, objective_id, objective, team)
            all_teams = await teams.every(tx, workspace)
            offered = await above(tx, workspace, reader.actor, all_teams, [team.id], but=objective_id)
            return replace(form, above=offered)

    async def change(self, act: Act, words: ObjectiveWords) -> ObjectiveForm | Saved:
        """Change an objective; answers the form again where somebody else has changed the same meanwhile."""
        members = await self.owners.unknown(act.workspace, [words.owner, *act.newcomers])
        async with self.database.transaction() as tx:
            await teams.lock_planning(tx, act.workspace)
            current, team = await objective_of(tx, act.workspace, words.objective_id)
            drafted = await drafted_by(tx, act.workspace, words.objective_id, current)
            require_edit(act.reader.actor, team, [current.owner_id], private=current.private, written_by=drafted)
            advice = await coached(tx, act.workspace, coach_objective(words.title))
            saved = Saved(words.objective_id, words.title, advice=advice)
            if await brought_by(tx, act.workspace, act.source):
                return saved
            act = await by_person(tx, act, members)
            owners = await named(tx, act.workspace, members, [words.owner], act.now, by=act.reader.actor.person)
            choice = Choice(team, words.contributes_to, words.objective_id, current)
            contributes_to = await contribution(tx, act, choice)
            await require_upward(tx, act.workspace, words.objective_id, contributes_to)
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
            require_state(act.reader.actor, team, current.state, wanted.state)
            definition, disputed = merged(words.seen, wanted, current)
            if disputed:
                form = await _objective_form(tx, act.workspace, words.objective_id, current, team)
                all_teams = await teams.every(tx, act.workspace)
                offered = await above(tx, act.workspace, act.reader.actor, all_teams, [team.id], but=words.objective_id)
                by = await changed_by(tx, act, OBJECTIVE, words.objective_id, disputed)
                seen = seen_again(words.seen, form.seen, disputed)
                again = replace(form, definition=wanted, owner=words.owner, above=offered, theirs=current)
                return replace(again, seen=seen, disputed=disputed, by=by)
            revising = act.revising(tx)
            await definitions.change_objective(revising, words.objective_id, definition)
            changes = await revising.finish()
            if definition.state is State.DRAFT and not may_define(act.reader.actor, team):
                await tell_of_drafts(tx, act.workspace, team, act.now)
            await replan(tx, act.workspace, act.now, team_ids=[team.id])
            return replace(saved, source=act.source) if OBJECTIVE in changes.changed else saved


async def _objective_form(
    tx: Transaction, workspace: str, objective_id: str, current: ObjectiveDefinition, team: Team
) -> ObjectiveForm:
    owners = await people.some(tx, workspace, [current.owner_id] if current.owner_id else [])
    owner = owners[current.owner_id].slack_id if current.owner_id else ""
    return ObjectiveForm(current, owner, (team,), (), objective_id=objective_id, seen=marks(current))


async def _cycle(revising: Revising, cycle_id: str, act: Act) -> str:
    """The cycle that was chosen; the current quarter is opened when it is the first to need it."""
    today = act.reader.today(act.now)
    current = await definitions.cycles(revising.tx, act.workspace, today)
    if not current and cycle_id == quarter(today).id:
        return await rosters.add_cycle(revising, quarter(today))
    return cycle_id if cycle_id != quarter(today).id or not current else current[0].id


def _belongs(actor: Actor, team: Team) -> bool:
    return actor.person is not None and actor.person.id in (*team.member_ids, team.lead_id)
