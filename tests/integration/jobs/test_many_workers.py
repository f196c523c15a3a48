"""Several workers on one queue: who is dead is found, and who ends hands back what it had."""

import asyncio
from collections.abc import AsyncIterator, Callable

import psycopg
import pytest

from marketer_desktop.jobs.queue import DEFAULT, Load, Queue
from marketer_desktop.storage.addresses import connection_parameters
from marketer_desktop.storage.connection import Connection
from marketer_desktop.storage.database import Database
from tests.patience import becomes_true, grows_to

SCHEMA = "search_path=procrastinate"
NEVER = 3600.0  # a worker that may be silent so long beats too seldom to disturb a test


class Jobs:
    """What the workers do: each job waits until it may end."""

    def __init__(self) -> None:
        self.begun: list[int] = []
        self.ended: list[int] = []
        self.may_end = asyncio.Event()

    async def __call__(self, activity_id: int) -> None:
        self.begun.append(activity_id)
        await self.may_end.wait()
        self.ended.append(activity_id)


@pytest.fixture
def jobs() -> Jobs:
    return Jobs()


@pytest.fixture
async def make(migrated_url: str, jobs: Jobs) -> AsyncIterator[Callable[..., Queue]]:
    """Makes queues that hand back; they are stopped at the end."""
    made: list[Queue] = []

    def queue(concurrency: int = 1) -> Queue:
        parameters = connection_parameters(migrated_url, SCHEMA)
        made.append(Queue(parameters, Connection, concurrency, hands_back=True, dead_seconds=NEVER))
        made[-1].bind(jobs)
        return made[-1]

    yield queue
    for each in made:
        await each.stop()


async def defer(queue: Queue, database: Database, activity_id: int) -> int:
    async with database.unit_of_work() as work:
        connection = await work.driver_connection()
        await connection.execute("SET LOCAL search_path TO procrastinate, public")
        job = await queue.defer(connection, activity_id)
        await work.commit()
    return job


def change(url: str, statement: str) -> None:
    with psycopg.connect(**connection_parameters(url, SCHEMA)) as connection:
        connection.execute(statement.encode())


async def test_who_ends_hands_back_what_it_had(
    make: Callable[[], Queue], database: Database, jobs: Jobs
) -> None:
    ends, goes_on = make(), make()
    await ends.start()
    job = await defer(ends, database, 5)
    await grows_to(jobs.begun, 1)
    assert (await ends.counts())[DEFAULT] == Load(0, 1)
    await ends.stop()
    jobs.may_end.set()
    await goes_on.open()
    assert await goes_on.waiting() == [job]
    goes_on.go_on()
    await grows_to(jobs.ended, 1)
    assert (jobs.begun, jobs.ended) == ([5, 5], [5])


async def test_what_somebody_cancelled_is_not_handed_back(
    make: Callable[[], Queue], database: Database, jobs: Jobs
) -> None:
    queue = make()
    await queue.start()
    job = await defer(queue, database, 5)
    await grows_to(jobs.begun, 1)
    await queue.cancel(job)

    async def closed() -> bool:
        return not await queue.unfinished()

    await becomes_true(closed)


async def test_the_silent_are_found_and_their_jobs_taken_back(
    make: Callable[[], Queue], database: Database, jobs: Jobs, migrated_url: str
) -> None:
    silent, other = make(), make()
    await silent.start()
    job = await defer(silent, database, 6)
    await grows_to(jobs.begun, 1)
    await other.open()
    assert await other.stalled() == []
    long_ago = "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '2 hours'"
    await asyncio.to_thread(change, migrated_url, long_ago)
    assert await other.stalled() == [(job, 6)]
    assert await other.unfinished() == {job}
    await other.take_back(job)
    assert await other.stalled() == []
    jobs.may_end.set()
    await grows_to(jobs.ended, 1)


async def test_without_places_of_its_own_a_process_leaves_the_work_to_others(
    make: Callable[[int], Queue], database: Database, jobs: Jobs
) -> None:
    serves, works = make(0), make(1)
    await serves.start()
    assert not serves.is_paused
    assert await serves.works()
    await defer(serves, database, 7)
    jobs.may_end.set()
    assert (await serves.counts())[DEFAULT] == Load(1, 0)
    await works.start()
    await grows_to(jobs.ended, 1)
