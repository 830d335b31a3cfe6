"""procrastinate's queue, in a schema of its own of the bot's PostgreSQL, where migrations never look."""

import asyncio
import hashlib
from collections.abc import Mapping
from typing import Any, LiteralString

import psycopg
from procrastinate import PsycopgConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.schema import SchemaManager

SCHEMA = "okrbot_jobs"
MAKING_IT = 7_266_001  # the number of the lock under which the schema is made; any that nobody else uses
MOST_CONNECTIONS = 4
NOTICE_SILENCE = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 25_000}
"""A server that is gone without a word is noticed in half a minute, not in two hours."""


class QueueProblem(Exception):
    """Work cannot be handed out; the words say why."""


class Connector(PsycopgConnector):
    """Knows when the queue last answered, on the event loop's clock: a worker asks for a job every few seconds."""

    def __init__(self, connection: Mapping[str, Any]) -> None:
        options = f"{connection.get('options', '')} -c search_path={SCHEMA}".strip()
        arguments = {**NOTICE_SILENCE, **connection, "options": options}
        super().__init__(kwargs=arguments, min_size=1, max_size=MOST_CONNECTIONS)
        self.answered_at = 0.0

    async def execute_query_one_async(self, query: LiteralString, **arguments: Any) -> dict[str, Any]:
        answer: dict[str, Any] = await super().execute_query_one_async(query, **arguments)
        self.answered_at = asyncio.get_running_loop().time()
        return answer


async def prepare(connector: Connector) -> None:
    """Open the queue, and make it where it is not there. Raises QueueProblem when that cannot be.

    A queue of another version of procrastinate is made anew: nothing in it is worth keeping.
    """
    try:
        await connector.open_async()
        async with connector.pool.connection() as connection:
            await _make(connection)
    except (ConnectorException, psycopg.Error) as error:
        raise QueueProblem(f"cannot make the workers' queue: {_first_line(error)}") from error


async def _make(connection: psycopg.AsyncConnection[Any]) -> None:
    wanted = SchemaManager.get_schema()
    version = hashlib.sha256(wanted.encode()).hexdigest()[:16]
    await connection.execute("SELECT pg_advisory_xact_lock(%s)", [MAKING_IT])
    found = await connection.execute(
        "SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = %s", [SCHEMA]
    )
    if await found.fetchone() == (version,):
        return
    await connection.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
    await connection.execute(f"CREATE SCHEMA {SCHEMA}")
    await connection.execute(wanted)
    await connection.execute(f"COMMENT ON SCHEMA {SCHEMA} IS '{version}'")


def _first_line(error: BaseException) -> str:
    said = str(error.__cause__ or error).strip()
    return said.splitlines()[0] if said else type(error).__name__
