"""Counts what a run has used, however it ends; what it uses after being resumed is counted then."""

from decimal import Decimal

from marketer_desktop.services.activity_report import own_run
from marketer_desktop.services.run_costs import price_calls
from marketer_desktop.storage.database import Database
from marketer_desktop.storage.tables import ActivityRow
from marketer_desktop.storage.unit_of_work import UnitOfWork

COUNTED = "counted"  # in the state of a run: what of it is among the uses already


async def count_run(work: UnitOfWork, row: ActivityRow) -> None:
    """Note the tokens and the price of the latest run of `row`, held, that are not noted yet."""
    calls, _ = own_run(row, await work.executions.of_activity(row.id), [])
    state = row.workflow_state or {}
    before = state.get(COUNTED, {"tokens": 0, "cost_usd": "0"})
    spent, price = sum(call.tokens_total for call in calls), price_calls(calls)
    if spent == before["tokens"]:
        return
    await work.activities.set_run(
        row.id, {**state, COUNTED: {"tokens": spent, "cost_usd": str(price)}}
    )
    details = {
        "activity_id": row.id,
        "model": state.get("model"),
        "tokens": spent - before["tokens"],
    }
    await work.usage.record(
        calls[0].organization_id, None, "llm_request", details, price - Decimal(before["cost_usd"])
    )


async def count_late(database: Database, activity_id: int) -> None:
    """Count the calls of a run that were answered when somebody had ended it already."""
    async with database.unit_of_work() as work:
        row = await work.activities.locked(activity_id)
        if row is not None:
            await count_run(work, row)
        await work.commit()
