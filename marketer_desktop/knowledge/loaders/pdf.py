"""Reads PDF files page by page, with paragraphs put together from the places of the lines."""

import io
from contextlib import closing
from typing import Any

import pypdf
from pypdf.errors import DependencyError

from marketer_desktop.knowledge.errors import DocumentError
from marketer_desktop.knowledge.loaders.cleaning import clean
from marketer_desktop.knowledge.loaders.document import FileType, LoadedDocument, PageText
from marketer_desktop.knowledge.loaders.pdf_gaps import WordGaps
from marketer_desktop.knowledge.loaders.pdf_layout import (
    Line,
    LineCollector,
    join_paragraphs,
    leading_of,
    without_running_lines,
)

# Readers look for the end of the file in its last 1024 bytes; some tools write a little more.
ENDS_WITHIN = 4096


def load_pdf(data: bytes) -> LoadedDocument:
    """The document in `data`, pages counted from 1.

    Raises DocumentError when it is protected, cut off, or has no text (a scan).
    """
    if b"startxref" not in data[-ENDS_WITHIN:]:
        raise DocumentError("The PDF is damaged: it ends early. Copy or export it again.")
    reader = pypdf.PdfReader(io.BytesIO(data))
    _unlock(reader)
    with closing(WordGaps(data)) as gaps:
        pages_of_lines = [gaps.restored(n, _lines(page)) for n, page in enumerate(reader.pages)]
    layouts = without_running_lines(pages_of_lines)
    leading = leading_of(layouts)
    texts = [clean("\n\n".join(join_paragraphs(lines, leading))) for lines in layouts]
    if not any(character.isalnum() for text in texts for character in text):
        raise DocumentError(
            "The PDF holds no text, only pictures of pages. Make it searchable with text "
            "recognition (OCR), or export it again from the program it was written in."
        )
    pages = [PageText(page=number, text=text) for number, text in enumerate(texts, start=1)]
    return LoadedDocument(file_type=FileType.PDF, pages=pages, title=_title(reader))


def _unlock(reader: pypdf.PdfReader) -> None:
    """Open a PDF that only restricts printing or copying; its password is empty."""
    try:
        locked = reader.is_encrypted and not reader.decrypt("")
    except DependencyError:
        locked = True
    if locked:
        raise DocumentError(
            "The PDF is protected by a password. Save a copy without one and add that."
        )


def _title(reader: pypdf.PdfReader) -> str | None:
    title = reader.metadata.title if reader.metadata else None
    title = clean(title or "")
    return title if title.casefold() not in {"", "untitled", "(anonymous)"} else None


def _lines(page: Any) -> list[Line]:
    collector = LineCollector()
    page.extract_text(visitor_text=collector.visit)
    return collector.finished()
