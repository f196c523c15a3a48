"""A run ends once, whoever comes second, and nothing follows its end."""

import asyncio

import pytest

from marketer_desktop.domain.brief import Brief
from marketer_desktop.events.bus import EventBus
from marketer_desktop.services.run_journal import RunJournal
from marketer_desktop.storage.database import Database
from marketer_desktop.storage.repositories.runs import RunIsOver
from marketer_desktop.storage.unit_of_work import UnitOfWork
from marketer_desktop.workflow.ledger import Entry, Ledger, Outcome
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


async def test_nothing_follows_the_end(database: Database) -> None:
    identity = await add_run(database, Brief(topic="fresh coffee"))
    journal = RunJournal(database, EventBus(), identity.activity_id)
    ledger, asked = Ledger(database, identity), Entry("editor", "editing/title", {"user": "Hello"})
    answered = asyncio.Event()

    async def endless() -> Outcome:
        answered.set()
        await asyncio.Event().wait()
        raise AssertionError

    async def cancel(work: UnitOfWork) -> None:
        await work.activities.set_status(identity.activity_id, "cancelled")

    call = asyncio.create_task(ledger.once(asked, endless))
    await answered.wait()
    assert await journal.end("cancelled", {}, cancel)
    with pytest.raises(RunIsOver):
        await journal.keep("started", "editing", 60, {})
    with pytest.raises(RunIsOver):
        await ledger.once(asked, endless)
    call.cancel()
    await asyncio.gather(call, return_exceptions=True)
    async with database.unit_of_work() as work:
        events = await work.run_events.after(identity.activity_id, 0)
        (row,) = await work.executions.of_activity(identity.activity_id)
    assert [event.kind for event in events] == ["ended"]
    assert (row.status, row.error_message) == ("failed", "The run ended before the answer came.")
