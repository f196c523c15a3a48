"""A run ends once, whoever comes second."""

import asyncio

from marketer_desktop.domain.brief import Brief
from marketer_desktop.events.bus import EventBus
from marketer_desktop.services.run_journal import RunJournal
from marketer_desktop.storage.database import Database
from marketer_desktop.storage.unit_of_work import UnitOfWork
from tests.factories.runs import add_run


async def test_the_first_ending_stands(database: Database) -> None:
    identity = await add_run(database, Brief(topic="fresh coffee"))
    journal = RunJournal(database, EventBus(), identity.activity_id)

    async def cancel(work: UnitOfWork) -> None:
        await work.activities.set_status(identity.activity_id, "cancelled")

    async def fail(work: UnitOfWork) -> None:
        await work.activities.set_status(identity.activity_id, "failed", "too late")

    ended = await asyncio.gather(
        journal.end("cancelled", {}, cancel), journal.end("failed", {"message": "too late"}, fail)
    )

    assert sorted(ended) == [False, True]
    async with database.unit_of_work() as work:
        row = await work.activities.get(identity.activity_id)
        events = await work.run_events.after(identity.activity_id, 0)
    assert row is not None and row.status == ("cancelled" if ended[0] else "failed")
    assert [event.step for event in events] == [row.status]
