"""The real bot in processes of its own: forked from a zygote that has imported everything, so that a start is quick.

The zygote is multiprocessing's fork server: it has no event loop and no threads, and only ever forks.
"""

import asyncio
import multiprocessing
import os
import signal
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.context import ForkServerProcess
from typing import Any

import aiohttp
from sqlalchemy import text as sql

from bot import logs
from bot.app import Bot, build
from bot.checks import StartProblem
from bot.settings import Settings
from rituals.messenger import SendError
from storage.database import FAILURES, DatabaseProblem

PAUSE = 0.05
FAILED: tuple[type[Exception], ...] = (ExceptionGroup, SendError, *FAILURES)
NOT_YET: tuple[type[Exception], ...] = (StartProblem, DatabaseProblem, aiohttp.ClientError, *FAILED)
"""What a tick, and a start, may end in when Slack or the database is not there."""
UNFINISHED = (
    "SELECT count(*) FROM deliveries WHERE state IN ('planned', 'leased', 'unknown') OR check_at IS NOT NULL"
    " OR (state = 'sent' AND wanted > shown)"
)
ZYGOTE = multiprocessing.get_context("forkserver")
ZYGOTE.set_forkserver_preload(["__main__", "faults.one_round", "faults.writing", "psycopg", "aiosqlite"])


@dataclass(frozen=True)
class Work:
    """What a worker is told: where Slack and the memory are, and which time it is for the ritual."""

    settings: dict[str, Any]
    now: datetime


class Worker:
    """One process of the bot, and what can be done to it."""

    def __init__(self, process: ForkServerProcess) -> None:
        self._process = process

    @classmethod
    def start(cls, work: Work) -> "Worker":
        """A worker that ticks until nothing is owed any more."""
        return cls.forked(run, work)

    @classmethod
    def forked(cls, job: Any, *arguments: Any) -> "Worker":
        process = ZYGOTE.Process(target=job, args=arguments, daemon=True)
        process.start()
        return cls(process)

    @property
    def alive(self) -> bool:
        return self._process.is_alive()

    @property
    def code(self) -> int | None:
        """How it ended: 0 when it was done, negative when a signal ended it."""
        return self._process.exitcode

    def kill(self) -> None:
        self._signal(signal.SIGKILL)

    def pause(self) -> None:
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._signal(signal.SIGCONT)

    async def ended(self, within: float) -> bool:
        """Wait for its end, so many seconds at most."""
        loop, end = asyncio.get_running_loop(), asyncio.Event()
        loop.add_reader(self._process.sentinel, end.set)
        try:
            await asyncio.wait_for(end.wait(), within)
        except TimeoutError:
            return False
        finally:
            loop.remove_reader(self._process.sentinel)
        self._process.join()
        return True

    def _signal(self, number: signal.Signals) -> None:
        if self.alive and self._process.pid:
            os.kill(self._process.pid, number)


def run(work: Work) -> None:
    """The whole life of a worker."""
    logs.configure("CRITICAL")
    asyncio.run(_work(work))


async def _work(work: Work) -> None:
    async with await started(work) as bot:
        while not await _at_rest(bot, work.now):
            await asyncio.sleep(PAUSE)


async def started(work: Work) -> Bot:
    """Start over and over until Slack and the database are there, as whoever supervises a real bot would."""
    while True:
        try:
            return await build(Settings(_env_file=None, **work.settings), clock=lambda: work.now)
        except NOT_YET:
            await asyncio.sleep(PAUSE)


async def _at_rest(bot: Bot, now: datetime) -> bool:
    """Tick once; a tick that fails is followed by another, as the scheduler's are."""
    try:
        await bot.ticker.tick(now)
        async with bot.database.reading() as tx:
            return not (await tx.execute(sql(UNFINISHED))).scalar_one()
    except FAILED:
        return False
