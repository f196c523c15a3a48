"""Writes down what happens in a run, and tells the bus once it is durable."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any, Literal

from marketer_desktop.domain.brief import Brief
from marketer_desktop.events.bus import EventBus
from marketer_desktop.events.run_event import PROGRESS, STEPS, Kind, RunEvent, Step
from marketer_desktop.observability.logs import log
from marketer_desktop.observability.metrics import count, observe
from marketer_desktop.services.run_usage import count_run
from marketer_desktop.storage.database import Database
from marketer_desktop.storage.repositories.runs import RunIsOver
from marketer_desktop.storage.tables import ActivityRow
from marketer_desktop.storage.unit_of_work import UnitOfWork

Ending = Literal["complete", "failed", "cancelled"]
Also = Callable[[UnitOfWork], Awaitable[object]]


class RunJournal:
    """The events of one activity."""

    def __init__(self, database: Database, bus: EventBus, activity_id: int) -> None:
        self._database, self._bus = database, bus
        self.activity_id = activity_id

    def tell(self, kind: Kind, step: str, progress: int, data: dict[str, Any]) -> None:
        """Publish an event that is not worth keeping."""
        self._bus.publish(self._event(kind, step, progress, data))

    def tell_why(self, why: str) -> None:
        """Publish why the run cannot begin yet; it stands where its text will be."""
        log.info("%s", why)
        data = {"node": STEPS[0], "delta": "", "restart": why, "vain": ""}
        self.tell("draft", STEPS[0], 0, data)

    async def keep(
        self,
        kind: Kind,
        step: str,
        progress: int,
        data: dict[str, Any],
        also: Also | None = None,
    ) -> None:
        """Store an event, with what `also` does in the same transaction; then publish it.

        Raises `RunIsOver`, and does nothing, if somebody has ended the run.
        """
        event = self._event(kind, step, progress, data)
        async with self._database.unit_of_work() as work:
            await work.runs.hold(self.activity_id)
            if also is not None:
                await also(work)
            event.seq = await work.run_events.append(
                self.activity_id, kind, step, progress, data, event.at
            )
            await work.commit()
        self._bus.publish(event)

    async def end(self, ending: Ending, data: dict[str, Any], also: Also) -> bool:
        """End the run, with what `also` does in the same transaction; a run ends once.

        What it has used is counted in that transaction, too. False, and nothing is done, if
        somebody else has ended it already.
        """

        row: ActivityRow | None = None

        async def close(work: UnitOfWork) -> None:
            nonlocal row
            await also(work)
            await work.executions.cut_off(self.activity_id)
            row = await work.activities.get(self.activity_id)
            if row is not None:
                await count_run(work, row)

        ended = await self._unless_over("ended", ending, PROGRESS["complete"], data, close)
        if ended and row is not None:
            _measured(row, data.get("status", ending))
            log.info("the run has ended: %s", ending, extra={"activity_id": row.id})
        return ended

    async def wait(self, step: Step, progress: int, data: dict[str, Any], also: Also) -> bool:
        """Note that the run waits for somebody; False, and nothing is done, if it has ended."""
        return await self._unless_over("waiting", step, progress, data, also)

    async def _unless_over(
        self, kind: Kind, step: str, progress: int, data: dict[str, Any], also: Also
    ) -> bool:
        try:
            await self.keep(kind, step, progress, data, also)
        except RunIsOver:
            return False
        self._bus.changed("activities", "notifications")
        return True

    def _event(self, kind: Kind, step: str, progress: int, data: dict[str, Any]) -> RunEvent:
        return RunEvent(
            activity_id=self.activity_id, kind=kind, step=step, progress=progress, data=data
        )


def _measured(row: ActivityRow, status: str) -> None:
    count("workflow_executions_total", content_type=row.type, status=status)
    begun = row.workflow_started_at
    if begun is not None:
        seconds = (datetime.now(UTC) - begun).total_seconds()
        observe("workflow_duration_seconds", max(0.0, seconds), content_type=row.type)


def read_brief(stored: dict[str, Any] | None) -> Brief:
    """The brief of an activity as it was asked for."""
    return Brief.model_validate(stored or {})
