"""Turns text into vectors on this machine, with all-MiniLM-L6-v2 in int8."""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from marketer_desktop.knowledge.model_files import load_tokenizer, model_file
from marketer_desktop.observability.metrics import asked_cache
from marketer_desktop.system.allocator import give_memory_back
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
AT_ONCE = 2  # threads that embed; two that share one text wait for each other on busy cores


class MiniLmEmbeddings(Embeddings):
    """Vectors of 384 floats with length 1; the session is opened at the first use.

    Calls may come from any thread, and two are at work at once. A text has the same vector in
    whatever company it comes: only texts of the same number of tokens are embedded together, as
    padding would make work and round the numbers anew.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._places = threading.BoundedSemaphore(AT_ONCE)
        self._session: Any = None
        self._tokenizer: Tokenizer | None = None
        self._remembered: OrderedDict[str, Array] = OrderedDict()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector for each text, in order; text after 256 tokens does not count."""
        return [vector.tolist() for vector in self._known(texts)]

    def embed_query(self, text: str) -> list[float]:
        """The vector of one text."""
        return self.embed_documents([text])[0]

    def packed(self, texts: list[str]) -> list[bytes]:
        """The same as `embed_documents`, as float32 to be kept."""
        return [vector.tobytes() for vector in self._known(texts)]

    def learn(self, texts: list[str], vectors: bytes) -> None:
        """Remember texts with their `packed` vectors, one after another."""
        with LOADING:
            import numpy as np  # noqa: PLC0415 — heavy, off the start path

        known = np.frombuffer(vectors, dtype=np.float32).reshape(-1, DIMENSIONS)
        self._remember(dict(zip(texts, known, strict=True)))

    def close(self) -> None:
        """Give the memory of the session back; a later call opens it again."""
        with self._lock:
            self._session = self._tokenizer = None
            self._remembered.clear()

    def _known(self, texts: list[str]) -> "list[Array]":
        vectors = self._recalled(texts)
        fresh = [text for text in dict.fromkeys(texts) if text not in vectors]
        asked_cache("embeddings", hits=len(vectors), misses=len(fresh))
        vectors |= zip(fresh, self._embedded(fresh), strict=True)
        self._remember({text: vectors[text] for text in fresh})
        return [vectors[text] for text in texts]

    def _recalled(self, texts: Iterable[str]) -> "dict[str, Array]":
        with self._lock:
            known = {text: self._remembered[text] for text in texts if text in self._remembered}
            for text in known:
                self._remembered.move_to_end(text)
        return known

    def _remember(self, vectors: "dict[str, Array]") -> None:
        with self._lock:
            short = {t: vector for t, vector in vectors.items() if len(t) <= LONGEST_REMEMBERED}
            self._remembered.update(short)
            while len(self._remembered) > REMEMBERED:
                self._remembered.popitem(last=False)

    def _embedded(self, texts: list[str]) -> "list[Array]":
        if not texts:
            return []
        tokenizer, session = self._opened()
        encoded = [tokenizer.encode(text).ids for text in texts]
        vectors: dict[int, Array] = {}
        for group in _of_one_length(encoded):
            with self._places:
                found = _vectors(session, [encoded[number] for number in group])
            vectors |= zip(group, found, strict=True)
        return [vectors[number] for number in range(len(texts))]

    def _opened(self) -> "tuple[Tokenizer, Any]":
        with self._lock:
            if self._session is None or self._tokenizer is None:
                self._tokenizer = load_tokenizer()
                self._tokenizer.enable_truncation(MAX_TOKENS)
                self._session = _open_session()
            return self._tokenizer, self._session


def _of_one_length(encoded: Sequence[Sequence[int]]) -> Iterator[Sequence[int]]:
    """The numbers of texts of the same length, at most `MAX_TOKENS` tokens together."""
    order = sorted(range(len(encoded)), key=lambda number: len(encoded[number]))
    for length, alike in groupby(order, key=lambda number: len(encoded[number])):
        group, most = list(alike), max(1, MAX_TOKENS // length)
        yield from (group[start : start + most] for start in range(0, len(group), most))


def _vectors(session: Any, encoded: Sequence[Sequence[int]]) -> "list[Array]":
    with LOADING:
        import numpy as np  # noqa: PLC0415 — heavy, off the start path

    ids = np.array(encoded, dtype=np.int64)
    inputs = {"input_ids": ids, "attention_mask": ids * 0 + 1, "token_type_ids": ids * 0}
    (hidden,) = session.run(None, inputs)
    # Text by text: the mean of all at once is rounded otherwise.
    means = [tokens.mean(axis=0) for tokens in hidden]
    return [np.asarray(mean / np.linalg.norm(mean), dtype=np.float32) for mean in means]


def _open_session() -> Any:
    # Imported at the first use: it costs memory and half a second at start.
    with LOADING:
        import onnxruntime  # noqa: PLC0415

    # On Windows it reports through the system, whatever the environment says.
    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    # Its arena stays: without it each call breaks up the heap, which costs 40 MB more at the peak.
    options.enable_mem_pattern = False
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        str(model_file()), options, providers=["CPUExecutionProvider"]
    )
    give_memory_back()  # 60 MB, of the file and of weights in another order
    return session
