"""The way from a desktop to the server's application: what goes it, and what happens on it."""

import random
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import httpx

from benchmarks.sync_faults.edits import POISON
from benchmarks.sync_faults.trap import Trap
from marketer_desktop.services.parts import Parts
from tests.factories.serving import app_of

POISONED = "a change that is never taken"
BEGINNING = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
Later = Callable[[float, Callable[[], Awaitable[None]]], None]


@dataclass
class Clock:
    """Seconds since the beginning; nobody waits for them."""

    now: float = 0.0

    def date(self, off: timedelta = timedelta()) -> datetime:
        """What a clock that is wrong by `off` shows."""
        return BEGINNING + timedelta(seconds=self.now) + off


@dataclass
class Site:
    """The server as it is reached, and what befalls it; `struck` counts the faults by name."""

    parts: Parts
    trap: Trap
    clock: Clock
    rng: random.Random
    later: Later  # after so many seconds, do this
    tell: Callable[[str], None]  # what happens
    struck: Counter[str] = field(default_factory=Counter)
    closed_until: float = 0.0  # it answers 503
    poison: int = 0  # what is answered to what nobody takes, with faults and without
    pushes: int = 0
    calm: bool = False

    def strike(self, name: str) -> None:
        """A fault happens."""
        self.struck[name] += 1
        self.tell(name)

    async def deliver(self, request: httpx.Request) -> httpx.Response:
        """What the application answers."""
        self.pushes += request.url.path.endswith("/push")
        asgi = httpx.ASGITransport(app_of(self.parts), raise_app_exceptions=False)
        again = httpx.Request(
            request.method, request.url, headers=request.headers, content=request.content
        )
        answer = await asgi.handle_async_request(again)
        await answer.aread()
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)


Fault = Callable[["Way", httpx.Request], Awaitable[httpx.Response]]


class Way(httpx.AsyncBaseTransport):
    """The transport of one desktop. Each request may meet one of `faults`."""

    def __init__(self, site: Site, trap: Trap, faults: dict[str, Fault], share: float) -> None:
        self.site, self.trap = site, trap
        self._faults, self._share = faults, share
        self._deck: list[str] = []
        self.away_until = 0.0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """As httpx wants it."""
        await request.aread()
        site = self.site
        if site.poison and POISON.encode() in request.content:
            site.strike(POISONED)
            return httpx.Response(site.poison, text="<html>This looks like an attack.</html>")
        if site.calm:
            return await site.deliver(request)
        if site.clock.now < self.away_until:
            raise httpx.ConnectError("the network is away", request=request)
        if site.clock.now < site.closed_until:
            wait = str(int(site.closed_until - site.clock.now) + 1)
            return httpx.Response(503, headers={"Retry-After": wait}, text="starting")
        if site.rng.random() >= self._share:
            return await site.deliver(request)
        name = self._drawn()
        site.strike(name)
        return await self._faults[name](self, request)

    def _drawn(self) -> str:
        """Each fault comes once before one comes again."""
        if not self._deck:
            self._deck = list(self._faults)
            self.site.rng.shuffle(self._deck)
        return self._deck.pop()
