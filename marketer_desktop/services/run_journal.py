"""Writes down what happens in a run, and tells the bus once it is durable."""

from collections.abc import Awaitable, Callable
from typing import Any, Literal

from marketer_desktop.domain.brief import Brief
from marketer_desktop.events.bus import EventBus
from marketer_desktop.events.run_event import PROGRESS, Kind, RunEvent, Step
from marketer_desktop.storage.database import Database
from marketer_desktop.storage.unit_of_work import UnitOfWork

RUNNING = "generating"
Ending = Literal["complete", "failed", "cancelled"]
Also = Callable[[UnitOfWork], Awaitable[object]]


class _Over(Exception):
    """The run has an ending already."""


class RunJournal:
    """The events of one activity."""

    def __init__(self, database: Database, bus: EventBus, activity_id: int) -> None:
        self._database, self._bus = database, bus
        self.activity_id = activity_id

    def tell(self, kind: Kind, step: str, progress: int, data: dict[str, Any]) -> None:
        """Publish an event that is not worth keeping."""
        self._bus.publish(self._event(kind, step, progress, data))

    async def keep(
        self,
        kind: Kind,
        step: str,
        progress: int,
        data: dict[str, Any],
        also: Also | None = None,
    ) -> None:
        """Store an event, with what `also` does in the same transaction; then publish it."""
        event = self._event(kind, step, progress, data)
        async with self._database.unit_of_work() as work:
            if also is not None:
                await also(work)
            event.seq = await work.run_events.append(
                self.activity_id, kind, step, progress, data, event.at
            )
            await work.commit()
        self._bus.publish(event)

    async def end(self, ending: Ending, data: dict[str, Any], also: Also) -> bool:
        """End the run, with what `also` does in the same transaction; a run ends once.

        False, and nothing is done, if somebody else has ended it already.
        """
        return await self._unless_over("ended", ending, PROGRESS["complete"], data, also)

    async def wait(self, step: Step, progress: int, data: dict[str, Any], also: Also) -> bool:
        """Note that the run waits for somebody; False, and nothing is done, if it has ended."""
        return await self._unless_over("waiting", step, progress, data, also)

    async def _unless_over(
        self, kind: Kind, step: str, progress: int, data: dict[str, Any], also: Also
    ) -> bool:
        async def if_running(work: UnitOfWork) -> None:
            row = await work.activities.locked(self.activity_id)
            if row is None or row.status != RUNNING:
                raise _Over
            await also(work)

        try:
            await self.keep(kind, step, progress, data, if_running)
        except _Over:
            return False
        self._bus.changed("activities", "notifications")
        return True

    def _event(self, kind: Kind, step: str, progress: int, data: dict[str, Any]) -> RunEvent:
        return RunEvent(
            activity_id=self.activity_id, kind=kind, step=step, progress=progress, data=data
        )


def read_brief(stored: dict[str, Any] | None) -> Brief:
    """The brief of an activity as it was asked for."""
    return Brief.model_validate(stored or {})
