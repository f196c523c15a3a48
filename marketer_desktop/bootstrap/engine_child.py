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
from contextlib import suppress
from pathlib import Path

from marketer_desktop.bootstrap.handle import own_engine
from marketer_desktop.bootstrap.libraries import load_libraries
from marketer_desktop.observability.logs import log
from marketer_desktop.services.call import plain_message
from marketer_desktop.settings.settings import load_settings
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
    loading = asyncio.ensure_future(run_to_the_end(load_libraries))
    try:
        async with own_engine(load_settings(data_dir), lambda text: _tell(say=text)):
            _tell(ready="")
            await parent
    finally:
        await asyncio.gather(loading, return_exceptions=True)


def _wait_for_the_end_of_input() -> None:
    # Not through `sys.stdin`: its lock, held by this thread, would stop a normal exit.
    while os.read(0, 1024):
        pass
