"""What a lead is told, once."""

from datetime import date, datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import FlagRow

OWNER_LEFT = "owner left"
UNREACHABLE = "owner unreachable"


async def raise_once(
    tx: AsyncSession,
    workspace: str,
    kind: str,
    key_result_id: str,
    about_id: str,
    *,
    person_id: str,
    day: date,
    now: datetime,
) -> bool:
    """Remember to tell a lead, `person_id`, on `day`; False when it was raised of that person before, to whomever."""
    if await tx.get(FlagRow, (workspace, kind, key_result_id, about_id)):
        return False
    tx.add(
        FlagRow(
            workspace_id=workspace,
            kind=kind,
            key_result_id=key_result_id,
            about_id=about_id,
            person_id=person_id,
            date=day,
            at=now,
        )
    )
    await tx.flush()
    return True


async def for_person(tx: AsyncSession, workspace: str, person_id: str, day: date) -> list[str]:
    """The key results a lead is told of on a day, each once, in the order it came up."""
    found = await tx.exec(
        select(FlagRow.key_result_id)
        .where(FlagRow.workspace_id == workspace, FlagRow.person_id == person_id, FlagRow.date == day)
        .order_by(col(FlagRow.at), col(FlagRow.key_result_id))
    )
    return list(dict.fromkeys(found.all()))
