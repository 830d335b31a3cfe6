"""Importing a company file: all of it in one transaction, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rituals.company_file import parse
from rituals.company_people import resolve
from rituals.messenger import Member, Messenger
from rituals.owners import contact
from rituals.refusals import tell_leads
from rituals.rounds import replan
from storage import company, flags, key_results, people, teams
from storage.database import Database, Transaction
from storage.revisions import Changes


@dataclass(frozen=True)
class Imported:
    """What was, or with a dry run would be, written. `warnings` are for the admin to see to."""

    changes: Changes
    warnings: tuple[str, ...]


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
        contacts = {key: contact(member) for key, member in found.people.items()}
        channels = {key: channel.slack_id for key, channel in found.channels.items()}
        changes = Changes()
        try:
            async with self.database.transaction() as tx:
                await company.open_workspace(tx, workspace, name=name)
                await teams.lock_planning(tx, workspace)
                await key_results.lock(tx, workspace)
                changes = await company.write(
                    tx, workspace, file.company, contacts=contacts, channels=channels, now=now
                )
                await replan(tx, workspace, now)
                await _tell_of(tx, workspace, [one for one in found.people.values() if one.deactivated], now)
                _undo_if(dry_run)
        except _DryRunError:
            pass
        await self.database.take_stock()
        return Imported(changes, found.warnings)


async def _tell_of(tx: Transaction, workspace: str, gone: Sequence[Member], now: datetime) -> None:
    """Slack may have told of them while nobody was listening; their leads are told once, whoever finds out first."""
    for member in gone:
        if person := await people.by_slack(tx, workspace, member.slack_id):
            await tell_leads(tx, workspace, flags.OWNER_LEFT, person, now)


def _undo_if(dry_run: bool) -> None:
    if dry_run:
        raise _DryRunError
