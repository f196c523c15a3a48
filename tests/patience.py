"""Waiting for what other tasks and processes are about to do."""

import asyncio
import time
from collections.abc import Awaitable, Callable

POLL = 0.01


async def becomes_true(condition: Callable[[], Awaitable[bool]], seconds: float = 30.0) -> None:
    """Return as soon as `condition` holds; fail if it does not within `seconds`."""
    deadline = time.monotonic() + seconds
    while not await condition():
        assert time.monotonic() < deadline, f"This did not happen within {seconds:g} seconds."
        await asyncio.sleep(POLL)


async def grows_to(things: list[int], count: int, seconds: float = 30.0) -> None:
    """Return as soon as there are `count` things; fail if there are fewer after `seconds`."""

    async def long_enough() -> bool:
        return len(things) >= count

    await becomes_true(long_enough, seconds)
