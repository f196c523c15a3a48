"""What a dead process left behind is closed, and its runs can go on at once."""

import asyncio

import psycopg
import pytest

from marketer_desktop.domain.brief import ContentType
from marketer_desktop.services import pause_runs
from marketer_desktop.services.activities import (
    CancelActivity,
    cancel_activity,
    report_of,
    take_up,
)
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.pause_runs import GoOn, go_on
from marketer_desktop.services.recover_runs import recover_runs
from marketer_desktop.services.start_activity import StartActivity, start_activity
from marketer_desktop.storage.addresses import connection_parameters
from tests.factories.engines import Ear
from tests.guards import Problems
from tests.patience import becomes_true

BRIEF = StartActivity(
    type=ContentType.EMAIL, topic="fresh coffee", keywords=["coffee"], words=60, model="starter"
)


def fetched_by_the_dead(url: str) -> None:
    """As a worker leaves its job that dies before its run has begun."""
    with psycopg.connect(**connection_parameters(url, "search_path=procrastinate")) as connection:
        connection.execute("UPDATE procrastinate_jobs SET status = 'doing'")


async def test_a_run_that_died_before_it_began_goes_on(
    parts: Parts, ear: Ear, log_problems: Problems
) -> None:
    await parts.queue.pause()
    started = await start_activity(BRIEF, parts, ear)
    await asyncio.to_thread(fetched_by_the_dead, parts.database_url)
    assert (await report_of(parts, started.activity_id)).status == "generating"

    await recover_runs(parts)

    assert (await report_of(parts, started.activity_id)).status == "interrupted"
    assert await parts.queue.orphans() == []
    assert [r.getMessage() for r in log_problems.records] == ["a run was cut off before it began"]
    log_problems.records.clear()
    told = await go_on(GoOn(), parts, ear)
    assert told.activity_ids == [started.activity_id]

    async def ended() -> bool:
        return (await report_of(parts, started.activity_id)).status != "generating"

    await becomes_true(ended)
    assert (await report_of(parts, started.activity_id)).error is None


async def test_what_waits_for_its_turn_is_left_alone(parts: Parts, ear: Ear) -> None:
    await parts.queue.pause()
    started = await start_activity(BRIEF, parts, ear)
    waiting = await parts.queue.waiting()
    await recover_runs(parts)
    assert await parts.queue.waiting() == waiting != []
    assert (await report_of(parts, started.activity_id)).status == "generating"


async def test_a_run_that_is_cancelled_while_others_are_taken_up_stays_cancelled(
    parts: Parts, ear: Ear, log_problems: Problems, monkeypatch: pytest.MonkeyPatch
) -> None:
    await parts.queue.pause()
    started = await start_activity(BRIEF, parts, ear)
    await asyncio.to_thread(fetched_by_the_dead, parts.database_url)
    await recover_runs(parts)
    log_problems.records.clear()

    async def meanwhile(parts: Parts, activity_id: int) -> bool:
        await cancel_activity(CancelActivity(activity_id=activity_id), parts, ear)
        return await take_up(parts, activity_id)

    monkeypatch.setattr(pause_runs, "take_up", meanwhile)
    assert (await go_on(GoOn(), parts, ear)).activity_ids == []
    assert (await report_of(parts, started.activity_id)).status == "cancelled"
    assert await parts.queue.waiting() == []
