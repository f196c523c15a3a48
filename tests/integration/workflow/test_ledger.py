"""The ledger: what has finished is never done again."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import pytest

from marketer_desktop import __version__
from marketer_desktop.domain.brief import Brief
from marketer_desktop.storage.database import Database
from marketer_desktop.storage.tables import AgentExecutionRow
from marketer_desktop.workflow.ledger import Entry, Ledger, Outcome
from tests.factories.runs import add_run

ENTRY = Entry("content_writer", "writing/section:1", {"user": "Explain tea"}, 1, "starter", "Smol")


class Maker:
    """Makes outcomes, fails as often as it was told to, and counts."""

    def __init__(self, failures: int = 0) -> None:
        self.made, self._failures = 0, failures

    async def __call__(self) -> Outcome:
        self.made += 1
        if self.made <= self._failures:
            raise TimeoutError("The model went silent.")
        return Outcome({"text": f"answer {self.made}"}, 7, 5)


@pytest.fixture
async def ledger(database: Database) -> Ledger:
    return Ledger(database, await add_run(database, Brief(topic="tea time")))


async def rows(database: Database, ledger: Ledger) -> Sequence[AgentExecutionRow]:
    async with database.unit_of_work() as work:
        return await work.executions.of_activity(ledger.run.activity_id)


async def test_a_finished_call_is_not_made_again(ledger: Ledger, database: Database) -> None:
    make = Maker()
    first = await ledger.once(ENTRY, make)
    again = await Ledger(database, ledger.run).once(replace(ENTRY), make)
    assert again == first == Outcome({"text": "answer 1"}, 7, 5)
    assert make.made == 1
    (row,) = await rows(database, ledger)
    assert (row.status, row.tokens_total, row.input_hash) == ("completed", 12, ENTRY.input_hash)
    assert (row.agent_name, row.agent_version, row.llm_provider, row.llm_model) == (
        "content_writer",
        __version__,
        "starter",
        "Smol",
    )
    assert row.duration_ms is not None


@pytest.mark.parametrize(
    "other",
    [
        replace(ENTRY, attempt=2),
        replace(ENTRY, node="writing/section:2"),
        replace(ENTRY, inputs={"user": "Explain milk"}),
        replace(ENTRY, model="Large"),
    ],
)
async def test_another_call_is_made(ledger: Ledger, database: Database, other: Entry) -> None:
    make = Maker()
    await ledger.once(ENTRY, make)
    assert (await ledger.once(other, make)).output == {"text": "answer 2"}
    assert len(await rows(database, ledger)) == 2


async def test_another_run_makes_its_own_calls(ledger: Ledger, database: Database) -> None:
    make = Maker()
    await ledger.once(ENTRY, make)
    other = Ledger(database, await add_run(database, Brief(topic="tea time")))
    await other.once(ENTRY, make)
    assert make.made == 2


async def test_a_failure_is_recorded_and_the_call_can_be_made_again(
    ledger: Ledger, database: Database
) -> None:
    make = Maker(failures=1)
    with pytest.raises(TimeoutError, match="silent"):
        await ledger.once(ENTRY, make)
    (row,) = await rows(database, ledger)
    assert (row.status, row.error_message) == ("failed", "The model went silent.")
    assert (await ledger.once(ENTRY, make)).output == {"text": "answer 2"}
    (row,) = await rows(database, ledger)
    assert (row.status, row.error_message) == ("completed", None)


async def test_a_call_that_was_cut_off_is_made_again(ledger: Ledger, database: Database) -> None:
    begun = asyncio.Event()

    async def endless() -> Outcome:
        begun.set()
        await asyncio.Event().wait()
        raise AssertionError

    task = asyncio.create_task(ledger.once(ENTRY, endless))
    await begun.wait()
    (row,) = await rows(database, ledger)
    assert row.status == "running"
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (await ledger.once(ENTRY, Maker())).output == {"text": "answer 1"}


def test_the_hash_does_not_depend_on_the_order_of_inputs() -> None:
    one, other = replace(ENTRY, inputs={"a": 1, "b": 2}), replace(ENTRY, inputs={"b": 2, "a": 1})
    assert one.input_hash == other.input_hash
    assert len(one.input_hash) == 64
