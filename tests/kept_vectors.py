"""Keeps the vectors of texts: all workers of a test run embed the same samples again and again."""

import sqlite3
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

Make = Callable[[Any, Sequence[Sequence[int]]], list[Any]]


class KeptVectors:
    """Stands before the model with what it has made of the same tokens, in whatever worker."""

    def __init__(self, file: Path, make: Make) -> None:
        self.make, self._turn = make, threading.Lock()
        self._kept = sqlite3.connect(file, timeout=60, check_same_thread=False)
        self._kept.execute("PRAGMA synchronous = OFF")
        self._kept.execute("CREATE TABLE IF NOT EXISTS vectors (tokens BLOB PRIMARY KEY, v BLOB)")

    def __call__(self, session: Any, encoded: Sequence[Sequence[int]]) -> list[Any]:
        """One vector for each text, as the model makes them."""
        asked = {np.array(tokens).tobytes(): tokens for tokens in encoded}
        vectors = self._known(asked)
        fresh = {name: tokens for name, tokens in asked.items() if name not in vectors}
        if fresh:
            made = self.make(session, list(fresh.values()))
            vectors |= zip(fresh, made, strict=True)
            self._keep([(name, vectors[name].tobytes()) for name in fresh])
        return [vectors[np.array(tokens).tobytes()] for tokens in encoded]

    def close(self) -> None:
        """Let go of the file."""
        self._kept.close()

    def _known(self, names: Any) -> dict[bytes, Any]:
        query = "SELECT v FROM vectors WHERE tokens = ?"
        with self._turn:
            found = [(name, self._kept.execute(query, (name,)).fetchone()) for name in names]
        return {name: np.frombuffer(row[0], np.float32) for name, row in found if row}

    def _keep(self, rows: list[tuple[bytes, bytes]]) -> None:
        with self._turn, self._kept:
            self._kept.executemany("INSERT OR IGNORE INTO vectors VALUES (?, ?)", rows)
