"""Carries the events of runs between the processes on one database, so that any can stream them."""

import asyncio
import contextlib
from collections.abc import Iterable, Sequence
from contextlib import aclosing
from uuid import UUID, uuid4

from pydantic import BaseModel, ValidationError

from marketer_desktop.events.run_event import RunEvent
from marketer_desktop.observability.logs import log
from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.listening import listen
from marketer_desktop.storage.outage import DatabaseOutage

CHANNEL = "run_events"
GATHER_SECONDS = 0.05  # drafts come a token at a time, and are to be seen within 0.1
LONGEST_DELTA = 1000  # characters: what is announced has less than 8,000 bytes


class _Announced(BaseModel):
    """An event, and the process that it happened in."""

    origin: UUID
    event: RunEvent


class RunRelay:
    """Works in the background of an engine that shares its database."""

    def __init__(self, parts: Parts) -> None:
        self._parts, self._origin = parts, uuid4()
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Begin to tell and to listen."""
        self._tasks = [
            asyncio.create_task(self._tell(), name="run relay, telling"),
            asyncio.create_task(self._listen(), name="run relay, listening"),
        ]

    async def stop(self) -> None:
        """Stop at once; the stored events are in the database."""
        for task in self._tasks:
            task.cancel()
        for task in self._tasks:
            with contextlib.suppress(asyncio.CancelledError):
                await task
        self._tasks = []

    async def _tell(self) -> None:
        async with self._parts.bus.relay() as queue:
            while True:
                events = joined(await _gathered(queue))
                try:
                    await self._announce(events)
                except DatabaseOutage:  # who listens looks into the database afterwards
                    log.info("events were not announced")
                except Exception:
                    log.exception("events were not announced")

    async def _announce(self, events: Sequence[RunEvent]) -> None:
        told = [_Announced(origin=self._origin, event=event) for event in events]
        async with self._parts.database.unit_of_work() as work:
            await work.announcements.say(CHANNEL, [each.model_dump_json() for each in told])
            await work.commit()

    async def _listen(self) -> None:
        bus = self._parts.bus
        async with aclosing(listen(self._parts.database_url, CHANNEL)) as heard:
            async for said in heard:
                told = said and _understood(said.text)
                if told is None:
                    bus.look_again()
                elif told.origin != self._origin:
                    bus.deliver(told.event)


def _understood(text: str) -> _Announced | None:
    """What was said, if it was said as this version of the program says it."""
    with contextlib.suppress(ValidationError):
        return _Announced.model_validate_json(text)
    return None


async def _gathered(queue: "asyncio.Queue[RunEvent]") -> list[RunEvent]:
    """The events up to the next stored one, or of a short time."""
    events = [await queue.get()]
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(GATHER_SECONDS):
            while events[-1].seq is None:
                events.append(await queue.get())
    return events


def joined(events: Iterable[RunEvent]) -> list[RunEvent]:
    """The events with the deltas of each node of a run put together."""
    kept: list[RunEvent] = []
    growing: dict[tuple[int, str], RunEvent] = {}
    for event in events:
        place = (event.activity_id, str(event.data.get("node")))
        before = growing.get(place)
        delta = event.data.get("delta", "")
        if event.kind != "draft" or "restart" in event.data:
            growing = {key: value for key, value in growing.items() if key[0] != place[0]}
            kept.append(event)
        elif before is None or len(before.data["delta"]) + len(delta) > LONGEST_DELTA:
            growing[place] = event.model_copy(update={"data": dict(event.data)})
            kept.append(growing[place])
        else:
            before.data["delta"] += delta
    return kept
