"""How many of forty planted facts are found by vectors, by full text, and by both together."""

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from marketer_desktop.knowledge.embeddings import MiniLmEmbeddings
from marketer_desktop.knowledge.vector_index import VectorIndex
from marketer_desktop.storage.database import Database
from marketer_desktop.storage.embedded.server import EmbeddedPostgres
from marketer_desktop.storage.migration import upgrade
from tests.factories.library import (
    LIMIT,
    DocumentLibrary,
    mean_reciprocal_rank,
    rank,
    recall,
)
from tests.factories.planted import ALL, DOCUMENTS, Planted, write

WORDS_AROUND = 600  # of other text before each fact
DEPTHS = (1, 3, LIMIT)
Ask = Callable[[str], Awaitable[list[str]]]
# What is asked: the sense of a fact in other words, or the names and figures in it.
QUESTIONS: dict[str, Callable[[Planted], str]] = {
    "in other words": lambda planted: planted.question,
    "by name": lambda planted: " ".join(planted.strings),
}


async def measure(url: str, folder: Path) -> dict[str, dict[str, float]]:
    """Recall at several depths, mean reciprocal rank and milliseconds, for each way to search."""
    database, embeddings = Database(url, pool_size=4), MiniLmEmbeddings()
    index = VectorIndex(folder / "chroma")
    try:
        async with database.unit_of_work() as work:
            workspace = await work.workspaces.project("Planted")
            await work.commit()
        library = DocumentLibrary(database, index, embeddings, workspace, folder / "data")
        await library.take_in([write(each, folder, WORDS_AROUND) for each in DOCUMENTS])
        ways: dict[str, Ask] = {
            "vectors alone": library.by_meaning,
            "full text alone": library.by_words,
            "fused and re-ranked": library.by_both,
        }
        return {
            **{
                f"{kind}, {name}": await _asked(ask, question)
                for kind, question in QUESTIONS.items()
                for name, ask in ways.items()
            },
            "library": {"passages": float((await index.state()).entries)},
        }
    finally:
        index.close()
        await database.close()


async def _asked(ask: Ask, question: Callable[[Planted], str]) -> dict[str, float]:
    began = time.perf_counter()
    ranks = [rank(planted, await ask(question(planted))) for planted in ALL]
    spent = (time.perf_counter() - began) * 1000 / len(ranks)
    depths = {f"recall@{depth}": recall(ranks, depth) for depth in DEPTHS}
    return {**depths, "mrr": mean_reciprocal_rank(ranks), "ms": spent}


def main() -> None:
    """Print the table, or JSON with --json."""
    with tempfile.TemporaryDirectory(prefix="marketer-grounding-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        server = EmbeddedPostgres(folder / "postgres", folder / "run")
        url = server.start()
        try:
            upgrade(url)
            found = asyncio.run(measure(url, folder))
        finally:
            server.stop()
    if "--json" in sys.argv:
        sys.stdout.write(json.dumps(found) + "\n")
        return
    lines = [
        f"{name:36}" + "".join(f"{key:>10} {value:.3f}" for key, value in row.items())
        for name, row in found.items()
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
