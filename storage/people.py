"""Persons: who is named in the company, as Slack knows them today."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import exists, func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from okr.absence import Absence
from okr.goals import Person
from storage import absences
from storage.revisions import Revising
from storage.tables import AbsenceRow, PersonRow

FEW = 100
"""So many people are looked for by their accounts; among more, the whole company is read."""


@dataclass(frozen=True)
class Contact:
    """What Slack says of somebody. Empty strings where it says nothing."""

    slack_id: str
    name: str
    zone: str
    locale: str
    slack_admin: bool
    outsider: bool
    deactivated: bool = False


async def by_slack(tx: AsyncSession, workspace: str, slack_id: str) -> Person | None:
    found = await tx.exec(select(PersonRow).where(PersonRow.workspace_id == workspace, PersonRow.slack_id == slack_id))
    row = found.one_or_none()
    return (await _persons(tx, workspace, [row]))[row.id] if row else None


async def every(tx: AsyncSession, workspace: str) -> dict[str, Person]:
    """All persons by id."""
    found = await tx.exec(select(PersonRow).where(PersonRow.workspace_id == workspace))
    return await _persons(tx, workspace, found.all())


async def some(tx: AsyncSession, workspace: str, ids: Iterable[str]) -> dict[str, Person]:
    """These persons by id."""
    wanted = set(ids)
    if not wanted:
        return {}
    found = await tx.exec(select(PersonRow).where(PersonRow.workspace_id == workspace, col(PersonRow.id).in_(wanted)))
    return await _persons(tx, workspace, found.all())


async def admins(tx: AsyncSession, workspace: str) -> dict[str, Person]:
    """Those the company names as its admins, by id."""
    found = await tx.exec(select(PersonRow).where(PersonRow.workspace_id == workspace, col(PersonRow.admin)))
    return await _persons(tx, workspace, found.all())


async def accounts(tx: AsyncSession, workspace: str) -> dict[str, str]:
    """The Slack accounts of everybody, by their keys in the company file."""
    found = await tx.exec(select(PersonRow.key, PersonRow.slack_id).where(PersonRow.workspace_id == workspace))
    return dict(found.all())


async def stood_in_for_by(tx: AsyncSession, workspace: str, ids: Iterable[str]) -> set[str]:
    """Who has one of these persons as their deputy and has leave noted."""
    found = await tx.exec(
        select(PersonRow.id).where(
            PersonRow.workspace_id == workspace,
            col(PersonRow.deputy_id).in_(set(ids)),
            exists().where(
                col(AbsenceRow.workspace_id) == col(PersonRow.workspace_id),
                col(AbsenceRow.person_id) == col(PersonRow.id),
            ),
        )
    )
    return set(found.all())


async def is_admin(tx: AsyncSession, workspace: str, person_id: str | None, *, slack_admin: bool) -> bool:
    """Admins are those the company names; where it names none, Slack's own admins and owners."""
    named = await tx.exec(select(exists().where(col(PersonRow.workspace_id) == workspace, col(PersonRow.admin))))
    if not named.one():
        return slack_admin
    if person_id is None:
        return False
    row = await tx.get(PersonRow, (workspace, person_id))
    return bool(row and row.admin)


async def slack_marks(tx: AsyncSession, workspace: str, person_id: str) -> tuple[bool, bool]:
    """(is an admin of the Slack workspace, is a guest or stranger in it)."""
    row = await tx.get_one(PersonRow, (workspace, person_id))
    return row.slack_admin, row.outsider


async def refresh(tx: AsyncSession, workspace: str, contacts: Sequence[Contact]) -> list[tuple[Person, Person]]:
    """Keep what Slack says now; empty words change nothing. Answers (before, after) of those the company names.

    Whoever could not be written to is tried again once there is news of them.
    """
    told = {one.slack_id: one for one in contacts}
    named = [col(PersonRow.slack_id).in_(told)] if len(told) <= FEW else []
    found = await tx.exec(select(PersonRow).where(PersonRow.workspace_id == workspace, *named))
    rows = [row for row in found if row.slack_id in told]
    before = await _persons(tx, workspace, rows)
    for row in rows:
        one = told[row.slack_id]
        row.name, row.zone, row.locale = one.name or row.name, one.zone or row.zone, one.locale or row.locale
        row.deactivated, row.slack_admin, row.outsider = one.deactivated, one.slack_admin, one.outsider
        row.unreachable = ""
    await tx.flush()
    return [(before[row.id], _person(row, before[row.id].absences)) for row in rows]


async def add(revising: Revising, key: str, contact: Contact) -> Person:
    """Somebody the company did not name before. Whoever calls holds the planning lock."""
    fields = {
        "slack_id": contact.slack_id,
        "name": contact.name,
        "zone": contact.zone,
        "locale": contact.locale,
        "slack_admin": contact.slack_admin,
        "outsider": contact.outsider,
    }
    row = revising.add(PersonRow, "person", await revising.free_key(PersonRow, key), fields)
    await revising.tx.flush()
    return _person(row, ())


async def park(tx: AsyncSession, workspace: str, person_id: str, reason: str) -> bool:
    """Write to somebody no more; True for the one who notes it first."""
    result = await tx.exec(
        update(PersonRow)
        .where(
            col(PersonRow.workspace_id) == workspace, col(PersonRow.id) == person_id, col(PersonRow.unreachable) == ""
        )
        .values(unreachable=reason)
        .execution_options(synchronize_session=False)
    )
    return bool(result.rowcount == 1)


async def addresses(tx: AsyncSession, workspace: str, ids: Iterable[str]) -> dict[str, str]:
    """Where to post to these persons: their DM when it is known, else their id, which opens it."""
    found = await tx.exec(
        select(PersonRow.id, func.coalesce(col(PersonRow.dm), col(PersonRow.slack_id))).where(
            PersonRow.workspace_id == workspace, col(PersonRow.id).in_(set(ids))
        )
    )
    return dict(found.all())


async def note_home(tx: AsyncSession, workspace: str, person_id: str) -> None:
    """Remember that this person has opened the Home tab, so that it is kept fresh."""
    await tx.exec(
        update(PersonRow)
        .where(col(PersonRow.workspace_id) == workspace, col(PersonRow.id) == person_id)
        .values(has_home=True)
    )


async def has_home(tx: AsyncSession, workspace: str, person_id: str) -> bool:
    return (await tx.get_one(PersonRow, (workspace, person_id))).has_home


async def _persons(tx: AsyncSession, workspace: str, rows: Sequence[PersonRow]) -> dict[str, Person]:
    """The rows as values, each with its leave."""
    leave = await absences.of_people(tx, workspace, [row.id for row in rows])
    return {row.id: _person(row, leave.get(row.id, ())) for row in rows}


def _person(row: PersonRow, leave: tuple[Absence, ...]) -> Person:
    return Person(
        id=row.id,
        slack_id=row.slack_id,
        name=row.name,
        zone=row.zone,
        locale=row.locale,
        deactivated=row.deactivated,
        unreachable=row.unreachable,
        admin=row.admin,
        deputy_id=row.deputy_id,
        country=row.country,
        absences=leave,
    )
