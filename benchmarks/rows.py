"""Rows by the million, in statements that both databases read."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy import text as sql

from benchmarks.server import TEAM
from storage.columns import UTCDateTime
from storage.database import Transaction

FIRST = 10_000_000
"""Numbers start here, so that ids have one length and sort as they were made."""
NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {count})"
ID = f"({FIRST} + i)"
TYPES: dict[str, Any] = {
    "monday": sa.Date(),
    "starts": sa.Date(),
    "ends": sa.Date(),
    "anchor": sa.Date(),
    "due": UTCDateTime(),
    "next": UTCDateTime(),
    "closes": UTCDateTime(),
    "answered": UTCDateTime(),
    "grace": UTCDateTime(),
    "nine": sa.Time(),
    "ten": sa.Time(),
    "three": sa.Time(),
}


async def insert(
    tx: Transaction, table: str, count: int, columns: dict[str, str], given: Mapping[str, object] | None = None
) -> None:
    """So many rows, numbered i from 0, in one statement that both databases read."""
    names = ", ".join(f'"{name}"' for name in columns)
    values = ", ".join(columns.values())
    numbers = NUMBERS.format(count=count)
    await run(tx, f"INSERT INTO {table} (workspace_id, {names}) {numbers} SELECT '{TEAM}', {values} FROM n", given)


async def run(tx: Transaction, statement: str, given: Mapping[str, object] | None = None) -> None:
    """Only what the statement names is bound, with the type its column has."""
    here = {name: value for name, value in (given or {}).items() if f":{name}" in statement.replace("::", "")}
    typed = sql(statement).bindparams(*(bindparam(name, type_=TYPES[name]) for name in here))
    await (await tx.connection()).execute(typed, here)
