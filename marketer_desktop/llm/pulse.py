"""How long a model server may be silent, counted for all calls at it together."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Pulse:
    """When a server was last heard.

    A server that decodes for one call has others wait without a word, for as long as its slots
    are taken. Such a call is not forgotten: it is patient for as long as any other call at the
    same server gets something.
    """

    def __init__(self) -> None:
        self._heard = float("-inf")

    def beat(self) -> None:
        """Something came from the server."""
        self._heard = asyncio.get_running_loop().time()

    @asynccontextmanager
    async def patience(self, seconds: float) -> AsyncIterator[None]:
        """Raise `TimeoutError` inside once the server has been silent for `seconds`."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        timer: asyncio.TimerHandle | None = None
        async with asyncio.timeout(None) as limit:

            def look() -> None:
                nonlocal timer
                due = max(began, self._heard) + seconds
                if due <= loop.time():
                    limit.reschedule(due)
                else:
                    timer = loop.call_at(due, look)

            look()
            try:
                yield
            finally:
                if timer is not None:
                    timer.cancel()
