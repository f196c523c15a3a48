"""The in-process bus: publishers never wait, each subscriber has a queue of its own."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from marketer_desktop.events.change import Change, Subject
from marketer_desktop.events.run_event import RunEvent


class EventBus:
    """Carries run events from the engine to whoever follows an activity, and to the watchers."""

    def __init__(self) -> None:
        self._queues: dict[int, set[asyncio.Queue[RunEvent | None]]] = {}
        self._relays: set[asyncio.Queue[RunEvent]] = set()
        self._watchers: set[asyncio.Queue[RunEvent | Change | None]] = set()
        self._progress: dict[int, RunEvent] = {}

    def publish(self, event: RunEvent) -> None:
        """Hand an event of this process to every subscriber of its activity, watcher and relay."""
        self.deliver(event)
        for relay in self._relays:
            relay.put_nowait(event)

    def deliver(self, event: RunEvent) -> None:
        """Hand an event, of this process or another one, to whoever follows it here."""
        if event.kind == "progress":
            self._progress[event.activity_id] = event
        elif event.kind in ("waiting", "ended"):
            self._progress.pop(event.activity_id, None)
        for queue in self._queues.get(event.activity_id, ()):
            queue.put_nowait(event)
        for watcher in self._watchers:
            watcher.put_nowait(event)

    def look_again(self) -> None:
        """Tell every subscriber that events may have been missed: None."""
        for queues in self._queues.values():
            for queue in queues:
                queue.put_nowait(None)

    def progress(self, activity_id: int) -> RunEvent | None:
        """The last progress that a run under way has told of; None before the first."""
        return self._progress.get(activity_id)

    def changed(self, *subjects: Subject) -> None:
        """Tell the watchers that rows of `subjects` have changed."""
        for watcher in self._watchers:
            for subject in subjects:
                watcher.put_nowait(Change(subject=subject))

    def dismiss_watchers(self) -> None:
        """End every watch: the engine is about to stop."""
        for watcher in self._watchers:
            watcher.put_nowait(None)

    @asynccontextmanager
    async def watch(self) -> AsyncIterator["asyncio.Queue[RunEvent | Change | None]"]:
        """Yield a queue that receives all run events and changes from now on; None ends it."""
        queue: asyncio.Queue[RunEvent | Change | None] = asyncio.Queue()
        self._watchers.add(queue)
        try:
            yield queue
        finally:
            self._watchers.discard(queue)

    @asynccontextmanager
    async def relay(self) -> AsyncIterator["asyncio.Queue[RunEvent]"]:
        """Yield a queue that receives every event of this process from now on."""
        queue: asyncio.Queue[RunEvent] = asyncio.Queue()
        self._relays.add(queue)
        try:
            yield queue
        finally:
            self._relays.discard(queue)

    @asynccontextmanager
    async def subscribe(self, activity_id: int) -> AsyncIterator["asyncio.Queue[RunEvent | None]"]:
        """Yield a queue that receives every event of `activity_id` from now on.

        None in it says that some may have been missed: those that are stored can be read.
        """
        queue: asyncio.Queue[RunEvent | None] = asyncio.Queue()
        queues = self._queues.setdefault(activity_id, set())
        queues.add(queue)
        try:
            yield queue
        finally:
            queues.discard(queue)
            if not queues:
                self._queues.pop(activity_id, None)
