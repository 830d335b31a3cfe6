"""Answering: finding what a person may answer, and recording what they said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from blocks.checkin_fields import Question
from blocks.checkin_form import PER_PAGE, Form, opened_at_first
from okr import cadence
from okr.authority import Actor, may_read_of, nothing_of, require_answer
from okr.calling import Calling
from okr.checkins import Answer, CheckIn, Via, check_note
from okr.errors import NotAllowed, NotFound, Problem
from okr.goals import KeyResult, Person
from okr.rounds import Round
from okr.standing import Standing, worst_first
from rituals.actors import Reader
from rituals.asking import call
from rituals.company_digests import told_by
from rituals.round_choice import Choice, before, round_for
from storage import (
    asks,
    checkins,
    company,
    deliveries,
    key_results,
    people,
    prompts,
    rounds,
    standards,
    standings,
    teams,
)
from storage.checkins import Record
from storage.database import Database, Transaction


@dataclass(frozen=True)
class Recorded:
    """What became of a submitted page. `in_prompt` says whether a message of the person's shows it, `gone` why
    something of it could not be taken any more.
    """

    count: int
    in_prompt: bool
    gone: tuple[Problem, ...] = ()


class Checkins:
    """Each method is one transaction."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def find(
        self,
        workspace: str,
        reader: Reader,
        now: datetime,
        *,
        key_result_id: str | None = None,
        day: date | None = None,
        edits: bool = False,
        from_home: bool = False,
    ) -> Form:
        """The first page of a form: about one key result, about what a prompt of `day` still waits for, or about
        everything of the reader's that is due, else all they answer for. What `edits` changes the newest answer.

        Raises NotFound when there is nothing to answer and NotAllowed when it is not theirs.
        """
        async with self.database.reading() as tx:
            if key_result_id:
                ids = [key_result_id]
            else:
                ids = await self._due(tx, workspace, reader, now, day)
            form = await _page(tx, workspace, reader, now, ids, day, edits=edits)
            if not form.questions:
                raise form.gone[0]
            return replace(form, from_home=from_home)

    async def page(
        self,
        workspace: str,
        reader: Reader,
        now: datetime,
        ids: Sequence[str],
        day: date | None = None,
        *,
        edits: bool = False,
    ) -> Form:
        """The page with these key results in front, the rest after them. Those that cannot be answered any more are
        left out, and `gone` says why.
        """
        async with self.database.reading() as tx:
            return await _page(tx, workspace, reader, now, list(ids), day, edits=edits)

    async def record(
        self,
        workspace: str,
        actor: Actor,
        answers: Sequence[Answer],
        *,
        via: Via,
        source: str,
        now: datetime,
        day: date | None = None,
        edits: bool = False,
    ) -> Recorded:
        """Record answers together or not at all; what cannot be answered any more is left out. `source` is what
        Slack makes unique about the act: the same act again records nothing again. `day` is the date of the prompt
        whose form it is, if any.

        Raises NotAllowed or NotFound when nothing is left to record, and AnswerProblem (a note is missing).
        """
        async with self.database.transaction() as tx:
            ids = [one.key_result_id for one in answers]
            await key_results.lock(tx, workspace, ids)
            found, gone = await _answerable(tx, workspace, actor, ids, now)
            if not found:
                raise gone[0]
            act = _Act(workspace, _author(actor), via, source, now, day, edits=edits)
            recorded = await _write(tx, act, found, {one.key_result_id: one for one in answers})
            return replace(recorded, gone=tuple(gone))

    async def repeat(
        self,
        workspace: str,
        reader: Reader,
        *,
        source: str,
        now: datetime,
        key_result_id: str | None = None,
        day: date | None = None,
    ) -> Recorded:
        """*Nothing changed*: the last value, colour and blocker once more; wins are not repeated.

        For one key result, or for all of a prompt's that are still open and may be repeated; what has its answer
        already keeps it. Raises NotAllowed, NotFound, and Problem("repeat.not_offered") where a real answer is due.
        """
        async with self.database.transaction() as tx:
            ids = [key_result_id] if key_result_id else await self._due(tx, workspace, reader, now, day)
            await key_results.lock(tx, workspace, ids)
            found, gone = await _answerable(tx, workspace, reader.actor, ids, now)
            if not found:
                raise gone[0]
            act = _Act(workspace, _author(reader.actor), Via.ONE_TAP, source, now)
            known = await checkins.sources(tx, workspace, [act.source_of(one.id) for one in found])
            if known:
                return Recorded(len(known), in_prompt=True)
            judged = await standings.gather(tx, workspace, found, now=now, today=reader.today(now))
            open_ones = [one for one in judged if not one.answered]
            if key_result_id and open_ones and not open_ones[0].repeatable:
                raise Problem("repeat.not_offered", title=open_ones[0].key_result.title)
            same = {one.key_result.id: _same(one) for one in open_ones if one.repeatable}
            recorded = await _write(tx, act, [one for one in found if one.id in same], same)
            return replace(recorded, in_prompt=True)

    async def _due(self, tx: Transaction, workspace: str, reader: Reader, now: datetime, day: date | None) -> list[str]:
        """What a prompt of `day` waits for; without a day what is in review, else all that is the reader's."""
        person = reader.actor.person
        if person is None:
            described = await company.is_described(tx, workspace)
            raise nothing_of(reader.actor) if described else NotFound("not_found.company")
        if day is not None:
            asked = await asks.of_person(tx, workspace, person.id, day)
            ids = [ask.key_result_id for ask, _ in asked]
        else:
            active = await key_results.active(tx, workspace)
            in_place = await asks.open_of_person(tx, workspace, person.id)
            ids = list(dict.fromkeys([*(one.id for one in active if one.check_in_owner_id == person.id), *in_place]))
        found = [one for one in await key_results.some(tx, workspace, ids) if one.is_asked]
        if not found:
            raise nothing_of(reader.actor)
        ordered = worst_first(await standings.gather(tx, workspace, found, now=now, today=reader.today(now)))
        open_ones = [one for one in ordered if not one.answered] if day else [one for one in ordered if one.in_review]
        return [one.key_result.id for one in open_ones or ordered]


@dataclass(frozen=True)
class _Act:
    """Somebody answers: who, how, when, and what Slack makes unique about it."""

    workspace: str
    author_id: str
    via: Via
    source: str
    now: datetime
    day: date | None = None
    edits: bool = False

    def source_of(self, key_result_id: str) -> str:
        return f"{self.source}:{key_result_id}"


async def _write(tx: Transaction, act: _Act, of: Sequence[KeyResult], answers: Mapping[str, Answer]) -> Recorded:
    """Write the answers to these key results that this act has not brought before."""
    known = await checkins.sources(tx, act.workspace, [act.source_of(one.id) for one in of])
    called = await call(tx, act.workspace, {one.team_id for one in of})
    earlier = await checkins.newest(tx, act.workspace, [one.id for one in of])
    rounds_of = {
        one.id: await _write_one(tx, act, called, one, answers[one.id], earlier[one.id])
        for one in of
        if act.source_of(one.id) not in known
    }
    shown = await _freshen(tx, act.workspace, {id: round for id, round in rounds_of.items() if round})
    return Recorded(len(of), in_prompt=shown or bool(known))


async def _write_one(
    tx: Transaction, act: _Act, called: Calling, one: KeyResult, answer: Answer, earlier: Sequence[CheckIn]
) -> Round | None:
    """Write one answer where it belongs, and say which round that is."""
    choice = Choice(one, act.now, earlier, act.day, edits=act.edits)
    round = await round_for(tx, act.workspace, called, choice)
    check_note(answer, before(earlier, round))
    of_round = (given.id for given in earlier if round and given.round_id == round.id)
    record = Record(
        answer=answer,
        round_id=round.id if round else None,
        author_id=act.author_id,
        via=act.via,
        at=act.now,
        source=act.source_of(one.id),
        supersedes_id=next(of_round, None),
    )
    await checkins.add(tx, act.workspace, record)
    ticked = answer.done_action_ids or ()
    await key_results.finish_actions(tx, act.workspace, one.id, ticked, by=act.author_id, now=act.now)
    return round


async def _page(
    tx: Transaction, workspace: str, reader: Reader, now: datetime, ids: list[str], day: date | None, *, edits: bool
) -> Form:
    here = ids[:PER_PAGE]
    found, gone = await _answerable(tx, workspace, reader.actor, here, now)
    called = await call(tx, workspace, {one.team_id for one in found})
    newest = await checkins.newest(tx, workspace, here)
    actions = await key_results.open_actions(tx, workspace, here)
    scale = (await standards.of(tx, workspace)).scale
    authors = await people.some(tx, workspace, {many[0].author_id for many in newest.values() if many})
    questions, chosen = [], list[Round | None]()
    for one in await standings.gather(tx, workspace, found, now=now, today=reader.today(now)):
        history = newest[one.key_result.id]
        choice = Choice(one.key_result, now, history, day, edits=edits)
        round = await round_for(tx, workspace, called, choice, make=False)
        chosen.append(round)
        # Notes and wins belong to a round: only an edit starts from them.
        answered = bool(history) and round is not None and history[0].round_id == round.id
        questions.append(
            Question(
                standing=replace(one, answered=answered),
                before=before(history, round),
                actions=tuple(actions.get(one.key_result.id, ())),
                ever_negative=await checkins.ever_negative(tx, workspace, one.key_result.id),
                by=_by_another(reader, history, authors),
                scale=scale,
            )
        )
    return Form(
        questions=tuple(questions),
        rest=tuple(ids[PER_PAGE:]),
        gone=tuple(gone),
        opened=opened_at_first(tuple(questions)),
        day=day,
        counts_for=_later_than_asked(chosen, day, reader.zone),
        edits=edits,
        zone=reader.zone,
    )


def _by_another(reader: Reader, newest_first: Sequence[CheckIn], authors: Mapping[str, Person]) -> str:
    """Who gave the last answer, if it was not the reader."""
    if not newest_first or newest_first[0].author_id == _author(reader.actor):
        return ""
    return authors[newest_first[0].author_id].name


def _later_than_asked(chosen: Sequence[Round | None], day: date | None, zone: str) -> date | None:
    """The nominal day of the round that is answered now, if it opens only after the prompt of `day`."""
    if day is None:
        return None
    later = {one.date for one in chosen if one and cadence.local_date(one.opens_at, zone) > day}
    return min(later, default=None)


async def _answerable(
    tx: Transaction, workspace: str, actor: Actor, ids: Sequence[str], now: datetime
) -> tuple[list[KeyResult], list[Problem]]:
    """(those of these key results that are asked and the actor's to answer, why the others are not)."""
    found = await key_results.some(tx, workspace, ids)
    gone: list[Problem] = [NotFound("not_found.you")] if len(found) < len(ids) else []
    by_id = await teams.some(tx, workspace, {one.team_id for one in found})
    asked = await _asked_lately(tx, workspace, found)
    answerable = []
    for one in found:
        person = asked[one.id]
        try:
            require_answer(actor, one, by_id[one.team_id], person, cadence.local_date(now, person.zone))
        except NotAllowed as problem:
            hidden = one.private and not may_read_of(actor, one, by_id[one.team_id])
            gone.append(NotFound("not_found.you") if hidden else problem)
            continue
        if one.is_asked:
            answerable.append(one)
        else:
            gone.append(NotFound("answer.key_result_gone", title=one.title))
    return answerable, gone


async def _asked_lately(tx: Transaction, workspace: str, found: Sequence[KeyResult]) -> dict[str, Person]:
    """Who the newest round asks for each: its check-in owner, or whoever stands in for them."""
    newest = {
        team: opened[0].id for team, opened in (await rounds.newest(tx, workspace, {o.team_id for o in found})).items()
    }
    made = await asks.in_rounds(tx, workspace, newest.values(), [one.id for one in found])
    ids = {one.id: made.get((newest.get(one.team_id, ""), one.id)) for one in found}
    asked = {one.id: ask.person_id if (ask := ids[one.id]) else one.check_in_owner_id for one in found}
    persons = await people.some(tx, workspace, asked.values())
    return {id: persons[person_id] for id, person_id in asked.items()}


def _author(actor: Actor) -> str:
    assert actor.person is not None  # noqa: S101 - only persons may answer
    return actor.person.id


async def _freshen(tx: Transaction, workspace: str, answered: Mapping[str, Round]) -> bool:
    """Raise the wanted revision of every message that changes by answers in these rounds, by key result; say whether a
    prompt shows one.
    """
    if not answered:
        return False
    by_id = {round.id: round for round in answered.values()}
    asked = await asks.in_rounds(tx, workspace, by_id, answered)
    mine = [ask for id, round in answered.items() if (ask := asked.get((round.id, id))) and not ask.excused]
    subjects = {(ask.person_id, ask.date) for ask in mine}
    round_ids = await told_by(tx, workspace, by_id.values())
    await deliveries.freshen(tx, workspace, round_ids=round_ids, subjects=subjects)
    return any([await prompts.is_shown_to(tx, workspace, person_id, [day]) for person_id, day in subjects])


def _same(one: Standing) -> Answer:
    assert one.last is not None  # noqa: S101 - only what was answered before is repeatable
    return Answer(one.key_result.id, one.last.value, one.last.given, note="", win="", blocker=one.last.blocker)
