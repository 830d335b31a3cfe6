"""What holds in every team of a company."""

from dataclasses import asdict

from sqlmodel.ext.asyncio.session import AsyncSession

from okr.confidence import Scale
from okr.standards import Limits, Standards
from storage.revisions import Revising
from storage.tables import WorkspaceRow

COLUMNS = {
    "objectives": "most_objectives",
    "personal_objectives": "most_personal_objectives",
    "fewest_key_results": "fewest_key_results",
    "most_key_results": "most_key_results",
}
"""The columns of the limits."""


async def of(tx: AsyncSession, workspace: str) -> Standards:
    """The usual ones where nobody has decided anything yet."""
    row = await tx.get(WorkspaceRow, workspace)
    return Standards(row.scale, limits_of(row)) if row else Standards()


async def change(
    revising: Revising,
    *,
    scale: Scale | None,
    limits: Limits | None,
    messages_a_week: int | None = None,
    coaching: bool | None = None,
) -> None:
    """From now on these hold; what is None stays as it is."""
    row = await revising.tx.get_one(WorkspaceRow, revising.workspace)
    given = {"scale": scale, "messages_a_week": messages_a_week, "coaching": coaching}
    fields: dict[str, object] = {name: value for name, value in given.items() if value is not None}
    if limits is not None:
        fields |= {COLUMNS[name]: number for name, number in asdict(limits).items()}
    before = {name: getattr(row, name) for name in fields}
    after = {name: value for name, value in fields.items() if before[name] != value}
    if after:
        for name, value in after.items():
            setattr(row, name, value)
        revising.note("company", row.id, {name: before[name] for name in after}, after)
        await revising.tx.flush()


def limits_of(row: WorkspaceRow) -> Limits:
    return Limits(**{name: getattr(row, column) for name, column in COLUMNS.items()})
