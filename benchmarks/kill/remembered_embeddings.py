"""The product's embeddings, each text embedded once: hundreds of runs say the same sentences."""

import sqlite3
import threading
from pathlib import Path
from typing import Any

import numpy as np

from marketer_desktop.knowledge.embeddings import MiniLmEmbeddings


def remember_vectors(file: Path) -> None:
    """Keep the vectors of the real model in `file`, for this process and those to come."""
    turn, embed = threading.Lock(), MiniLmEmbeddings._embedded
    kept = sqlite3.connect(file, timeout=60, check_same_thread=False, isolation_level=None)
    kept.execute("CREATE TABLE IF NOT EXISTS vectors (text PRIMARY KEY, vector BLOB)")

    def known(text: str) -> Any:
        with turn:
            row = kept.execute("SELECT vector FROM vectors WHERE text = ?", (text,)).fetchone()
        return None if row is None else np.frombuffer(row[0], dtype=np.float32)

    def keep(text: str, vector: Any) -> None:
        with turn:
            kept.execute("INSERT OR REPLACE INTO vectors VALUES (?, ?)", (text, vector.tobytes()))

    def remembered(self: MiniLmEmbeddings, texts: list[str]) -> Any:
        vectors = {text: known(text) for text in texts}
        fresh = [text for text, vector in vectors.items() if vector is None]
        vectors |= zip(fresh, embed(self, fresh), strict=True)
        for text in fresh:
            keep(text, vectors[text])
        return [vectors[text] for text in texts]

    setattr(MiniLmEmbeddings, "_embedded", remembered)  # noqa: B010 - mypy refuses the assignment
