"""What the commands that serve share: settings from the command line, signals, one message."""

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable
from typing import Annotated

import typer
from pydantic import ValidationError

from marketer_desktop.cli.session import FAILED, WRONG_USE, complain, selector_loop
from marketer_desktop.observability.logs import log, log_to_stderr
from marketer_desktop.services.call import WrongUse, plain_message
from marketer_desktop.settings.settings import Settings

DatabaseUrl = Annotated[
    str | None,
    typer.Option(
        "--database-url",
        envvar="MARKETER_DATABASE_URL",
        show_envvar=False,
        help="A PostgreSQL elsewhere, instead of the embedded one.",
    ),
]
ChromaUrl = Annotated[
    str | None,
    typer.Option(
        "--chroma-url",
        envvar="MARKETER_CHROMA_URL",
        show_envvar=False,
        help="A Chroma server, instead of the embedded one.",
    ),
]
Work = Callable[[asyncio.Event], Awaitable[None]]


def with_addresses(
    settings: Settings, database_url: str | None, chroma_url: str | None
) -> Settings:
    """The settings with what was named on the command line."""
    named = {"database_url": database_url, "chroma_url": chroma_url}
    return settings.model_copy(update={name: url for name, url in named.items() if url})


def run_until_told(work: Work) -> None:
    """Run a server until Ctrl-C or a signal: `work` gets the event that says so.

    The log goes to standard error. Whoever asks twice is not made to wait.
    """
    handler = log_to_stderr()
    try:
        with asyncio.Runner(loop_factory=selector_loop) as runner:
            runner.run(_until_told(work))
    except (KeyboardInterrupt, asyncio.CancelledError):
        raise typer.Exit(FAILED) from None
    except (WrongUse, ValidationError) as error:
        complain(plain_message(error))
        raise typer.Exit(WRONG_USE) from None
    except Exception as error:  # a person gets a sentence, the log the rest
        log.exception("the server has ended")
        complain(plain_message(error))
        raise typer.Exit(FAILED) from None
    finally:
        handler.close()


async def _until_told(work: Work) -> None:
    ending, loop = asyncio.Event(), asyncio.get_running_loop()
    task = asyncio.current_task()
    assert task is not None

    def end() -> None:
        if ending.is_set():
            task.cancel()
        ending.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        if sys.platform == "win32":
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(end))
        else:
            loop.add_signal_handler(number, end)
    await work(ending)


def hear(text: str) -> None:
    """What an engine that starts or stops says."""
    log.info(text)
