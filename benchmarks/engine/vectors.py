"""The vector part of a search beside a bare Chroma query, among 100,000 chunks.

The chunks are made from the vectors of real paragraphs: each lies between two related ones, with
some noise. They are kept in `build/engine` for the next time.
"""

import asyncio
import hashlib
import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import chromadb
import numpy as np
import numpy.typing as npt
from chromadb.config import Settings

from benchmarks.engine.figures import Figure, percentile
from benchmarks.engine.prose import SEED, paragraphs
from marketer_desktop.knowledge import collections, vector_index
from marketer_desktop.knowledge.embeddings import MiniLmEmbeddings
from marketer_desktop.knowledge.vector_index import Hit, IndexEntry, VectorIndex

BUILD = Path(__file__).parents[2] / "build" / "engine"
OURS, OTHER = 1, 2  # projects
NEIGHBOURS, NOISE = 12, 0.35
POOL, NEAREST = 32, 8  # what the retriever asks for, and what counts of it
LIMIT, RECALL = 1.3, 0.95

Array = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Scale:
    """How many chunks there are in the project that is searched and in another one."""

    chunks: int = 100_000
    elsewhere: int = 10_000
    per_document: int = 50
    paragraphs: int = 1_250
    questions: int = 200
    rounds: int = 5


def measure(scale: Scale, folder: Path, tell: Callable[[str], None]) -> list[Figure]:
    """Times and recall; the index is made in `folder` where it is not there yet."""
    place = folder / f"vectors-{_version(scale)}"
    if not (place / "whole").is_file():
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        _make(scale, place, tell)
    vectors, questions = np.load(place / "vectors.npy"), np.load(place / "questions.npy")
    index = VectorIndex(place / "chroma")
    try:
        return asyncio.run(_measured(scale, index, vectors, questions, tell))
    finally:
        index.close()


def _version(scale: Scale) -> str:
    """Changes with all that the index depends on."""
    made_with = [asdict(scale), collections.SETTINGS, NEIGHBOURS, NOISE, SEED]
    return hashlib.sha256(json.dumps(made_with).encode()).hexdigest()[:12]


def _make(scale: Scale, place: Path, tell: Callable[[str], None]) -> None:
    tell("Making vectors of real paragraphs")
    texts = paragraphs()[: scale.paragraphs]
    real = np.array(MiniLmEmbeddings().embed_documents(texts), dtype=np.float32)
    vectors = _between(real[: -scale.questions], scale.chunks + scale.elsewhere)
    np.save(place / "vectors.npy", vectors)
    np.save(place / "questions.npy", real[-scale.questions :])
    tell(f"Indexing {len(vectors)} chunks")
    asyncio.run(_index(scale, VectorIndex(place / "chroma"), vectors))
    (place / "whole").touch()


def _between(real: Array, count: int) -> Array:
    """`count` vectors of length 1, each between a real one and one of its neighbours."""
    source = np.random.default_rng(SEED)
    near = np.argsort(-(real @ real.T), axis=1)[:, 1 : NEIGHBOURS + 1]
    one = source.integers(0, len(real), count)
    other = near[one, source.integers(0, near.shape[1], count)]
    share = source.uniform(0.5, 1.0, count)[:, None]
    noise = _unit(source.standard_normal((count, real.shape[1])))
    return _unit(share * real[one] + (1 - share) * real[other] + NOISE * noise)


def _unit(vectors: npt.NDArray[Any]) -> Array:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / lengths, dtype=np.float32)


async def _index(scale: Scale, index: VectorIndex, vectors: Array) -> None:
    """As the product does it, but without its pauses for other work."""
    batch, pause = vector_index.BATCH, vector_index.PAUSE
    vector_index.BATCH, vector_index.PAUSE = scale.per_document, 0.0
    try:
        for start in range(0, len(vectors), scale.per_document):
            part = vectors[start : start + scale.per_document]
            entries = [IndexEntry(start + n, n, None, v.tolist()) for n, v in enumerate(part)]
            project = OURS if start < scale.chunks else OTHER
            await index.add(start // scale.per_document, project, entries)
    finally:
        vector_index.BATCH, vector_index.PAUSE = batch, pause
        index.close()


async def _measured(
    scale: Scale, index: VectorIndex, vectors: Array, questions: Array, tell: Callable[[str], None]
) -> list[Figure]:
    tell("Searching")
    bare = _bare_collection(index.folder)
    ours, peer = [], []
    for number in range(scale.rounds + 1):
        # Not the same question to both at once: the second would find its way warm in the caches.
        for one, other in zip(questions, np.roll(questions, 1 + number, axis=0), strict=True):
            began = perf_counter()
            await index.query(one.tolist(), POOL, OURS)
            between = perf_counter()
            bare.query(query_embeddings=[other.tolist()], n_results=POOL, include=["distances"])
            if number:  # the first round reads the index from the disk
                ours.append((between - began) * 1000)
                peer.append((perf_counter() - between) * 1000)
    size = f"{scale.chunks:,} chunks"
    return [
        *_times(f"vector part of a search, {size} of a project", ours, peer),
        await _recall(
            f"recall@{NEAREST} in the project", index, vectors[: scale.chunks], questions, OURS
        ),
        await _recall(f"recall@{NEAREST} in all projects", index, vectors, questions, None),
    ]


def _bare_collection(folder: Path) -> Any:
    """The collection of the project that is searched, by Chroma's own client."""
    client = chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False))
    return client.get_collection(collections.collection_name(OURS), embedding_function=None)


def _times(name: str, ours: Sequence[float], peer: Sequence[float]) -> list[Figure]:
    """The ratio of the 95th percentiles, which is limited, and that of the medians."""
    figures = []
    for share, limit in ((95, LIMIT), (50, None)):
        us, them = percentile(ours, share), percentile(peer, share)
        figures.append(
            Figure(f"{name}, p{share}", f"{us:.2f} ms", f"{them:.2f} ms", us / them, "≤", limit)
        )
    return figures


async def _recall(
    name: str, index: VectorIndex, vectors: Array, questions: Array, project: int | None
) -> Figure:
    """The share of the truly nearest chunks that are found; chunks are numbered by their row."""
    found = 0
    for question in questions:
        nearest = np.argpartition(-(vectors @ question), NEAREST)[:NEAREST]
        hits: list[Hit] = await index.query(question.tolist(), POOL, project)
        found += len({hit.chunk_id for hit in hits[:NEAREST]} & set(nearest.tolist()))
    share = found / (NEAREST * len(questions))
    return Figure(name, f"{share:.1%}", "exact search", share, "≥", RECALL)
