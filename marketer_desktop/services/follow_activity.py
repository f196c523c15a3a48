"""Follows a run: the stored events first, then the live ones, each once and in order."""

import asyncio
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

from marketer_desktop.events.run_event import RunEvent
from marketer_desktop.services.call import Emit
from marketer_desktop.services.parts import Parts

RECHECK_SECONDS = 5.0  # another process may end a run without a word on our bus

Heard = RunEvent | None  # None: some may have been missed


async def follow(parts: Parts, activity_id: int, emit: Emit, after: int = 0) -> None:
    """Emit every event with a number above `after` once, in order.

    Returns when the run has ended, or waits for somebody.
    """
    async with aclosing(batches(parts, activity_id, after, RECHECK_SECONDS)) as heard:
        async for batch in heard:
            for event in batch:
                emit(event.model_dump(mode="json"))
                if event.kind == "ended":
                    return
            if batch and batch[-1].kind == "waiting":
                return


async def batches(
    parts: Parts, activity_id: int, after: int, pulse: float
) -> AsyncGenerator[list[RunEvent], None]:
    """Yield all events with a number above `after`, in order, and the others as they come.

    First those that are stored already; a batch is empty if nothing came for `pulse` seconds.
    """
    async with parts.bus.subscribe(activity_id) as queue:
        batch = await _stored(parts, activity_id, after)
        looked = time.monotonic()
        while True:
            after = _newest(batch, after)
            yield batch
            heard = await _waited_for(queue, pulse)
            batch, missed = _in_order(heard, after)
            if missed or (not heard and time.monotonic() - looked >= RECHECK_SECONDS):
                batch += await _stored(parts, activity_id, _newest(batch, after))
            elif not heard:
                continue
            looked = time.monotonic()


async def _waited_for(queue: "asyncio.Queue[Heard]", seconds: float) -> list[Heard]:
    """All that is in the queue, as soon as there is something; nothing if that takes too long."""
    try:
        # Not `wait_for`: before Python 3.12 it loses a cancellation when an event comes with it.
        async with asyncio.timeout(seconds):
            heard = [await queue.get()]
    except TimeoutError:
        return []
    while not queue.empty():
        heard.append(queue.get_nowait())
    return heard


def _in_order(heard: Sequence[Heard], after: int) -> tuple[list[RunEvent], bool]:
    """What follows on the number `after` without a gap, and whether something was missed."""
    kept: list[RunEvent] = []
    missed = False
    for event in heard:
        if event is None or (event.seq or 0) > after + 1:
            missed = True
        elif event.seq is None:
            kept.append(event)
        elif event.seq == after + 1:
            kept.append(event)
            after = event.seq
    return kept, missed


def _newest(batch: Sequence[RunEvent], after: int) -> int:
    return max((event.seq or 0 for event in batch), default=after) or after


async def _stored(parts: Parts, activity_id: int, after: int) -> list[RunEvent]:
    # A listener may leave at any moment; cut off in mid-query, its connection would be lost.
    return await asyncio.shield(_read(parts, activity_id, after))


async def _read(parts: Parts, activity_id: int, after: int) -> list[RunEvent]:
    async with parts.database.unit_of_work() as work:
        rows = await work.run_events.after(activity_id, after)
    return [RunEvent.model_validate(row, from_attributes=True) for row in rows]
