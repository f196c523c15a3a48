"""The product's embeddings, each text embedded once: hundreds of runs say the same sentences."""

import sqlite3
import threading
from pathlib import Path

import numpy as np

from marketer_desktop.knowledge.embeddings import MiniLmEmbeddings


def remember_vectors(file: Path) -> None:
    """Keep the vectors of the real model in `file`, for this process and those to come."""
    turn, embed = threading.Lock(), MiniLmEmbeddings.embed_query
    kept = sqlite3.connect(file, timeout=60, check_same_thread=False, isolation_level=None)
    kept.execute("CREATE TABLE IF NOT EXISTS vectors (text PRIMARY KEY, vector BLOB)")

    def remembered(self: MiniLmEmbeddings, text: str) -> list[float]:
        with turn:
            found = kept.execute("SELECT vector FROM vectors WHERE text = ?", (text,)).fetchone()
        if found is not None:
            known: list[float] = np.frombuffer(found[0], dtype=np.float64).tolist()
            return known
        vector = embed(self, text)
        packed = np.asarray(vector, dtype=np.float64).tobytes()
        with turn:
            kept.execute("INSERT OR REPLACE INTO vectors VALUES (?, ?)", (text, packed))
        return vector

    # What embeds many texts asks for one after the other.
    MiniLmEmbeddings.embed_query = remembered  # type: ignore[method-assign]
