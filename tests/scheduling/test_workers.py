"""Many workers on one PostgreSQL: each person is asked once, whoever of them dies."""

import asyncio
import socket
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from signal import SIGKILL

import aiohttp
import psycopg
import pytest

from bot.app import Bot
from scheduling.distributed import DistributedScheduler
from scheduling.queue import prepare
from tests.scheduling.crowd import Crowd, until

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(120)]
MIGRATE = """
import sys
from sqlalchemy import make_url
from storage.database import migrate

print("ready", flush=True)
sys.stdin.readline()
migrate(make_url(sys.argv[1]))
"""


async def test_two_workers_ask_sixty_people_who_are_due_at_once_each_of_them_once(crowd: Crowd) -> None:
    async with crowd.runs("worker") as one, crowd.runs("worker") as other:
        await until(lambda: crowd.posted == 60)
    assert crowd.asked == {1: 60}
    assert [ended.code for ended in one + other] == [0, 0]
    assert "Traceback" not in one[0].err + other[0].err
    assert crowd.playground.refusals == []


async def test_when_a_worker_is_killed_another_asks_the_rest_and_nobody_twice(
    crowd: Crowd, queue: psycopg.Connection
) -> None:
    crowd.playground.faults.slow_down("chat.postMessage", 0.2, times=40)
    async with crowd.runs("worker", end=SIGKILL) as killed:
        await until(lambda: crowd.posted >= 10)
    assert killed[0].code == -SIGKILL
    left = 60 - crowd.posted
    assert left > 0
    assert jobs(queue, "task_name = 'deliver' AND status = 'doing'") == 1

    async with working(crowd):
        await until(lambda: crowd.posted == 60)
        await until(lambda: not jobs(queue, "task_name = 'deliver'"))
    assert crowd.asked == {1: 60}


async def test_a_worker_that_is_told_to_stop_leaves_the_rest_to_another_at_once(
    crowd: Crowd, queue: psycopg.Connection
) -> None:
    crowd.settings |= {"lease_seconds": 600, "quarantine_seconds": 600}
    crowd.playground.faults.slow_down("chat.postMessage", 0.2, times=60)
    async with crowd.runs("worker") as told:
        await until(lambda: crowd.posted >= 5)
    assert told[0].code == 0
    assert "Traceback" not in told[0].err
    assert crowd.posted < 60
    assert jobs(queue, "status = 'doing'") == 0

    async with working(crowd):
        await until(lambda: crowd.posted == 60)
    assert crowd.asked == {1: 60}


async def test_a_worker_whose_connections_are_cut_goes_on(
    few: Crowd, queue: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scheduling.distributed.RESTART_SECONDS", 0.2)
    async with working(few):
        await until(lambda: few.posted == 3)
        cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = %s"
        queue.execute(cut, [queue.info.dbname])
        queue.execute("UPDATE public.deliveries SET wanted = wanted + 1")
        await until(lambda: few.called("chat.update") == 3)
    assert few.asked == {1: 3}


async def test_two_workers_hand_out_each_tick_once_and_keep_no_finished_job(
    few: Crowd, queue: psycopg.Connection
) -> None:
    async with await few.builds() as one, await few.builds() as other:
        first, second = scheduler(one), scheduler(other)
        await first.start()
        queue.execute("CREATE TABLE handed_out (task text, at text)")
        queue.execute(
            "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO handed_out"
            " VALUES (NEW.task_name, NEW.args->>'timestamp'); RETURN NEW; END $$"
        )
        queue.execute("CREATE TRIGGER note AFTER INSERT ON procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION note()")
        await second.start()

        def ticks() -> list[str]:
            return [at for (at,) in queue.execute("SELECT at FROM handed_out WHERE task = 'tick'").fetchall()]

        await until(lambda: len(ticks()) >= 3)
        await first.stop()
        await second.stop()
    assert set(Counter(ticks()).values()) == {1}
    assert few.asked == {1: 3}
    assert jobs(queue, "status <> 'todo'") == 0


async def test_the_job_of_a_worker_that_is_gone_holds_nothing_up(few: Crowd, queue: psycopg.Connection) -> None:
    async with await few.builds() as bot:
        living = scheduler(bot)
        await prepare(living.connector)
        queue.execute(
            "WITH gone AS (INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour')"
            " RETURNING id) INSERT INTO procrastinate_jobs (queue_name, task_name, lock, status, worker_id)"
            " SELECT 'default', 'deliver', %s, 'doing', id FROM gone",
            [bot.workspace.id],
        )
        await living.start()
        await until(lambda: few.posted == 3)
        await living.stop()
    assert few.asked == {1: 3}
    assert jobs(queue, "task_name = 'deliver'") == 0


async def test_the_queue_of_another_version_is_made_anew_and_the_memory_is_left_alone(
    few: Crowd, queue: psycopg.Connection
) -> None:
    tables = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1"
    before = queue.execute(tables).fetchall()
    async with await few.builds() as bot:
        queue.execute("CREATE SCHEMA okrbot_jobs")
        queue.execute("CREATE TABLE procrastinate_jobs (id text)")
        worker = scheduler(bot)
        await prepare(worker.connector)
        assert jobs(queue, "status = 'todo'") == 0
        await worker.queue.configure_task("deliver").defer_async(workspace=bot.workspace.id)
        await prepare(worker.connector)
        await worker.stop()
    assert jobs(queue, "status = 'todo'") == 1
    assert queue.execute(tables).fetchall() == before


async def test_run_answers_people_and_leaves_the_sending_to_the_workers(few: Crowd) -> None:
    few.settings["health_port"] = _free_port()
    async with few.runs("run") as ended:
        await until(lambda: few.playground.connected(few.slack_app))
        await few.people[0].types("/okr status")
        await until(few.people[0].sees_ephemerals)
        assert "Calls by p0" in few.people[0].sees_ephemerals()[-1].shown
        parts = await _health(few.settings["health_port"])
        assert "sockets" in parts
        assert "scheduler" not in parts
        assert few.posted == 0

        async with working(few):
            await until(lambda: few.posted == 3)
    assert ended[0].code == 0
    assert few.asked == {1: 3}


async def test_processes_that_start_together_on_an_empty_database_make_its_tables_once(postgres: str) -> None:
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    starting = [await _started(sys.executable, "-c", MIGRATE, postgres) for _ in range(3)]
    await asyncio.gather(*(process.communicate(b"go\n") for process in starting))
    assert [process.returncode for process in starting] == [0, 0, 0]


@asynccontextmanager
async def working(crowd: Crowd) -> AsyncIterator[None]:
    """A worker in this process, which starts sooner than one of its own."""
    async with await crowd.builds() as bot:
        bot.scheduler = scheduler(bot)
        await bot.scheduler.start()
        yield


def scheduler(bot: Bot) -> DistributedScheduler:
    return DistributedScheduler(
        bot.ticker,
        bot.clock,
        bot.database.connection,
        every=bot.settings.tick_seconds,
        lease=bot.settings.lease_seconds,
    )


def jobs(queue: psycopg.Connection, which: str) -> int:
    """How many jobs of some kind the queue holds."""
    row = queue.execute(f"SELECT count(*) FROM procrastinate_jobs WHERE {which}").fetchone()  # type: ignore[arg-type]
    assert row
    return int(row[0])


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


async def _health(port: int) -> set[str]:
    """The parts that a process speaks of, as soon as its page is there."""
    async with asyncio.timeout(45), aiohttp.ClientSession() as session:
        while True:
            with suppress(aiohttp.ClientConnectorError):
                async with session.get(f"http://127.0.0.1:{port}/healthz") as page:
                    return set((await page.json())["parts"])
            await asyncio.sleep(0.05)


async def _started(*command: str) -> asyncio.subprocess.Process:
    """A process that has said that it is ready, and waits for a word."""
    process = await asyncio.create_subprocess_exec(
        *command, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout
    await process.stdout.readline()
    return process
