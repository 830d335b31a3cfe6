"""Who may own something: anybody in the workspace; who is new to the company is kept from then on."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from okr.errors import Problem
from okr.goals import Person
from rituals.company_texts import slug
from rituals.messenger import Member, Messenger
from storage import people
from storage.database import Database, Transaction
from storage.people import Contact
from storage.revisions import Revising


class Owners:
    """Asks Slack about those the company does not name yet, before a transaction begins."""

    def __init__(self, database: Database, messenger: Messenger) -> None:
        self.database = database
        self.messenger = messenger

    async def unknown(self, workspace: str, accounts: Iterable[str]) -> dict[str, Member]:
        """What Slack says of who is new. Raises Problem for who cannot own anything."""
        wanted = list(dict.fromkeys(accounts))
        async with self.database.reading() as tx:
            new = [one for one in wanted if await people.by_slack(tx, workspace, one) is None]
        found: dict[str, Member] = {}
        for slack_id in new:
            member = await self.messenger.member(workspace, slack_id)
            if member is None or member.is_bot or member.deactivated:
                raise Problem("definition.no_person")
            found[slack_id] = member
        return found


async def named(
    tx: Transaction,
    workspace: str,
    members: Mapping[str, Member],
    accounts: Collection[str],
    now: datetime,
    *,
    by: Person | None,
) -> dict[str, Person]:
    """The persons with these accounts; `members` are those who were new, `by` is who names them. Whoever calls holds
    the planning lock.
    """
    found = {}
    revising = Revising(tx, workspace, now, by=by.id if by else "setup")
    for slack_id in dict.fromkeys(accounts):
        person = await people.by_slack(tx, workspace, slack_id)
        if person is None:
            member = members[slack_id]
            person = await people.add(revising, slug(member.name) or "person", newcomer(member))
        found[slack_id] = person
    await revising.finish()
    return found


def newcomer(member: Member) -> Contact:
    """A member as the company keeps them from the first day; nothing may be left open."""
    return replace(contact(member), zone=member.zone or "UTC", locale=member.locale or "en-US")


def contact(member: Member) -> Contact:
    """A member as the company keeps them; empty where Slack says nothing."""
    return Contact(
        slack_id=member.slack_id,
        name=member.name,
        zone=member.zone,
        locale=member.locale,
        slack_admin=member.is_admin,
        outsider=member.outsider,
        deactivated=member.deactivated,
    )
