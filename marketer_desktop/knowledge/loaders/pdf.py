"""Reads PDF files page by page, with paragraphs put together from the places of the lines."""

from contextlib import closing
from typing import Any

import pypdfium2
from pypdfium2 import raw

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
from marketer_desktop.knowledge.loaders.pdf_layout import (
    Line,
    join_paragraphs,
    leading_of,
    without_running_lines,
)
from marketer_desktop.knowledge.loaders.pdf_lines import lines_of
from marketer_desktop.system.twin import Pieces, one_by_one

# Readers look for the end of the file in its last 1024 bytes; some tools write a little more.
ENDS_WITHIN = 4096
# With fewer pages than this a file is read before another process could help.
MANY_PAGES = 30
NO_TITLES = {"", "untitled", "(anonymous)"}
ONE_LETTER = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]"
    b">>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</Font"
    b"<</F 5 0 R>>>>>>endobj 4 0 obj<</Length 18>>stream\nBT/F 9 Tf(a)Tj ET\nendstream endobj "
    b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj trailer<</Root 1 0 R>>\n"
    b"startxref\n0"
)


def load_pdf(data: bytes, pieces: Pieces = one_by_one) -> LoadedDocument:
    """The document in `data`, pages counted from 1; `pieces` is how many of them are read.

    Raises DocumentError when it is protected, cut off, or has no text (a scan).
    """
    if b"startxref" not in data[-ENDS_WITHIN:]:
        raise DocumentError("The PDF is damaged: it ends early. Copy or export it again.")
    with closing(_opened(data)) as document:
        layouts = without_running_lines(_all_lines(document, pieces))
        title = clean(document.get_metadata_value("Title"))
    leading = leading_of(layouts)
    texts = [clean("\n\n".join(join_paragraphs(lines, leading))) for lines in layouts]
    if not any(character.isalnum() for text in texts for character in text):
        raise DocumentError(
            "The PDF holds no text, only pictures of pages. Make it searchable with text "
            "recognition (OCR), or export it again from the program it was written in."
        )
    pages = [PageText(page=number, text=text) for number, text in enumerate(texts, start=1)]
    title_or_none = title if title.casefold() not in NO_TITLES else None
    return LoadedDocument(file_type=FileType.PDF, pages=pages, title=title_or_none)


def read_one_letter() -> None:
    """Have PDFium do what it does only once."""
    load_pdf(ONE_LETTER)


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    """The document; one that only restricts printing or copying has an empty password."""
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as problem:
        if problem.err_code not in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}:
            raise
        raise DocumentError(
            "The PDF is protected by a password. Save a copy without one and add that."
        ) from None


def _all_lines(document: pypdfium2.PdfDocument, pieces: Pieces) -> list[list[Line]]:
    """The lines of each page, no more than a document may hold."""
    count = len(document)
    if count > MOST_PAGES:
        raise too_long()
    found: list[list[Line]] = [[] for _ in range(count)]
    length = 0
    way = pieces if count >= MANY_PAGES else one_by_one
    with closing(way(count, lambda number: lines_of(document, number), _lines)) as pages:
        for number, lines in pages:
            length += sum(len(line.text) for line in lines)
            if length > MOST_CHARACTERS:
                raise too_long()
            found[number] = lines
    return found


def _lines(told: list[list[Any]]) -> list[Line]:
    return [Line(*each) for each in told]
