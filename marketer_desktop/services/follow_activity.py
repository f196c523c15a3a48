"""Follows a run: the stored events first, then the live ones, until it ends or waits."""

import asyncio

from marketer_desktop.events.run_event import RunEvent
from marketer_desktop.services.call import Emit
from marketer_desktop.services.parts import Parts

RECHECK_SECONDS = 5.0  # another process may end a run without a word on our bus


async def follow(parts: Parts, activity_id: int, emit: Emit, after: int = 0) -> None:
    """Emit every event with a number above `after` once, in order.

    Returns when the run has ended, or waits for somebody.
    """
    async with parts.bus.subscribe(activity_id) as queue:
        while True:
            stored = await _stored(parts, activity_id, after)
            for event in stored:
                after = event.seq or after
                emit(event.model_dump(mode="json"))
                if event.kind == "ended":
                    return
            if stored and stored[-1].kind == "waiting":
                return
            live = await _next(queue)
            while live is not None and live.seq is None:
                emit(live.model_dump(mode="json"))
                live = await _next(queue)


async def _next(queue: "asyncio.Queue[RunEvent]") -> RunEvent | None:
    try:
        # Not `wait_for`: before Python 3.12 it loses a cancellation when an event comes with it.
        async with asyncio.timeout(RECHECK_SECONDS):
            return await queue.get()
    except TimeoutError:
        return None


async def _stored(parts: Parts, activity_id: int, after: int) -> list[RunEvent]:
    async with parts.database.unit_of_work() as work:
        rows = await work.run_events.after(activity_id, after)
    return [RunEvent.model_validate(row, from_attributes=True) for row in rows]
