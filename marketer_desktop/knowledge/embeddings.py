"""Turns text into vectors on this machine, with all-MiniLM-L6-v2 in int8."""

import os
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from marketer_desktop.knowledge.model_files import load_tokenizer, model_file
from marketer_desktop.system.loading import LOADING

if TYPE_CHECKING:
    import numpy.typing as npt
    from langchain_core.embeddings import Embeddings
    from tokenizers import Tokenizer

    Array = npt.NDArray[Any]
else:  # a second at every start; what the class would add to ours, nobody here asks for
    Embeddings = object

DIMENSIONS = 384
MAX_TOKENS = 256
# A run compares the same sentences and subjects again and again; passages are longer.
REMEMBERED, LONGEST_REMEMBERED = 4096, 400


def _threads() -> int:
    """Two threads where there are cores to spare: on two busy cores they wait for each other."""
    return 2 if (os.cpu_count() or 1) > 2 else 1


class MiniLmEmbeddings(Embeddings):
    """Vectors of 384 floats with length 1; the session is opened at the first use.

    Calls may come from any thread; they take turns. A text has the same vector in whatever
    company it comes: the model's numbers are rounded over all that is embedded at once, so each
    text is embedded alone, which is faster, too.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._session: Any = None
        self._tokenizer: Tokenizer | None = None
        self._remembered: OrderedDict[str, Array] = OrderedDict()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector for each text, in order; text after 256 tokens does not count."""
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        """The vector of one text."""
        with self._lock:
            vector = self._remembered.pop(text, None)
            if vector is None:
                vector = self._embedded(text)
            if len(text) <= LONGEST_REMEMBERED:
                self._remembered[text] = vector
                if len(self._remembered) > REMEMBERED:
                    self._remembered.popitem(last=False)
        numbers: list[float] = vector.tolist()
        return numbers

    def close(self) -> None:
        """Give the memory of the session back; a later call opens it again."""
        with self._lock:
            self._session = self._tokenizer = None
            self._remembered.clear()

    def _embedded(self, text: str) -> "Array":
        with LOADING:
            import numpy as np  # noqa: PLC0415 — heavy, off the start path

        tokenizer, session = self._opened()
        ids = np.array([tokenizer.encode(text).ids], dtype=np.int64)
        inputs = {"input_ids": ids, "attention_mask": ids * 0 + 1, "token_type_ids": ids * 0}
        (hidden,) = session.run(None, inputs)
        mean = hidden[0].mean(axis=0)
        return np.asarray(mean / np.linalg.norm(mean), dtype=np.float32)

    def _opened(self) -> "tuple[Tokenizer, Any]":
        if self._session is None or self._tokenizer is None:
            self._tokenizer = load_tokenizer()
            self._tokenizer.enable_truncation(MAX_TOKENS)
            self._session = _open_session()
        return self._tokenizer, self._session


def _open_session() -> Any:
    # Imported at the first use: it costs memory and half a second at start.
    with LOADING:
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
