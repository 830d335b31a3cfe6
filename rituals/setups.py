"""Setting up a team in Slack: its channel, its people, its rhythm. The first one makes the company, too."""

import asyncio
from dataclasses import replace
from datetime import date, datetime

from blocks.language import LANGUAGES
from blocks.setup_form import MOST_PEOPLE, SetupForm, SetupWords
from okr.authority import Actor, may_define
from okr.cadence import Rhythm
from okr.cycles import quarter
from okr.errors import NotAllowed, Problem
from okr.goals import Team
from rituals.actors import Reader
from rituals.company_texts import slug
from rituals.messenger import Channel, Messenger
from rituals.owners import Owners, named
from rituals.rounds import replan
from storage import company, definitions, people, rosters, teams
from storage.database import Database, Transaction
from storage.revisions import Revising, brought_by
from storage.rosters import Roster

MOST_SUGGESTED = 30
"""People of a channel that are suggested: a larger one is not a team."""


class Setups:
    """Each method is one transaction; Slack is asked before it."""

    def __init__(self, database: Database, messenger: Messenger) -> None:
        self.database = database
        self.messenger = messenger
        self.owners = Owners(database, messenger)

    async def begin(self, workspace: str, reader: Reader, channel: str) -> SetupForm:
        """The form for the team of a channel, or for a new one. Raises NotAllowed."""
        if reader.actor.outsider:
            raise NotAllowed("not_allowed.setup_guest")
        async with self.database.reading() as tx:
            team = await _team_of(tx, workspace, channel)
            if team:
                _require_lead(reader.actor, team)
                members = await people.some(tx, workspace, team.member_ids)
                accounts = tuple(one.slack_id for one in members.values())
                return SetupForm(team.channel, team.name, accounts, team.language, team.rhythm, team.id)
        room = await self.messenger.channel(workspace, channel) if channel else None
        if room is None or not room.is_member:
            return SetupForm("", "", (reader.actor.slack_id,), reader.language.code, Rhythm())
        accounts = await self._humans(workspace, room)
        name = room.name.replace("-", " ").replace("_", " ").strip().capitalize()
        return SetupForm(room.slack_id, name, accounts, reader.language.code, Rhythm())

    async def rhythm(self, workspace: str, team_id: str) -> Rhythm:
        """The rhythm a team has; the usual one for a new team."""
        async with self.database.reading() as tx:
            team = (await teams.some(tx, workspace, [team_id])).get(team_id)
        return team.rhythm if team else Rhythm()

    async def save(
        self, workspace: str, name: str, reader: Reader, words: SetupWords, *, source: str, now: datetime
    ) -> str:
        """Write the team down; answers its name. `name` is the workspace's. The same act again changes nothing.

        Raises NotAllowed, and Problem beside the channel: the bot could not post there, or another team does.
        """
        if reader.actor.outsider:
            raise NotAllowed("not_allowed.setup_guest")
        room = await self.messenger.channel(workspace, words.channel)
        if room is None or not room.is_member:
            raise Problem("setup.not_in_channel")
        accounts = list(dict.fromkeys([reader.actor.slack_id, *words.people]))
        members = await self.owners.unknown(workspace, accounts)
        async with self.database.transaction() as tx:
            await company.open_workspace(tx, workspace, name=name)
            await teams.lock_planning(tx, workspace)
            if await brought_by(tx, workspace, source):
                return words.name
            persons = await named(tx, workspace, members, accounts, now, by=reader.actor.person)
            lead = persons[reader.actor.slack_id]
            team = await _team_of(tx, workspace, words.channel, words.team_id)
            if team and team.id != words.team_id:
                raise Problem("setup.taken", team=team.name)
            if team:
                _require_lead(replace(reader.actor, person=lead), team)
            lead_id = (team.lead_id if team else None) or lead.id
            unseen = team.member_ids if team and len(team.member_ids) > MOST_PEOPLE else ()
            roster = Roster(
                name=words.name,
                channel=words.channel,
                lead_id=lead_id,
                zone=team.zone if team else lead.zone,
                language=words.language if words.language in LANGUAGES else "en",
                rhythm=words.rhythm,
                member_ids=frozenset({lead_id, *unseen, *(persons[one].id for one in words.people)}),
            )
            revising = Revising(tx, workspace, now, by=lead.id, source=source)
            await _write(revising, roster, team, reader.today(now))
            await revising.finish()
            await rosters.describe(tx, workspace, now)
            await replan(tx, workspace, now)
        return words.name

    async def _humans(self, workspace: str, room: Channel) -> tuple[str, ...]:
        """Who works in a channel: without apps, and nobody where it is too large to be a team."""
        inside = await self.messenger.inside(workspace, room.slack_id)
        if len(inside) > MOST_SUGGESTED:
            return ()
        members = await asyncio.gather(*(self.messenger.member(workspace, slack_id) for slack_id in inside))
        return tuple(one.slack_id for one in members if one and not one.is_bot and not one.deactivated)


async def _write(revising: Revising, roster: Roster, team: Team | None, today: date) -> None:
    tx, workspace = revising.tx, revising.workspace
    if team:
        await rosters.change(revising, team.id, roster)
    else:
        all_teams = (await teams.every(tx, workspace)).values()
        root = next((one.id for one in all_teams if one.parent_id is None), None)
        await rosters.add(revising, slug(roster.name) or "team", roster, parent_id=root)
    if not await definitions.cycles(tx, workspace, today):
        await rosters.add_cycle(revising, quarter(today))


async def _team_of(tx: Transaction, workspace: str, channel: str, team_id: str = "") -> Team | None:
    """The team with this id, else the one that reads its digest in this channel."""
    all_teams = await teams.every(tx, workspace)
    if team_id in all_teams:
        return all_teams[team_id]
    return next((one for one in all_teams.values() if one.channel == channel), None)


def _require_lead(actor: Actor, team: Team) -> None:
    if not may_define(actor, team):
        raise NotAllowed("not_allowed.setup", team=team.name)
