"""Taking everything along: the company as its file, how it stands, and what was answered."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from blocks import export_csv, export_page, export_table
from okr.authority import may_export, may_read, may_read_of
from okr.cadence import local_date
from okr.company import Company
from okr.errors import NotAllowed, NotFound
from okr.exports import Export, Format, Readable, Wanted, readable_entries, readable_part, readable_standing
from okr.goals import KeyResult
from rituals import company_yaml
from rituals.actors import Reader
from rituals.company_file import CompanyProblems, parse
from rituals.histories import unknown_until
from rituals.moments import sight
from storage import company, descriptions, histories, key_results, past, rollcalls, standings
from storage.database import Database, Transaction


@dataclass(frozen=True)
class Taken:
    """What goes into the file. `flaws` says why an import would not take it as it is, if so; `export` is what was
    written.
    """

    content: bytes
    export: Export = field(compare=False)
    flaws: str = ""


class Exports:
    """Each reads in one transaction, as everything stood at one moment."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def workspaces(self) -> dict[str, str]:
        """The names of the workspaces that have a company, by id."""
        async with self.database.reading() as tx:
            found = await rollcalls.workspaces(tx)
            return {id: name for id, name in found.items() if await company.is_described(tx, id)}

    async def take(self, workspace: str, wanted: Wanted, now: datetime) -> Taken:
        """Everything, the private too: for whoever runs okrbot."""
        return (await self.take_all(workspace, [wanted.format], now, history=wanted.history))[wanted.format]

    async def take_all(
        self, workspace: str, formats: Sequence[Format], now: datetime, *, history: bool
    ) -> dict[Format, Taken]:
        """The same in several formats, all of one moment."""
        async with self.database.snapshot() as tx:
            export = await _gather(tx, workspace, formats, now, history=history)
        return {one: await asyncio.to_thread(_render, export, one) for one in formats}

    async def take_for(self, workspace: str, reader: Reader, wanted: Wanted, now: datetime) -> Taken:
        """What an admin may read. Raises NotAllowed and NotFound."""
        require_export(reader)
        async with self.database.snapshot() as tx:
            if not await company.is_described(tx, workspace):
                raise NotFound("not_found.company")
            export = await _gather(tx, workspace, [wanted.format], now, history=wanted.history, reader=reader)
        return await asyncio.to_thread(_render, export, wanted.format)


def require_export(reader: Reader) -> None:
    if not may_export(reader.actor):
        raise NotAllowed("not_allowed.export")


async def _gather(
    tx: Transaction,
    workspace: str,
    formats: Sequence[Format],
    now: datetime,
    *,
    history: bool,
    reader: Reader | None = None,
) -> Export:
    """How key results stand is in everything but the company file."""
    described = await descriptions.company(tx, workspace)
    results = await key_results.by_key(tx, workspace)
    entries = await histories.checkins(tx, workspace) if history else None
    since: Mapping[str, datetime] = {}
    if reader:
        readable = await _readable(tx, workspace, reader, described, results)
        described = readable_part(described, readable)
        results = {key: one for key, one in results.items() if key in readable.key_results}
        entries = None if entries is None else readable_entries(entries, readable)
        since = readable.since
    zone = next((one.zone for one in described.teams if one.parent is None), "UTC")
    asked = {} if list(formats) == [Format.YAML] else results
    stand = await standings.gather(tx, workspace, list(asked.values()), now=now, today=local_date(now, zone))
    return Export(
        company=described,
        names=await descriptions.names(tx, workspace),
        standings={key: readable_standing(one, since.get(key)) for key, one in zip(asked, stand, strict=True)},
        now=now,
        zone=zone,
        history=entries,
        in_part=reader is not None,
    )


async def _readable(
    tx: Transaction,
    workspace: str,
    reader: Reader,
    described: Company,
    results: Mapping[str, KeyResult],
) -> Readable:
    """The same rights as in every other answer in Slack."""
    seen = await sight(tx, workspace, reader)
    teams = {one.key: one for one in seen.all_teams.values()}
    person = reader.actor.person
    own = next((one.key for one in described.people if person and one.slack == person.slack_id), None)
    may = {
        key: one
        for key, one in results.items()
        if may_read_of(seen.actor, one, seen.all_teams[one.team_id], asked=seen.asked)
    }
    goals = {
        one.key
        for one in described.objectives
        if (own and one.owner == own) or may_read(seen.actor, teams[one.team], private=one.private)
    }
    known = await past.recorded(tx, workspace, [one.id for one in may.values()])
    since = {key: moment for key, one in may.items() if (moment := unknown_until(one, known, seen))}
    return Readable(goals, may, since)


# Writing it down, which takes a while and is done beside the event loop


def _render(export: Export, format: Format) -> Taken:
    match format:
        case Format.YAML:
            return _company_file(export)
        case Format.MARKDOWN:
            return Taken(export_page.write(export).encode(), export)
    told = [] if export.history is None else [export_table.check_ins(export)]
    if format is Format.CSV:
        return Taken(export_csv.write(*(told or [export_table.key_results(export)])), export)
    from blocks import export_sheets  # the writer of spreadsheets takes long to load, and only this needs it

    tables = [export_table.objectives(export), export_table.key_results(export), *told]
    return Taken(export_sheets.write(tables), export)


def _company_file(export: Export) -> Taken:
    head = company_yaml.HEAD_IN_PART if export.in_part else company_yaml.HEAD
    text = company_yaml.write(export.company, export.names, head=head)
    told = "" if export.history is None else company_yaml.write_history(export.history)
    return Taken((text + told).encode(), export, _flaws(text, export.company))


def _flaws(text: str, described: Company) -> str:
    """Many imports, one over the other, may leave what no single file can say: two teams at the top, for example."""
    try:
        same = parse(text).company == described
    except CompanyProblems as problems:
        return str(problems)
    return "" if same else "some of it would be read as something else"
