"""Signs of life: one row for each process, which it refreshes by itself."""

from datetime import timedelta

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from okr.vitals import Vitals
from storage.tables import HeartbeatRow, WorkspaceRow

REMEMBERED = timedelta(days=1)


async def beat(tx: AsyncSession, workspace: str, vitals: Vitals) -> None:
    """Write a process's signs down, and forget those of the day before. A workspace nobody imported has none."""
    if await tx.get(WorkspaceRow, workspace) is None:
        return
    await tx.merge(
        HeartbeatRow(
            workspace_id=workspace,
            id=vitals.id,
            role=vitals.role,
            host=vitals.host,
            pid=vitals.pid,
            started_at=vitals.started_at,
            seen_at=vitals.seen_at,
            sockets=vitals.sockets,
            sockets_wanted=vitals.sockets_wanted,
            beaten_at=vitals.beaten_at,
        )
    )
    await tx.flush()
    await tx.exec(
        delete(HeartbeatRow).where(
            col(HeartbeatRow.workspace_id) == workspace, col(HeartbeatRow.seen_at) < vitals.seen_at - REMEMBERED
        )
    )


async def gone(tx: AsyncSession, workspace: str, id: str) -> None:
    """A process has ended as it should."""
    await tx.exec(delete(HeartbeatRow).where(col(HeartbeatRow.workspace_id) == workspace, col(HeartbeatRow.id) == id))


async def every(tx: AsyncSession, workspace: str) -> list[Vitals]:
    """All processes of the last day, the longest running first."""
    found = await tx.exec(
        select(HeartbeatRow).where(HeartbeatRow.workspace_id == workspace).order_by(col(HeartbeatRow.started_at))
    )
    return [
        Vitals(
            id=row.id,
            role=row.role,
            host=row.host,
            pid=row.pid,
            started_at=row.started_at,
            seen_at=row.seen_at,
            sockets=row.sockets,
            sockets_wanted=row.sockets_wanted,
            beaten_at=row.beaten_at,
        )
        for row in found
    ]
