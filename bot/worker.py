"""One worker of many: it keeps time and sends, and people never talk to it."""

import asyncio
from importlib.util import find_spec

import structlog

from bot.app import build
from bot.checks import StartProblem
from bot.settings import Engine, Settings

log = structlog.get_logger()


def check_engine(settings: Settings) -> None:
    """Raises StartProblem when the chosen engine cannot run here."""
    if settings.engine is Engine.LOCAL:
        return
    if settings.database_url.startswith("sqlite"):
        raise StartProblem(
            "OKRBOT_ENGINE=distributed needs PostgreSQL: set OKRBOT_DATABASE_URL=postgresql://user:password@host/name"
        )
    if find_spec("procrastinate") is None:
        raise StartProblem("OKRBOT_ENGINE=distributed needs one more package: install okrbot[distributed]")


async def work(settings: Settings) -> None:
    """Work until cancelled. Needs no app token: the sockets are opened by `okrbot run`."""
    if settings.engine is not Engine.DISTRIBUTED:
        raise StartProblem("okrbot worker needs OKRBOT_ENGINE=distributed; the local engine has only `okrbot run`")
    check_engine(settings)
    from scheduling.distributed import DistributedScheduler  # needs the extra "distributed"
    from scheduling.queue import QueueProblem

    async with await build(settings) as bot:
        scheduler = DistributedScheduler(
            bot.ticker,
            bot.clock,
            bot.database.connection,
            every=settings.tick_seconds,
            lease=settings.lease_seconds,
            counting=bot.metrics,
        )
        bot.scheduler = scheduler
        try:
            await scheduler.start()
        except QueueProblem as problem:
            raise StartProblem(str(problem)) from problem
        await bot.watch("worker")
        log.info("working", workspace=bot.workspace.name, tick_seconds=settings.tick_seconds)
        try:
            await asyncio.Event().wait()
        finally:
            log.info("stopping")
