"""Owing prompts and their reminders: everybody's of a round at once."""

from collections.abc import Sequence

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from okr.deliveries import Kind
from okr.planning import Owed
from storage.columns import new_id
from storage.deliveries import owe_again
from storage.inserts import insert_all_new
from storage.tables import DeliveryRow


async def plan(tx: AsyncSession, workspace: str, owed: Sequence[Owed]) -> None:
    """Owe these messages, as `deliveries.plan` does one."""
    rows = {new_id(): one for one in owed}
    made = [
        DeliveryRow(
            workspace_id=workspace,
            id=id,
            key=one.key,
            kind=Kind.REMINDER if one.part else Kind.PROMPT,
            person_id=one.person_id,
            date=one.date,
            part=one.part,
            due_at=one.at,
        )
        for id, one in rows.items()
    ]
    if await insert_all_new(tx, made, ("workspace_id", "key")):
        return
    new = await tx.exec(
        select(DeliveryRow.id).where(DeliveryRow.workspace_id == workspace, col(DeliveryRow.id).in_(rows))
    )
    for id in rows.keys() - set(new.all()):
        await owe_again(tx, workspace, rows[id].key, rows[id].at)
