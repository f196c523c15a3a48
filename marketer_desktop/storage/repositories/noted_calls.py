"""The ledger as a run keeps it: each model call is noted before and after it is made."""

from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import CursorResult, Table, bindparam, func, literal, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from marketer_desktop.storage.repositories.missing import MissingRow
from marketer_desktop.storage.repositories.runs import hold
from marketer_desktop.storage.tables import ActivityRow, AgentExecutionRow

CALL = ("run_id", "node", "attempt", "input_hash")
# Every call of a run is written down twice. Its statements are built once, and have no rows
# mapped: both would take as long as PostgreSQL does.
_CALLS: Table = AgentExecutionRow.__table__  # type: ignore[assignment]
_WHOSE = ("activity_id", "organization_id", *CALL)
_ABOUT = ("agent_name", "agent_version", "llm_provider", "llm_model", "input_data")
_KNOWN = tuple(
    _CALLS.c[name] for name in ("id", "status", "output_data", "tokens_input", "tokens_output")
)
_HELD = (
    select(ActivityRow.id)
    .where(ActivityRow.id == bindparam("activity_id"), ActivityRow.status == "generating")
    .with_for_update()
    .cte("held")
)
_NOTING = insert(_CALLS).from_select(
    [*_WHOSE, *_ABOUT, "status"],
    select(
        *(bindparam(name, type_=_CALLS.c[name].type) for name in (*_WHOSE, *_ABOUT)),
        literal("running"),
    ).select_from(_HELD),
)
_START = _NOTING.on_conflict_do_update(
    index_elements=CALL,
    set_={
        **{name: _NOTING.excluded[name] for name in (*_ABOUT, "status")},
        "started_at": func.current_timestamp(),
        "completed_at": None,
        "duration_ms": None,
        "error_message": None,
    },
    where=_CALLS.c.status != "completed",
).returning(*_KNOWN)
_END = (
    update(_CALLS)
    .where(_CALLS.c.id == bindparam("number"))
    .values(completed_at=func.current_timestamp())
)


class NotedCall(NamedTuple):
    """A call as the ledger has it; of one that is `completed` with what it gave."""

    id: int
    status: str
    output_data: dict[str, Any] | None
    tokens_input: int
    tokens_output: int


class NotedCalls:
    """Model calls by (run, node path, attempt, hash of the input); in a session, or without."""

    def __init__(self, at: AsyncSession | AsyncConnection) -> None:
        self._at = at

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
    ) -> NotedCall:
        """Note that the call is running, anew if it was cut off or failed before.

        A call that has been completed stays as it is and is returned: look at `status`. Raises
        `RunIsOver` if somebody has ended the run.
        """
        call = {"run_id": run_id, "node": node, "attempt": attempt, "input_hash": input_hash}
        noted = {
            "activity_id": activity_id,
            "organization_id": organization_id,
            "agent_name": agent_name,
            "agent_version": agent_version,
            "llm_provider": llm_provider,
            "llm_model": llm_model,
            "input_data": input_data,
            **call,
        }
        row = (await self._at.execute(_START, noted)).one_or_none()
        if row is None:
            await hold(self._at, activity_id)
            known = select(*_KNOWN).filter_by(**call)
            row = (await self._at.execute(known)).one_or_none()
        if row is None:
            raise RuntimeError("The activity of this run is being deleted just now.")
        return NotedCall(*row)

    async def finish(
        self,
        execution_id: int,
        *,
        output: dict[str, Any],
        tokens_in: int,
        tokens_out: int,
        duration_ms: int,
    ) -> None:
        """Keep the result of a call. Raises `MissingRow`."""
        await self._end(
            execution_id,
            status="completed",
            output_data=output,
            tokens_input=tokens_in,
            tokens_output=tokens_out,
            tokens_total=tokens_in + tokens_out,
            duration_ms=duration_ms,
        )

    async def fail(self, execution_id: int, message: str) -> None:
        """Keep why a call failed. Raises `MissingRow`."""
        await self._end(execution_id, status="failed", error_message=message)

    async def _end(self, execution_id: int, **values: Any) -> None:
        ended = await self._at.execute(_END, {"number": execution_id, **values})
        assert isinstance(ended, CursorResult)
        if not ended.rowcount:
            raise MissingRow("model call", execution_id)
