"""Saying beforehand who would get what message and why: what a rehearsal of the days to come has shown."""

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from okr.authority import Actor, may_read_of, may_read_owned, nothing_of
from okr.errors import NotAllowed, NotFound, Problem
from okr.goals import Person, Team
from okr.preview import DAYS, Preview
from rituals.actors import Reader
from rituals.asking import call
from rituals.foreseeing import Scope, foresee
from rituals.moments import sight
from rituals.naming import named_team
from rituals.rehearsing import rehearsed
from storage import company, definitions, key_results, people, rehearsal, rollcalls, teams
from storage.database import Database, Transaction


@dataclass(frozen=True)
class Wanted:
    """What is to be previewed: `name` is empty for oneself, "all", or a team's; `channel` is a Slack id. `whole` is all
    that was written: a team may be called "Growth 7".
    """

    days: int
    name: str = ""
    whole: str = ""
    channel: str = ""


class Previews:
    """Reads, and lives through a copy: nothing is written and nothing sent. One at a time, for it is work."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._one_at_a_time = asyncio.Lock()

    async def look(self, workspace: str, reader: Reader, wanted: Wanted, now: datetime) -> Preview:
        """For somebody who asks in Slack. Raises NotFound and NotAllowed."""
        async with self.database.reading() as tx:
            if not await company.is_described(tx, workspace):
                raise NotFound("not_found.company")
            meant = _meant(await teams.every(tx, workspace), wanted)
            scope = await _scope(tx, workspace, reader, meant)
            hidden = frozenset() if scope.person else await _hidden(tx, workspace, reader)
        return await self._preview(workspace, scope, meant.days, now, hidden)

    async def everything(self, workspace: str, days: int, now: datetime) -> Preview:
        """For whoever runs okrbot."""
        async with self.database.reading() as tx:
            scope = await _everything(tx, workspace)
        return await self._preview(workspace, scope, days, now)

    async def workspaces(self) -> dict[str, str]:
        """The names of all workspaces by id."""
        async with self.database.reading() as tx:
            return await rollcalls.workspaces(tx)

    async def _preview(
        self, workspace: str, scope: Scope, days: int, now: datetime, hidden: Collection[str] = ()
    ) -> Preview:
        async with self._one_at_a_time:
            async with self.database.snapshot() as tx:
                copy = await rehearsal.take(tx, workspace, now, scope.reach, hidden)
            async with rehearsed(copy, now, now + timedelta(days=days)) as lived:
                return await foresee(lived, copy, scope, days=days, now=now)


async def _scope(tx: Transaction, workspace: str, reader: Reader, wanted: Wanted) -> Scope:
    if not wanted.name and not wanted.channel:
        return await _own(tx, workspace, reader)
    all_teams = await teams.every(tx, workspace)
    if wanted.name.casefold() == "all" and not _is_called(all_teams, "all"):
        if not reader.actor.admin:
            raise NotAllowed("not_allowed.preview_all")
        return await _everything(tx, workspace, reader)
    team = _team(all_teams, wanted)
    if not _may_preview(reader.actor, team):
        raise NotAllowed("not_allowed.preview", team=team.name)
    called = await call(tx, workspace, [team.id])
    ids = frozenset([team.id])
    return Scope(about=team.name, zone=reader.zone, shown=ids, rhythms=(team,), reach=ids | called.teams.keys())


async def _hidden(tx: Transaction, workspace: str, reader: Reader) -> frozenset[str]:
    """The objectives and key results that are private and not the reader's to read: nothing is foretold of them."""
    seen = await sight(tx, workspace, reader)
    results = {
        one.id
        for one in await key_results.every(tx, workspace)
        if one.private and not may_read_of(reader.actor, one, seen.all_teams[one.team_id], asked=seen.asked)
    }
    objectives = {
        one.objective_id
        for one in await definitions.titles(tx, workspace)
        if one.private
        and not one.key_result_id
        and not may_read_owned(reader.actor, seen.all_teams[one.team_id], one.owner_ids, private=True)
    }
    return frozenset(results | objectives)


async def _own(tx: Transaction, workspace: str, reader: Reader) -> Scope:
    """What reaches the person themselves: also in somebody's place, and in the channels of their teams."""
    person = reader.actor.person
    if person is None:
        raise nothing_of(reader.actor)
    all_teams = await teams.every(tx, workspace)
    in_place_of = await people.stood_in_for_by(tx, workspace, [person.id])
    asked = await key_results.active(tx, workspace, asked_ids=[person.id, *in_place_of])
    asking = {one.team_id for one in asked}
    theirs = {one.team_id for one in asked if one.check_in_owner_id == person.id}
    shown = theirs | {one.id for one in all_teams.values() if _belongs(person, one)}
    called = await call(tx, workspace, asking | shown)
    return Scope(
        about="",
        zone=reader.zone,
        shown=frozenset(shown),
        person=person,
        rhythms=tuple(one for one in all_teams.values() if one.id in theirs),
        reach=frozenset(asking | shown | called.teams.keys()),
    )


async def _everything(tx: Transaction, workspace: str, reader: Reader | None = None) -> Scope:
    all_teams = await teams.every(tx, workspace)
    home = next((one.zone for one in all_teams.values() if one.parent_id is None), "UTC")
    about = (await rollcalls.workspaces(tx)).get(workspace, workspace)
    return Scope(about=about, zone=reader.zone if reader else home, shown=frozenset(all_teams))


def _meant(all_teams: Mapping[str, Team], wanted: Wanted) -> Wanted:
    """The number at the end may belong to a team's name."""
    return Wanted(DAYS, wanted.whole) if _is_called(all_teams, wanted.whole) else wanted


def _team(all_teams: Mapping[str, Team], wanted: Wanted) -> Team:
    """The one team that is meant; a channel may be that of several."""
    if wanted.channel:
        found = [one for one in all_teams.values() if one.channel == wanted.channel]
        if not found:
            raise NotFound("not_found.channel")
        if len(found) > 1:
            raise Problem("preview.which", first=found[0].name, second=found[1].name)
        return found[0]
    return named_team(all_teams, wanted.name, command="preview")


def _is_called(all_teams: Mapping[str, Team], name: str) -> bool:
    return any(name.casefold() in (one.key.casefold(), one.name.casefold()) for one in all_teams.values())


def _may_preview(actor: Actor, team: Team) -> bool:
    return actor.admin or (actor.person is not None and actor.person.id == team.lead_id)


def _belongs(person: Person, team: Team) -> bool:
    return person.id == team.lead_id or person.id in team.member_ids
