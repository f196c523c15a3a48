"""The finished steps of runs: one readable row each."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from marketer_desktop.storage.tables import WorkflowStateRow


class Steps:
    """What stood after each finished step of a run."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def record(
        self,
        activity_id: int,
        run_id: UUID,
        step: str,
        checkpoint_id: str,
        state: dict[str, Any],
    ) -> None:
        """Keep the state after `step`; a step that ran again after a crash replaces its row."""
        insertion = insert(WorkflowStateRow).values(
            activity_id=activity_id,
            run_id=run_id,
            step=step,
            checkpoint_id=checkpoint_id,
            state_data=state,
        )
        await self._session.execute(
            insertion.on_conflict_do_update(
                index_elements=["run_id", "step"],
                set_={"checkpoint_id": checkpoint_id, "state_data": state},
            )
        )

    async def of_activity(self, activity_id: int) -> Sequence[WorkflowStateRow]:
        """The finished steps of an activity's runs in order."""
        found = await self._session.scalars(
            select(WorkflowStateRow)
            .where(WorkflowStateRow.activity_id == activity_id)
            .order_by(WorkflowStateRow.id)
        )
        return found.all()
