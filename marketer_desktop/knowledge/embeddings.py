"""Turns text into vectors on this machine, with all-MiniLM-L6-v2 in int8."""

import os
import threading
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from langchain_core.embeddings import Embeddings
from tokenizers import Tokenizer

from marketer_desktop.knowledge.model_files import load_tokenizer, model_file

DIMENSIONS = 384
BATCH = 8
MAX_TOKENS = 256

Array = npt.NDArray[Any]


def _threads() -> int:
    """Two threads where there are cores to spare: on two busy cores they wait for each other."""
    return 2 if (os.cpu_count() or 1) > 2 else 1


class MiniLmEmbeddings(Embeddings):
    """Vectors of 384 floats with length 1; the session is opened at the first use.

    Calls may come from any thread; they take turns.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._session: Any = None
        self._tokenizer: Tokenizer | None = None

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector for each text, in order; text after 256 tokens does not count."""
        vectors: list[list[float]] = []
        for start in range(0, len(texts), BATCH):
            vectors.extend(self._embed(texts[start : start + BATCH]))
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """The vector of one text."""
        return self._embed([text])[0]

    def close(self) -> None:
        """Give the memory of the session back; a later call opens it again."""
        with self._lock:
            self._session = self._tokenizer = None

    def _embed(self, texts: Sequence[str]) -> list[list[float]]:
        with self._lock:
            tokenizer, session = self._opened()
            encodings = tokenizer.encode_batch(list(texts))
            ids = np.array([encoding.ids for encoding in encodings], dtype=np.int64)
            mask = np.array([encoding.attention_mask for encoding in encodings], dtype=np.int64)
            inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": ids * 0}
            (hidden,) = session.run(None, inputs)
        vectors: list[list[float]] = _normalised_mean(hidden, mask).tolist()
        return vectors

    def _opened(self) -> tuple[Tokenizer, Any]:
        if self._session is None or self._tokenizer is None:
            self._tokenizer = load_tokenizer()
            self._tokenizer.enable_truncation(MAX_TOKENS)
            self._tokenizer.enable_padding()
            self._session = _open_session()
        return self._tokenizer, self._session


def _open_session() -> Any:
    # Imported at the first use: it costs memory and half a second at start.
    import onnxruntime  # noqa: PLC0415

    # On Windows it reports through the system, whatever the environment says.
    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.enable_cpu_mem_arena = False
    options.enable_mem_pattern = False
    options.intra_op_num_threads = _threads()
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(
        str(model_file()), options, providers=["CPUExecutionProvider"]
    )


def _normalised_mean(hidden: Array, mask: Array) -> Array:
    """The mean of the token vectors that are not padding, scaled to length 1."""
    weights = mask[:, :, None].astype(hidden.dtype)
    mean: Array = (hidden * weights).sum(axis=1) / weights.sum(axis=1)
    lengths: Array = np.linalg.norm(mean, axis=1, keepdims=True)
    return np.asarray(mean / lengths)
