"""What a socket keeps of the messages that have come."""

import asyncio

from marketer_desktop.api.light_socket import _Mailbox, _Open


async def test_messages_come_in_order_and_are_waited_for() -> None:
    box = _Mailbox()
    reading = asyncio.create_task(box.get())
    await asyncio.sleep(0)
    assert not reading.done() and box.empty()
    for message in "abc":
        box.put_nowait(message)
    assert await reading == "a"
    assert [await box.get(), await box.get(), box.empty()] == ["b", "c", True]


async def test_who_gives_up_waiting_loses_nothing() -> None:
    box = _Mailbox()
    reading = asyncio.create_task(box.get())
    await asyncio.sleep(0)
    reading.cancel()
    await asyncio.gather(reading, return_exceptions=True)
    box.put_nowait("a")
    assert await box.get() == "a"


async def test_it_can_be_written_until_told_otherwise() -> None:
    writable = _Open()
    await writable.wait()
    writable.clear()
    writing = [asyncio.create_task(writable.wait()) for _ in range(2)]
    await asyncio.sleep(0)
    assert not any(task.done() for task in writing)
    writing.pop().cancel()
    writable.set()
    assert await writing[0] is True
