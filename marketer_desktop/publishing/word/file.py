"""A piece as a Word file."""

from datetime import UTC
from io import BytesIO

import docx
from docx.document import Document as WordDocument
from docx.image.exceptions import (
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    UnrecognizedImageError,
)
from docx.shared import Emu, Mm

from marketer_desktop.publishing.document.model import Document, Paragraph, Span, spans_in
from marketer_desktop.publishing.document.sources import without_cited
from marketer_desktop.publishing.manuscript import Manuscript
from marketer_desktop.publishing.word.blocks import BlockWriter
from marketer_desktop.publishing.word.footnotes import Footnotes, again, bookmarked, reference
from marketer_desktop.publishing.word.numbering import Numbering
from marketer_desktop.publishing.word.styles import NOTE, prepare
from marketer_desktop.publishing.word.xml import Element, element, text_elements

_WIDEST = Mm(160)
_NO_IMAGE = InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
_BOOKMARKS_OF_NOTES = 1_000_000  # the identities of those of headings are below


def file_of(manuscript: Manuscript) -> bytes:
    """The file; the sources that the text cites are its footnotes. Raises `OSError`."""
    document = docx.Document()
    prepare(document, manuscript.language)
    _describe(document, manuscript)
    _Marks(document, manuscript).write()
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _describe(document: WordDocument, manuscript: Manuscript) -> None:
    told = document.core_properties
    told.title, told.subject = manuscript.title[:255], manuscript.description[:255]
    told.keywords = ", ".join(manuscript.keywords)[:255]
    told.author = told.last_modified_by = told.comments = ""
    told.language = manuscript.language[:255]
    for name, moment in (("created", manuscript.written), ("modified", manuscript.changed)):
        if moment is not None:
            setattr(told, name, moment.astimezone(UTC))


class _Marks:
    """Writes the text, and knows which notes, sources and headings it has named so far."""

    def __init__(self, document: WordDocument, manuscript: Manuscript) -> None:
        self._document, self._manuscript = document, manuscript
        self._text: Document = manuscript.document
        numbering = Numbering(document.part.numbering_part.element)
        self._footnotes = Footnotes(document)
        self._writer = BlockWriter(document.part, self, numbering)
        self._notes = BlockWriter(self._footnotes.part, _Within(self), numbering, NOTE)
        self._given: dict[tuple[str, int], int] = {}
        self._bookmarks: dict[str, str] = {}

    def write(self) -> None:
        """Put the text before the section's end."""
        body = self._document.element.body
        cited = {span.cited for span in spans_in(self._text.blocks)}
        for block in self._writer.blocks(without_cited(self._text.blocks, cited)):
            body.sectPr.addprevious(block)

    def picture(self, span: Span) -> Element | None:
        """The image in its own size, or as wide as the text."""
        data = self._manuscript.image(span.picture)
        if data is None:
            return None
        part = self._document.part
        try:
            drawn = part.new_pic_inline(BytesIO(data))
            if drawn.extent.cx > _WIDEST:
                high = Emu(int(drawn.extent.cy * _WIDEST / drawn.extent.cx))
                drawn = part.new_pic_inline(BytesIO(data), _WIDEST, high)
        except _NO_IMAGE:
            return None
        drawn.docPr.set("descr", span.text)
        return element("drawing", drawn)

    def note(self, number: int) -> list[Element]:
        """A footnote of the text's own."""
        return self._noted("note", number)

    def source(self, number: int) -> list[Element]:
        """A footnote that says where the words before it come from."""
        return self._noted("source", number)

    def bookmark(self, anchor: str) -> str:
        """A name that Word takes, for one that it might not."""
        return self._bookmarks.setdefault(anchor, f"heading_{len(self._bookmarks) + 1}")

    def _noted(self, kind: str, number: int) -> list[Element]:
        given = self._given.get((kind, number))
        if given is not None:
            return [again(given)]
        blocks = (
            (Paragraph(self._text.sources[number]),)
            if kind == "source"
            else self._text.notes[number - 1]
        )
        made = self._footnotes.add(list(self._notes.blocks(blocks)))
        self._given[kind, number] = made
        return bookmarked(reference(made), made, _BOOKMARKS_OF_NOTES + made)


class _Within:
    """The marks inside footnotes, which have neither images nor notes of their own."""

    def __init__(self, text: _Marks) -> None:
        self._text = text

    def picture(self, span: Span) -> None:
        """Its words are shown."""

    def note(self, number: int) -> list[Element]:
        """Cannot occur: the reader leaves such marks as text."""
        return []

    def source(self, number: int) -> list[Element]:
        """The mark as it is written."""
        return [element("r", *text_elements(f"[{number}]"))]

    def bookmark(self, anchor: str) -> str:
        """A heading of the text."""
        return self._text.bookmark(anchor)
