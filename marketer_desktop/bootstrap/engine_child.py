"""The child process that owns the engine of a window: Qt has the window's interpreter to itself.

On standard output it says, one JSON object a line, what it is doing (`say`), that it takes calls
(`ready`), that another process owns the folder (`taken`), or why it failed (`failed`, `details`).
It lives until standard input ends, which also happens when the window is killed.
"""

import asyncio
import json
import os
import signal
import sys
import traceback
from collections.abc import Coroutine
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from marketer_desktop.bootstrap.embedded_database import embedded
from marketer_desktop.observability.logs import log
from marketer_desktop.services.call import plain_message
from marketer_desktop.settings.settings import load_settings
from marketer_desktop.storage.embedded.server import EmbeddedPostgres
from marketer_desktop.system.owner import OwnerLock
from marketer_desktop.system.threads import run_to_the_end


def main(arguments: list[str]) -> None:
    """Own the engine of the folder that is the only argument."""
    # A system that shuts down tells every process at once; the window ends first, then this one.
    signal.signal(signal.SIGTERM, lambda *_: None)
    with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
        runner.run(_live(Path(arguments[0])))


def _tell(**message: str) -> None:
    with suppress(BrokenPipeError):  # a window that is gone has ended standard input, too
        sys.stdout.write(json.dumps(message) + "\n")
        sys.stdout.flush()


async def _live(data_dir: Path) -> None:
    lock = OwnerLock(data_dir)
    try:
        if not lock.acquire():
            _tell(taken="")
            return
        await _serve(data_dir)
    except Exception as error:  # the window shows it, and offers to try again
        log.exception("the engine has failed")
        _tell(failed=plain_message(error), details=traceback.format_exc())
    finally:
        lock.release()


async def _serve(data_dir: Path) -> None:
    parent = asyncio.ensure_future(asyncio.to_thread(_wait_for_the_end_of_input))
    settings = load_settings(data_dir)
    postgres = None if settings.database_url else embedded(settings)
    try:
        handle = await _loaded_while_starting(postgres)
        async with handle.own_engine(settings, lambda text: _tell(say=text), postgres):
            _tell(ready="")
            await _live_with(parent)
    finally:
        if postgres is not None:
            await run_to_the_end(postgres.stop)


async def _loaded_while_starting(postgres: EmbeddedPostgres | None) -> Any:
    """The engine's module; the database takes as long, and has processes of its own for it."""
    work: list[Coroutine[Any, Any, Any]] = [
        run_to_the_end(import_module, "marketer_desktop.bootstrap.handle")
    ]
    if postgres is not None:
        work.append(run_to_the_end(postgres.start))
    module, *others = await asyncio.gather(*work, return_exceptions=True)
    for outcome in (module, *others):
        if isinstance(outcome, BaseException):
            raise outcome
    return module


async def _live_with(parent: "asyncio.Future[None]") -> None:
    """What a first run needs is loaded once the engine takes calls."""
    libraries = await run_to_the_end(import_module, "marketer_desktop.bootstrap.libraries")
    loading = asyncio.ensure_future(run_to_the_end(libraries.load_libraries, parent.done))
    try:
        await parent
    finally:
        await asyncio.gather(loading, return_exceptions=True)


def _wait_for_the_end_of_input() -> None:
    # Not through `sys.stdin`: its lock, held by this thread, would stop a normal exit.
    while os.read(0, 1024):
        pass
