"""The real embedding model: meaning is near, order and batches do not matter."""

import math
from typing import Any

import numpy as np
import pytest

from marketer_desktop.knowledge import embeddings as module
from marketer_desktop.knowledge.embeddings import DIMENSIONS, MiniLmEmbeddings

pytestmark = pytest.mark.usefixtures("model_at_work")


@pytest.fixture
def embeddings(shared_embeddings: MiniLmEmbeddings) -> MiniLmEmbeddings:
    return shared_embeddings


def cosine(one: list[float], other: list[float]) -> float:
    return float(np.dot(one, other))


def test_vectors_have_384_numbers_and_length_one(embeddings: MiniLmEmbeddings) -> None:
    vector = embeddings.embed_query("Kestrow roasts coffee in small batches.")
    assert len(vector) == DIMENSIONS == 384
    assert math.hypot(*vector) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize(
    ("sentence", "paraphrase", "unrelated"),
    [
        (
            "The parcel arrives within two working days.",
            "Delivery takes about two days.",
            "The composer wrote nine symphonies.",
        ),
        (
            "Solar panels supply most of the electricity.",
            "The roof produces the bulk of the power.",
            "Pupils sell cake on Wednesday afternoons.",
        ),
    ],
)
def test_a_paraphrase_is_nearer_than_another_subject(
    embeddings: MiniLmEmbeddings, sentence: str, paraphrase: str, unrelated: str
) -> None:
    base, near, far = embeddings.embed_documents([sentence, paraphrase, unrelated])
    assert cosine(base, near) > cosine(base, far) + 0.2


def test_a_text_has_one_vector_in_whatever_company(embeddings: MiniLmEmbeddings) -> None:
    texts = [f"Batch number {number} " + "of fresh coffee " * number for number in range(9)]
    alone = [embeddings.embed_query(text) for text in texts]
    embeddings.close()
    assert embeddings.embed_documents([*reversed(texts), *texts]) == [*reversed(alone), *alone]


def test_texts_of_one_length_are_embedded_together_as_alone(
    embeddings: MiniLmEmbeddings, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = "harbour market station garden kitchen library museum".split()
    texts = [f"Fresh coffee is served in the {place} at noon." for place in places]
    alone = [embeddings.embed_query(text) for text in texts]
    groups: list[int] = []
    work = module._vectors

    def counted(session: Any, encoded: Any) -> Any:
        groups.append(len(encoded))
        return work(session, encoded)

    monkeypatch.setattr(module, "_vectors", counted)
    embeddings.close()
    together = embeddings.embed_documents(texts)
    assert groups == [len(texts)]
    for vector, other in zip(together, alone, strict=True):
        assert vector == pytest.approx(other, abs=1e-6)


def test_what_is_asked_again_is_not_embedded_again(
    embeddings: MiniLmEmbeddings, monkeypatch: pytest.MonkeyPatch
) -> None:
    embedded: list[str] = []
    work = MiniLmEmbeddings._embedded

    def counted(self: MiniLmEmbeddings, texts: list[str]) -> Any:
        embedded.extend(texts)
        return work(self, texts)

    monkeypatch.setattr(MiniLmEmbeddings, "_embedded", counted)
    monkeypatch.setattr(module, "REMEMBERED", 2)
    embeddings.close()
    long = "a passage is too long to be kept " * 20
    for text in ("one", "two", "one", long, long, "three", "one", "two"):
        embeddings.embed_query(text)
    assert embedded == ["one", "two", long, long, "three", "two"]


def test_words_beyond_the_limit_do_not_count(embeddings: MiniLmEmbeddings) -> None:
    start = "coffee " * 300
    whole = embeddings.embed_query(start + "submarines in the arctic " * 50)
    assert whole == embeddings.embed_query(start)


def test_no_text_and_empty_text_are_harmless(embeddings: MiniLmEmbeddings) -> None:
    assert embeddings.embed_documents([]) == []
    assert math.hypot(*embeddings.embed_query("")) == pytest.approx(1, abs=1e-5)


def test_a_closed_model_opens_again(embeddings: MiniLmEmbeddings) -> None:
    before = embeddings.embed_query("harbour")
    embeddings.close()
    assert embeddings.embed_query("harbour") == before
