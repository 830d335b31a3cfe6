"""Bare Bolt listeners, on Bolt's own Socket Mode adapter: they commit what the bot commits, and do nothing else."""

import asyncio
from datetime import timedelta
from multiprocessing.connection import Connection
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from sqlalchemy import bindparam
from sqlalchemy import text as sql

from benchmarks.days import DUE, MONDAY
from benchmarks.processes import until_told
from benchmarks.server import TEAM
from benchmarks.sides import APP_TOKEN, TOKEN
from blocks import ids
from storage.columns import UTCDateTime, new_id
from storage.database import Database

TITLES = sql(
    "SELECT k.title FROM key_results k JOIN people p ON p.workspace_id = k.workspace_id AND p.id = k.check_in_owner_id"
    " WHERE p.workspace_id = :team AND p.slack_id = :who"
)
AWAY = sql(
    "INSERT INTO absences (workspace_id, id, person_id, first, last, source, origin, settled)"
    " SELECT workspace_id, :id, id, :first, :first, 'said', '', false FROM people"
    " WHERE workspace_id = :team AND slack_id = :who"
)
ANSWER = sql(
    "INSERT INTO checkins (workspace_id, id, key_result_id, value, given, scale, level, note, win, blocker, author_id,"
    " via, at, source) SELECT workspace_id, :id, :key_result, :value, 'green', 'colours', 8, '', '', '', id, 'modal',"
    " :at, :id FROM people WHERE workspace_id = :team AND slack_id = :who"
).bindparams(bindparam("at", type_=UTCDateTime))
FRESHEN = sql(
    "UPDATE deliveries SET wanted = wanted + 1 WHERE workspace_id = :team AND date = :day AND state = 'sent'"
    " AND person_id = (SELECT id FROM people WHERE workspace_id = :team AND slack_id = :who)"
)


def serve(api_url: str, database_url: str, told: Connection) -> None:
    """Listen until told to stop."""
    asyncio.run(_serve(api_url, database_url, told))


async def _serve(api_url: str, database_url: str, told: Connection) -> None:
    database = Database(database_url)
    app = AsyncApp(token=TOKEN)
    app.client.base_url = api_url
    listen(app, database)
    handler = AsyncSocketModeHandler(app, APP_TOKEN)
    await handler.connect_async()  # type: ignore[no-untyped-call]  # Bolt's adapter has no hints
    await until_told(told)
    await handler.close_async()  # type: ignore[no-untyped-call]
    await database.close()


def listen(app: AsyncApp, database: Database) -> None:
    """A command that reads, one that writes, and a form."""

    @app.command("/okr")
    async def command(ack: Any, body: dict[str, Any], respond: Any) -> None:
        who = {"team": TEAM, "who": body["user_id"]}
        if body["text"].startswith("away"):
            first = MONDAY + timedelta(days=1)
            async with database.transaction() as tx:
                await (await tx.connection()).execute(AWAY, {**who, "id": new_id(), "first": first.isoformat()})
            await ack()
            await respond("Noted")
            return
        await ack()
        async with database.reading() as tx:
            titles = (await (await tx.connection()).execute(TITLES, who)).scalars().all()
        await respond("\n".join(titles))

    @app.view(ids.CHECK_IN_VIEW)
    async def submit(ack: Any, body: dict[str, Any], view: dict[str, Any]) -> None:
        who = {"team": TEAM, "who": body["user"]["id"]}
        async with database.transaction() as tx:
            for block_id, fields in view["state"]["values"].items():
                name, _, key_result = block_id.partition(":")
                if name == ids.VALUE:
                    value = fields[ids.VALUE]["value"]
                    given = {**who, "id": new_id(), "key_result": key_result, "value": value, "at": DUE}
                    await (await tx.connection()).execute(ANSWER, given)
            await (await tx.connection()).execute(FRESHEN, {**who, "day": MONDAY.isoformat()})
        await ack()
