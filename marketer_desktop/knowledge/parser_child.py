"""The child process that reads one document, under limits, and prints it as JSON."""

import os
import sys
import threading
from pathlib import Path

from pydantic import BaseModel

from marketer_desktop.knowledge.errors import DocumentError
from marketer_desktop.knowledge.loaders.document import LoadedDocument
from marketer_desktop.knowledge.loaders.load import load

MEMORY_LIMIT = 1024**3
CPU_LIMIT = 60

TOO_MUCH_MEMORY = (
    "The document needs too much memory to read. Split it into smaller files and add those."
)


class ParserReply(BaseModel):
    """What the child prints: the document, or a sentence that says why there is none."""

    document: LoadedDocument | None = None
    error: str | None = None


def main(arguments: list[str]) -> None:
    """Read the file named by the only argument and print a `ParserReply` as JSON."""
    _limit_resources()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    reply = read(Path(arguments[0]))
    sys.stdout.buffer.write(reply.model_dump_json().encode())
    sys.stdout.flush()


def read(path: Path) -> ParserReply:
    """The document at `path`, or the sentence for its failure."""
    try:
        return ParserReply(document=load(path))
    except DocumentError as problem:
        return ParserReply(error=str(problem))
    except MemoryError:
        return ParserReply(error=TOO_MUCH_MEMORY)
    except Exception:
        # Malformed content makes the parsers raise nearly anything.
        return ParserReply(
            error=f"“{path.name}” is damaged and cannot be read. "
            "Open it in the program it was written in and save it again."
        )


def _limit_resources() -> None:
    try:
        import resource  # noqa: PLC0415 — exists on Unix only
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_LIMIT, CPU_LIMIT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))


def _end_with_parent() -> None:
    """Standard input ends when the parent does."""
    # Not through `sys.stdin`: its lock, held by this thread, would stop a normal exit.
    while os.read(0, 1024):
        pass
    os._exit(1)
