"""The time that a run may take: what it is at work, not what it waits or the machine sleeps."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

LOOK_SECONDS = 1.0
# Between two looks. What is longer was no work: the machine slept, or stood still.
MOST_COUNTED = 5.0


class RanTooLong(Exception):
    """The allowance is used up."""


@asynccontextmanager
async def allowance(seconds: float, waits: Callable[[], bool]) -> AsyncIterator[None]:
    """Cancel what is inside after `seconds`, and raise `RanTooLong`.

    Moments at which it `waits` for others do not count.
    """
    try:
        async with asyncio.timeout(None) as limit:
            counting = asyncio.create_task(_count(limit, seconds, waits))
            try:
                yield
            finally:
                counting.cancel()
    except TimeoutError as error:
        if limit.expired():
            raise RanTooLong from error
        raise


async def _count(limit: asyncio.Timeout, seconds: float, waits: Callable[[], bool]) -> None:
    left, before = seconds, time.monotonic()
    while left > 0:
        await asyncio.sleep(min(left, LOOK_SECONDS))
        now = time.monotonic()
        left -= 0.0 if waits() else min(now - before, MOST_COUNTED)
        before = now
    limit.reschedule(asyncio.get_running_loop().time())
