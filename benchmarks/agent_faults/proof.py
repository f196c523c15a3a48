"""Keeps eight requests in flight, cuts the connection at random moments, and looks at what came."""

import asyncio
import random
import statistics
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Barrier, BrokenBarrierError
from typing import Any, get_args

from benchmarks.agent_faults.sides import Side
from benchmarks.agent_faults.way import Cut, FaultyWay
from tests.patience import becomes_true

AT_ONCE = 8
ASKING = 48  # at a time: who was cut off asks again in a second, as runs do, others meanwhile
WARM = 64  # requests before the first cut, for what is loaded and filled once
BETWEEN_SECONDS = 0.3  # at most, from a connection to its cut
TOGETHER = "Together"
PATIENCE = 300.0
STALLS = 0.07  # their share: each takes until both sides have missed the other
GROWTH = 1.03

Tell = Callable[[str], None]


class Script:
    """What the model answers: it names its question; those together wait for each other."""

    def __init__(self) -> None:
        self._together = Barrier(AT_ONCE, timeout=PATIENCE)

    def answer(self, body: dict[str, Any]) -> str:
        """For a request to the model server."""
        words = str(body["messages"][-1]["content"])
        if words.startswith(TOGETHER):
            try:
                self._together.wait()
            except BrokenBarrierError:
                return "The others did not come."
        return echo(words)

    def give_up(self) -> None:
        """Let nobody wait any more."""
        self._together.abort()


def echo(words: str) -> str:
    """The answer to a question."""
    return f"{words} Coffee keeps its aroma in a closed tin."


@dataclass
class Outcome:
    """What was seen; each complaint is a sentence."""

    seed: int
    cuts: Counter[Cut] = field(default_factory=Counter)
    connections: int = 0
    asked: int = 0
    answered: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    in_flight: list[int] = field(default_factory=list)  # at the desktop, at each cut
    memory: dict[str, list[int]] = field(default_factory=dict)  # bytes after each cut
    complaints: list[str] = field(default_factory=list)

    def growth(self, side: str) -> float:
        """The median of the last half beside that of the first."""
        seen = self.memory[side]
        middle = len(seen) // 2
        return statistics.median(seen[middle:]) / statistics.median(seen[:middle])


@dataclass
class Proof:
    """One way, its two sides, and the model behind it."""

    way: FaultyWay
    server: Side
    desktop: Side
    finished: Callable[[], Counter[str]]  # how often the model answered what to its end
    chance: random.Random
    outcome: Outcome
    apart_from: tuple[Cut, ...] = ()
    watches_memory: bool = True
    tell: Tell = lambda text: None
    _number: int = 0
    _enough: bool = False

    async def run(self, cuts: int, warm: int = WARM) -> Outcome:
        """Cut so often; the outcome has a complaint for all that does not hold."""
        await becomes_true(self._is_connected, PATIENCE)
        asking = [asyncio.create_task(self._ask_on()) for _ in range(ASKING)]
        try:
            await becomes_true(self._has_ended(warm), PATIENCE)
            for number in range(cuts):
                await self._cut(number, cuts)
            self._enough = True
            await self._all_end(asking)
            await self._slots()
        except AssertionError as error:
            self.outcome.complaints.append(f"{await self._stands()}: {error}")
        finally:
            for task in asking:
                task.cancel()
            await asyncio.gather(*asking, return_exceptions=True)
        await self._judge()
        self.outcome.connections = self.way.connections
        return self.outcome

    async def _ask_on(self) -> None:
        while not self._enough:
            self._number += 1
            await self._ask(f"Question {self.outcome.seed}.{self._number}?")

    async def _ask(self, words: str) -> None:
        self.outcome.asked += 1
        told = await self.server.call("ask", words=words)
        if "code" in told:
            self.outcome.failed[told["code"]] += 1
        elif told["text"] == echo(words):
            self.outcome.answered += 1
        else:
            self.outcome.complaints.append(f"“{words}” was answered by “{told['text'][:200]}”")

    def _has_ended(self, count: int) -> Callable[[], Any]:
        async def so() -> bool:
            return self.outcome.answered + self.outcome.failed.total() >= count

        return so

    async def _cut(self, number: int, cuts: int) -> None:
        await self._busy()
        await asyncio.sleep(self.chance.random() * BETWEEN_SECONDS)
        how = self._next_cut()
        self.outcome.in_flight.append((await self.desktop.call("state"))["running"])
        await self.way.cut(how)
        self.outcome.cuts[how] += 1
        if self.watches_memory:
            for name, side in (("server", self.server), ("desktop", self.desktop)):
                self.outcome.memory.setdefault(name, []).append(await side.call("rss"))
        if (number + 1) % 20 == 0:
            self.tell(f"{number + 1} of {cuts} cuts, {self.outcome.answered} answered")

    def _next_cut(self) -> Cut:
        stall: Cut = "stall"
        if stall not in self.apart_from and self.chance.random() < STALLS:
            return stall
        kinds: tuple[Cut, ...] = get_args(Cut)
        return self.chance.choice([each for each in kinds if each != stall])

    async def _stands(self) -> str:
        here, there = await self.desktop.call("state"), await self.server.call("state")
        return f"desktop {here}, server {there}"

    async def _is_connected(self) -> bool:
        return self.way.is_whole and (await self.desktop.call("state"))["state"] == "connected"

    async def _busy(self) -> None:
        """Return when it is connected again, and at as many requests as it takes."""

        async def so() -> bool:
            told = await self.desktop.call("state") if self.way.is_whole else {}
            return told.get("state") == "connected" and told["running"] >= AT_ONCE

        await becomes_true(so, PATIENCE)

    async def _all_end(self, asking: list["asyncio.Task[None]"]) -> None:
        _, late = await asyncio.wait(asking, timeout=PATIENCE)
        if late:
            self.outcome.complaints.append(f"{len(late)} requests had no end in {PATIENCE:.0f} s")

    async def _slots(self) -> None:
        """Nothing is under way anywhere, and eight requests find eight places."""
        await becomes_true(self._is_connected, PATIENCE)

        async def free() -> bool:
            here, there = await self.desktop.call("state"), await self.server.call("state")
            held = here["held"] or there["asked"] or there["open"]
            return not held and there["free"] == here["capacity"] == AT_ONCE

        try:
            await becomes_true(free, PATIENCE / 5)
        except AssertionError:
            self.outcome.complaints.append(f"not all slots are free: {await self._stands()}")
            return
        asked = [self._ask(f"{TOGETHER} {self.outcome.seed}.{n}?") for n in range(AT_ONCE)]
        await asyncio.gather(*asked)

    async def _judge(self) -> None:
        complaints, ended = self.outcome.complaints, self.outcome.answered
        if ended + self.outcome.failed.total() + len(complaints) < self.outcome.asked:
            complaints.append(f"{self.outcome.asked} were asked, {ended} answered")
        run_twice = [count for count in self.finished().values() if count > 1]
        if run_twice:
            complaints.append(f"{len(run_twice)} requests were run to their end more than once")
        written = await self.server.call("written")
        if any(count > 1 for count in written):
            complaints.append(f"{sum(c > 1 for c in written)} answers were written more than once")
        if len(written) < ended:
            complaints.append(f"{ended} were answered, of which {len(written)} were written")
        for side in self.outcome.memory:
            if self.outcome.growth(side) > GROWTH:
                complaints.append(f"the {side} grows: {self.outcome.growth(side):.3f}")


def to_stderr(text: str) -> None:
    """Progress."""
    print(text, file=sys.stderr, flush=True)
