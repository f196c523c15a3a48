"""Check an edited text: contract, score, words, reading time, uses of the keyphrase."""

import asyncio
import math

from pydantic import BaseModel, Field

from marketer_desktop.domain.brand_voice import NO_VOICE, BrandVoice
from marketer_desktop.domain.brief import LONG_FORM, Brief, ContentType, SeoPriority
from marketer_desktop.domain.checks.check import Check, Subject, subject_of, verdict
from marketer_desktop.domain.checks.report import report
from marketer_desktop.domain.keyphrase import KeyphraseUse, keyphrase_use
from marketer_desktop.domain.piece import Piece, Source
from marketer_desktop.domain.scoring.paper import Paper
from marketer_desktop.domain.scoring.remembered import remembered_score
from marketer_desktop.domain.scoring.verdict import Score
from marketer_desktop.domain.words import count_words
from marketer_desktop.publishing.reading import citations, read_piece
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.content import ContentSource
from marketer_desktop.services.model_answers import writing_of
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.text_score import paper_of

WORDS_A_MINUTE = 265


class TextReport(BaseModel):
    """What was asked for and what the scorer says; `minutes` are rounded up.

    Places in `checks` are counted in the visible text, those in `score` in the Markdown.
    """

    checks: list[Check]
    score: Score
    word_count: int
    minutes: int
    keyphrase: KeyphraseUse


class CheckedText(BaseModel):
    """A text in Markdown, what stands beside it, and what is asked of it.

    Without `words` any length is right; the brand voice is that of the activity's project.
    """

    markdown: str
    activity_id: int | None = None
    type: ContentType = ContentType.BLOG
    topic: str = ""
    title: str = ""
    description: str = ""
    slug: str = ""
    keyphrase: str = ""
    keywords: list[str] = Field(default_factory=list)
    words: int | None = None
    language: str = "en"
    seo_priority: SeoPriority = "low"
    variants: dict[str, str] = Field(default_factory=dict)
    sources: list[ContentSource] = Field(default_factory=list)


class CheckText(CheckedText, Call[TextReport]):
    """Nothing is stored."""


async def check_text(call: CheckText, parts: Parts, emit: Emit) -> TextReport:
    """The report of a text as it stands in an editor."""
    voice = await voice_for(call, parts)
    return await asyncio.to_thread(report_on, call, voice)


async def voice_for(text: CheckedText, parts: Parts) -> BrandVoice:
    """The brand voice that the text has to keep."""
    if text.activity_id is None:
        return NO_VOICE
    return (await writing_of(parts, text.activity_id)).voice


def report_on(text: CheckedText, voice: BrandVoice = NO_VOICE) -> TextReport:
    """The report of a text."""
    paper = paper_of(
        text.type, text.markdown, text.keyphrase, text.title, text.description, text.slug
    )
    subject = subject_for(text, voice, paper)
    words = count_words(subject.body)
    return TextReport(
        checks=_checks(text, subject),
        score=subject.score or remembered_score(subject.paper, text.language),
        word_count=words,
        minutes=math.ceil(words / WORDS_A_MINUTE),
        keyphrase=keyphrase_use(subject.body, text.keyphrase),
    )


def subject_for(
    text: CheckedText, voice: BrandVoice = NO_VOICE, written: Paper | None = None
) -> Subject:
    """The text as the contract sees it, scored as it is written if that is given."""
    piece = piece_of(text)
    brief = Brief.model_construct(
        type=text.type,
        topic=text.topic,
        keywords=_keywords(text),
        words=text.words or 0,
        language=text.language,
        seo_priority=text.seo_priority,
    )
    return subject_of(
        brief,
        piece,
        [_source(source) for source in text.sources],
        voice=voice,
        text="" if text.type in LONG_FORM else text.markdown,
        paper=written,
    )


def piece_of(text: CheckedText) -> Piece:
    """The piece that the Markdown shows, with what stands beside it.

    The title for searching is the title, but it makes up for no missing heading.
    """
    piece = read_piece(text.type, text.markdown, text.title)
    own_title = text.title.strip() if piece.title else ""
    beside = {
        "title": own_title or piece.title,
        "description": text.description,
        "slug": text.slug,
        "preview": text.variants.get("preview", ""),
        "variants": text.variants,
    }
    return piece.model_copy(update=beside)


def _keywords(text: CheckedText) -> list[str]:
    """What was asked for, the keyphrase as it is now before all others."""
    phrase = text.keyphrase.strip()
    others = [word for word in text.keywords if word.casefold() != phrase.casefold()]
    return [phrase, *others] if phrase else others


def _source(source: ContentSource) -> Source:
    return Source(
        n=source.n,
        document_id=source.document_id or 0,
        document=source.document,
        page=source.page,
        start=source.start,
        end=source.end,
        text=source.text,
    )


def _checks(text: CheckedText, subject: Subject) -> list[Check]:
    """The contract's verdicts, without what a text from elsewhere need not have.

    That is variants if it has none, and sources of marks that are not ours. In a text of ours, a
    mark that no sentence carries can lead nowhere, too.
    """
    is_ours = text.activity_id is not None or bool(text.sources)
    checks = [
        check
        for check in report(subject)
        if (text.variants or check.group != "variants") and (is_ours or check.id != "citations")
    ]
    lost = sorted(set(citations(text.markdown)) - {source.n for source in subject.sources})
    if not lost:
        return checks
    nowhere = verdict("citations", f"[{lost[0]}] leads to no passage.", "")
    return [nowhere if check.id == "citations" else check for check in checks]
