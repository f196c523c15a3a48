"""The in-process bus: publishers never wait, each subscriber has a queue of its own."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from marketer_desktop.events.run_event import RunEvent


class EventBus:
    """Carries run events from the engine to whoever follows an activity."""

    def __init__(self) -> None:
        self._queues: dict[int, set[asyncio.Queue[RunEvent]]] = {}

    def publish(self, event: RunEvent) -> None:
        """Hand `event` to every subscriber of its activity."""
        for queue in self._queues.get(event.activity_id, ()):
            queue.put_nowait(event)

    @asynccontextmanager
    async def subscribe(self, activity_id: int) -> AsyncIterator["asyncio.Queue[RunEvent]"]:
        """Yield a queue that receives every event of `activity_id` from now on."""
        queue: asyncio.Queue[RunEvent] = asyncio.Queue()
        queues = self._queues.setdefault(activity_id, set())
        queues.add(queue)
        try:
            yield queue
        finally:
            queues.discard(queue)
            if not queues:
                self._queues.pop(activity_id, None)
