"""Reviewing what others have proposed: the lead confirms it or sends it back, with a note to whoever wrote it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from blocks.review_form import Draft, ReviewForm, ReviewWords
from okr.authority import Actor, may_define, may_read_owned
from okr.definitions import KEY_RESULT, OBJECTIVE, ObjectiveDefinition, Titled, mark, waiting
from okr.deliveries import REVIEWED, Kind
from okr.errors import NotAllowed, Problem
from okr.goals import State, Team
from rituals.actors import Reader
from rituals.definitions import Act, by_person, objective_of, require_sight
from rituals.leads import acting
from rituals.messenger import Messenger
from rituals.owners import Owners
from rituals.rounds import replan
from storage import company, definitions, deliveries, people, revisions, teams
from storage.database import Database, Transaction
from storage.revisions import brought_by


class Reviews:
    """Each method is one transaction."""

    def __init__(self, database: Database, messenger: Messenger) -> None:
        self.database = database
        self.owners = Owners(database, messenger)

    async def open(self, workspace: str, reader: Reader, objective_id: str) -> ReviewForm:
        """What waits under an objective. Raises NotFound, NotAllowed, and Problem when nothing waits any more."""
        async with self.database.reading() as tx:
            objective, team = await _objective(tx, workspace, reader.actor, objective_id)
            proposed = await _waiting(tx, workspace, reader.actor, team, objective_id)
            if not proposed:
                raise Problem("definition.no_draft", title=objective.title)
            return await _form(tx, workspace, objective_id, objective, proposed)

    async def decide(self, act: Act, words: ReviewWords) -> ReviewForm | None:
        """Let the drafts that were shown count from now on, or leave them as they are; a note goes to whoever wrote
        them. Answers the form of what waits besides, and the same form again, with nothing done, where what was shown
        has changed meanwhile.
        """
        members = await self.owners.unknown(act.workspace, act.newcomers)
        async with self.database.transaction() as tx:
            await teams.lock_planning(tx, act.workspace)
            objective, team = await _objective(tx, act.workspace, act.reader.actor, words.objective_id)
            every = await _waiting(tx, act.workspace, act.reader.actor, team, words.objective_id)
            rest = [one for one in every if one.key_result_id and one.key_result_id not in words.seen]
            if await brought_by(tx, act.workspace, act.source):
                return await _following(tx, act, words, objective, rest)
            if not every:
                raise Problem("definition.no_draft", title=objective.title)
            if await _overtaken(tx, act, words, objective):
                again = await _form(tx, act.workspace, words.objective_id, objective, every)
                return replace(again, overtaken=True, note=words.note)
            proposed = [one for one in every if one not in rest]
            by = await _proposers(tx, act.workspace, proposed)
            act = await by_person(tx, act, members)
            revising = act.revising(tx, words.note)
            verdict = State.ACTIVE if words.confirmed else State.DRAFT
            review = revising.remember("review", words.objective_id, {"state": verdict})
            if words.confirmed:
                for one in proposed:
                    await _confirm(tx, act, revising, one, objective)
            await revising.finish()
            await _tell(tx, act, review, by)
            if words.confirmed:
                await replan(tx, act.workspace, act.now, team_ids=[team.id])
            return await _following(tx, act, words, objective, rest)


async def _form(
    tx: Transaction, workspace: str, objective_id: str, objective: ObjectiveDefinition, proposed: Sequence[Titled]
) -> ReviewForm:
    found = [
        (one.key_result_id, definition)
        for one in proposed
        if one.key_result_id and (definition := await definitions.key_result(tx, workspace, one.key_result_id))
    ]
    owners = await people.some(tx, workspace, {one.owner_id for _, one in found})
    by = await _proposers(tx, workspace, proposed)
    drafts = tuple(Draft(id, one, owners[one.owner_id].name) for id, one in found)
    coached = (await company.manners(tx, workspace)).coaching
    return ReviewForm(objective_id, objective, drafts, tuple(by.values()), coached=coached)


async def _following(
    tx: Transaction, act: Act, words: ReviewWords, objective: ObjectiveDefinition, rest: Sequence[Titled]
) -> ReviewForm | None:
    """The form of what was not shown yet: it did not fit, or came meanwhile."""
    if not rest:
        return None
    current = await definitions.objective(tx, act.workspace, words.objective_id) or objective
    return await _form(tx, act.workspace, words.objective_id, current, rest)


async def _overtaken(tx: Transaction, act: Act, words: ReviewWords, objective: ObjectiveDefinition) -> bool:
    """Whether something that was shown is not as it was any more."""
    for id, seen in words.seen.items():
        current = objective if id == words.objective_id else await definitions.key_result(tx, act.workspace, id)
        if mark(current) != seen:
            return True
    return False


async def _tell(tx: Transaction, act: Act, review: str, by: Iterable[str]) -> None:
    """Owe the answer to everybody who wrote what was reviewed, but for the lead themselves."""
    lead = act.reader.actor.person
    for person_id in by:
        if lead is None or person_id != lead.id:
            key = f"review:{review}:{person_id}"
            await deliveries.plan(tx, act.workspace, key, Kind.NOTICE, act.now, person_id=person_id, part=REVIEWED)


async def _confirm(
    tx: Transaction, act: Act, revising: revisions.Revising, one: Titled, objective: ObjectiveDefinition
) -> None:
    if not one.key_result_id:
        await definitions.change_objective(revising, one.objective_id, replace(objective, state=State.ACTIVE))
    elif draft := await definitions.key_result(tx, act.workspace, one.key_result_id):
        await definitions.change_key_result(revising, one.key_result_id, replace(draft, state=State.ACTIVE))


async def _objective(
    tx: Transaction, workspace: str, actor: Actor, objective_id: str
) -> tuple[ObjectiveDefinition, Team]:
    """Whoever answers for the team may review; what is private is for its own lead alone."""
    objective, team = await objective_of(tx, workspace, objective_id)
    require_sight(actor, team, [objective.owner_id], private=objective.private)
    if not may_define(actor, team if objective.private else await acting(tx, workspace, team)):
        raise NotAllowed("not_allowed.define", team=team.name)
    return objective, team


async def _waiting(tx: Transaction, workspace: str, actor: Actor, team: Team, objective_id: str) -> list[Titled]:
    """What waits under an objective, as far as whoever answers for the team may read it."""
    titles = waiting(await definitions.titles(tx, workspace, [team.id]))
    under = [one for one in titles if one.objective_id == objective_id]
    return [one for one in under if may_read_owned(actor, team, one.owner_ids, private=one.private)]


async def _proposers(tx: Transaction, workspace: str, proposed: Sequence[Titled]) -> dict[str, str]:
    """The names of who wrote these drafts, by their ids."""
    written = [
        (KEY_RESULT, one.key_result_id) if one.key_result_id else (OBJECTIVE, one.objective_id) for one in proposed
    ]
    by = await revisions.written_by(tx, workspace, written)
    return {id: person.name for id, person in (await people.some(tx, workspace, by.values())).items()}
