"""Thousands of agents on one process: what each weighs, how soon it is asked, and a storm."""

import asyncio
import resource
import time
from collections.abc import Awaitable, Callable
from statistics import median
from typing import TypeVar

from benchmarks.engine.figures import Figure, percentile
from benchmarks.server.asker import Asker, asker_of
from benchmarks.server.crowd import Crowd
from benchmarks.server.place import Place, Side, Tell, process
from tests.patience import becomes_true

AROUND = 1_000  # files that a process has open beside its sockets
WARM = 100  # agents that come and go first: what is loaded for them is no agent's
LIMIT = 1.5
RATE = 50.0  # requests a second
TOGETHER = 100  # requests in one transaction
PATIENCE, REST = 600.0, 0.5

Value = TypeVar("Value")


async def measure(place: Place, tell: Tell, count: int, requests: int = 500) -> list[Figure]:
    """With so many agents, if the machine allows them."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    if count + AROUND > most:
        tell(f"agents: not {count}, a process may open {most} files here")
        return []
    crowd = Crowd(place.ours.url, await _key(place), count)
    async with asker_of(place) as asker:
        try:
            return await _with(place, asker, crowd, requests, tell)
        finally:
            await crowd.drop()


async def _with(
    place: Place, asker: Asker, crowd: Crowd, requests: int, tell: Tell
) -> list[Figure]:
    count = len(crowd.agents)
    beside = await _bare(count)
    tell(f"agents: {count} weigh {beside / 1024:.1f} KiB each at a bare server")
    ours = await _weight(place.ours, crowd)
    await _until(asker.known, lambda known: len(known) == count)
    tell(f"agents: {count} weigh {ours / 1024:.1f} KiB each at ours")
    return [
        Figure(
            f"{count} agents on one process: memory of each",
            f"{ours / 1024:.1f} KiB",
            f"{beside / 1024:.1f} KiB bare `websockets`",
            ours / beside,
            "≤",
            LIMIT,
        ),
        await _dispatch(asker, crowd, requests),
        *await _storm(asker, crowd, tell),
    ]


async def _key(place: Place) -> dict[str, str]:
    async with place.client(place.ours) as client:
        made = await client.post("/api/agent-keys", json={"name": "Bench"})
    return {"Authorization": f"Bearer {made.raise_for_status().json()['data']['key']}"}


async def _bare(count: int) -> float:
    with process("benchmarks.server.bare_sockets") as side:
        crowd = Crowd(side.url, {}, count)
        try:
            return await _weight(side, crowd)
        finally:
            await crowd.drop()


async def _weight(side: Side, crowd: Crowd) -> float:
    """By how many bytes the process has grown for each of the crowd, which comes now."""
    first = Crowd(side.url, {}, 0)
    first.agents = crowd.agents[:WARM]
    await first.come()
    await _at_rest(side)
    await first.drop()
    await _at_rest(side)
    before = side.rss()
    await crowd.come()
    await _at_rest(side)
    return (side.rss() - before) / len(crowd.agents)


async def _at_rest(side: Side) -> None:
    """Return once the process has hardly anything to do."""
    before, now = -1.0, side.cpu()
    while now - before > REST / 10:
        await asyncio.sleep(REST)
        before, now = now, side.cpu()


async def _dispatch(asker: Asker, crowd: Crowd, requests: int) -> Figure:
    """How soon a request is at an agent."""
    began = time.perf_counter()
    async with asyncio.TaskGroup() as asking:
        for number in range(requests):
            await asyncio.sleep(max(0.0, began + number / RATE - time.perf_counter()))
            asking.create_task(asker.ask())
    await _until(_now(crowd.asked), lambda asked: asked >= requests)
    came = {key: at for agent in crowd.agents for key, at in agent.asked.items()}
    times = [1000 * (came[key] - at) for key, at in asker.asked.items() if key in came]
    p99 = percentile(times, 99)
    return Figure(
        f"{len(crowd.agents)} agents: from a request to an agent, p99 at {RATE:.0f} a second",
        f"{p99:.1f} ms (median {median(times):.1f})",
        "–",
        p99,
    )


async def _storm(asker: Asker, crowd: Crowd, tell: Tell) -> list[Figure]:
    """All drop and come back at once; then each is asked one thing, which it holds."""
    count, before = len(crowd.agents), await asker.known()
    began = time.perf_counter()
    await crowd.drop()
    await crowd.come(count)
    await _until(asker.known, lambda known: len(known) == count and not known & before)
    back = time.perf_counter() - began
    tell(f"agents: {count} are back after {back:.1f} s")
    await crowd.begin_anew(holds=True)
    for _ in range(0, count, TOGETHER):
        await asker.ask(min(TOGETHER, count))
    await _until(_now(crowd.asked), lambda asked: asked == count)
    asked = time.perf_counter() - began - back
    lost = sum(len(agent.asked) != 1 for agent in crowd.agents)
    refused = sum(agent.refused for agent in crowd.agents)
    await crowd.begin_anew(holds=False)
    return [
        Figure(
            f"{count} agents: seconds until all that drop are back",
            f"{back:.1f} s ({refused} turned away and back)",
            "–",
            back,
        ),
        Figure(f"{count} agents: seconds until each was asked", f"{asked:.1f} s", "–", asked),
        Figure(f"{count} agents: lost in the storm", f"{lost}", "–", lost, "≤", 0),
    ]


def _now(read: Callable[[], Value]) -> Callable[[], Awaitable[Value]]:
    async def value() -> Value:
        return read()

    return value


async def _until(read: Callable[[], Awaitable[Value]], fits: Callable[[Value], bool]) -> None:
    async def reached() -> bool:
        return fits(await read())

    await becomes_true(reached, PATIENCE)
