"""What a run is expected to take, by what runs like it took."""

from marketer_desktop.domain.brief import Brief
from marketer_desktop.domain.eta import PAST_RUNS, Forecast, expected_work
from marketer_desktop.llm.choice import ModelChoice
from marketer_desktop.services.parts import Parts


async def forecast(parts: Parts, brief: Brief, choice: ModelChoice) -> Forecast:
    """The work of the steps of a run of `brief` by the model of `choice`."""
    async with parts.database.unit_of_work() as work:
        past = await work.executions.past_runs(brief.type, choice.provider, choice.name, PAST_RUNS)
    small = choice.is_small
    return Forecast(expected_work(brief.type, brief.words, small=small, past=past))
