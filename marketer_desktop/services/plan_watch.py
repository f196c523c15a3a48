"""Watches how long the servers of mirrored organizations have not been heard."""

import asyncio
import time
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from datetime import UTC, datetime, timedelta

from marketer_desktop.domain.plan_grace import PAID, Standing, standing
from marketer_desktop.events.change import Change
from marketer_desktop.events.run_event import RunEvent
from marketer_desktop.observability.logs import log
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.rounds import Rounds

PAUSE = 600.0  # seconds between two looks, but for news of a server
SUBJECTS = frozenset({"accounts", "organizations", "sync"})


class PlanWatch:
    """Keeps `Parts.unconfirmed` as long as its engine lives."""

    def __init__(
        self,
        parts: Parts,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        steady: Callable[[], float] = time.monotonic,
        pause: float = PAUSE,
    ) -> None:
        self._parts, self._clock, self._steady, self._pause = parts, clock, steady, pause
        self._rounds = Rounds("plans not looked after", self.look, self._wait)
        self._stack = AsyncExitStack()
        self._told: asyncio.Queue[RunEvent | Change | None] = asyncio.Queue()
        self._since = steady()

    async def start(self) -> None:
        """Look before anything is asked for, then in the background."""
        self._told = await self._stack.enter_async_context(self._parts.bus.watch())
        await self.look()
        self._rounds.start()

    async def stop(self) -> None:
        """Count the time until now, and end."""
        await self._rounds.stop()
        await self._stack.aclose()
        try:
            await self.look()
        except Exception as problem:  # such as a database that has gone
            log.warning("plans not looked after: %s", problem)

    async def look(self) -> None:
        """Note what was seen since the last time, and whose plan has lapsed."""
        began = self._steady()
        ran, now = timedelta(seconds=began - self._since), self._clock()
        async with self._parts.database.unit_of_work() as work:
            paid = [each for each in await work.plan_contacts.all() if each.plan in PAID]
            contacts = {each.account_id: each.contact.seen(now, ran) for each in paid}
            await work.plan_contacts.keep(contacts)
            await work.commit()
        self._since = began
        self._take(
            {
                each.organization_id
                for each in paid
                if standing(each.plan, contacts[each.account_id]) is Standing.LAPSED
            }
        )

    def _take(self, lapsed: set[int]) -> None:
        unconfirmed = self._parts.unconfirmed
        if lapsed != unconfirmed:
            unconfirmed.clear()
            unconfirmed.update(lapsed)
            self._parts.bus.changed("organizations")

    async def _wait(self) -> None:
        """Until there is news of a server, or time has passed."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self._pause):
                while True:
                    told = await self._told.get()
                    if isinstance(told, Change) and told.subject in SUBJECTS:
                        return
