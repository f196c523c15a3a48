"""Mend what one check complains of: by rule where that is possible, else by the model."""

import asyncio
from collections.abc import Iterator
from itertools import islice
from typing import Literal

from pydantic import BaseModel

from marketer_desktop.domain.brand_voice import BrandVoice
from marketer_desktop.domain.brief import LONG_FORM
from marketer_desktop.domain.checks.check import Subject
from marketer_desktop.domain.piece import Piece, Section, Sentence
from marketer_desktop.domain.repairs.repair import PROPOSALS
from marketer_desktop.publishing.piece_patch import NotFound, patched
from marketer_desktop.publishing.reading import read_piece
from marketer_desktop.publishing.rendering import render
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.check_text import (
    CheckedText,
    TextReport,
    piece_of,
    report_on,
    subject_for,
    voice_for,
)
from marketer_desktop.services.fix_by_model import REWRITES, rewritten
from marketer_desktop.services.fix_verdict import Attempt, hurts, is_good, progress
from marketer_desktop.services.parts import Parts

MOST_PROPOSALS = 8
HURT = "The fix hurt another check and was undone."
NONE = "No fix was found. The text is as it was."


class FixedText(BaseModel):
    """The text afterwards; it is another one only if `outcome` is `fixed`.

    `hurt`: there was a way, but another check would have failed by it.
    """

    outcome: Literal["fixed", "hurt", "none"]
    message: str
    markdown: str
    title: str
    description: str
    slug: str
    keyphrase: str
    variants: dict[str, str]
    report: TextReport


class FixCheck(CheckedText, Call[FixedText]):
    """Mend a text for one check, of the contract or of the scorer. Nothing is stored."""

    check_id: str


def can_fix(check_id: str) -> bool:
    """Whether there is a way to mend what this check complains of."""
    return check_id in PROPOSALS or check_id in REWRITES


async def fix_check(call: FixCheck, parts: Parts, emit: Emit) -> FixedText:
    """The mended text, kept only if the check gets better and no other one worse."""
    voice = await voice_for(call, parts)
    before = await asyncio.to_thread(report_on, call, voice)
    tried = await asyncio.to_thread(_by_rule, call, voice, before)
    hurt = tried.hurt
    if tried.text is None and call.check_id in REWRITES:
        tried = await rewritten(call, call.check_id, voice, before, parts, emit)
        hurt = hurt or tried.hurt
    if tried.text is not None:
        return _told("fixed", _praise(tried.report, call.check_id), tried.text, tried.report)
    return _told("hurt", HURT, call, before) if hurt else _told("none", NONE, call, before)


def _by_rule(call: FixCheck, voice: BrandVoice, before: TextReport) -> Attempt:
    """The first proposal that brings the check the furthest and hurts no other one."""
    best, furthest, hurt = None, progress(before, call.check_id), False
    report = before
    for text in islice(_proposals(call, voice), MOST_PROPOSALS):
        after = report_on(text, voice)
        reached = progress(after, call.check_id)
        if reached <= furthest:
            continue
        if hurts(after, before, call.check_id):
            hurt = True
            continue
        best, furthest, report = text, reached, after
        if is_good(after, call.check_id):
            break
    return Attempt(best, report, hurt)


def _proposals(call: FixCheck, voice: BrandVoice) -> Iterator[CheckedText]:
    """The text as repairs by rule would have it; what cannot be carried over is left out."""
    if call.check_id in PROPOSALS:
        subject = subject_for(call, voice)
        for piece in PROPOSALS[call.check_id](subject):
            markdown = _markdown(call, subject, piece)
            if markdown is not None:
                yield _with_piece(call, piece, markdown)


def _markdown(call: FixCheck, subject: Subject, piece: Piece) -> str | None:
    """The Markdown that shows `piece`; None if it cannot be put into what was written."""
    if call.type not in LONG_FORM:
        return render(call.type, piece, subject.sources)
    before = read_piece(call.type, call.markdown)
    if before.title and before.title != piece_of(call).title:
        piece = piece.model_copy(update={"title": before.title})  # the two differ on purpose
    try:
        markdown = patched(call.type, call.markdown, before, piece)
    except NotFound:
        return None
    shown = read_piece(call.type, markdown)
    same = shown.title == piece.title and shown.sections == _as_read(piece.sections)
    return markdown if same else None


def _as_read(sections: list[Section]) -> list[Section]:
    """As sections look that are read from Markdown: every sentence written by hand."""
    return [
        section.model_copy(
            update={
                "paragraphs": [
                    [Sentence(text=each.text, source=each.source) for each in paragraph]
                    for paragraph in section.paragraphs
                ]
            }
        )
        for section in sections
    ]


def _with_piece(call: FixCheck, piece: Piece, markdown: str) -> CheckedText:
    before = piece_of(call)
    return call.model_copy(
        update={
            "markdown": markdown,
            "title": piece.title if piece.title != before.title else call.title,
            "description": piece.description,
            "slug": piece.slug,
            "variants": _variants(call, piece.variants, piece.preview),
        }
    )


def _variants(call: CheckedText, variants: dict[str, str], preview: str) -> dict[str, str]:
    if preview != call.variants.get("preview", ""):
        return {**variants, "preview": preview}
    return dict(variants)


def _praise(report: TextReport, check_id: str) -> str:
    said = next((c.message for c in report.score.checks if c.id == check_id), "")
    said = said or next((c.message for c in report.checks if c.id == check_id), "")
    return f"Fixed. {said}".strip()


def _told(
    outcome: Literal["fixed", "hurt", "none"], message: str, text: CheckedText, report: TextReport
) -> FixedText:
    return FixedText(
        outcome=outcome,
        message=message,
        markdown=text.markdown,
        title=text.title,
        description=text.description,
        slug=text.slug,
        keyphrase=text.keyphrase,
        variants=text.variants,
        report=report,
    )
