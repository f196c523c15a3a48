"""The editor's hand: a change stays only where the report gets better, and every round ends."""

import random
from collections.abc import Sequence

from marketer_desktop.domain.brief import Brief, ContentType
from marketer_desktop.domain.piece import Piece, Section, Sentence, Source
from marketer_desktop.knowledge.embeddings import MiniLmEmbeddings
from marketer_desktop.llm.answering import Writer
from marketer_desktop.storage.database import Database
from marketer_desktop.workflow.agents.lengthening import ATTEMPTS, lengthen
from marketer_desktop.workflow.agents.model_repairs import MODEL_REPAIRS
from marketer_desktop.workflow.context import Ask
from marketer_desktop.workflow.edit import Edit
from tests.factories.pieces import make_source, random_sentence
from tests.factories.runs import RunFactory, add_run
from tests.fakes.saying_model import SayingModel

BRIEF = Brief(
    type=ContentType.LINKEDIN,
    topic="cold brew coffee for offices",
    keywords=["cold brew", "coffee machine"],
    words=60,
)
OPENING = "Cold brew coffee saves an office the queue at the machine every morning."
CARRIES = "A coffee machine makes one cup of coffee after another for the whole office."


async def make_edit(
    database: Database,
    embeddings: MiniLmEmbeddings,
    sayings: Sequence[str],
    *sentences: str,
    sources: Sequence[Source] = (),
) -> Edit:
    model = SayingModel(about="coffee", sayings=list(sayings))
    identity = await add_run(database, BRIEF)
    context = RunFactory(database, embeddings, BRIEF, identity, model).context()
    piece = Piece(
        title="Cold Brew for Offices",
        sections=[Section(paragraphs=[[Sentence(text=text)] for text in sentences])],
        hashtags=["#ColdBrew", "#Coffee", "#Office"],
    )
    screen = context.screen(sources)
    return Edit(context, piece, sources, screen, "cold brew", ["Why cold brew?"], [60])


async def failing(edit: Edit) -> set[str]:
    return {check.id for check in await edit.failing()}


async def test_a_missing_keyword_is_worked_into_a_sentence(
    database: Database, shared_embeddings: MiniLmEmbeddings
) -> None:
    sayings = ["Sure, here is one.", f"“{CARRIES}” I am glad to help you with that."]
    edit = await make_edit(database, shared_embeddings, sayings, OPENING)
    assert "keywords" in await failing(edit)
    await MODEL_REPAIRS["keywords"](edit, 1)
    assert "keywords" not in await failing(edit)
    assert [sentence.text for sentence in edit.piece.sentences()] == [OPENING, CARRIES]


async def test_a_repair_that_helps_nothing_changes_nothing(
    database: Database, shared_embeddings: MiniLmEmbeddings
) -> None:
    babble = "Cold brew coffee tastes of coffee and every office likes it in the morning."
    edit = await make_edit(database, shared_embeddings, [babble], OPENING)
    before = edit.piece
    await MODEL_REPAIRS["keywords"](edit, 1)
    assert edit.piece is before
    assert not await edit.offer(before.model_copy(update={"hashtags": []}))
    assert edit.piece is before


async def test_what_is_left_over_is_used_before_the_model_is_asked(
    database: Database, shared_embeddings: MiniLmEmbeddings
) -> None:
    edit = await make_edit(database, shared_embeddings, [""], OPENING)
    edit.spare = [(0, Sentence(text=random_sentence_of(number))) for number in range(9)]
    await lengthen(edit, 60)
    assert 54 <= edit.words <= 80
    assert not asked(edit)


async def test_a_model_of_no_use_is_asked_a_few_times_only(
    database: Database, shared_embeddings: MiniLmEmbeddings
) -> None:
    edit = await make_edit(database, shared_embeddings, ["Sure, here is nothing."], OPENING)
    await lengthen(edit, 60)
    assert len(asked(edit)) == ATTEMPTS
    assert edit.piece.sections[0].word_count < 54
    assert "word_count" in await failing(edit)


async def test_citations_of_the_model_stay_where_the_passage_says_so(
    database: Database, shared_embeddings: MiniLmEmbeddings
) -> None:
    passage = "The grinder for cold brew coffee costs 420 euros in every office."
    said = (
        "The grinder for cold brew coffee costs 420 euros in every office [1]. "
        "Cold brew coffee suits an office that starts early in the morning. [1] "
        "The grinder for cold brew coffee in the office costs 900 euros [1]."
    )
    sources = [make_source(1, passage)]
    edit = await make_edit(database, shared_embeddings, [said], OPENING, sources=sources)
    ask = Ask("editor", "editing/x", "answer", [BRIEF.topic])
    found = await edit.context.sentences(ask, edit.screen, sources, question="Why?")
    assert [(s.text, s.source) for s in found] == [
        (passage, 1),
        ("Cold brew coffee suits an office that starts early in the morning.", None),
    ]


def asked(edit: Edit) -> list[str]:
    """What the model of the edit has been asked."""
    writer = getattr(edit.context.calls._model.write, "__self__", None)
    assert isinstance(writer, Writer) and isinstance(writer.chat, SayingModel)
    return writer.chat.asked


def random_sentence_of(number: int) -> str:
    """A sentence of ten rare words."""
    return random_sentence(random.Random(number), 10)
