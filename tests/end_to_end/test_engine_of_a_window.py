"""The engine of a window is a process of its own: what happens when either of them dies."""

import asyncio
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import psutil
import pytest

from marketer_desktop.bootstrap.desktop import open_for_window
from marketer_desktop.services.activities import ListActivities
from marketer_desktop.services.call import EngineHandle, ServiceError, WrongUse
from marketer_desktop.services.projects import CreateProject
from marketer_desktop.system.attach import AttachError
from tests.end_to_end.conftest import Marketer, eventually

WINDOW = """
import asyncio, sys
from pathlib import Path
from marketer_desktop.bootstrap.desktop import open_for_window

async def main():
    async with open_for_window(Path(sys.argv[1]), lambda text: None):
        print("ready", flush=True)
        await asyncio.sleep(600)

asyncio.Runner(loop_factory=asyncio.SelectorEventLoop).run(main())
"""


def with_engine(data_dir: Path, work: Callable[[EngineHandle], Awaitable[Any]]) -> list[str]:
    """Do `work` with the engine of a window; what the engine said meanwhile."""
    said: list[str] = []

    async def main() -> None:
        async with open_for_window(data_dir, said.append) as handle:
            await work(handle)

    with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
        runner.run(main())
    return said


def engine_of(marketer: Marketer) -> psutil.Process:
    (engine,) = [p for p in marketer.processes() if p.cmdline()[-2:-1] == ["engine"]]
    return engine


async def listed(handle: EngineHandle) -> list[Any]:
    return list((await handle.call(ListActivities(), lambda event: None)).activities)


def test_it_says_what_it_does_takes_calls_and_ends_with_the_window(marketer: Marketer) -> None:
    async def work(handle: EngineHandle) -> None:
        assert await listed(handle) == []
        assert engine_of(marketer).is_running()
        with pytest.raises(WrongUse, match="name"):
            call = CreateProject.model_construct(name=" ")
            await handle.call(call, lambda event: None)

    said = with_engine(marketer.data_dir, work)
    assert said == ["Starting the database", "Preparing the database"]
    assert marketer.processes() == []


def test_a_killed_engine_is_noticed_and_the_next_one_works(marketer: Marketer) -> None:
    async def killed(handle: EngineHandle) -> None:
        engine_of(marketer).kill()
        with pytest.raises(AttachError):
            await listed(handle)

    async def works(handle: EngineHandle) -> None:
        assert await listed(handle) == []

    with_engine(marketer.data_dir, killed)
    with_engine(marketer.data_dir, works)


def test_a_killed_window_takes_its_engine_along(marketer: Marketer) -> None:
    command = [sys.executable, "-c", WINDOW, str(marketer.data_dir)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as window:
        try:
            assert window.stdout is not None
            assert window.stdout.readline() == "ready\n"
            engine = engine_of(marketer)
        finally:
            window.kill()
    eventually(lambda: not engine.is_running(), "the end of the engine", 30)


def test_a_window_attaches_to_the_owner_there_is(marketer: Marketer) -> None:
    async def second(handle: EngineHandle) -> None:
        await asyncio.to_thread(with_engine, marketer.data_dir, listed)
        assert await listed(handle) == []  # the second one did not end it

    with_engine(marketer.data_dir, second)


def test_an_engine_that_cannot_start_says_why(
    marketer: Marketer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MARKETER_DATABASE_URL", "postgresql://nobody:x@127.0.0.1:9/none")
    with pytest.raises(ServiceError) as failure:
        with_engine(marketer.data_dir, listed)
    assert "Traceback" in failure.value.__notes__[0]
    assert str(failure.value)
