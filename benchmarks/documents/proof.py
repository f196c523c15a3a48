"""Takes the documents in through a real engine, and looks at what became of each."""

import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import psycopg

from benchmarks.documents.memory import MemoryWatch
from marketer_desktop.bootstrap.desktop import open_for_window
from marketer_desktop.services.call import EngineHandle
from marketer_desktop.services.databases import GetDatabaseUrl
from marketer_desktop.services.documents import IngestDocuments
from marketer_desktop.services.ingest_document import IngestResult

ORDER = 5  # the seed of the order in which good and bad files come
LAST = 100


@dataclass
class Outcome:
    """What became of the files: results and stored chunks by file, memory in MB."""

    results: dict[Path, IngestResult] = field(default_factory=dict)
    chunks: dict[Path, list[str]] = field(default_factory=dict)
    peak: float = 0.0
    peak_at: str = "the start"
    growth: float = 0.0
    seconds: float = 0.0


def shuffled(files: Sequence[Path]) -> list[Path]:
    """The files in an order that is the same each time."""
    return random.Random(ORDER).sample(sorted(files), len(files))


async def take_in(files: Sequence[Path], data_dir: Path, say: Any) -> Outcome:
    """Take the files in, in their order, as one batch of a window's engine."""
    outcome = Outcome()
    async with open_for_window(data_dir, say) as handle:
        with MemoryWatch(_engine(data_dir)) as memory:
            began = time.monotonic()

            def on_event(event: dict[str, Any]) -> None:
                memory.on_event(event)
                if event.get("stage") == "reading":
                    say(f"{event['number']} of {event['count']}: {event['file']}")

            done = await handle.call(IngestDocuments(paths=[*files]), on_event)
            outcome.seconds = time.monotonic() - began
        outcome.peak = memory.peak()
        if number := memory.peak_file():
            outcome.peak_at = files[number - 1].name
        outcome.growth = _growth(memory, len(files))
        by_number = await _stored(handle)
    for file, result in zip(files, done.results, strict=True):
        outcome.results[file] = result
        outcome.chunks[file] = by_number.get(result.document_id or 0, [])
    return outcome


def _growth(memory: MemoryWatch, count: int) -> float:
    """What the last hundred files add: after them less before them, each over ten files."""
    last = min(LAST, count // 2)
    width = max(1, last // 10)
    before = memory.at_files(count - last - width + 1, count - last)
    return memory.at_files(count - width + 1, count) - before


def _engine(data_dir: Path) -> psutil.Process:
    (engine,) = [each for each in psutil.Process().children() if _serves(each, data_dir)]
    return engine


def _serves(child: psutil.Process, data_dir: Path) -> bool:
    try:
        return {"engine", str(data_dir)} <= {*child.cmdline()}
    except psutil.Error:  # it has ended, and nobody has asked how
        return False


async def _stored(handle: EngineHandle) -> Mapping[int, list[str]]:
    """The chunks that PostgreSQL holds, by document."""
    address = await handle.call(GetDatabaseUrl(), lambda event: None)
    query = "SELECT document_id, text FROM document_chunks ORDER BY document_id, ordinal"
    found: dict[int, list[str]] = {}
    async with await psycopg.AsyncConnection.connect(address.url) as connection:
        async for document, chunk in await connection.execute(query):
            found.setdefault(document, []).append(chunk)
    return found
