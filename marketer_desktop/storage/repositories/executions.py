"""The ledger of model calls: asked before a call, written around it."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.domain.eta import PastRun, work_of
from marketer_desktop.storage.repositories.noted_calls import NotedCalls
from marketer_desktop.storage.tables import ActivityRow, AgentExecutionRow

ENDED = ("completed", "needs_attention")
CUT_OFF = "The run ended before the answer came."


class Executions(NotedCalls):
    """Model calls, also as they are looked back on."""

    def __init__(self, session: AsyncSession) -> None:
        super().__init__(session)
        self._session = session

    async def cut_off(self, activity_id: int) -> None:
        """Close the calls under way of a run that ends without their answers."""
        await self._session.execute(
            update(AgentExecutionRow)
            .where(
                AgentExecutionRow.activity_id == activity_id, AgentExecutionRow.status == "running"
            )
            .values(
                status="failed",
                error_message=CUT_OFF,
                completed_at=func.current_timestamp(),
            )
            .execution_options(synchronize_session=False)
        )

    async def of_activity(self, activity_id: int) -> Sequence[AgentExecutionRow]:
        """All calls for an activity in the order in which they were first made."""
        found = await self._session.scalars(
            select(AgentExecutionRow)
            .where(AgentExecutionRow.activity_id == activity_id)
            .order_by(AgentExecutionRow.id)
        )
        return found.all()

    async def speeds(self) -> dict[tuple[str, str], float]:
        """Tokens per second that finished calls wrote on average, by provider and model."""
        row = AgentExecutionRow
        rate = func.sum(row.tokens_output) * 1000.0 / func.sum(row.duration_ms)
        found = await self._session.execute(
            select(row.llm_provider, row.llm_model, rate)
            .where(row.status == "completed", row.tokens_output > 0, row.duration_ms > 0)
            .group_by(row.llm_provider, row.llm_model)
        )
        return {(str(provider), str(model)): float(speed) for provider, model, speed in found}

    async def past_runs(self, kind: str, provider: str, model: str, limit: int) -> list[PastRun]:
        """The work of the last finished runs of a type of content by a model, newest first."""
        call, step = AgentExecutionRow, func.split_part(AgentExecutionRow.node, "/", 1)
        mine = (
            ActivityRow.type == kind,
            ActivityRow.status.in_(ENDED),
            ActivityRow.target_word_count > 0,
            call.llm_provider == provider,
            call.llm_model == model,
        )
        latest = (
            select(call.run_id)
            .join(ActivityRow)
            .where(*mine)
            .group_by(call.run_id)
            .order_by(func.max(call.id).desc())
            .limit(limit)
        )
        words = ActivityRow.target_word_count
        found = await self._session.execute(
            select(
                call.run_id, words, step, func.sum(call.tokens_input), func.sum(call.tokens_output)
            )
            .join(ActivityRow)
            .where(*mine, call.run_id.in_(latest))
            .group_by(call.run_id, words, step)
            .order_by(func.max(func.max(call.id)).over(partition_by=call.run_id).desc())
        )
        runs: dict[UUID, PastRun] = {}
        for run, asked, name, tokens_in, tokens_out in found:
            past = runs.setdefault(run, PastRun(asked, {}))
            past.work[name] = work_of(tokens_in, tokens_out)
        return list(runs.values())
