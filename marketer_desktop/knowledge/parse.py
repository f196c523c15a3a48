"""Reads a document in a child process, so that a hostile file cannot harm the engine."""

import asyncio
import atexit
import os
import signal
import stat
import subprocess
import sys
from contextlib import AbstractContextManager
from pathlib import Path

from pydantic import ValidationError

from marketer_desktop.knowledge.errors import DocumentError
from marketer_desktop.knowledge.file_names import shown_name
from marketer_desktop.knowledge.loaders.document import LoadedDocument, too_long
from marketer_desktop.knowledge.loaders.load import LARGEST, not_readable
from marketer_desktop.knowledge.parser_child import (
    FORKER,
    LIMITS,
    TOO_MUCH_MEMORY,
    ParserReply,
)
from marketer_desktop.knowledge.ready_parser import (
    Parser,
    ReadyParser,
    end,
    let_go,
)
from marketer_desktop.system.children import start_child
from marketer_desktop.system.excess import Excess, excess_of
from marketer_desktop.system.forked import Forker
from marketer_desktop.system.threads import run_to_the_end

# Bytes of the child's reply: no document within its bounds needs as many, in any writing.
LONGEST_REPLY = 32 * 1024 * 1024
_TOO_MUCH_TIME = -getattr(signal, "SIGXCPU", 0) or None
_KILLED = -getattr(signal, "SIGKILL", 0) or None


def start_parser(arguments: list[str]) -> "subprocess.Popen[bytes]":
    """A parser that starts from nothing."""
    return start_child("parser", arguments)


def start_forker(requests: int) -> "subprocess.Popen[bytes]":
    """A process that forks parsers."""
    return start_child("parser", [FORKER], stdin=requests, stdout=subprocess.DEVNULL)


forker = Forker(start_forker)
atexit.register(forker.close)


def _parsers() -> ReadyParser:
    """Linux forks them; Windows knows no fork, and what macOS has loaded does not bear one."""
    if sys.platform != "linux":
        return ReadyParser(start_parser)
    return ReadyParser(lambda arguments: forker.fork(), len(os.sched_getaffinity(0)))


parsers = _parsers()


def announced(count: int) -> AbstractContextManager[None]:
    """While this is held, parsers get ready in advance for `count` documents."""
    return parsers.announced(count)


async def parse_document(path: Path, timeout: float = 90) -> LoadedDocument:
    """The document at `path`, read within `timeout` seconds.

    Raises DocumentError with a sentence for the user. The child ends with this call, also when
    the call is cancelled; one that has replied, in the moment after it.
    """
    started: list[Parser] = []
    reply = None
    try:
        await run_to_the_end(lambda: started.append(_parser_of(path)))
        async with asyncio.timeout(timeout):
            reply, excess = await _watched(started[0])
    except TimeoutError:
        raise _took_too_long(path) from None
    finally:
        for process in started:
            if reply is None:
                await run_to_the_end(end, process)
            else:
                asyncio.get_running_loop().run_in_executor(None, parsers.replied, process)
    if reply is None:
        raise _ended_early(path, started[0].returncode, excess)
    if reply.document is None:
        raise DocumentError(reply.error or "The document could not be read.")
    return reply.document


def _parser_of(path: Path) -> Parser:
    check_file(path)
    return parsers.take(path)


def check_file(path: Path) -> None:
    """Raise DocumentError unless `path` is a file of a size that can be read."""
    name = shown_name(path)
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise DocumentError(f"There is no file “{name}”. Check its name and place.") from None
    except OSError as problem:
        raise not_readable(name, problem) from None
    if stat.S_ISDIR(found.st_mode):
        raise DocumentError(f"“{name}” is a folder. Choose the files in it.")
    if not stat.S_ISREG(found.st_mode):
        raise DocumentError(f"“{name}” is a device or a pipe, not a file. Choose a file.")
    if found.st_size > LARGEST:
        raise DocumentError(
            f"“{name}” is larger than 100 MB. Split it into smaller files and add those."
        )


def _took_too_long(path: Path) -> DocumentError:
    return DocumentError(
        f"“{shown_name(path)}” took too long to read. Split it into smaller files and add those."
    )


async def _watched(process: Parser) -> tuple[ParserReply | None, Excess | None]:
    """What the child replies, and what it was ended for, if it was."""
    watching = asyncio.ensure_future(_kill_at_excess(process))
    try:
        reply = await asyncio.to_thread(_reply_of, process)
        return reply, watching.result() if watching.done() else None
    finally:
        watching.cancel()


async def _kill_at_excess(process: Parser) -> Excess | None:
    if excess := await excess_of(process.pid, LIMITS):
        process.kill()
    return excess


def _reply_of(process: Parser) -> ParserReply | None:
    """What the child has printed; None where that is no reply, once it has ended."""
    # Not `communicate`: that closes the standard input, by which the child knows its parent.
    output = process.stdout.read(LONGEST_REPLY + 1) if process.stdout else b""
    if len(output) > LONGEST_REPLY:
        return ParserReply(error=str(too_long()))
    try:
        reply = ParserReply.model_validate_json(output)
    except ValidationError:
        process.wait()
        return None
    let_go(process)
    return reply


def _ended_early(path: Path, code: int | None, excess: Excess | None) -> DocumentError:
    """The sentence for a child that has ended without a reply."""
    name = shown_name(path)
    if excess is Excess.TIME or code == _TOO_MUCH_TIME:
        return _took_too_long(path)
    if excess is Excess.MEMORY:
        return DocumentError(f"“{name}” could not be read. {TOO_MUCH_MEMORY}")
    if code == _KILLED:
        return DocumentError(
            f"The system stopped the reading of “{name}”, most likely because the machine ran out "
            "of memory. Close other programs and try again."
        )
    return DocumentError(
        f"“{name}” made its reader crash: it is damaged, or too large to read. Open it in the "
        "program it was written in and save it again, or split it."
    )
