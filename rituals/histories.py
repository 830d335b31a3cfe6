"""Answering `/okr history`: what became of key results, as far as the reader may know."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime

from blocks import history as words
from blocks.history import Candidate, Event, History
from blocks.message import Message
from blocks.phrase_words import fold
from okr.authority import may_read_of
from okr.definitions import KeyResultDefinition, ObjectiveDefinition
from okr.errors import NotFound
from okr.goals import CycleState, KeyResult, State
from okr.history import Answered, Revised, concealed_until, measure_at
from rituals.actors import Reader
from rituals.moments import Sight, sight
from rituals.naming import called
from storage import company, definitions, key_results, past, people
from storage.database import Database, Transaction
from storage.past import Recorded

MOST = 100
"""Answers that are read; more never fit a message."""


class Histories:
    """Each method is one transaction that only reads."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def tell(self, workspace: str, reader: Reader, said: str, now: datetime) -> Message:
        """What became of the one key result whose title holds these words, or without words of the reader's own.
        Several get a choice. Raises NotFound.
        """
        async with self.database.reading() as tx:
            if not await company.is_described(tx, workspace):
                raise NotFound("not_found.company")
            seen = await sight(tx, workspace, reader)
            every = [one for one in await key_results.every(tx, workspace) if _may_read(seen, one)]
            found = _called(every, said, seen) if said.strip() else _own(every, reader)
            if said.strip() and len(found) > 1:
                return words.render_choice(said, _candidates(found, seen), reader.language)
            history = await _history(tx, workspace, reader, seen, found, now)
        return words.render(replace(history, about=found[0].title if said.strip() else ""), reader.language)


def _may_read(seen: Sight, one: KeyResult) -> bool:
    """A draft has no history until it counts."""
    is_draft = State.DRAFT in (one.state, one.objective.state)
    return not is_draft and may_read_of(seen.actor, one, seen.all_teams[one.team_id], asked=seen.asked)


def _own(every: Sequence[KeyResult], reader: Reader) -> list[KeyResult]:
    """What the reader owns or answers for, in cycles that are not closed."""
    person = reader.actor.person
    own = [one for one in every if person and person.id in (one.owner_id, one.check_in_owner_id)]
    running = [one for one in own if one.objective.cycle_state is not CycleState.CLOSED]
    if not running:
        raise NotFound("history.none_of_yours")
    return running


def _called(every: Sequence[KeyResult], said: str, seen: Sight) -> list[KeyResult]:
    """Those whose titles hold the words, else those that they describe with objective and team. What is called just
    so comes before what is called more, and what runs before what is over.
    """
    found = [one for one in every if called(said, one.title)]
    found = found or [one for one in every if called(said, _described(one, seen))]
    if not found:
        raise NotFound("history.none", text=said)
    running = [one for one in found if one.objective.cycle_state is not CycleState.CLOSED]
    exactly = [one for one in running or found if fold(one.title) == fold(said)]
    return exactly or running or found


def _described(one: KeyResult, seen: Sight) -> str:
    return f"{one.title} {one.objective.title} {seen.all_teams[one.team_id].name} {one.objective.cycle}"


def _candidates(found: Sequence[KeyResult], seen: Sight) -> list[Candidate]:
    """Each with its title, and as much more as tells it from the others."""
    titles = [fold(one.title) for one in found]
    places = [(fold(one.title), one.team_id) for one in found]
    candidates = []
    for one in found:
        team, said = seen.all_teams[one.team_id], one.title
        if titles.count(fold(one.title)) > 1:
            is_alone = places.count((fold(one.title), one.team_id)) == 1
            said = f"{one.title} {team.name}" if is_alone else f"{one.title} {one.objective.title}"
        candidates.append(Candidate(one, team, said))
    return sorted(candidates, key=lambda each: (each.key_result.title, each.team.name, each.key_result.id))


async def _history(
    tx: Transaction, workspace: str, reader: Reader, seen: Sight, found: Sequence[KeyResult], now: datetime
) -> History:
    known = await past.recorded(tx, workspace, [one.id for one in found])
    since = {one.id: unknown_until(one, known, seen) for one in found}
    answers, count = await past.answers(tx, workspace, since, most=MOST)
    revised = _revised(found, known, since)
    titles = {one.id: one.title for one in found}
    ids = {one.author_id for one, _, _ in answers} | {id for _, one in revised for id in (one.by, *_ids(one))}
    persons = await people.some(tx, workspace, ids)
    names = {
        **{id: one.name for id, one in persons.items()},
        **{id: one.title for id, one in known.objectives.items()},
        **{id: one.name for id, one in seen.all_teams.items()},
        **await definitions.cycle_names(tx, workspace),
    }
    events = [Event(title, persons.get(one.by), one) for title, one in revised]
    for answer, before, edits in answers:
        id = answer.key_result_id
        measure = measure_at(known.key_results[id].measure, known.revised[id], answer.at)
        told = Answered(answer, before, measure, edits)
        events.append(Event(titles[id], persons.get(answer.author_id), told))
    newest = sorted(events, key=lambda one: one.at, reverse=True)[:MOST]
    return History(newest, count + len(revised), reader.zone, reader.today(now), names)


def unknown_until(one: KeyResult, known: Recorded, seen: Sight) -> datetime | None:
    """Up to when the reader may not know what became of it; None when all of it is theirs to know."""

    def may_read(team_id: str, private: bool) -> bool:
        concealed = replace(one, private=private)
        return may_read_of(seen.actor, concealed, seen.all_teams[team_id], asked=seen.asked)

    current = known.key_results[one.id]
    every = [*known.revised[one.id], *(each for id in known.objectives for each in known.revised[id])]
    newest_first = sorted(every, key=lambda each: each.at, reverse=True)
    return concealed_until(current, known.objectives, newest_first, may_read)


def _revised(
    found: Sequence[KeyResult], known: Recorded, since: Mapping[str, datetime | None]
) -> list[tuple[str, Revised]]:
    """(title, change) of the key results and of the objectives above them."""
    told = [(one.title, one.id, since[one.id]) for one in found]
    for id, title in {one.objective.id: one.objective.title for one in found}.items():
        moments = [since[one.id] for one in found if one.objective.id == id]
        told.append((title, id, max((one for one in moments if one), default=None)))
    return [
        (title, one)
        for title, id, begins in told
        for one in known.revised[id]
        if one.before != one.after and (begins is None or one.at > begins)
    ]


def _ids(one: Revised) -> set[str]:
    """The people, objectives, teams and cycles a change is about."""
    definitions = [each for each in (one.before, one.after) if each]
    return {str(getattr(each, name)) for each in definitions for name in _reference_names(each)}


def _reference_names(definition: KeyResultDefinition | ObjectiveDefinition) -> list[str]:
    return [one.name for one in fields(definition) if one.name.endswith("_id")]
