"""Answering `/okr status` and the Home tab: how things stand, for one reader."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from blocks import home as home_words
from blocks import status as words
from blocks.home import Home, TeamView
from blocks.leave import Away
from blocks.message import Message, View
from blocks.text import mention
from okr import cadence
from okr.absence import next_leave
from okr.authority import Actor, may_answer, may_read, may_read_of, nothing_of
from okr.confidence import Confidence
from okr.definitions import Titled
from okr.errors import NotAllowed, NotFound
from okr.goals import KeyResult, Person, State, Team
from okr.standing import Standing
from rituals.actors import Reader
from rituals.naming import named_team
from storage import asks, company, definitions, key_results, people, standings, teams
from storage.database import Database, Transaction


@dataclass(frozen=True)
class Question:
    """What is asked: `what` is me, person, team, channel, at-risk, off-track, on-track, behind or stale; `name` the
    rest of it.
    """

    what: str
    name: str = ""


class Statuses:
    """Each method is one transaction that only reads."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def answer(self, workspace: str, reader: Reader, question: Question, now: datetime) -> Message:
        """Answer one question. Raises NotFound and NotAllowed."""
        async with self.database.reading() as tx:
            if not await company.is_described(tx, workspace):
                raise NotFound("not_found.company")
            about, found, person = await self._find(tx, workspace, reader, question)
            all_teams = await teams.every(tx, workspace)
            asking = reader.actor.person
            asked = await asks.open_of_person(tx, workspace, asking.id) if asking else []
            readable = [one for one in found if may_read_of(reader.actor, one, all_teams[one.team_id], asked=asked)]
            if found and not readable and reader.actor.outsider:
                raise NotAllowed("not_allowed.read")
            standing = await standings.gather(tx, workspace, readable, now=now, today=reader.today(now))
            shown = _filtered(standing, question.what)
        status = words.Status(
            about=about,
            standings=tuple(shown),
            answerable=_answerable(reader.actor, shown, all_teams, now),
            zone=reader.zone,
            away=_away(reader, person if readable else None, now),
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
            to_review, proposed = await _drafts(tx, workspace, person, own)
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

    async def _find(
        self, tx: Transaction, workspace: str, reader: Reader, question: Question
    ) -> tuple[str, list[KeyResult], Person | None]:
        """(the heading, the key results it is about, the person whose they are if it is about one)."""
        if question.what in ("me", "person"):
            slack_id = question.name or reader.actor.slack_id
            person = await people.by_slack(tx, workspace, slack_id)
            if person is None:
                if not question.name:
                    raise nothing_of(reader.actor)
                raise NotFound("not_found.person", name=mention(slack_id))
            theirs = await key_results.active(tx, workspace, of_person=person.id)
            if not theirs and question.what == "me":
                raise nothing_of(reader.actor)
            return words.heading(question.what, reader.language, person.name), theirs, person
        if question.what in ("team", "channel"):
            found = _teams(await teams.every(tx, workspace), question)
            names = reader.language.listed([team.name for team in found])
            of_teams = await key_results.active(tx, workspace, team_ids=[team.id for team in found])
            return words.heading("team", reader.language, names), of_teams, None
        return words.heading(question.what, reader.language), await key_results.active(tx, workspace), None


async def _drafts(
    tx: Transaction, workspace: str, person: Person, own: Mapping[str, Team]
) -> tuple[tuple[Titled, ...], tuple[tuple[Titled, str], ...]]:
    """(objectives with drafts this person is to confirm, their own drafts with the name of who is to confirm them)."""
    drafts = [one for one in await definitions.titles(tx, workspace, own) if one.state is State.DRAFT]
    mine = {one.objective_id: one for one in drafts if own[one.team_id].lead_id == person.id}
    theirs = [one for one in drafts if one.objective_id not in mine and person.id in one.owner_ids]
    leads = await people.some(tx, workspace, {lead for one in theirs if (lead := own[one.team_id].lead_id)})
    named = [(one, leads[own[one.team_id].lead_id or ""].name) for one in theirs if own[one.team_id].lead_id in leads]
    return tuple(mine.values()), tuple(named)


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


def _teams(all_teams: dict[str, Team], question: Question) -> list[Team]:
    """The teams of a channel, or the team with this name or key; names are compared without case."""
    if question.what == "channel":
        found = [team for team in all_teams.values() if team.channel == question.name]
        if not found:
            raise NotFound("not_found.channel")
        return found
    return [named_team(all_teams, question.name, command="status")]


def _filtered(found: list[Standing], what: str) -> list[Standing]:
    if what == "at-risk":
        return [one for one in found if one.confidence in (Confidence.YELLOW, Confidence.RED)]
    if what == "off-track":
        return [one for one in found if one.confidence is Confidence.RED]
    if what == "on-track":
        return [one for one in found if one.confidence is Confidence.GREEN]
    if what == "behind":
        return [one for one in found if one.behind]
    if what == "stale":
        return [one for one in found if one.stale]
    return found


def _answerable(actor: Actor, shown: list[Standing], all_teams: dict[str, Team], now: datetime) -> frozenset[str]:
    return frozenset(
        one.key_result.id
        for one in shown
        if may_answer(
            actor, one.key_result, all_teams[one.key_result.team_id], one.asked, cadence.local_date(now, one.asked.zone)
        )
    )
