"""The real embedding model: meaning is near, order and batches do not matter."""

import math

import numpy as np
import pytest

from marketer_desktop.knowledge.embeddings import BATCH, DIMENSIONS, MiniLmEmbeddings


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


def test_a_batch_gives_the_same_vectors_as_single_calls(embeddings: MiniLmEmbeddings) -> None:
    texts = [f"Batch number {number} " + "of fresh coffee " * number for number in range(BATCH + 3)]
    together = embeddings.embed_documents(texts)
    assert len(together) == len(texts)
    for text, vector in zip(texts, together, strict=True):
        assert cosine(vector, embeddings.embed_query(text)) > 0.999


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
