"""Reads PDF files page by page, with paragraphs put together from the places of the lines."""

import io
from contextlib import closing
from typing import Any

import pypdf
import pypdf._codecs._codecs  # these two pypdf loads late, when the parser opens no file any more
import pypdf.filters
from pypdf.errors import DependencyError, LimitReachedError

from marketer_desktop.knowledge.errors import DocumentError
from marketer_desktop.knowledge.loaders.cleaning import clean
from marketer_desktop.knowledge.loaders.document import (
    MOST_CHARACTERS,
    MOST_PAGES,
    FileType,
    LoadedDocument,
    PageText,
    too_long,
)
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
# Bytes of a stream. The two million operators that pypdf reads of a page fit into as many; what is
# longer is pictures, which nobody unpacks here, or blanks to keep a reader busy for a minute.
LONGEST_STREAM = 20_000_000
UNPACKED = pypdf.Configuration(
    zlib_maximum_output_length=LONGEST_STREAM,
    lzw_maximum_output_length=LONGEST_STREAM,
    run_length_maximum_output_length=LONGEST_STREAM,
    array_based_stream_maximum_output_length=LONGEST_STREAM,
)


def load_pdf(data: bytes) -> LoadedDocument:
    """The document in `data`, pages counted from 1.

    Raises DocumentError when it is protected, cut off, or has no text (a scan).
    """
    if b"startxref" not in data[-ENDS_WITHIN:]:
        raise DocumentError("The PDF is damaged: it ends early. Copy or export it again.")
    try:
        with pypdf.apply_configuration(UNPACKED):
            reader = pypdf.PdfReader(io.BytesIO(data))
            _unlock(reader)
            pages_of_lines = _all_lines(reader, data)
    except LimitReachedError:
        raise DocumentError(
            "The PDF holds, or claims to hold, far more than a document needs. Export it again "
            "from the program it was written in, or split it."
        ) from None
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


def _all_lines(reader: pypdf.PdfReader, data: bytes) -> list[list[Line]]:
    """The lines of each page, no more than a document may hold."""
    if len(reader.pages) > MOST_PAGES:
        raise too_long()
    found: list[list[Line]] = []
    length = 0
    with closing(WordGaps(data)) as gaps:
        for number, page in enumerate(reader.pages):
            lines = _lines(page)
            length += sum(len(line.text) for line in lines)
            if length > MOST_CHARACTERS:
                raise too_long()
            found.append(gaps.restored(number, lines))
    return found


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
