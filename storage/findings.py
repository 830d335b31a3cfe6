"""What the nightly look has said, to whom and when."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, or_, update
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from okr.deliveries import FINDINGS, DeliveryState, Kind
from okr.findings import Family, Finding
from storage.inserts import insert_new
from storage.tables import DeliveryRow, FindingRow, PersonRow

Name = tuple[Family, str]
"""The family and what it is about: by this a finding is remembered."""
NEVER_SAID = (DeliveryState.SKIPPED, DeliveryState.FAILED)


@dataclass(frozen=True)
class Said:
    """When something was last said, or is to be: to whom, and how bad it was. The lead hears of it once."""

    name: Name
    person_id: str
    day: date
    level: int
    lead_id: str | None = None
    lead_day: date | None = None


async def about(tx: AsyncSession, workspace: str, ids: Collection[str]) -> dict[Name, Said]:
    """What was said of these objectives and key results."""
    return await _some(tx, workspace, col(FindingRow.about_id).in_(ids))


async def of_message(tx: AsyncSession, workspace: str, person_id: str, day: date) -> dict[Name, Said]:
    """What an owner's message of a day is about; what only their notice as a lead tells is left out."""
    own = or_(col(FindingRow.lead_id).is_(None), col(FindingRow.lead_id) != person_id)
    return await _some(tx, workspace, col(FindingRow.person_id) == person_id, col(FindingRow.date) == day, own)


async def of_notice(tx: AsyncSession, workspace: str, lead_id: str, day: date) -> dict[Name, Said]:
    """What a lead's notice of a day tells them."""
    return await _some(tx, workspace, col(FindingRow.lead_id) == lead_id, col(FindingRow.lead_date) == day)


async def say(tx: AsyncSession, workspace: str, finding: Finding, person_id: str, day: date) -> None:
    """Remember that it is said on a day. With that it begins anew: the lead hears of it when this one stays silent."""
    family, about_id = finding.name
    made = FindingRow(
        workspace_id=workspace,
        family=family,
        about_id=about_id,
        person_id=person_id,
        date=day,
        level=finding.level,
    )
    if await insert_new(tx, made, ("workspace_id", "family", "about_id")):
        return
    row = await tx.get_one(FindingRow, (workspace, family, about_id), populate_existing=True)
    if (row.person_id, row.date) != (person_id, day):
        row.lead_id = row.lead_date = None
    row.person_id, row.date, row.level = person_id, day, finding.level
    await tx.flush()


async def tell(tx: AsyncSession, workspace: str, name: Name, lead_id: str, day: date) -> None:
    """Remember that a lead is told, once."""
    row = await tx.get_one(FindingRow, (workspace, *name), populate_existing=True)
    row.lead_id, row.lead_date = lead_id, day
    await tx.flush()


async def forget_lead(tx: AsyncSession, workspace: str, one: Said) -> None:
    """Remember that a lead was not told after all, unless another one is meanwhile."""
    family, about_id = one.name
    await tx.exec(
        update(FindingRow)
        .where(
            col(FindingRow.workspace_id) == workspace,
            col(FindingRow.family) == family,
            col(FindingRow.about_id) == about_id,
            col(FindingRow.lead_id) == one.lead_id,
            col(FindingRow.lead_date) == one.lead_day,
        )
        .values(lead_id=None, lead_date=None)
    )


async def last_message(tx: AsyncSession, workspace: str, person_id: str) -> date | None:
    """The day of the newest message with findings that went to a person, or is to."""
    found = await tx.exec(
        select(func.max(DeliveryRow.date)).where(
            DeliveryRow.workspace_id == workspace,
            DeliveryRow.person_id == person_id,
            DeliveryRow.kind == Kind.NOTICE,
            DeliveryRow.part == FINDINGS,
            col(DeliveryRow.state).not_in(NEVER_SAID),
        )
    )
    return found.one()


async def sent_at(tx: AsyncSession, workspace: str, keys: Collection[str]) -> dict[str, datetime | None]:
    """When these messages went out, by their natural names, None for those still to go; without those skipped."""
    found = await tx.exec(
        select(DeliveryRow.key, DeliveryRow.sent_at).where(
            DeliveryRow.workspace_id == workspace,
            col(DeliveryRow.key).in_(keys),
            col(DeliveryRow.state).not_in(NEVER_SAID),
        )
    )
    return dict(found.all())


async def wants_fewer(tx: AsyncSession, workspace: str, person_id: str) -> bool:
    return (await tx.get_one(PersonRow, (workspace, person_id))).fewer


async def want(tx: AsyncSession, workspace: str, person_id: str, *, fewer: bool) -> None:
    """Note how often somebody wants to hear of what is found."""
    await tx.exec(
        update(PersonRow)
        .where(col(PersonRow.workspace_id) == workspace, col(PersonRow.id) == person_id)
        .values(fewer=fewer)
    )


async def _some(tx: AsyncSession, workspace: str, *which: ColumnElement[bool]) -> dict[Name, Said]:
    found = await tx.exec(select(FindingRow).where(FindingRow.workspace_id == workspace, *which))
    return {
        (row.family, row.about_id): Said(
            (row.family, row.about_id), row.person_id, row.date, row.level, row.lead_id, row.lead_date
        )
        for row in found
    }
