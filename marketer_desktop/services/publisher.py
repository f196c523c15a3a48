"""Who sends texts in this process: a few at a time, and woken when one may be due."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

AT_ONCE = 4  # each holds a connection of its own to the database


class Publisher:
    """The places for sending, and the bell of whoever waits for the next time."""

    def __init__(self) -> None:
        self._places = asyncio.Semaphore(AT_ONCE)
        self._news = asyncio.Event()

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """One of the places."""
        async with self._places:
            yield

    def wake(self) -> None:
        """Something may be due sooner."""
        self._news.set()

    async def wait(self, seconds: float) -> None:
        """Return after so many seconds, or when woken."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._news.wait()
        self._news.clear()
