"""The time that a run may take."""

import asyncio
import time

import pytest

from marketer_desktop.services import allowance as allowance_module
from marketer_desktop.services.allowance import RanTooLong, allowance


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(allowance_module, "LOOK_SECONDS", 0.02)


async def test_what_takes_too_long_is_cancelled() -> None:
    cancelled = False
    began = time.monotonic()
    with pytest.raises(RanTooLong):
        async with allowance(0.1, lambda: False):
            try:
                await asyncio.sleep(30)
            except asyncio.CancelledError:
                cancelled = True
                raise
    assert cancelled
    assert 0.1 <= time.monotonic() - began < 5


async def test_what_is_done_in_time_is_left_alone() -> None:
    async with allowance(0.1, lambda: False):
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.2)


async def test_waiting_for_others_does_not_count() -> None:
    waits = True
    began = time.monotonic()
    async with allowance(0.1, lambda: waits):
        await asyncio.sleep(0.4)
    with pytest.raises(RanTooLong):
        async with allowance(0.1, lambda: time.monotonic() - began < 0.7):
            await asyncio.sleep(30)
    assert time.monotonic() - began >= 0.78


async def test_sleep_of_the_machine_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(allowance_module, "MOST_COUNTED", 0.03)
    slept = 0.0
    clock = time.monotonic
    monkeypatch.setattr(time, "monotonic", lambda: clock() + slept)
    async with allowance(0.5, lambda: False):
        await asyncio.sleep(0.1)
        slept = 3600.0
        await asyncio.sleep(0.1)


async def test_a_time_out_inside_stays_what_it_is() -> None:
    with pytest.raises(TimeoutError, match="the database"):
        async with allowance(5, lambda: False):
            raise TimeoutError("the database")


async def test_being_cancelled_stays_what_it_is() -> None:
    async def work() -> None:
        async with allowance(5, lambda: False):
            await asyncio.sleep(30)

    task = asyncio.create_task(work())
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
