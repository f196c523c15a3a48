"""The model that writes a run: chosen when the run begins, and kept with it."""

from collections.abc import Callable

from marketer_desktop.llm.choice import parse_choice
from marketer_desktop.llm.factory import OpenModel
from marketer_desktop.services.agent_model import open_for, run_choice
from marketer_desktop.services.generate_content import chosen_model
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.queue_run import queue_again
from marketer_desktop.workflow.ledger import RunIdentity


async def model_of_run(
    parts: Parts, run: RunIdentity, named: str, tell: Callable[[str], None]
) -> str:
    """The model of a run that may name one; it stays the same when the run is taken up again.

    `tell` hears why there is none yet.
    """
    choice = str(await run_choice(parts, run.organization_id, named, tell))
    if choice != named:
        async with parts.database.unit_of_work() as work:
            row = await work.activities.get(run.activity_id)
            state = (row and row.workflow_state) or {}
            await work.activities.set_run(run.activity_id, {**state, "model": choice})
            await work.commit()
    return choice


async def open_run_model(parts: Parts, run: RunIdentity, model: str) -> OpenModel:
    """The model, ready for the calls of the run. Raises a `ModelError`."""
    return await open_for(parts, run.organization_id, parse_choice(model), run.run_id)


async def go_on_without_agents(parts: Parts, activity_id: int) -> None:
    """Have the run go on from where it stands with a model of the server or of a cloud."""
    choice = await chosen_model(parts, None)
    async with parts.database.unit_of_work() as work:
        await work.runs.hold(activity_id)
        row = await work.activities.get(activity_id)
        assert row is not None
        await queue_again(parts, work, row, {"model": str(choice)})
        await work.commit()
