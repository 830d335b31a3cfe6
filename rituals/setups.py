"""Setting up a team in Slack: its channel, its people, its rhythm. The first one makes the company, too."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime

from blocks import setup_standards
from blocks.language import LANGUAGES
from blocks.setup_form import MOST_PEOPLE, SetupForm, SetupWords
from okr.authority import Actor, may_define, may_set_standards
from okr.cadence import Rhythm
from okr.cycles import quarter
from okr.errors import NotAllowed, Problem
from okr.goals import Team
from okr.standards import Standards
from rituals.actors import Reader
from rituals.company_texts import slug
from rituals.messenger import MISSING_SCOPE, Channel, Messenger, Refused
from rituals.owners import Owners, named
from rituals.rounds import replan
from storage import company, definitions, people, rosters, standards, teams
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
            shared = await standards.of(tx, workspace)
            top = await _top(tx, workspace)
            team = await _team_of(tx, workspace, channel)
            if team:
                _require_lead(reader.actor, team)
                members = await people.some(tx, workspace, team.member_ids)
                accounts = tuple(one.slack_id for one in members.values())
                form = SetupForm(team.channel, team.name, accounts, team.language, team.rhythm, team.id)
        if team is None:
            form = await self._blank(workspace, reader, channel)
        set_by = "" if top is None or may_set_standards(reader.actor, top) else top.name
        return replace(form, standards=shared, set_by=set_by)

    async def rhythm(self, workspace: str, team_id: str) -> Rhythm:
        """The team's, before a form is read; the usual one for a new team."""
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
        room = await self._room(workspace, words.channel)
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
            actor = replace(reader.actor, person=lead)
            if team:
                _require_lead(actor, team)
            wanted = setup_standards.decided(words.standards, await standards.of(tx, workspace))
            await _require_standards(tx, workspace, actor, wanted)
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
            await standards.change(revising, scale=wanted.scale, limits=wanted.limits)
            await revising.finish()
            await rosters.describe(tx, workspace, now)
            await replan(tx, workspace, now)
        return words.name

    async def _blank(self, workspace: str, reader: Reader, channel: str) -> SetupForm:
        """For a new team, with what its channel says."""
        language, room = reader.language.code, None
        with suppress(Problem):
            room = await self._room(workspace, channel) if channel else None
        if room is None:
            return SetupForm("", "", (reader.actor.slack_id,), language, Rhythm())
        name = room.name.replace("-", " ").replace("_", " ").strip().capitalize()
        if not room.is_member:
            here = room.slack_id
            return SetupForm(here, name, (reader.actor.slack_id,), language, Rhythm(), uninvited=True)
        return SetupForm(room.slack_id, name, await self._humans(workspace, room), language, Rhythm())

    async def _room(self, workspace: str, channel: str) -> Channel | None:
        """Raises Problem where the app lacks the permission to look."""
        try:
            return await self.messenger.channel(workspace, channel)
        except Refused as refused:
            if not refused.reason.startswith(MISSING_SCOPE):
                raise
            raise Problem("setup.no_scope", scope=refused.reason.partition(": ")[2] or "groups:read") from refused

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
        top = await _top(tx, workspace)
        await rosters.add(revising, slug(roster.name) or "team", roster, parent_id=top.id if top else None)
    if not await definitions.cycles(tx, workspace, today):
        await rosters.add_cycle(revising, quarter(today))


async def _team_of(tx: Transaction, workspace: str, channel: str, team_id: str = "") -> Team | None:
    """The team with this id, else the one that reads its digest in this channel."""
    all_teams = await teams.every(tx, workspace)
    if team_id in all_teams:
        return all_teams[team_id]
    return next((one for one in all_teams.values() if one.channel == channel), None)


async def _top(tx: Transaction, workspace: str) -> Team | None:
    """The team that stands for the company."""
    return next((one for one in (await teams.every(tx, workspace)).values() if one.parent_id is None), None)


async def _require_standards(tx: Transaction, workspace: str, actor: Actor, wanted: Standards) -> None:
    top = await _top(tx, workspace)
    if top and not may_set_standards(actor, top) and wanted != await standards.of(tx, workspace):
        raise NotAllowed("not_allowed.standards", team=top.name)


def _require_lead(actor: Actor, team: Team) -> None:
    if not may_define(actor, team):
        raise NotAllowed("not_allowed.setup", team=team.name)
