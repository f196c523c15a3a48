"""Clients of a stream that come back again and again, each from where it was."""

import asyncio
import random
from contextlib import aclosing
from itertools import pairwise

import httpx

from benchmarks.engine.figures import Figure
from benchmarks.server.place import Place, Tell
from benchmarks.server.writer import Writer, writers
from tests.factories.live_server import events_of

CLIENTS, MOST = 8, 3  # events that a client hears before it goes
BETWEEN = 0.02


class Listener:
    """Somebody who leaves after one to three events, until the run has ended."""

    def __init__(self, place: Place, writer: Writer, chance: random.Random) -> None:
        self._url, self._chance = f"/api/activities/{writer.activity_id}/stream", chance
        self._place = place
        self.heard: list[int] = []
        self.reconnects = -1  # the first connection is none

    async def listen(self) -> None:
        """Come back until there is nothing more to hear."""
        async with self._place.client(self._place.ours) as client:
            while await self._visit(client):
                self.reconnects += 1

    async def _visit(self, client: httpx.AsyncClient) -> bool:
        """False once there is nothing more."""
        last = {"Last-Event-ID": str(self.heard[-1])} if self.heard else {}
        patience = self._chance.randint(1, MOST)
        async with client.stream("GET", self._url, headers=last) as answer:
            if answer.raise_for_status().status_code == httpx.codes.NO_CONTENT:
                return False
            async with aclosing(events_of(answer)) as events:
                async for event in events:
                    if event.id is not None:
                        self.heard.append(event.id)
                        patience -= 1
                    if not patience:
                        break
        return True


async def measure(place: Place, tell: Tell, reconnects: int = 1000) -> list[Figure]:
    """Events come until there were so many reconnects; then the run ends."""
    chance = random.Random(1)
    async with writers(place, 1) as (writer,):
        listeners = [Listener(place, writer, chance) for _ in range(CLIENTS)]
        listening = [asyncio.create_task(each.listen()) for each in listeners]
        written = 0
        while sum(each.reconnects for each in listeners) < reconnects:
            await asyncio.sleep(BETWEEN)
            await writer.keep()
            written += 1
            if written % 100 == 0:
                tell(f"reconnects: {sum(each.reconnects for each in listeners)}")
            if any(task.done() for task in listening):
                break
        await writer.end()
        await asyncio.gather(*listening)
    whole = list(range(1, written + 2))
    errors = sum(wrong(each.heard, whole) for each in listeners)
    count = sum(each.reconnects for each in listeners)
    told = f"{errors} gaps and repetitions in {CLIENTS} × {written + 1} events"
    return [
        Figure("SSE: reconnects with Last-Event-ID", f"{count}", "–", count, "≥", reconnects),
        Figure("SSE: what was missed or came twice", told, "–", errors, "≤", 0),
    ]


def wrong(heard: list[int], whole: list[int]) -> int:
    """How many events are missing, came again or out of order."""
    missing = len(set(whole) - set(heard))
    again = len(heard) - len(set(heard))
    disorder = sum(a > b for a, b in pairwise(heard))
    return missing + again + disorder
