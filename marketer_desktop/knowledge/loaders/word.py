"""Reads Word documents: headings, paragraphs and tables in the order of the document."""

import io
import itertools
import zipfile
from collections.abc import Iterator
from functools import partial

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import PartFactory
from docx.oxml.ns import nsmap, qn
from docx.oxml.table import CT_Tbl
from docx.oxml.text.paragraph import CT_P
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.package import Package
from docx.parts.document import DocumentPart
from docx.text.paragraph import Paragraph
from lxml import etree

from marketer_desktop.knowledge.errors import DocumentError
from marketer_desktop.knowledge.loaders.cleaning import clean, paragraphs
from marketer_desktop.knowledge.loaders.document import FileType, LoadedDocument, PageText

XPath = partial(etree.XPath, namespaces=nsmap)  # compiled once, not for each paragraph
# Blocks, rows and cells also lie in content controls, which python-docx passes over.
BLOCKS = XPath("./w:p | ./w:tbl | ./w:sdt/w:sdtContent/w:p | ./w:sdt/w:sdtContent/w:tbl")
ROWS = XPath("./w:tr | ./w:sdt/w:sdtContent/w:tr")
CELLS = XPath("./w:tc | ./w:sdt/w:sdtContent/w:tc")
CONTINUES = XPath("boolean(./w:tcPr/w:vMerge[not(@w:val) or @w:val='continue'])")
# Runs of links, fields and accepted insertions too; text boxes are drawings, not the text.
PIECES = XPath(".//w:r[not(ancestor::w:txbxContent)]/*[self::w:t or self::w:tab or self::w:br]")
PARAGRAPH = qn("w:p")
TITLE_WITHIN = 200  # paragraphs
WIDEST_CELL = 100  # columns

# Bytes of all parts, unpacked. Pictures are packed already, so few real documents come near.
LARGEST_UNPACKED = 300 * 1024 * 1024
MOST_PARTS = 10_000
STRICT = b"http://purl.oclc.org/ooxml/"
MAIN_PARTS = (
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
)
for _content_type in MAIN_PARTS:
    PartFactory.part_type_for[_content_type] = DocumentPart


def load_docx(data: bytes) -> LoadedDocument:
    """The document in `data`; headers, footers and text boxes are left out."""
    _check(data)
    try:
        part = Package.open(io.BytesIO(data)).main_document_part
    except etree.XMLSyntaxError as problem:
        if problem.code == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from None
        raise
    if not isinstance(part, DocumentPart):
        raise DocumentError("The file holds no Word document. Save it as .docx once more.")
    text = paragraphs(_blocks(part.document.element.body))
    page = PageText(page=None, text=text)
    return LoadedDocument(file_type=FileType.DOCX, pages=[page], title=_title(part.document))


def _check(data: bytes) -> None:
    """Raise DocumentError for what is no honest Word document, before anything is unpacked."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise DocumentError(
            "The Word document unpacks to far more than a document needs. Save its text in a new "
            "document and add that."
        )
    if any(part.flag_bits & 1 for part in parts):
        raise DocumentError(
            "The Word document is protected by a password. Save a copy without one and add that."
        )
    if "_rels/.rels" in archive.namelist() and STRICT in archive.read("_rels/.rels"):
        raise DocumentError(
            "The document is saved as “Strict Open XML”. Save it as “Word document (.docx)” and "
            "add that."
        )


def _title(document: Document) -> str | None:
    # "Word Document" is what python-docx writes where nobody gave a title.
    if (title := clean(document.core_properties.title)) not in {"", "Word Document"}:
        return title
    if not any(rel.reltype == RELATIONSHIP_TYPE.STYLES for rel in document.part.rels.values()):
        return None
    first = itertools.islice(document.element.body.iterchildren(PARAGRAPH), TITLE_WITHIN)
    named = (Paragraph(element, document) for element in first if element.style is not None)
    styled = (clean(paragraph.text) for paragraph in named if _is_title(paragraph))
    return next(filter(None, styled), None)


def _is_title(paragraph: Paragraph) -> bool:
    style = paragraph.style
    return style is not None and (style.name or "").startswith(("Title", "Heading 1"))


def _blocks(element: BaseOxmlElement) -> Iterator[str]:
    for block in BLOCKS(element):
        if isinstance(block, CT_P):
            yield _words(block)
        else:
            yield from _rows(block)


def _words(paragraph: CT_P) -> str:
    pieces = PIECES(paragraph)
    return "".join((piece.text or "") if piece.tag.endswith("}t") else " " for piece in pieces)


def _rows(table: CT_Tbl) -> Iterator[str]:
    above: dict[int, str] = {}
    for row in ROWS(table):
        cells: list[str] = []
        column = 0
        for cell in CELLS(row):
            # What is merged downwards stands in the first of its rows, and counts for each.
            merged = bool(CONTINUES(cell))
            text = above.get(column, "") if merged else " ".join(" ".join(_blocks(cell)).split())
            above[column] = text
            cells.append(text)
            column += min(cell.grid_span, WIDEST_CELL)
        yield " | ".join(filter(None, cells))
