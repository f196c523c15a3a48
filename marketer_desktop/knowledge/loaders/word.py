"""Reads Word documents: headings, paragraphs and tables in the order of the document."""

import io
from collections.abc import Iterator

import docx
from docx.document import Document
from docx.oxml.text.paragraph import CT_P
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.table import Table, _Cell

from marketer_desktop.knowledge.loaders.cleaning import clean, paragraphs
from marketer_desktop.knowledge.loaders.document import FileType, LoadedDocument, PageText

# Blocks also lie in content controls, which python-docx passes over.
BLOCKS = "./w:p | ./w:tbl | ./w:sdt/w:sdtContent/w:p | ./w:sdt/w:sdtContent/w:tbl"
# Runs of links, fields and accepted insertions too; text boxes are drawings, not the text.
PIECES = ".//w:r[not(ancestor::w:txbxContent)]/*[self::w:t or self::w:tab or self::w:br]"


def load_docx(data: bytes) -> LoadedDocument:
    """The document in `data`; headers, footers and text boxes are left out."""
    document = docx.Document(io.BytesIO(data))
    text = paragraphs(_blocks(document.element.body, document))
    page = PageText(page=None, text=text)
    return LoadedDocument(file_type=FileType.DOCX, pages=[page], title=_title(document))


def _title(document: Document) -> str | None:
    # "Word Document" is what python-docx writes where nobody gave a title.
    if (title := clean(document.core_properties.title)) not in {"", "Word Document"}:
        return title
    styled = (
        clean(paragraph.text)
        for paragraph in document.paragraphs
        if paragraph.style and (paragraph.style.name or "").startswith(("Title", "Heading 1"))
    )
    return next(filter(None, styled), None)


def _blocks(element: BaseOxmlElement, parent: Document | _Cell) -> Iterator[str]:
    for block in element.xpath(BLOCKS):
        if isinstance(block, CT_P):
            yield _words(block)
        else:
            yield from _rows(Table(block, parent))


def _words(paragraph: CT_P) -> str:
    pieces = paragraph.xpath(PIECES)
    return "".join((piece.text or "") if piece.tag.endswith("}t") else " " for piece in pieces)


def _rows(table: Table) -> Iterator[str]:
    for row in table.rows:
        # A merged cell comes once for each column it spans.
        cells = {cell._tc: " ".join(_blocks(cell._tc, cell)) for cell in row.cells}
        yield " | ".join(filter(None, (" ".join(text.split()) for text in cells.values())))
