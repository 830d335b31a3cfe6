"""Writing a row that somebody else may be writing at the same moment."""

from collections.abc import Sequence
from functools import cache

from sqlalchemy import Insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession


async def insert_new(tx: AsyncSession, row: SQLModel, unique: tuple[str, ...]) -> bool:
    """Write the row unless one with these unique columns is there; False when it is, also when its writer has only
    just committed.
    """
    return await insert_all_new(tx, [row], unique)


async def insert_all_new(tx: AsyncSession, rows: Sequence[SQLModel], unique: tuple[str, ...]) -> bool:
    """The same for many rows of one table, in one go; True when all of them were new."""
    if not rows:
        return True
    statement = _insert(type(rows[0]), unique, tx.get_bind().dialect.name)
    result = await (await tx.connection()).execute(statement, [row.model_dump() for row in rows])
    return bool(result.rowcount == len(rows))


@cache
def _insert(table: type[SQLModel], unique: tuple[str, ...], dialect: str) -> Insert:
    """Made once: making one costs more than running it. Unless asked to, SQLAlchemy forgets how many rows an INSERT
    has written.
    """
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    made = insert(SQLModel.metadata.tables[str(table.__tablename__)]).on_conflict_do_nothing(index_elements=unique)
    return made.execution_options(preserve_rowcount=True)
