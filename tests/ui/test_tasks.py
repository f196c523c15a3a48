"""Background work of the window, by name."""

import asyncio

from marketer_desktop.ui.bridge.tasks import Tasks


async def test_a_name_may_start_again_the_moment_it_has_ended() -> None:
    tasks = Tasks(lambda message, details: None)
    loop = asyncio.get_running_loop()
    gate = loop.create_future()
    ran: list[str] = []
    started: list[bool] = []

    async def first() -> None:
        await gate
        ran.append("first")

    async def again() -> None:
        ran.append("again")

    assert tasks.start("read", first())
    await asyncio.sleep(0)  # it waits now
    assert not tasks.start("read", again())
    gate.set_result(None)
    # Runs right after the work has ended, before anybody is told of its end.
    loop.call_soon(lambda: started.append(tasks.start("read", again())))
    await tasks.finish(5)
    await tasks.finish(5)
    assert started == [True] and ran == ["first", "again"]
    assert not tasks.is_running("read")
