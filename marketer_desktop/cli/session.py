"""Runs one service call for a command: opens the engine, shows progress, gives exit codes."""

import asyncio
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

import typer
from pydantic import BaseModel, ValidationError

from marketer_desktop.bootstrap.handle import call_engine
from marketer_desktop.cli.passphrase import open_secrets
from marketer_desktop.cli.progress import ProgressView
from marketer_desktop.llm.choice import UnknownModel
from marketer_desktop.services.call import Call, WrongUse, plain_message
from marketer_desktop.settings.settings import Settings

Result = TypeVar("Result", bound=BaseModel)
FAILED, WRONG_USE, INTERRUPTED = 1, 2, 130


def run_call(settings: Settings, call: Call[Result], *, unlocked: bool = True) -> Result:
    """Carry out `call` and return its result; problems end the program with a message.

    `unlocked` asks for the passphrase of kept secrets first, where there is one.
    """
    if unlocked:
        open_secrets(settings)

    def work(view: ProgressView) -> Result:
        with asyncio.Runner(loop_factory=selector_loop) as runner:
            return runner.run(_run(settings, call, view))

    return shown(work)


def shown(work: Callable[[ProgressView], Result]) -> Result:
    """What `work` returns, its progress shown; problems end the program with a message."""
    view = ProgressView()
    try:
        with view:
            return work(view)
    except (KeyboardInterrupt, asyncio.CancelledError):
        complain(view.farewell())
        raise typer.Exit(INTERRUPTED) from None
    except (WrongUse, UnknownModel, ValidationError) as error:
        complain(plain_message(error))
        raise typer.Exit(WRONG_USE) from None
    except Exception as error:  # the last line of defence: a person gets a sentence, not a trace
        complain(plain_message(error))
        raise typer.Exit(FAILED) from None


def selector_loop() -> asyncio.AbstractEventLoop:
    """Psycopg's asynchronous mode needs it, also on Windows."""
    return asyncio.SelectorEventLoop()


async def _run(settings: Settings, call: Call[Result], view: ProgressView) -> Result:
    task = asyncio.current_task()
    assert task is not None
    with suppress(NotImplementedError):  # Windows has no such handlers
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    return await call_engine(settings, call, view.on_event, view.say)


def complain(message: str) -> None:
    """Say on standard error what went wrong."""
    print(message, file=sys.stderr, flush=True)  # noqa: T201 - the command line speaks


def print_json(result: BaseModel | list[dict[str, object]]) -> None:
    """Print a result for programs."""
    if isinstance(result, BaseModel):
        typer.echo(result.model_dump_json(indent=2))
    else:
        for line in result:
            typer.echo(line)
