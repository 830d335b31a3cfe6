"""What somebody typed into a form and closed it: kept until they open the same form again and send it."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import UnsentRow


async def keep(
    tx: AsyncSession, workspace: str, person_id: str, form: str, values: Mapping[str, Any], now: datetime
) -> None:
    """Keep the fields of a form, in the place of what was kept of it before."""
    await forget(tx, workspace, person_id, form)
    tx.add(
        UnsentRow(
            workspace_id=workspace,
            person_id=person_id,
            form=form,
            values=json.dumps(values, ensure_ascii=False),
            at=now,
        )
    )
    await tx.flush()


async def of_form(tx: AsyncSession, workspace: str, person_id: str, form: str) -> Mapping[str, Any]:
    """The fields that were kept; nothing when there are none."""
    row = await tx.get(UnsentRow, (workspace, person_id, form))
    return json.loads(row.values) if row else {}


async def forget(tx: AsyncSession, workspace: str, person_id: str, form: str) -> None:
    await tx.exec(
        delete(UnsentRow).where(
            col(UnsentRow.workspace_id) == workspace, col(UnsentRow.person_id) == person_id, col(UnsentRow.form) == form
        )
    )
