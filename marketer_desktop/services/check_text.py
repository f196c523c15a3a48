"""Check an edited text: the checks that runs make, words, reading time, uses of the keyphrase."""

import asyncio
import math
from collections.abc import Callable, Sequence

from pydantic import BaseModel, Field

from marketer_desktop.domain.body import body_text
from marketer_desktop.domain.brief import Brief, ContentType
from marketer_desktop.domain.checks.check import Check, Subject, verdict
from marketer_desktop.domain.checks.citations import check_citations
from marketer_desktop.domain.checks.headings import check_headings
from marketer_desktop.domain.checks.keywords import check_keywords
from marketer_desktop.domain.checks.length import check_length
from marketer_desktop.domain.checks.repetition import check_repetition
from marketer_desktop.domain.keyphrase import KeyphraseUse, keyphrase_use
from marketer_desktop.domain.piece import Source
from marketer_desktop.domain.words import count_words
from marketer_desktop.publishing.reading import citations, read_piece
from marketer_desktop.services.call import Call, Emit
from marketer_desktop.services.content import ContentSource
from marketer_desktop.services.parts import Parts

WORDS_A_MINUTE = 265


class TextReport(BaseModel):
    """The verdicts in a fixed order, and what the text counts; `minutes` are rounded up."""

    checks: list[Check]
    word_count: int
    minutes: int
    keyphrase: KeyphraseUse


class CheckText(Call[TextReport]):
    """A text in Markdown, and what is asked of it; without `words` any length is right."""

    markdown: str
    type: ContentType = ContentType.BLOG
    title: str = ""
    keywords: list[str] = Field(default_factory=list)
    words: int | None = None
    keyphrase: str = ""
    sources: list[ContentSource] = Field(default_factory=list)


async def check_text(call: CheckText, parts: Parts, emit: Emit) -> TextReport:
    """The report of a text as it stands in an editor; nothing is stored."""
    return await asyncio.to_thread(_report, call)


def _report(call: CheckText) -> TextReport:
    piece = read_piece(call.type, call.markdown, call.title)
    body = body_text(call.type, piece)
    brief = Brief.model_construct(type=call.type, keywords=call.keywords, words=call.words or 0)
    sources = [_source(source) for source in call.sources]
    subject = Subject(brief, piece, sources, body)
    words = count_words(body)
    return TextReport(
        checks=[check(subject) for check in _checks(call)],
        word_count=words,
        minutes=math.ceil(words / WORDS_A_MINUTE),
        keyphrase=keyphrase_use(body, call.keyphrase),
    )


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


def _checks(call: CheckText) -> Sequence[Callable[[Subject], Check]]:
    """The checks that apply: no length without a wish, no keywords where none were asked for."""

    def all_citations(subject: Subject) -> Check:
        lost = sorted(set(citations(call.markdown)) - {source.n for source in subject.sources})
        if lost:
            return verdict("citations", f"[{lost[0]}] leads to no passage.", "")
        return check_citations(subject)

    length = (check_length,) if call.words else ()
    keywords = (check_keywords,) if call.keywords else ()
    return (*length, *keywords, check_headings, check_repetition, all_citations)
