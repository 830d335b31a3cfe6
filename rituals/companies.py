"""Importing a company file: all of it in one transaction, or nothing."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from okr.company import Company
from rituals import spreadsheet_goals
from rituals.company_file import parse
from rituals.company_people import resolve
from rituals.company_shares import unshared_numbers
from rituals.messenger import Member, Messenger
from rituals.owners import newcomer
from rituals.refusals import tell_leads
from rituals.rounds import replan
from rituals.spreadsheet import refused
from rituals.spreadsheet_owners import SheetOwners
from rituals.spreadsheet_rows import SheetFile
from storage import company, descriptions, flags, key_results, people, teams
from storage.database import Database, Transaction
from storage.people import Contact
from storage.revisions import Changes


@dataclass(frozen=True)
class Imported:
    """What was, or with a dry run would be, written. `warnings` are for the admin to see to."""

    changes: Changes
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class _Plan:
    """What is to be written; `contacts` and `channels` by the keys of its persons and teams."""

    company: Company
    contacts: Mapping[str, Contact]
    channels: Mapping[str, str]


class _DryRunError(Exception):
    """Rolls a dry run back."""


class Companies:
    def __init__(self, database: Database, messenger: Messenger) -> None:
        self.database = database
        self.messenger = messenger

    async def import_file(self, workspace: str, name: str, text: str, now: datetime, *, dry_run: bool) -> Imported:
        """Bring the memory to what the file says; what it leaves out stays. The same file again changes nothing.

        `name` is the workspace's in Slack. Raises CompanyProblems, with everything that is wrong at once.
        """
        async with self.database.reading() as tx:
            running = {team.key: team.rhythm for team in (await teams.every(tx, workspace)).values()}
            known = await people.accounts(tx, workspace)
        file = parse(text, now=now, running=running)
        members, rooms = await self.messenger.members(workspace), await self.messenger.channels(workspace)
        found = resolve(file, members, rooms, known)
        contacts = {key: newcomer(member) for key, member in found.people.items()}
        channels = {key: channel.slack_id for key, channel in found.channels.items()}
        gone = [one for one in found.people.values() if one.deactivated]

        async def plan(tx: Transaction) -> _Plan:
            return _Plan(file.company, contacts, channels)

        written = await self._write(workspace, plan, now, name=name, gone=gone, dry_run=dry_run)
        return replace(written, warnings=(*found.warnings, *written.warnings))

    async def import_sheet(
        self, workspace: str, name: str, file: SheetFile, now: datetime, *, dry_run: bool
    ) -> Imported:
        """Bring objectives and key results to what the rows say; what these leave out stays.

        Raises CompanyProblems, with everything that is wrong at once.
        """
        members = await self.messenger.members(workspace)

        async def plan(tx: Transaction) -> _Plan:
            if not await company.is_described(tx, workspace):
                expected = "a company whose teams and cycles are there (import its file, or begin with /okr setup)"
                raise refused(expected, "none")
            described = await descriptions.company(tx, workspace)
            owners = SheetOwners(described, await descriptions.names(tx, workspace), members)
            return _Plan(spreadsheet_goals.plan(file, described, owners), owners.contacts, {})

        return await self._write(workspace, plan, now, name=name, dry_run=dry_run)

    async def _write(
        self,
        workspace: str,
        plan: Callable[[Transaction], Awaitable[_Plan]],
        now: datetime,
        *,
        name: str,
        gone: Sequence[Member] = (),
        dry_run: bool,
    ) -> Imported:
        """Plan and write while nobody else plans, so that nothing is brought back to what it was before."""
        written = Imported(Changes(), ())
        try:
            async with self.database.transaction() as tx:
                await company.open_workspace(tx, workspace, name=name)
                await teams.lock_planning(tx, workspace)
                await key_results.lock(tx, workspace)
                wanted = await plan(tx)
                changes = await company.write(
                    tx, workspace, wanted.company, contacts=wanted.contacts, channels=wanted.channels, now=now
                )
                written = Imported(changes, tuple(unshared_numbers(await descriptions.company(tx, workspace))))
                await replan(tx, workspace, now)
                await _tell_of(tx, workspace, gone, now)
                _undo_if(dry_run)
        except _DryRunError:
            pass
        await self.database.take_stock()
        return written


async def _tell_of(tx: Transaction, workspace: str, gone: Sequence[Member], now: datetime) -> None:
    """Slack may have told of them while nobody was listening; their leads are told once, whoever finds out first."""
    for member in gone:
        if person := await people.by_slack(tx, workspace, member.slack_id):
            await tell_leads(tx, workspace, flags.OWNER_LEFT, person, now)


def _undo_if(dry_run: bool) -> None:
    if dry_run:
        raise _DryRunError
