"""The summary of a brand's documents: distilled once for each set of them, and kept."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from marketer_desktop.domain.brand_summary import (
    LONGEST_SENTENCE,
    BrandSummary,
    is_brand_document,
    phrases,
    statement,
    tone,
)
from marketer_desktop.domain.facts import facts
from marketer_desktop.domain.instructions import plain_text
from marketer_desktop.domain.piece import Source
from marketer_desktop.domain.words import count_words
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.restore_index import completed_index
from marketer_desktop.storage.tables import DocumentRow
from marketer_desktop.system.loading import LOADING

if TYPE_CHECKING:  # heavy, off the start path
    from marketer_desktop.knowledge.retriever import ChunkRetriever

# Asks a model: (system, user), the place of the call in the run.
Ask = Callable[[tuple[str, str], str], Awaitable[str]]

NO_BRAND = BrandSummary()
PASSAGES = 2  # for each question: a small model has little room
LONGEST_TEXT = 1600  # characters
SYSTEM = "You answer from the given text only, in few words."
TONE = "Which adjectives describe how this brand sounds? Answer with three adjectives."
WHO = "Who is this company? Answer with one sentence from the text."
WHAT = "What does this company make or offer? Answer with one sentence from the text."


async def brand_summary(
    parts: Parts, organization_id: int, project_id: int, model: str, ask: Ask
) -> BrandSummary:
    """What the brand documents of a project say; `ask` is called only if they are new.

    Brand documents have the tag “brand”, or “brand”, “voice” or “style guide” in their names.
    """
    documents = await brand_documents(parts, organization_id, project_id)
    if not documents:
        return NO_BRAND
    key = key_of(documents)
    async with parts.database.unit_of_work() as work:
        kept = await work.brand_summaries.find(organization_id, project_id, key)
    if kept is not None:
        return BrandSummary.model_validate_json(kept.summary)
    distilled = await _distilled(parts, organization_id, documents, ask)
    async with parts.database.unit_of_work() as work:
        summary = distilled.model_dump_json()
        await work.brand_summaries.keep(organization_id, project_id, key, model, summary)
        await work.commit()
    return distilled


def key_of(documents: Sequence[DocumentRow]) -> str:
    """What a set of documents is known by: SHA-256 of their contents, in hex."""
    hashes = "".join(sorted(row.content_hash for row in documents))
    return hashlib.sha256(hashes.encode()).hexdigest()


async def brand_documents(parts: Parts, organization_id: int, project_id: int) -> list[DocumentRow]:
    """The documents of a project that say how to write for the brand."""
    async with parts.database.unit_of_work() as work:
        known = await work.documents.list(organization_id)
    return [
        row
        for row in known
        if row.status == "indexed"
        and row.project_id in (None, project_id)
        and is_brand_document(row.filename, row.tags)
    ]


async def _distilled(
    parts: Parts, organization_id: int, documents: Sequence[DocumentRow], ask: Ask
) -> BrandSummary:
    with LOADING:
        from marketer_desktop.knowledge.retriever import ChunkRetriever  # noqa: PLC0415 — heavy

    retriever = ChunkRetriever(
        database=parts.database,
        index=await completed_index(parts, organization_id),
        embeddings=parts.embeddings,
        limit=PASSAGES,
        document_ids=[row.id for row in documents],
    )
    preferred, forbidden = phrases(await _texts(parts, documents))
    sounding = await _passages(
        retriever, "The tone of voice of the brand: how it sounds, its style"
    )
    being = await _passages(retriever, "Who the company is, when and by whom it was founded")
    making = await _passages(retriever, "What the company makes, sells and offers to customers")
    style, who, what = await asyncio.gather(
        _answer(ask, TONE, sounding), _answer(ask, WHO, being), _answer(ask, WHAT, making)
    )
    return BrandSummary(
        tone=tone(style, sounding),
        who=statement(who, being, _first_fact(being)),
        what=statement(what, making, _first_fact(making)),
        preferred=preferred,
        forbidden=forbidden,
    )


async def _texts(parts: Parts, documents: Sequence[DocumentRow]) -> list[str]:
    async with parts.database.unit_of_work() as work:
        return [chunk.text for row in documents for chunk in await work.documents.chunks(row.id)]


async def _passages(retriever: "ChunkRetriever", question: str) -> list[Source]:
    """The best passages without anything in them that instructs a model."""
    return [
        Source(
            n=number,
            document_id=found.metadata["document_id"],
            document=found.metadata["filename"],
            page=found.metadata["page"],
            start=found.metadata["start"],
            end=found.metadata["end"],
            text=plain_text(found.page_content),
        )
        for number, found in enumerate(await retriever.ainvoke(question), start=1)
    ]


async def _answer(ask: Ask, question: str, passages: Sequence[Source]) -> str:
    text = "\n\n".join(passage.text for passage in passages)[:LONGEST_TEXT]
    if not text:
        return ""
    node = f"brand/{question.partition(' ')[0].casefold()}"
    return await ask((SYSTEM, f"{text}\n\n{question}"), node)


def _first_fact(passages: Sequence[Source]) -> str:
    found = (fact.text for p in passages for fact in facts(p.n, p.text))
    return next((text for text in found if count_words(text) <= LONGEST_SENTENCE), "")
