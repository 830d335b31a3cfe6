"""Writing a row that somebody else may be writing at the same moment."""

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession


async def insert_new(tx: AsyncSession, row: SQLModel, unique: tuple[str, ...]) -> bool:
    """Write the row unless one with these unique columns is there; False when it is, also when its writer has only
    just committed.
    """
    dialect = tx.get_bind().dialect.name
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    result = await tx.exec(insert(type(row)).values(row.model_dump()).on_conflict_do_nothing(index_elements=unique))
    return bool(result.rowcount == 1)
