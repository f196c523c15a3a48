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
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from marketer_desktop.bootstrap.embedded_database import embedded
from marketer_desktop.observability.logs import log
from marketer_desktop.services.call import plain_message
from marketer_desktop.settings.settings import load_settings
from marketer_desktop.storage.embedded.server import EmbeddedPostgres
from marketer_desktop.system.owner import OwnerLock
from marketer_desktop.system.passphrase import take_passphrase
from marketer_desktop.system.threads import run_to_the_end

if TYPE_CHECKING:  # services are loaded while the database starts
    from marketer_desktop.services.local_door import Serving
    from marketer_desktop.services.parts import Parts
    from marketer_desktop.system.kept_token import KeptToken

Answer = Callable[["Parts", int, "KeptToken"], Awaitable["Serving"]]


def main(arguments: list[str], answer: Answer) -> None:
    """Own the engine of the folder that is the only argument.

    `answer` lets in other programs of this computer at a port, where the person wants that.
    """
    # A system that shuts down tells every process at once; the window ends first, then this one.
    signal.signal(signal.SIGTERM, lambda *_: None)
    take_passphrase()
    with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
        runner.run(_live(Path(arguments[0]), answer))


def _tell(**message: str) -> None:
    with suppress(BrokenPipeError):  # a window that is gone has ended standard input, too
        sys.stdout.write(json.dumps(message) + "\n")
        sys.stdout.flush()


async def _live(data_dir: Path, answer: Answer) -> None:
    lock = OwnerLock(data_dir)
    try:
        if not lock.acquire():
            _tell(taken="")
            return
        await _serve(data_dir, answer)
    except Exception as error:  # the window shows it, and offers to try again
        log.exception("the engine has failed")
        _tell(failed=plain_message(error), details=traceback.format_exc())
    finally:
        lock.release()


async def _serve(data_dir: Path, answer: Answer) -> None:
    parent = asyncio.ensure_future(asyncio.to_thread(_wait_for_the_end_of_input))
    settings = load_settings(data_dir)
    postgres = None if settings.database_url else embedded(settings)
    try:
        handle = await _loaded_while_starting(postgres)
        async with handle.own_engine(settings, lambda text: _tell(say=text), postgres) as engine:
            engine.parts.local_door.learn(partial(answer, engine.parts))
            _tell(ready="")
            await _live_with(parent, engine.parts)
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


async def _live_with(parent: "asyncio.Future[None]", parts: "Parts") -> None:
    """What a first run needs is loaded once the engine takes calls; others are let in then, too."""
    libraries = await run_to_the_end(import_module, "marketer_desktop.bootstrap.libraries")
    lend_model = await run_to_the_end(import_module, "marketer_desktop.services.lend_model")
    loading = asyncio.ensure_future(run_to_the_end(libraries.load_libraries, parent.done))
    opening = asyncio.ensure_future(parts.local_door.begin(parts.settings))
    lending = asyncio.ensure_future(lend_model.begin_lending(parts))
    begin_syncing = await run_to_the_end(import_module, "marketer_desktop.services.begin_syncing")
    syncing = asyncio.ensure_future(begin_syncing.begin_syncing(parts))
    try:
        await parent
    finally:
        syncing.cancel()
        await asyncio.gather(loading, opening, lending, syncing, return_exceptions=True)
        await parts.local_door.close()


def _wait_for_the_end_of_input() -> None:
    # Not through `sys.stdin`: its lock, held by this thread, would stop a normal exit.
    while os.read(0, 1024):
        pass
