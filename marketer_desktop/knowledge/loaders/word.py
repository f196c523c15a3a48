"""Reads Word documents: headings, paragraphs and tables in the order of the document."""

import io
import itertools
import zipfile
from collections.abc import Iterator
from functools import partial

from docx.oxml.document import CT_Document
from docx.oxml.ns import nsmap, qn
from docx.oxml.table import CT_Tbl
from docx.oxml.text.paragraph import CT_P
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.styles import BabelFish
from lxml import etree

from marketer_desktop.knowledge.errors import DocumentError
from marketer_desktop.knowledge.loaders.cleaning import clean, paragraphs
from marketer_desktop.knowledge.loaders.document import FileType, LoadedDocument, PageText
from marketer_desktop.knowledge.loaders.word_package import WordPackage

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


def load_docx(data: bytes) -> LoadedDocument:
    """The document in `data`; headers, footers and text boxes are left out."""
    package = WordPackage(_checked(data))
    try:
        document = package.document()
        if document is None:
            raise DocumentError("The file holds no Word document. Save it as .docx once more.")
        text, title = paragraphs(_blocks(document.body)), _title(package, document)
    except etree.XMLSyntaxError as problem:
        if problem.code == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from None
        raise
    page = PageText(page=None, text=text)
    return LoadedDocument(file_type=FileType.DOCX, pages=[page], title=title)


def _checked(data: bytes) -> zipfile.ZipFile:
    """The file, which nothing is unpacked of before it is known for an honest Word document.

    Raises DocumentError if it is none.
    """
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
    return archive


def _title(package: WordPackage, document: CT_Document) -> str | None:
    # "Word Document" is what python-docx writes where nobody gave a title.
    if (title := clean(package.title())) not in {"", "Word Document"}:
        return title
    first = itertools.islice(document.body.iterchildren(PARAGRAPH), TITLE_WITHIN)
    styled = [(each.style, each) for each in first if each.style is not None]
    names = package.style_names({style for style, _ in styled})
    titles = (clean(each.text) for style, each in styled if _is_title(names.get(style, "")))
    return next(filter(None, titles), None)


def _is_title(name: str) -> bool:
    return BabelFish.internal2ui(name).startswith(("Title", "Heading 1"))


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
