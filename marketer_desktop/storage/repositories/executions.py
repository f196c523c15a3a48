"""The ledger of model calls: asked before a call, written around it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.domain.eta import PastRun, work_of
from marketer_desktop.storage.repositories.changes import change_row
from marketer_desktop.storage.tables import ActivityRow, AgentExecutionRow

ENDED = ("completed", "needs_attention")
CUT_OFF = "The run ended before the answer came."
CALL = ("run_id", "node", "attempt", "input_hash")


class Executions:
    """Model calls by (run, node path, attempt, hash of the input)."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def start(
        self,
        *,
        activity_id: int,
        organization_id: int,
        run_id: UUID,
        node: str,
        attempt: int,
        input_hash: str,
        agent_name: str,
        agent_version: str | None = None,
        llm_provider: str | None = None,
        llm_model: str | None = None,
        input_data: dict[str, Any] | None = None,
    ) -> AgentExecutionRow:
        """Note that the call is running, anew if it was cut off or failed before.

        A call that has been completed stays as it is and is returned: look at `status`.
        """
        noted = {
            "agent_name": agent_name,
            "agent_version": agent_version,
            "llm_provider": llm_provider,
            "llm_model": llm_model,
            "input_data": input_data,
            "status": "running",
        }
        insertion = insert(AgentExecutionRow).values(
            activity_id=activity_id,
            organization_id=organization_id,
            run_id=run_id,
            node=node,
            attempt=attempt,
            input_hash=input_hash,
            **noted,
        )
        again = {
            "started_at": func.current_timestamp(),
            "completed_at": None,
            "duration_ms": None,
            "error_message": None,
        }
        row = await self._session.scalar(
            insertion.on_conflict_do_update(
                index_elements=CALL,
                set_={**noted, **again},
                where=AgentExecutionRow.status != "completed",
            ).returning(AgentExecutionRow),
            execution_options={"populate_existing": True},
        )
        row = row or await self._call(run_id, node, attempt, input_hash)
        if row is None:
            raise RuntimeError("The activity of this run is being deleted just now.")
        return row

    async def finish(
        self,
        execution_id: int,
        *,
        output: dict[str, Any],
        tokens_in: int,
        tokens_out: int,
        duration_ms: int,
    ) -> AgentExecutionRow:
        """Keep the result of a call. Raises `MissingRow`."""
        return await self._end(
            execution_id,
            status="completed",
            output_data=output,
            tokens_input=tokens_in,
            tokens_output=tokens_out,
            tokens_total=tokens_in + tokens_out,
            duration_ms=duration_ms,
        )

    async def fail(self, execution_id: int, message: str) -> AgentExecutionRow:
        """Keep why a call failed. Raises `MissingRow`."""
        return await self._end(execution_id, status="failed", error_message=message)

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

    async def _call(
        self, run_id: UUID, node: str, attempt: int, input_hash: str
    ) -> AgentExecutionRow | None:
        found: AgentExecutionRow | None = await self._session.scalar(
            select(AgentExecutionRow).filter_by(
                run_id=run_id, node=node, attempt=attempt, input_hash=input_hash
            )
        )
        return found

    async def _end(self, execution_id: int, **values: Any) -> AgentExecutionRow:
        values["completed_at"] = func.current_timestamp()
        return await change_row(
            self._session, AgentExecutionRow, "model call", execution_id, values
        )
