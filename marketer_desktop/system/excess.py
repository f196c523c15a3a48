"""Watches from outside what a process takes of the machine."""

import asyncio
from contextlib import suppress
from enum import StrEnum

import psutil

from marketer_desktop.system.limits import Limits

POLL_SECONDS = 0.05


class Excess(StrEnum):
    """What a process took too much of."""

    MEMORY = "memory"
    TIME = "time"


async def excess_of(pid: int, limits: Limits) -> Excess | None:
    """What the process `pid` takes too much of, as soon as it does; None when it has ended."""
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        while True:
            if process.memory_info().rss > limits.memory:
                return Excess.MEMORY
            times = process.cpu_times()
            if times.user + times.system > limits.cpu:
                return Excess.TIME
            await asyncio.sleep(POLL_SECONDS)
    return None
