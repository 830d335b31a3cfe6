"""Answering `/okr status` and the Home tab: how things stand, for one reader."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from blocks import home as home_words
from blocks import status as words
from blocks.home import Home, TeamView
from blocks.leave import Away
from blocks.message import Message, View
from okr import cadence
from okr.absence import next_leave
from okr.authority import Actor, may_answer, may_read
from okr.definitions import Titled, waiting
from okr.errors import NotAllowed, NotFound
from okr.goals import Person, Team
from okr.standing import Standing
from rituals.actors import Reader
from rituals.leads import lead_of, led_by, to_review
from rituals.moments import moment, sight
from rituals.questions import Question, filtered, find
from storage import company, definitions, key_results, standings, teams
from storage.database import Database, Transaction


class Statuses:
    """Each method is one transaction that only reads."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def answer(self, workspace: str, reader: Reader, question: Question, now: datetime) -> Message:
        """Answer one question. Raises NotFound, NotAllowed, and DayProblem for a day before anything was known."""
        async with self.database.reading() as tx:
            if not await company.is_described(tx, workspace):
                raise NotFound("not_found.company")
            seen = await sight(tx, workspace, reader)
            at = await moment(tx, workspace, reader, question.day, now)
            may_read = partial(at.may_read, seen)
            found = await find(tx, workspace, reader, question, at, seen.all_teams, may_read)
            readable = [one for one in found.key_results if may_read(one)]
            if not readable and reader.actor.outsider and any(not one.private for one in found.key_results):
                raise NotAllowed("not_allowed.read")
            standing = await standings.gather(tx, workspace, readable, now=at.now, today=at.today, until=at.until)
            shown = filtered(standing, question)
        status = words.Status(
            about=found.heading,
            what=question.what,
            standings=tuple(shown),
            answerable=frozenset() if question.day else _answerable(reader.actor, shown, seen.all_teams, now),
            zone=reader.zone,
            day=question.day,
            away=_away(reader, found.person if readable and not question.day else None, now),
        )
        return words.render(status, reader.language)

    async def home(self, workspace: str, reader: Reader, now: datetime) -> View:
        """The Home tab of one person."""
        person = reader.actor.person
        if person is None:
            return home_words.render_stranger(reader.language, guest=reader.actor.outsider)
        async with self.database.reading() as tx:
            all_teams = await teams.every(tx, workspace)
            own = {id: one for id, one in all_teams.items() if person.id in (*one.member_ids, one.lead_id)}
            mine = await key_results.active(tx, workspace, of_person=person.id)
            in_teams = [
                one
                for one in await key_results.active(tx, workspace, team_ids=own)
                if may_read(reader.actor, own[one.team_id], private=one.private)
            ]
            every = list({one.id: one for one in (*mine, *in_teams)}.values())
            found = await standings.gather(tx, workspace, every, now=now, today=reader.today(now))
            to_review, proposed = await _drafts(tx, workspace, reader.actor, person, all_teams)
        standing = {one.key_result.id: one for one in found}
        views = [
            TeamView(team, tuple(standing[one.id] for one in in_teams if one.team_id == team.id))
            for team in own.values()
        ]
        home = Home(
            person=person,
            mine=tuple(standing[one.id] for one in mine),
            teams=tuple(views),
            away=_away(reader, person, now),
            to_review=to_review,
            proposed=proposed,
        )
        return home_words.render(home, reader.language)


async def _drafts(
    tx: Transaction, workspace: str, actor: Actor, person: Person, all_teams: Mapping[str, Team]
) -> tuple[tuple[Titled, ...], tuple[tuple[Titled, str], ...]]:
    """(objectives with drafts this person is to confirm, their own drafts with the name of who is to confirm them)."""
    led = await led_by(tx, workspace, person, all_teams)
    proposed_to = await definitions.drafted_in(tx, workspace, person.id)
    found = await definitions.titles(tx, workspace, led | proposed_to)
    mine = to_review([one for one in found if one.team_id in led], actor, all_teams)
    ids = {one.objective_id for one in mine}
    theirs = [one for one in waiting(found) if one.objective_id not in ids and _is_own(actor, one, all_teams)]
    leads = {id: await lead_of(tx, workspace, all_teams[id]) for id in {one.team_id for one in theirs}}
    named = [(one, lead.name) for one in theirs if (lead := leads[one.team_id])]
    return tuple(mine), tuple(named)


def _is_own(actor: Actor, draft: Titled, all_teams: Mapping[str, Team]) -> bool:
    """Whether they own it, or have written it down and may still read it."""
    if actor.person is None:
        return False
    wrote = actor.person.id in draft.written_by and may_read(actor, all_teams[draft.team_id], private=draft.private)
    return wrote or actor.person.id in draft.owner_ids


def _away(reader: Reader, person: Person | None, now: datetime) -> Away | None:
    """The leave to tell of: one's own also while it is to come, another's while it lasts."""
    if person is None:
        return None
    own = reader.actor.person is not None and reader.actor.person.id == person.id
    today = cadence.local_date(now, person.zone)
    leave = next_leave(person.absences, today)
    if leave is None or not (own or leave.covers(today)):
        return None
    return Away(leave, today, None if own else person)


def _answerable(actor: Actor, shown: list[Standing], all_teams: Mapping[str, Team], now: datetime) -> frozenset[str]:
    return frozenset(
        one.key_result.id
        for one in shown
        if one.key_result.is_asked
        and may_answer(
            actor, one.key_result, all_teams[one.key_result.team_id], one.asked, cadence.local_date(now, one.asked.zone)
        )
    )
