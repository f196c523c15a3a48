"""How long it takes from an event in a run to a client that follows its stream."""

import asyncio
import time
from collections.abc import Callable
from contextlib import aclosing
from statistics import median

from benchmarks.engine.figures import Figure, percentile
from benchmarks.server.place import Place, Tell
from benchmarks.server.writer import SENT, Writer, writers
from tests.factories.live_server import events_of

LIMIT_MS = 100.0
BETWEEN = 0.1  # seconds between two pieces of a draft
STORED_EVERY = 2  # of them there is an event that is stored


class Heard:
    """How many seconds after they happened the events came."""

    def __init__(self) -> None:
        self.stored: list[float] = []
        self.drafts: list[float] = []

    async def follow(self, place: Place, writer: Writer, ready: Callable[[], object]) -> None:
        """Listen to a run until its end; `ready` once that has begun."""
        url = f"/api/activities/{writer.activity_id}/stream"
        async with place.client(place.ours) as client, client.stream("GET", url) as answer:
            answer.raise_for_status()
            ready()
            async with aclosing(events_of(answer)) as events:
                async for event in events:
                    now = time.perf_counter()
                    data = (event.data or {}).get("data", {})
                    if SENT in data:
                        self.stored.append(now - data[SENT])
                    self.drafts += [now - float(each) for each in data.get("delta", "").split()]


async def measure(place: Place, tell: Tell, runs: int = 20, pieces: int = 200) -> list[Figure]:
    """Several runs at once, each with a client."""
    heard = Heard()
    async with writers(place, runs) as written, asyncio.TaskGroup() as tasks:
        ready = asyncio.Barrier(runs + 1)
        for writer in written:
            begun = asyncio.Event()
            tasks.create_task(heard.follow(place, writer, begun.set))
            tasks.create_task(_write(writer, begun, ready, pieces))
        await ready.wait()
        tell(f"stream: {runs} runs, {pieces * BETWEEN:.0f} s")
    count = runs * pieces
    if (len(heard.stored), len(heard.drafts)) != (count // STORED_EVERY, count):
        raise ValueError(f"heard {len(heard.stored)} events and {len(heard.drafts)} pieces")
    return [
        _figure(f"{runs * 5} events a second, each stored", heard.stored),
        _figure(f"{runs * 10} pieces of drafts a second", heard.drafts),
    ]


async def _write(writer: Writer, begun: asyncio.Event, ready: asyncio.Barrier, pieces: int) -> None:
    await begun.wait()
    await ready.wait()
    start = time.perf_counter()
    for number in range(pieces):
        await asyncio.sleep(max(0.0, start + number * BETWEEN - time.perf_counter()))
        writer.draft()
        if number % STORED_EVERY == 0:
            await writer.keep()
    await writer.end()


def _figure(what: str, seconds: list[float]) -> Figure:
    p99 = 1000 * percentile(seconds, 99)
    return Figure(
        f"event to SSE client, p99: {what}",
        f"{p99:.1f} ms (median {1000 * median(seconds):.1f})",
        "–",
        p99,
        "≤",
        LIMIT_MS,
    )
