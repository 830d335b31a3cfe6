"""The clock of a bot that runs on many machines: procrastinate hands the work out, on the bot's own PostgreSQL.

The ledger stays the truth. A job holds nothing but the name of a workspace, so a queue that is lost, emptied or made
anew costs a tick and no message.
"""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any, TypeVar

import structlog
from procrastinate import App
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import Status

from scheduling.local import HUNG, STOPPED, Counting, NotCounting
from scheduling.queue import Connector, prepare
from scheduling.ticker import Ticker

T = TypeVar("T")
WORKSPACES_AT_ONCE = 5
URGENT = 10
POLL_SECONDS = 5.0
DRAIN_SECONDS = 6.0
RESTART_SECONDS = 5.0
LOOK_SECONDS, HUNG_SECONDS = 5.0, 120.0
"""How often the watchdog looks, and after how long without a move it acts."""
log = structlog.get_logger()


class DistributedScheduler:
    """One worker among any number: all of them offer each tick to the queue, which takes it once.

    A worker that has given no sign of life for as long as a `lease` lasts is taken for dead, and what it was at is
    freed. `lease` and `every` are seconds of real time.
    """

    def __init__(
        self,
        ticker: Ticker,
        clock: Callable[[], datetime],
        connection: Mapping[str, Any],
        *,
        every: float,
        lease: float,
        counting: Counting | None = None,
    ) -> None:
        self.ticker = ticker
        self.deliverer = ticker.rituals.deliverer
        self.clock = clock
        self.every = every
        self.lease = lease
        self.counting = counting or NotCounting()
        self.connector = Connector(connection)
        self.queue = App(connector=self.connector)
        self._delivering = self._describe_tasks()
        self._working: asyncio.Task[None] | None = None
        self._keeping: asyncio.Task[None] | None = None
        self._stopping = False

    async def start(self) -> None:
        """Work in the background. Raises QueueProblem when there is no queue and none can be made."""
        await prepare(self.connector)
        self.connector.answered_at = _now()
        self._keeping = asyncio.create_task(self._keep_working(), name="worker's watchdog")

    @property
    def beat_age(self) -> float:
        """How many seconds ago the queue last answered. Meant for a scheduler that was started."""
        return _now() - self.connector.answered_at

    async def stop(self) -> None:
        """Take nothing new, and let what is under way finish; the other workers take up what is left."""
        self._stopping = True
        self.ticker.stop_soon()
        try:
            for task in (self._working, self._keeping):
                if task:
                    task.cancel()
                    await asyncio.wait({task})
            await self.ticker.kept()
        finally:
            await self.queue.close_async()

    def _describe_tasks(self) -> Any:
        """Locks keep one tick, and one delivery in a workspace, from running beside another of its kind; queueing
        locks keep them from heaping up. Nothing is tried again: the next tick finds what is still owed.
        """
        often = self.queue.periodic(cron=as_cron(self.every))
        often(self.queue.task(name="tick", lock="tick", queueing_lock="tick", priority=URGENT)(self._tick))
        often(self.queue.task(name="sweep", queueing_lock="sweep", priority=URGENT)(self._sweep))
        return self.queue.task(name="deliver")(self._deliver)

    async def _tick(self, timestamp: int) -> None:
        """What has come due is written down, and each workspace that owes something gets a job."""
        began, failed = _now(), True
        try:
            now = self.clock()
            await self._moving(self.ticker.look(now))
            await self._moving(self.ticker.plan(now))
            for workspace in await self.deliverer.owing(now):
                await self._hand_out(workspace)
            await self._moving(self.ticker.read(now))
            self.ticker.keep(now)
            failed = False
        finally:
            self.counting.ticked(_now() - began, failed=failed)

    async def _hand_out(self, workspace: str) -> None:
        job = self._delivering.configure(lock=workspace, queueing_lock=workspace)
        with suppress(AlreadyEnqueued):
            await job.defer_async(workspace=workspace)

    async def _deliver(self, workspace: str) -> None:
        """Deliver until this workspace owes nothing; stopped in between, it is taken up by the next job."""
        while not self._stopping and await self._moving(self.deliverer.deliver_some(self.clock(), workspace)):
            pass

    async def _sweep(self, timestamp: int) -> None:
        """The job of a worker that died would hold its lock for ever. Trying it again is the next tick's business."""
        for job in await self.queue.job_manager.get_stalled_jobs(seconds_since_heartbeat=self.lease):
            # Its worker may come back at this very moment and finish it first.
            with suppress(ConnectorException):
                await self.queue.job_manager.finish_job(job, Status.FAILED, delete_job=True)
                log.warning("job freed", task=job.task_name, job=job.id)

    async def _moving(self, step: Coroutine[Any, Any, T]) -> T:
        """Do a step, but give it up when nothing moves any more: its lock keeps all workers from that work."""
        began, doing = _now(), asyncio.create_task(step)
        try:
            while not doing.done():
                await asyncio.wait({doing}, timeout=LOOK_SECONDS)
                if _now() - max(began, self.ticker.moved_at, self.counting.moved_at) > HUNG_SECONDS:
                    break
        finally:
            doing.cancel()
            await asyncio.wait({doing}, timeout=DRAIN_SECONDS)
        return doing.result()

    async def _keep_working(self) -> None:
        """A worker that ends, as one does that loses its database, or that hears no more of the queue, begins anew."""
        while not self._stopping:
            began = _now()
            self._working = asyncio.create_task(self._work(), name="worker")
            while not self._working.done() and _now() - max(began, self.connector.answered_at) < HUNG_SECONDS:
                await asyncio.wait({self._working}, timeout=LOOK_SECONDS)
            if not self._stopping:
                await self._clear_away(self._working)
                await asyncio.sleep(RESTART_SECONDS)

    async def _clear_away(self, worker: asyncio.Task[None]) -> None:
        why = STOPPED if worker.done() else HUNG
        worker.cancel()
        await asyncio.wait({worker}, timeout=DRAIN_SECONDS)
        error = worker.exception() if worker.done() and not worker.cancelled() else None
        log.error("worker is started anew", why=why, exc_info=error)
        self.counting.restarted(why)

    async def _work(self) -> None:
        await self.queue.run_worker_async(
            concurrency=WORKSPACES_AT_ONCE,
            fetch_job_polling_interval=min(POLL_SECONDS, self.every),
            shutdown_graceful_timeout=DRAIN_SECONDS,
            update_heartbeat_interval=self.lease / 6,
            stalled_worker_timeout=self.lease,
            delete_jobs="always",
            install_signal_handlers=False,
        )


def as_cron(every: float) -> str:
    """At least as often as every so many seconds, by the clock on the wall, so that all workers mean the same tick."""
    if every < 60:
        return f"* * * * * */{max(1, int(every))}"
    return f"*/{int(every // 60)} * * * *"


def _now() -> float:
    return asyncio.get_running_loop().time()
