"""Answering: finding what a person may answer, and recording what they said."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from blocks.checkin_form import PER_PAGE, Form, Question, opened_at_first
from okr import cadence
from okr.authority import Actor, require_answer
from okr.calling import Calling
from okr.checkins import Answer, CheckIn, Via, check_note
from okr.errors import NotFound, Problem
from okr.goals import KeyResult, Person, State, Team
from okr.rounds import Round, RoundState
from okr.standing import Standing, worst_first
from rituals.actors import Reader
from rituals.asking import call
from storage import checkins, company, deliveries, key_results, people, rounds, standings, teams
from storage.checkins import Record
from storage.database import Database, Transaction


@dataclass(frozen=True)
class Recorded:
    """What became of a submitted page. `in_prompt` says whether a message of the person's shows it."""

    count: int
    in_prompt: bool


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
        from_home: bool = False,
    ) -> Form:
        """The first page of a form: about one key result, about what a prompt of `day` still waits for, or about
        everything of the reader's that is due, else all they answer for.

        Raises NotFound when there is nothing to answer and NotAllowed when it is not theirs.
        """
        async with self.database.reading() as tx:
            if key_result_id:
                ids = [key_result_id]
            else:
                ids = await self._due(tx, workspace, reader, now, day)
            form = await _page(tx, workspace, reader, now, ids, day)
            return replace(form, from_home=from_home)

    async def page(
        self, workspace: str, reader: Reader, now: datetime, ids: Sequence[str], day: date | None = None
    ) -> Form:
        """The page with exactly these key results in front, the rest after them."""
        async with self.database.reading() as tx:
            return await _page(tx, workspace, reader, now, list(ids), day)

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
    ) -> Recorded:
        """Record answers together or not at all. `source` is what Slack makes unique about the act: the same
        act again records nothing again. `day` is the date of the prompt whose form it is, if any.

        Raises NotAllowed, NotFound (no longer active) and AnswerProblem (a note is missing).
        """
        async with self.database.transaction() as tx:
            await key_results.lock(tx, workspace, [one.key_result_id for one in answers])
            found = await _answerable(tx, workspace, actor, [one.key_result_id for one in answers], now)
            author = _author(actor)
            known = await checkins.sources(tx, workspace, [_source(source, one.key_result_id) for one in answers])
            called = await call(tx, workspace, {one.team_id for one in found})
            earlier = await checkins.newest(tx, workspace, [one.id for one in found])
            shown = bool(known)
            for answer, key_result in zip(answers, found, strict=True):
                if _source(source, key_result.id) in known:
                    continue
                team = called.teams[key_result.team_id]
                history = earlier[key_result.id]
                edited = _edited(history, day)
                round = await _round_for(tx, workspace, called, team, key_result, now, edited=edited)
                check_note(answer, _before(history, round))
                same_round = round is not None and history and history[0].round_id == round.id
                record = Record(
                    answer=answer,
                    round_id=round.id if round else None,
                    author_id=author,
                    via=via,
                    at=now,
                    source=_source(source, key_result.id),
                    supersedes_id=history[0].id if same_round else None,
                )
                await checkins.add(tx, workspace, record)
                ticked = answer.done_action_ids or ()
                await key_results.finish_actions(tx, workspace, key_result.id, ticked, by=author, now=now)
                if round:
                    shown |= await _freshen(tx, workspace, round, key_result)
            return Recorded(len(answers), in_prompt=shown)

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

        For one key result, or for all of a prompt's that are still open and may be repeated. Raises NotAllowed,
        NotFound, and Problem("repeat.not_offered") where a real answer is due.
        """
        async with self.database.reading() as tx:
            ids = [key_result_id] if key_result_id else await self._due(tx, workspace, reader, now, day)
            found = await _answerable(tx, workspace, reader.actor, ids, now)
            standing = await _standings(tx, workspace, found, reader, now)
            known = await checkins.sources(tx, workspace, [_source(source, one.id) for one in found])
        if known:
            return Recorded(len(known), in_prompt=True)
        open_ones = [one for one in standing if not one.answered]
        if key_result_id and open_ones and not open_ones[0].repeatable:
            raise Problem("repeat.not_offered", title=open_ones[0].key_result.title)
        answers = [_same(one) for one in open_ones if one.repeatable]
        if not answers:
            return Recorded(0, in_prompt=True)
        return await self.record(workspace, reader.actor, answers, via=Via.ONE_TAP, source=source, now=now)

    async def _due(self, tx: Transaction, workspace: str, reader: Reader, now: datetime, day: date | None) -> list[str]:
        """What a prompt of `day` waits for; without a day what is in review, else all that is the reader's."""
        person = reader.actor.person
        if person is None:
            described = await company.is_described(tx, workspace)
            raise NotFound("not_found.you" if described else "not_found.company")
        if day is not None:
            asked = await rounds.asks_of_person(tx, workspace, person.id, day)
            ids = [ask.key_result_id for ask, _ in asked]
        else:
            active = await key_results.active(tx, workspace)
            in_place = await rounds.open_asks(tx, workspace, person.id)
            ids = list(dict.fromkeys([*(one.id for one in active if one.check_in_owner_id == person.id), *in_place]))
        found = [one for one in await key_results.some(tx, workspace, ids) if one.state is State.ACTIVE]
        if not found:
            raise NotFound("not_found.you")
        ordered = worst_first(await _standings(tx, workspace, found, reader, now))
        open_ones = [one for one in ordered if not one.answered] if day else [one for one in ordered if one.in_review]
        return [one.key_result.id for one in open_ones or ordered]


async def _page(
    tx: Transaction, workspace: str, reader: Reader, now: datetime, ids: list[str], day: date | None
) -> Form:
    here = ids[:PER_PAGE]
    found = await _answerable(tx, workspace, reader.actor, here, now)
    standing = await _standings(tx, workspace, found, reader, now)
    called = await call(tx, workspace, {one.team_id for one in found})
    newest = await checkins.newest(tx, workspace, here)
    actions = await key_results.open_actions(tx, workspace, here)
    questions = []
    for one in standing:
        key_result = one.key_result
        team = called.teams[key_result.team_id]
        history = newest[key_result.id]
        edited = _edited(history, day)
        round = await _round_for(tx, workspace, called, team, key_result, now, edited=edited, make=False)
        # Notes and wins belong to a round: only an edit starts from them.
        answered = bool(history) and round is not None and history[0].round_id == round.id
        questions.append(
            Question(
                standing=replace(one, answered=answered),
                before=_before(history, round),
                actions=tuple(actions.get(key_result.id, ())),
                ever_negative=await checkins.ever_negative(tx, workspace, key_result.id),
            )
        )
    return Form(
        questions=tuple(questions),
        rest=tuple(ids[PER_PAGE:]),
        opened=opened_at_first(tuple(questions)),
        day=day,
        zone=reader.zone,
    )


async def _standings(
    tx: Transaction, workspace: str, found: Sequence[KeyResult], reader: Reader, now: datetime
) -> list[Standing]:
    today = cadence.local_date(now, reader.zone)
    return await standings.gather(tx, workspace, found, now=now, today=today)


async def _answerable(
    tx: Transaction, workspace: str, actor: Actor, ids: Sequence[str], now: datetime
) -> list[KeyResult]:
    """These key results, each active and the actor's to answer."""
    found = await key_results.some(tx, workspace, ids)
    if len(found) != len(ids):
        raise NotFound("not_found.you")
    by_id = await teams.some(tx, workspace, {one.team_id for one in found})
    asked = await _asked_lately(tx, workspace, found)
    for one in found:
        person = asked[one.id]
        require_answer(actor, one, by_id[one.team_id], person, cadence.local_date(now, person.zone))
        if one.state is not State.ACTIVE:
            raise NotFound("answer.key_result_gone", title=one.title)
    return found


async def _asked_lately(tx: Transaction, workspace: str, found: Sequence[KeyResult]) -> dict[str, Person]:
    """Who the newest round asks for each: its check-in owner, or whoever stands in for them."""
    newest = {
        team: opened[0].id for team, opened in (await rounds.newest(tx, workspace, {o.team_id for o in found})).items()
    }
    asks = await rounds.asked_in(tx, workspace, newest.values(), [one.id for one in found])
    ids = {one.id: asks.get((newest.get(one.team_id, ""), one.id)) for one in found}
    asked = {one.id: ask.person_id if (ask := ids[one.id]) else one.check_in_owner_id for one in found}
    persons = await people.some(tx, workspace, asked.values())
    return {id: persons[person_id] for id, person_id in asked.items()}


def _author(actor: Actor) -> str:
    assert actor.person is not None  # noqa: S101 - only persons may answer
    return actor.person.id


async def _round_for(
    tx: Transaction,
    workspace: str,
    called: Calling,
    team: Team,
    key_result: KeyResult,
    now: datetime,
    *,
    edited: CheckIn | None,
    make: bool = True,
) -> Round | None:
    """The round an answer given now belongs to: the open one; else, from local midnight three days before, the
    coming one; else the last closed one, late; None before a team's first round. An edit stays in its round until
    the next one opens.
    """
    opened = (await rounds.newest(tx, workspace, [team.id])).get(team.id, [])
    if opened and opened[0].state is RoundState.OPEN and opened[0].closes_at > now:
        return opened[0]
    if opened and edited and edited.round_id == opened[0].id:
        return opened[0]
    owner = called.people.get(key_result.check_in_owner_id)
    zone = owner.zone if owner else team.zone
    if team.next_date and cadence.answers_coming_round(now, zone=zone, coming=team.next_date):
        coming = await rounds.of_team(tx, workspace, team.id, team.next_date)
        if coming or not make:
            return coming
        closes = cadence.closes_at(team.rhythm, team.next_date, team.zone)
        opens = called.opens_at(team, team.next_date) or closes
        return await rounds.put(
            tx, workspace, team.id, team.next_date, RoundState.PLANNED, opens_at=opens, closes_at=closes
        )
    return opened[0] if opened else None


def _edited(newest_first: Sequence[CheckIn], day: date | None) -> CheckIn | None:
    """The answer that a form opened from the prompt of `day` would change."""
    return newest_first[0] if newest_first and day is not None else None


def _before(newest_first: Sequence[CheckIn], round: Round | None) -> CheckIn | None:
    """The answer a change of colour is judged against: the last one of an earlier round."""
    return next((one for one in newest_first if round is None or one.round_id != round.id), None)


async def _freshen(tx: Transaction, workspace: str, round: Round, key_result: KeyResult) -> bool:
    """Raise the wanted revision of every message this answer changes; say whether a prompt shows it."""
    await deliveries.freshen(tx, workspace, round_id=round.id)
    asked = (await rounds.asked_in(tx, workspace, [round.id], [key_result.id])).get((round.id, key_result.id))
    if asked is None or asked.excused:
        return False
    await deliveries.freshen_person(tx, workspace, asked.person_id, asked.date)
    return await deliveries.is_shown_to(tx, workspace, asked.person_id, [asked.date])


def _same(one: Standing) -> Answer:
    assert one.last is not None  # noqa: S101 - only what was answered before is repeatable
    return Answer(one.key_result.id, one.last.value, one.last.confidence, note="", win="", blocker=one.last.blocker)


def _source(act: str, key_result_id: str) -> str:
    return f"{act}:{key_result_id}"
