"""How long the embedding model is at work."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from benchmarks.engine.calls import Span, covered
from marketer_desktop.knowledge.embeddings import MiniLmEmbeddings


@dataclass
class Spent:
    """When vectors were made so far; threads may have been at it at once."""

    spans: list[Span] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        """Those in which at least one thread was at it."""
        return covered(self.spans)


@contextmanager
def embedding_time() -> Iterator[Spent]:
    """Note when vectors are made."""
    spent, work = Spent(), MiniLmEmbeddings._embedded

    def timed(self: MiniLmEmbeddings, texts: list[str]) -> Any:
        began = perf_counter()
        try:
            return work(self, texts)
        finally:
            spent.spans.append((began, perf_counter()))

    setattr(MiniLmEmbeddings, "_embedded", timed)  # noqa: B010 - mypy refuses the assignment
    try:
        yield spent
    finally:
        setattr(MiniLmEmbeddings, "_embedded", work)  # noqa: B010
