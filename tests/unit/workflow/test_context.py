"""What is asked of the embedding model: only sentences that may stay for all else."""

from typing import Any, cast

from langchain_core.embeddings import Embeddings

from marketer_desktop.domain.brief import Brief, ContentType
from marketer_desktop.domain.piece import Source
from marketer_desktop.workflow.context import Ask, RunContext

SOUND = "Fresh coffee from a local roaster keeps an office awake."
UNSOUND = (
    "Imagine a bright office with a quiet machine in every corner.",
    "Experts say that coffee of this kind is the very best.",
    "The office of Kestrow pays 4,711 euros for its coffee.",
)
FLOWING = "It also warms the people of an office in the winter."
FAR = "The garden behind the office has roses and old trees."
LEANING = ("They bloom in the early summer.", "This makes a walk in the garden pleasant.")
AGAIN = "Every machine in an office is cleaned in the evening."
ASK = Ask("content_writer", "writing/section:0/answer", "answer", ["office coffee"])


class OneAnswer:
    """Stands for the model."""

    small = True

    def __init__(self, *sentences: str) -> None:
        self.sentences = sentences

    async def ask(self, *_: Any) -> str:
        return " ".join(self.sentences)


class AllNear(Embeddings):
    """Everything but `far` is near to everything; remembers what it was asked for."""

    def __init__(self, far: str = "") -> None:
        self.far = far
        self.asked: list[str] = []

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.asked += texts
        return [[0.0 if text == self.far else 1.0] for text in texts]

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


def context(embeddings: Embeddings, *answer: str) -> RunContext:
    nobody = cast("Any", None)
    brief = Brief(type=ContentType.BLOG, topic="Office coffee", audience="offices", words=300)
    model = cast("Any", OneAnswer(*(answer or (UNSOUND[0], SOUND, *UNSOUND[1:]))))
    return RunContext(brief, model, nobody, nobody, embeddings, retriever=None)


async def test_sentences_that_may_not_stay_are_not_embedded() -> None:
    embeddings = AllNear()
    run = context(embeddings)
    kept = await run.sentences(ASK, run.screen([]), question="What is office coffee?")
    assert [sentence.text for sentence in kept] == [SOUND]
    assert sorted(embeddings.asked) == sorted([SOUND, "office coffee"])


async def test_what_leans_on_a_dropped_sentence_goes_with_it_unasked() -> None:
    embeddings = AllNear(far=FAR)
    run = context(embeddings, SOUND, FLOWING, FAR, *LEANING, AGAIN)
    kept = await run.sentences(ASK, run.screen([]), question="What is office coffee?")
    assert [sentence.text for sentence in kept] == [SOUND, FLOWING, AGAIN]
    assert not set(LEANING) & set(embeddings.asked)
    assert len(embeddings.asked) == len([SOUND, FAR, AGAIN, "office coffee"]) + 2


def test_the_same_sources_are_read_once() -> None:
    run = context(AllNear())
    source = Source(
        n=1, document_id=1, document="a.md", page=None, start=0, end=9, text="Coffee is brewed."
    )
    screen = run.screen([source])
    assert run.screen([source.model_copy()]) is screen
    assert run.screen([source.model_copy(update={"text": "Tea is brewed."})]) is not screen
