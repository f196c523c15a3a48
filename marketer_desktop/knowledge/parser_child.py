"""The child process that reads one document, under limits, and prints it as JSON."""

import codecs
import encodings
import mmap
import os
import pkgutil
import sys
import threading
from collections.abc import Callable
from contextlib import closing, nullcontext, suppress
from functools import partial
from pathlib import Path

from pydantic import BaseModel

from marketer_desktop.knowledge.errors import DocumentError
from marketer_desktop.knowledge.file_names import shown_name
from marketer_desktop.knowledge.loaders.document import FileType, LoadedDocument
from marketer_desktop.knowledge.loaders.load import load, load_library, use_libraries
from marketer_desktop.system.allocator import keep_what_is_free
from marketer_desktop.system.forking import serve
from marketer_desktop.system.limits import Limits, close_the_doors, take_on
from marketer_desktop.system.twin import Pieces, Twin, one_by_one

READY, FORKER, HELPED = "ready", "forker", "helped"
LIMITS = Limits(memory=512 * 1024**2, cpu=60)
# Of the process that helps to read a long document, where there is a core for it.
TWIN_LIMITS = Limits(memory=LIMITS.memory // 2, cpu=LIMITS.cpu // 3)

TOO_MUCH_MEMORY = (
    "The document needs too much memory to read. Split it into smaller files and add those."
)


class ParserReply(BaseModel):
    """What the child prints: the document, or a sentence that says why there is none."""

    document: LoadedDocument | None = None
    error: str | None = None


def main(arguments: list[str]) -> None:
    """Read one document, see `read_named`.

    With the argument `READY` everything is loaded before it is named. With `FORKER` this process
    forks parsers that have everything loaded, see `system.forking`.
    """
    load_encodings()
    if arguments == [FORKER]:
        serve(read_named, [partial(load_library, file_type) for file_type in FileType])
        return
    if arguments == [READY]:
        for file_type in FileType:
            load_library(file_type)
    read_named()


def read_named() -> None:
    """Read the file that is `named` on standard input and print a `ParserReply` as JSON."""
    take_on(LIMITS)
    keep_what_is_free(LIMITS.memory)
    use_libraries()
    line = sys.stdin.buffer.readline().decode().split()
    if not line:  # there is no document, or no parent any more
        return
    _watch_the_parent()
    path = Path(os.fsdecode(bytes.fromhex(line[0])))
    with closing(Twin(TWIN_LIMITS, _be_the_twin)) if HELPED in line else nullcontext() as twin:
        reply = read(path, close_the_doors, twin.pieces if twin else one_by_one)
        sys.stdout.buffer.write(_printed(reply))
        sys.stdout.flush()
    os.close(1)  # the reply is used while the system clears up after this process


def named(path: Path, *, helped: bool = False) -> bytes:
    """The line that names a document to the child, whatever its name holds.

    If it is `helped`, another process is forked for the second half of a long one.
    """
    return f"{os.fsencode(path).hex()} {HELPED if helped else ''}\n".encode()


def read(
    path: Path, before_parsing: Callable[[], None] = lambda: None, pieces: Pieces = one_by_one
) -> ParserReply:
    """The document at `path`, or the sentence for its failure."""
    try:
        return ParserReply(document=load(path, before_parsing, pieces))
    except DocumentError as problem:
        return ParserReply(error=str(problem))
    except MemoryError:
        return ParserReply(error=TOO_MUCH_MEMORY)
    except RecursionError:
        return ParserReply(
            error=f"“{shown_name(path)}” is nested too deeply to be read. "
            "Copy its text into a new document and add that."
        )
    except Exception:
        # Malformed content makes the parsers raise nearly anything, and so does a lack of memory.
        if _out_of_memory():
            return ParserReply(error=TOO_MUCH_MEMORY)
        return ParserReply(
            error=f"“{shown_name(path)}” is damaged and cannot be read. "
            "Open it in the program it was written in and save it again."
        )


def _out_of_memory() -> bool:
    try:
        mmap.mmap(-1, LIMITS.memory // 4).close()
    except OSError:
        return True
    return False


def load_encodings() -> None:
    """Load what Python would load at its first use: by then the doors are closed."""
    for module in pkgutil.iter_modules(encodings.__path__):
        with suppress(LookupError):
            codecs.lookup(module.name)


def _printed(reply: ParserReply) -> bytes:
    try:
        return reply.model_dump_json().encode()
    except MemoryError:
        return ParserReply(error=TOO_MUCH_MEMORY).model_dump_json().encode()


def _be_the_twin() -> None:
    os.close(1)  # the reply ends when the first of the two does
    _watch_the_parent()


def _watch_the_parent() -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Standard input ends when the parent does."""
    # Not through `sys.stdin`: its lock, held by this thread, would stop a normal exit.
    while os.read(0, 1024):
        pass
    os._exit(1)
