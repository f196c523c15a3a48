"""The queue: jobs belong to the transaction that defers them, and can be stopped."""

import asyncio
from collections.abc import AsyncIterator, Callable

import psycopg
import pytest

from marketer_desktop.jobs.queue import CONCURRENCY, Queue
from marketer_desktop.storage.addresses import connection_parameters
from marketer_desktop.storage.connection import Connection
from marketer_desktop.storage.database import Database
from tests.patience import becomes_true, grows_to

PROMPT = 3.0  # seconds in which something that needs no polling has happened


class Runs:
    """What jobs do in these tests: note their number, and stay if they are told to."""

    def __init__(self) -> None:
        self.begun: list[int] = []
        self.ended: list[int] = []
        self.cancelled: list[int] = []
        self.go_on = asyncio.Event()
        self.go_on.set()

    async def __call__(self, activity_id: int) -> None:
        self.begun.append(activity_id)
        if activity_id < 0:
            raise RuntimeError("This job was made to fail.")
        try:
            await self.go_on.wait()
        except asyncio.CancelledError:
            self.cancelled.append(activity_id)
            raise
        self.ended.append(activity_id)


@pytest.fixture
def runs() -> Runs:
    return Runs()


@pytest.fixture
async def make_queue(migrated_url: str, runs: Runs) -> AsyncIterator[Callable[..., Queue]]:
    """Makes queues that are not started yet, and stops them at the end."""
    made: list[Queue] = []

    def _make(concurrency: int = CONCURRENCY) -> Queue:
        parameters = connection_parameters(migrated_url, "search_path=procrastinate")
        made.append(Queue(parameters, Connection, concurrency))
        made[-1].bind(runs)
        return made[-1]

    yield _make
    for queue in made:
        await queue.stop()


@pytest.fixture
async def queue(make_queue: Callable[[], Queue]) -> Queue:
    queue = make_queue()
    await queue.start()
    return queue


async def deferred(queue: Queue, database: Database, activity_id: int) -> int:
    async with database.unit_of_work() as work:
        job = await queue.defer(await work.driver_connection(), activity_id)
        await work.commit()
    return job


def states(url: str) -> list[tuple[str]]:
    with psycopg.connect(url) as connection:
        return connection.execute(
            "SELECT status::text FROM procrastinate.procrastinate_jobs ORDER BY id"
        ).fetchall()


async def test_a_job_of_a_transaction_that_is_undone_never_was(
    queue: Queue, database: Database, runs: Runs, migrated_url: str
) -> None:
    async with database.unit_of_work() as work:
        await work.audit.record(None, None, "first")
        await queue.defer(await work.driver_connection(), 1)
        assert len(await work.documents.list(1)) == 0  # our own tables are still found
        await work.rollback()
    await deferred(queue, database, 2)
    await grows_to(runs.ended, 1)
    assert runs.begun == [2]
    async with database.unit_of_work() as work:
        assert await work.activities.list(1) == []
    await asyncio.sleep(0.1)
    assert await asyncio.to_thread(states, migrated_url) == []


async def test_a_job_does_not_run_before_its_transaction_ends(
    queue: Queue, database: Database, runs: Runs
) -> None:
    async with database.unit_of_work() as work:
        await queue.defer(await work.driver_connection(), 3)
        await asyncio.sleep(0.2)
        assert runs.begun == []
        await work.commit()
    await grows_to(runs.ended, 1)


async def test_a_running_job_is_aborted_at_once(
    queue: Queue, database: Database, runs: Runs
) -> None:
    runs.go_on.clear()
    job = await deferred(queue, database, 4)
    await grows_to(runs.begun, 1)
    assert await queue.cancel(job)
    for _ in range(3):  # the worker of this process needs no word from the database
        await asyncio.sleep(0)
    assert runs.cancelled == [4]
    assert runs.ended == []
    assert not await queue.cancel(job)


async def test_a_job_of_another_process_is_aborted(
    make_queue: Callable[[], Queue], database: Database, runs: Runs, migrated_url: str
) -> None:
    runs.go_on.clear()
    working, other = make_queue(), make_queue()
    await working.start()
    job = await deferred(working, database, 4)
    await grows_to(runs.begun, 1)
    await other.start()
    assert await other.cancel(job)
    await grows_to(runs.cancelled, 1, PROMPT)


async def test_a_queue_runs_as_many_jobs_at_once_as_it_is_told(
    make_queue: Callable[[int], Queue], database: Database, runs: Runs
) -> None:
    runs.go_on.clear()
    queue = make_queue(CONCURRENCY + 3)
    await queue.start()
    for number in range(CONCURRENCY + 4):
        await deferred(queue, database, number)
    await grows_to(runs.begun, CONCURRENCY + 3)
    await asyncio.sleep(0.1)
    assert len(runs.begun) == CONCURRENCY + 3


async def test_a_waiting_job_is_cancelled_and_never_begins(
    queue: Queue, database: Database, runs: Runs
) -> None:
    runs.go_on.clear()
    for number in range(CONCURRENCY):
        await deferred(queue, database, number)
    await grows_to(runs.begun, CONCURRENCY)
    job = await deferred(queue, database, 99)
    assert await queue.pending() == 1
    assert await queue.cancel(job)
    assert await queue.pending() == 0
    runs.go_on.set()
    await grows_to(runs.ended, CONCURRENCY)
    last = await deferred(queue, database, 5)
    await grows_to(runs.ended, CONCURRENCY + 1)
    assert 99 not in runs.begun

    async def over() -> bool:
        return not await queue.cancel(last)

    await becomes_true(over)  # the books on it are closed a moment after its end


async def test_a_job_that_fails_does_not_stop_the_next(
    queue: Queue, database: Database, runs: Runs
) -> None:
    await deferred(queue, database, -1)
    await deferred(queue, database, 6)
    await grows_to(runs.ended, 1)
    assert sorted(runs.begun) == [-1, 6]


async def test_stopping_ends_what_runs_and_the_next_start_takes_what_waits(
    make_queue: Callable[[], Queue], database: Database, runs: Runs
) -> None:
    first = make_queue()
    await first.start()
    runs.go_on.clear()
    await deferred(first, database, 7)
    await grows_to(runs.begun, 1)
    await asyncio.wait_for(first.stop(), PROMPT)
    assert runs.cancelled == [7]
    runs.go_on.set()
    second = make_queue()
    await deferred(second, database, 8)
    await second.start()
    await grows_to(runs.ended, 1)
    assert runs.begun == [7, 8]


async def test_the_job_of_a_dead_process_is_closed(
    make_queue: Callable[[], Queue], database: Database, runs: Runs, migrated_url: str
) -> None:
    queue = make_queue()
    job = await deferred(queue, database, 9)
    with psycopg.connect(**connection_parameters(migrated_url, "search_path=procrastinate")) as c:
        c.execute("UPDATE procrastinate_jobs SET status = 'doing'")
    await queue.start()
    await queue.abandon(job)
    await queue.abandon(job)
    await queue.abandon(job + 1)
    assert await asyncio.to_thread(states, migrated_url) == [("aborted",)]
    await queue.stop()
    assert runs.begun == []


def test_the_queue_names_its_library() -> None:
    assert Queue({}, Connection).version.startswith("procrastinate 3.")
