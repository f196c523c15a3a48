"""Of several processes on one database some die: the runs they had go on elsewhere, each once."""

import asyncio
from collections.abc import Sequence

import psycopg

from marketer_desktop.bootstrap.run_keeper import RunKeeper
from marketer_desktop.services.activities import report_of
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.recover_runs import take_over
from marketer_desktop.services.start_activity import start_activity
from marketer_desktop.storage.addresses import connection_parameters
from marketer_desktop.storage.lease import KEEPER, LEASES
from tests.factories.engines import Ear
from tests.guards import Problems
from tests.integration.services.test_recover_runs import BRIEF, fetched_by_the_dead
from tests.patience import becomes_true


async def begun_by_the_dead(parts: Parts, ear: Ear) -> int:
    """An activity whose job a worker has that is no more."""
    await parts.queue.pause()
    started = await start_activity(BRIEF, parts, ear)
    await asyncio.to_thread(fetched_by_the_dead, parts.database_url)
    return started.activity_id


async def ends_well(parts: Parts, activity_id: int) -> None:
    parts.queue.go_on()

    async def ended() -> bool:
        return (await report_of(parts, activity_id)).status not in {"generating", "interrupted"}

    await becomes_true(ended)
    told = await report_of(parts, activity_id)
    assert told.status in {"completed", "needs_attention"}, told.error


def jobs(url: str) -> Sequence[tuple[int, str]]:
    with psycopg.connect(**connection_parameters(url, "search_path=procrastinate")) as connection:
        return connection.execute(
            "SELECT id, status::text FROM procrastinate_jobs ORDER BY id"
        ).fetchall()


def warned(problems: Problems) -> list[str]:
    told = [record.getMessage() for record in problems.records]
    problems.records.clear()
    return told


async def test_the_run_of_a_dead_worker_goes_on_with_its_job(
    parts: Parts, ear: Ear, log_problems: Problems
) -> None:
    activity_id = await begun_by_the_dead(parts, ear)
    ((job, _),) = await asyncio.to_thread(jobs, parts.database_url)
    assert await take_over(parts) == [activity_id]
    assert await take_over(parts) == []
    assert await asyncio.to_thread(jobs, parts.database_url) == [(job, "todo")]
    await ends_well(parts, activity_id)
    assert await take_over(parts) == []
    assert warned(log_problems) == ["a run was cut off and goes on"]


async def test_a_silent_worker_that_holds_its_run_is_alive(parts: Parts, ear: Ear) -> None:
    activity_id = await begun_by_the_dead(parts, ear)
    before = await asyncio.to_thread(jobs, parts.database_url)
    async with await psycopg.AsyncConnection.connect(parts.database_url) as connection:
        await connection.execute("SELECT pg_advisory_lock(%s, %s)", (LEASES, activity_id))
        assert await take_over(parts) == []
    assert await asyncio.to_thread(jobs, parts.database_url) == before


async def test_one_process_looks_at_a_time(parts: Parts, ear: Ear) -> None:
    await begun_by_the_dead(parts, ear)
    async with await psycopg.AsyncConnection.connect(parts.database_url) as connection:
        await connection.execute("SELECT pg_advisory_lock(%s)", (KEEPER,))
        assert await take_over(parts) == []


async def test_a_run_without_a_job_gets_another(
    parts: Parts, ear: Ear, log_problems: Problems
) -> None:
    activity_id = await begun_by_the_dead(parts, ear)
    async with parts.database.unit_of_work() as work:  # it had begun, and its job was closed
        row = await work.activities.get(activity_id)
        assert row is not None and row.workflow_state is not None
        job = row.workflow_state["job"]
        await work.activities.set_run(row.id, {**row.workflow_state, "begun": job})
        await work.commit()
    await parts.queue.abandon(job)
    assert await take_over(parts) == [activity_id]
    assert await take_over(parts) == []
    await ends_well(parts, activity_id)
    assert warned(log_problems) == ["a run was cut off and goes on"]


async def test_the_job_of_a_run_that_is_over_is_closed(parts: Parts, ear: Ear) -> None:
    activity_id = await begun_by_the_dead(parts, ear)
    async with parts.database.unit_of_work() as work:
        await work.activities.set_status(activity_id, "cancelled")
        await work.commit()
    ((job, _),) = await asyncio.to_thread(jobs, parts.database_url)
    assert await take_over(parts) == []
    assert await asyncio.to_thread(jobs, parts.database_url) == [(job, "aborted")]


async def test_a_worker_that_broke_down_is_started_again(parts: Parts) -> None:
    worker = parts.queue._working
    assert worker is not None and await parts.queue.works()
    while not worker.done():  # one that waits for a connection may not notice
        worker.cancel()
        await asyncio.sleep(0.01)
    assert not await parts.queue.works()
    keeper = RunKeeper(parts, pause=0.01)
    await keeper.start()
    await becomes_true(parts.queue.works)
    await keeper.stop()
