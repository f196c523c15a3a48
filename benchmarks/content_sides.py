"""Both sides of one brief: our workflow by its service, and the single prompt."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from contextlib import aclosing
from pathlib import Path
from typing import Any

from benchmarks.content_briefs import Task
from benchmarks.content_measures import (
    Texts,
    hard_failures,
    hard_share,
    nearness,
    repeated,
    unresolved,
    written_or_said,
)
from benchmarks.content_single import TEMPERATURES, Single, single_prompt
from marketer_desktop.domain.body import body_text
from marketer_desktop.domain.checks.check import subject_of
from marketer_desktop.domain.checks.report import report
from marketer_desktop.domain.piece import Piece, Source
from marketer_desktop.domain.words import count_words
from marketer_desktop.llm.choice import STARTER
from marketer_desktop.services.documents import IngestDocuments, ingest_documents
from marketer_desktop.services.generate_content import GenerateContent, generate_content
from marketer_desktop.services.parts import Parts
from marketer_desktop.storage.unit_of_work import UnitOfWork
from marketer_desktop.workflow.prompts import instructions

BRAND, NOTHING = "Kestrow", "Without documents"
NO_CONTENT: dict[str, Any] = {"piece": {"title": "", "sections": []}, "final_content": ""}

Side = dict[str, Any]


async def take_in(parts: Parts, chapters: Mapping[str, Path]) -> dict[str, int]:
    """The number of each chapter's document, known before any time is taken."""
    call = IngestDocuments(paths=list(chapters.values()), project=BRAND)
    told = (await ingest_documents(call, parts, quiet)).results
    for result in told:
        if result.document_id is None:
            raise SystemExit(f"{result.file}: {result.error}")
    return {h: result.document_id or 0 for h, result in zip(chapters, told, strict=True)}


async def ours(parts: Parts, task: Task, chapters: Mapping[str, Path]) -> Side:
    """The whole way that the command line goes, and what the database keeps of it."""
    asked = task.brief.model_dump(include=set(GenerateContent.model_fields))
    call = GenerateContent(
        **asked,
        documents=[chapters[heading] for heading in task.chapters],
        project=BRAND if task.chapters else NOTHING,
        model=str(STARTER),
    )
    began = time.monotonic()
    told = await generate_content(call, parts, quiet)
    seconds = time.monotonic() - began
    async with parts.database.unit_of_work() as work:
        row = await work.activities.get(told.activity_id)
        assert row is not None
        ledger = await work.executions.of_activity(row.id)
        documents = {number: await _text(work, number) for number in row.document_ids}
    content = row.content or NO_CONTENT
    piece = Piece(**content["piece"])
    sources = [Source(**source) for source in content.get("research_sources", [])]
    answers = [str((each.output_data or {}).get("text", "")) for each in ledger if each.llm_model]
    checks = report(subject_of(task.brief, piece, sources, prompts=instructions()))
    return {
        **await _measured(parts, task, piece, sources, documents),
        "status": told.status,
        "failed": hard_failures(checks, variants=True) or ([told.error] if told.error else []),
        "hard_share": hard_share(checks, variants=True),
        "written": written_or_said(piece, answers, documents),
        "text": content["final_content"],
        "seconds": seconds,
        "tokens": told.tokens,
    }


async def single(parts: Parts, task: Task, numbers: Mapping[str, int]) -> Side:
    """One prompt with the documents of the brief in it as far as there is room; the better answer.

    Time and tokens are those of that answer alone.
    """
    async with parts.database.unit_of_work() as work:
        documents = {numbers[h]: await _text(work, numbers[h]) for h in task.chapters}
        passages = [s for h in task.chapters for s in await _passages(work, h, numbers[h])]
    numbered = [source.model_copy(update={"n": n}) for n, source in enumerate(passages, 1)]
    sides: list[Side] = []
    async with aclosing(await parts.models.open(STARTER)) as model:
        for temperature in TEMPERATURES:
            made = await single_prompt(parts, model, task.brief, numbered, temperature)
            sides.append(await _judged(parts, task, made, documents))
    return max(sides, key=lambda side: (side["hard_share"], side["nearness"]))


async def _judged(parts: Parts, task: Task, made: Single, documents: Texts) -> Side:
    checks = report(
        subject_of(task.brief, made.piece, made.sources, prompts=made.instructions, text=made.text)
    )
    return {
        **await _measured(parts, task, made.piece, made.sources, documents),
        "failed": hard_failures(checks, variants=False),
        "hard_share": hard_share(checks, variants=False),
        "written": written_or_said(made.piece, [made.answer], documents),
        "text": made.answer,
        "seconds": made.seconds,
        "tokens": made.tokens,
    }


def quiet(event: dict[str, Any]) -> None:
    """Hear what services emit, and say nothing."""


async def _measured(
    parts: Parts, task: Task, piece: Piece, sources: Sequence[Source], documents: Texts
) -> Side:
    """What is measured on both sides alike."""
    runs, again = repeated(piece, task.brief.keywords)
    return {
        "piece": piece.model_dump(mode="json"),
        "words": count_words(body_text(task.brief.type, piece)),
        "citations": sum(sentence.source is not None for sentence in piece.sentences()),
        "unresolved": unresolved(piece, sources, documents),
        "repeated": runs,
        "again": again,
        "nearness": await asyncio.to_thread(nearness, piece, task.brief, parts.embeddings),
    }


async def _text(work: UnitOfWork, document_id: int) -> str:
    """A document's text, put together from its passages by their spans."""
    text: list[str] = []
    for chunk in await work.documents.chunks(document_id):
        text += [" "] * (chunk.end_char - len(text))
        text[chunk.start_char : chunk.end_char] = chunk.text
    return "".join(text)


async def _passages(work: UnitOfWork, heading: str, document_id: int) -> list[Source]:
    return [
        Source(
            n=0,
            document_id=document_id,
            document=heading,
            page=chunk.page,
            start=chunk.start_char,
            end=chunk.end_char,
            text=chunk.text,
        )
        for chunk in await work.documents.chunks(document_id)
    ]
