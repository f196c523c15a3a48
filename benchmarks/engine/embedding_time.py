"""How long the embedding model is at work."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from marketer_desktop.knowledge.embeddings import MiniLmEmbeddings


@dataclass
class Spent:
    """Seconds so far."""

    seconds: float = 0.0


@contextmanager
def embedding_time() -> Iterator[Spent]:
    """Count the seconds that vectors are made in, which one thread at a time does."""
    spent, work = Spent(), MiniLmEmbeddings._embedded

    def timed(self: MiniLmEmbeddings, text: str) -> Any:
        began = perf_counter()
        try:
            return work(self, text)
        finally:
            spent.seconds += perf_counter() - began

    setattr(MiniLmEmbeddings, "_embedded", timed)  # noqa: B010 - mypy refuses the assignment
    try:
        yield spent
    finally:
        setattr(MiniLmEmbeddings, "_embedded", work)  # noqa: B010
