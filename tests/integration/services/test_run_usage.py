"""What a run has used is counted, however it ends, and each call once."""

from functools import partial

import pytest

from marketer_desktop.domain.brief import Brief
from marketer_desktop.events.bus import EventBus
from marketer_desktop.llm.choice import ModelChoice
from marketer_desktop.llm.prices import cost
from marketer_desktop.services.overlong_run import end_overlong
from marketer_desktop.services.run_journal import Ending, RunJournal
from marketer_desktop.services.run_usage import count_late
from marketer_desktop.storage.database import Database
from marketer_desktop.storage.unit_of_work import UnitOfWork
from marketer_desktop.workflow.ledger import Entry, Ledger, Outcome, RunIdentity
from tests.factories.runs import add_run
from tests.factories.uses import uses_of

CLOUD = ModelChoice("openai", "gpt-6-luna")
ENDS: tuple[Ending, ...] = ("complete", "failed", "cancelled")


async def begun(database: Database) -> tuple[RunIdentity, RunJournal]:
    """A run of a model in a cloud."""
    identity = await add_run(database, Brief(topic="fresh coffee"))
    await go_on(database, identity)
    return identity, RunJournal(database, EventBus(), identity.activity_id)


async def go_on(database: Database, identity: RunIdentity) -> None:
    async with database.unit_of_work() as work:
        row = await work.activities.get(identity.activity_id)
        assert row is not None
        state = row.workflow_state or {"run_id": str(identity.run_id), "model": str(CLOUD)}
        await work.activities.set_run(row.id, state)
        await work.activities.set_status(row.id, "generating")
        await work.commit()


async def ask(database: Database, identity: RunIdentity, node: str) -> None:
    """A call that takes a million tokens in and 100,000 out."""

    async def answer() -> Outcome:
        return Outcome({"text": "Coffee."}, 1_000_000, 100_000)

    entry = Entry("editor", node, {"user": node}, 1, CLOUD.provider, CLOUD.name)
    await Ledger(database, identity).once(entry, answer)


async def status(work: UnitOfWork, activity_id: int, name: str) -> None:
    await work.activities.set_status(activity_id, name)


@pytest.mark.parametrize("ending", ENDS)
async def test_each_ending_counts_and_what_comes_after_is_added(
    database: Database, ending: Ending
) -> None:
    identity, journal = await begun(database)
    price = cost(CLOUD.provider, CLOUD.name, 1_000_000, 100_000)
    assert price > 0
    name = "completed" if ending == "complete" else ending
    mark = partial(status, activity_id=identity.activity_id, name=name)
    await ask(database, identity, "editing/title")
    assert await uses_of(database, identity.activity_id) == []
    await journal.end(ending, {}, mark)
    first = (str(CLOUD), 1_100_000, price)
    assert await uses_of(database, identity.activity_id) == [first]
    await go_on(database, identity)
    await ask(database, identity, "editing/title")  # answered by the ledger
    await ask(database, identity, "editing/intro")
    await journal.end("complete", {}, mark)
    assert await uses_of(database, identity.activity_id) == [first, first]


async def test_a_run_that_took_too_long_counts(database: Database) -> None:
    identity, journal = await begun(database)
    await ask(database, identity, "editing/title")
    await end_overlong(journal, str(CLOUD), 60)
    assert [tokens for _, tokens, _ in await uses_of(database, identity.activity_id)] == [1_100_000]


async def test_what_ended_before_it_asked_is_no_use(database: Database) -> None:
    identity, journal = await begun(database)
    await journal.end(
        "failed", {}, partial(status, activity_id=identity.activity_id, name="failed")
    )
    assert await uses_of(database, identity.activity_id) == []


async def test_an_answer_that_comes_after_the_end_is_counted(database: Database) -> None:
    identity, journal = await begun(database)

    async def slow() -> Outcome:
        await journal.end(
            "cancelled", {}, partial(status, activity_id=identity.activity_id, name="cancelled")
        )
        return Outcome({"text": "Coffee."}, 70, 7)

    entry = Entry("editor", "editing/title", {}, 1, CLOUD.provider, CLOUD.name)
    await Ledger(database, identity).once(entry, slow)
    for _ in range(2):
        await count_late(database, identity.activity_id)
    assert [tokens for _, tokens, _ in await uses_of(database, identity.activity_id)] == [77]
