"""How soon Slack hears an acknowledgement, over Socket Mode: of a command that reads, one that writes, and a form.

Against bare Bolt listeners on Bolt's own Socket Mode adapter, which commit rows to a copy of the same database.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from statistics import median

from sqlalchemy import bindparam
from sqlalchemy import text as sql

from benchmarks import bare, people
from benchmarks.company import Company, key_result_id, slack_id
from benchmarks.days import DUE
from benchmarks.ground import Ground
from benchmarks.memories import Memory, memory
from benchmarks.processes import Slack, beside, slack, until_told
from benchmarks.results import Line, at_most
from benchmarks.server import TEAM, Manner
from benchmarks.sides import bot, rituals
from blocks import checkin_form
from blocks.message import View
from storage.columns import UTCDateTime
from storage.database import Database

PEOPLE = 100
REST = 0.1
"""Seconds between two acts: what follows an acknowledgement is not what is measured."""
Serve = Callable[[str, str, Connection], None]


@dataclass(frozen=True)
class Size:
    acts: int
    rounds: int


SIZES = {"full": Size(40, 5), "quick": Size(8, 2), "smallest": Size(1, 1)}


@dataclass(frozen=True)
class Waits:
    """The median of each kind of act, in milliseconds."""

    reads: float
    writes: float
    forms: float


def run(ground: Ground) -> list[Line]:
    size = SIZES[ground.scale]
    with memory(ground.database_url, ground.folder, Company(PEOPLE, due=PEOPLE), opened=True) as kept:
        forms = asyncio.run(_forms(kept.url, size.acts + 1))
        ours, theirs = [], []
        for _ in range(size.rounds):
            ours.append(_wait(kept, serve, forms))
            theirs.append(_wait(kept, bare.serve, forms))
    return [
        _line("a command that reads", [one.reads for one in ours], [one.reads for one in theirs]),
        _line("a command that writes", [one.writes for one in ours], [one.writes for one in theirs]),
        _line("a form that is sent", [one.forms for one in ours], [one.forms for one in theirs]),
    ]


def _line(what: str, ours: list[float], theirs: list[float]) -> Line:
    return Line.ratio(f"acknowledging {what}, median (a bare listener)", ours, theirs, "{:.1f} ms", at_most(3))


async def _forms(url: str, count: int) -> list[View]:
    """The forms of the first so many people, as Slack keeps them once they are open."""
    database = Database(url)
    without_slack = rituals(database)
    forms = []
    try:
        for number in range(count):
            reader = await without_slack.actors.find(TEAM, slack_id(number), DUE)
            form = await without_slack.checkins.find(TEAM, reader, DUE, key_result_id=key_result_id(number))
            forms.append({**checkin_form.render(form, reader.language), "id": f"V{number}", "hash": "1.h"})
    finally:
        await database.close()
    return forms


def _wait(kept: Memory, serve: Serve, forms: list[View]) -> Waits:
    """Each side starts anew, on a database of its own. The first acts warm it up."""
    with kept.copy() as url:
        with slack(Manner()) as server, beside(serve, server.api_url, url):
            waits = [_act(server, number, form) for number, form in enumerate(forms)][1:]
        written = asyncio.run(_count(url))
    if written != (len(forms), len(forms)):
        raise RuntimeError(f"{len(forms)} forms and absences were sent, and {written} written down")
    return Waits(
        reads=median(one.reads for one in waits),
        writes=median(one.writes for one in waits),
        forms=median(one.forms for one in waits),
    )


def _act(server: Slack, number: int, form: View) -> Waits:
    """Two people, one act after the other."""
    reads = people.command(server, number, "status")["seconds"]
    time.sleep(REST)
    writes = people.command(server, PEOPLE - 1 - number, "away tomorrow")["seconds"]
    time.sleep(REST)
    forms = people.submit(server, number, form, "55")["seconds"]
    time.sleep(REST)
    return Waits(reads * 1000, writes * 1000, forms * 1000)


async def _count(url: str) -> tuple[int, int]:
    """(answers, absences) that were written down."""
    database = Database(url)
    answers = sql("SELECT count(*) FROM checkins WHERE at >= :due").bindparams(bindparam("due", DUE, UTCDateTime))
    try:
        async with database.reading() as tx:
            absences = sql("SELECT count(*) FROM absences")
            connection = await tx.connection()
            return (await connection.execute(answers)).scalar_one(), (await connection.execute(absences)).scalar_one()
    finally:
        await database.close()


def serve(api_url: str, database_url: str, told: Connection) -> None:
    """The bot, connected, after everybody has been asked."""
    asyncio.run(_serve(api_url, database_url, told))


async def _serve(api_url: str, database_url: str, told: Connection) -> None:
    async with bot(api_url, database_url) as built:
        await built.rituals.deliverer.deliver_all(DUE)
        await built.connect()
        await until_told(told)
