"""An engine at work while archives are made: pieces are written, documents come and go."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from marketer_desktop.services.document_library import DeleteDocument, delete_document
from marketer_desktop.services.documents import IngestDocuments, ingest_documents
from marketer_desktop.services.generate_content import GenerateContent, generate_content
from marketer_desktop.services.parts import Parts

DELETED = 0.3  # of the documents go again


@dataclass
class Load:
    """What was done meanwhile."""

    pieces: int = 0
    documents: int = 0
    deleted: int = 0
    kept: list[str] = field(default_factory=list)  # a word of each document that stays


def silent(event: object) -> None:
    """Nobody listens."""


@asynccontextmanager
async def at_work(parts: Parts, folder: Path, seed: int) -> AsyncIterator[Load]:
    """Work on until this ends; what is under way then is finished."""
    load, done = Load(), asyncio.Event()
    tasks = [
        asyncio.create_task(_write(parts, load, done)),
        asyncio.create_task(_read(parts, folder, random.Random(seed), load, done)),
    ]
    try:
        yield load
    finally:
        done.set()
        await asyncio.gather(*tasks)


async def _write(parts: Parts, load: Load, done: asyncio.Event) -> None:
    while not done.is_set():
        call = GenerateContent(topic=f"fresh coffee, part {load.pieces}", words=250)
        await generate_content(call, parts, silent)
        load.pieces += 1


async def _read(
    parts: Parts, folder: Path, draw: random.Random, load: Load, done: asyncio.Event
) -> None:
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    while not done.is_set():
        word = f"roast{draw.randrange(10**9)}"
        file = folder / f"{word}.md"
        text = f"# {word}\n\nThe recipe {word} takes {draw.randrange(90)} beans.\n"
        await asyncio.to_thread(file.write_text, text, "utf-8")
        call = IngestDocuments(paths=[file])
        (result,) = (await ingest_documents(call, parts, silent)).results
        load.documents += 1
        assert result.document_id is not None
        if draw.random() < DELETED:
            await delete_document(DeleteDocument(document_id=result.document_id), parts, silent)
            load.deleted += 1
        else:
            load.kept.append(word)
