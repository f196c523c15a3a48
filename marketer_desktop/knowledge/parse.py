"""Reads a document in a child process, so that a hostile file cannot harm the engine."""

import asyncio
import signal
import subprocess
from pathlib import Path

from pydantic import ValidationError

from marketer_desktop.knowledge.errors import DocumentError
from marketer_desktop.knowledge.loaders.document import LoadedDocument
from marketer_desktop.knowledge.parser_child import TOO_MUCH_MEMORY, ParserReply
from marketer_desktop.system.children import start_child
from marketer_desktop.system.threads import run_to_the_end

LARGEST = 100 * 1024 * 1024


async def parse_document(path: Path, timeout: float = 90) -> LoadedDocument:
    """The document at `path`, read within `timeout` seconds.

    Raises DocumentError with a sentence for the user. The child ends with this call, also when
    the call is cancelled.
    """
    check_file(path)
    started: list[subprocess.Popen[bytes]] = []
    try:
        await run_to_the_end(lambda: started.append(start_child("parser", [str(path)])))
        async with asyncio.timeout(timeout):
            output = await asyncio.to_thread(_output_of, started[0])
    except TimeoutError:
        raise _took_too_long(path) from None
    finally:
        for process in started:
            _end(process)
    return _document(path, output, started[0].returncode)


def check_file(path: Path) -> None:
    """Raise DocumentError unless `path` is a file of a size that can be read."""
    if path.is_dir():
        raise DocumentError(f"“{path.name}” is a folder. Choose the files in it.")
    if not path.is_file():
        raise DocumentError(f"There is no file “{path}”. Check its name and place.")
    if path.stat().st_size > LARGEST:
        raise DocumentError(
            f"“{path.name}” is larger than 100 MB. Split it into smaller files and add those."
        )


def _took_too_long(path: Path) -> DocumentError:
    return DocumentError(
        f"“{path.name}” took too long to read. Split it into smaller files and add those."
    )


def _output_of(process: subprocess.Popen[bytes]) -> bytes:
    # Not `communicate`: that closes the standard input, by which the child knows its parent.
    output = process.stdout.read() if process.stdout else b""
    process.wait()
    return output


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            pipe.close()


def _document(path: Path, output: bytes, code: int) -> LoadedDocument:
    try:
        reply = ParserReply.model_validate_json(output)
    except ValidationError:
        if code == -getattr(signal, "SIGXCPU", 0) != 0 or code == -getattr(signal, "SIGKILL", 0):
            raise _took_too_long(path) from None
        raise DocumentError(f"“{path.name}” could not be read. {TOO_MUCH_MEMORY}") from None
    if reply.document is None:
        raise DocumentError(reply.error or "The document could not be read.")
    return reply.document
