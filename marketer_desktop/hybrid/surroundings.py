"""What befalls a connection without a word: the computer sleeps, or comes into another network."""

import asyncio
import time
from collections.abc import Coroutine
from typing import Any

from marketer_desktop.system.addresses import own_addresses

LOOK_SECONDS = 5.0
SLEPT_SECONDS = 20.0  # beyond what a busy machine is late


async def first_of(*works: Coroutine[Any, Any, None]) -> None:
    """Return, or raise, with the first of them that ends; the others are cancelled."""
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def slept() -> None:
    """Return when this computer has slept, or its clock was set.

    In sleep the one clock stands still on Linux and macOS; on Windows both go on, so there the next
    look comes late.
    """
    apart, looked = _apart(), time.monotonic()
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        now = time.monotonic()
        if abs(_apart() - apart) > SLEPT_SECONDS or now - looked > LOOK_SECONDS + SLEPT_SECONDS:
            return
        apart, looked = _apart(), now


async def left_network(address: str) -> None:
    """Return when `address`, at which a connection begins, is no longer this computer's."""
    if address not in await _addresses():  # of loopback, or of a single cable
        await asyncio.Event().wait()
    is_here = True
    while is_here:
        await asyncio.sleep(LOOK_SECONDS)
        is_here = address in await _addresses()


async def came_into_network() -> None:
    """Return when this computer has an address that it had not before."""
    before = await _addresses()
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        now = await _addresses()
        if now - before:
            return
        before = now


def _apart() -> float:
    return time.time() - time.monotonic()


async def _addresses() -> set[str]:
    return set(await asyncio.to_thread(own_addresses))
