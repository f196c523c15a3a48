"""What a document says, by readers that are not ours, and what of it a file has lost."""

import re
import subprocess
import unicodedata
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import docx
from bs4 import BeautifulSoup
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from markdown_it import MarkdownIt

_WORD = re.compile(r"\w+")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
# Our own reading makes notes of these and looks of those; the library shows their marks as words.
_NOTE = re.compile(r"\[\^[^\]\s]+\]:?")
_MARK = re.compile(r"</?(?:u|ins|b|strong|i|em|s|del)>")
_BLOCKS = re.compile(r"p|h[1-6]|li|t[dh]|pre|blockquote|br|hr|div|dt|dd|figcaption|section|aside")
# What of a paragraph is read: words, and what parts them, such as the mark of a note.
_SHOWN = [qn(f"w:{tag}") for tag in ("t", "br", "tab", "fldSimple", "footnoteReference")]
_LINE = re.compile(r"<br\s*/?>", re.IGNORECASE)


class Said(NamedTuple):
    """Words as often as they stand there, headings in their order, addresses of links."""

    words: Counter[str]
    headings: list[str]
    links: set[str]


def reference(markdown: str) -> Said:
    """What the library that we do not render with makes of the Markdown."""
    reader = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    plain = markdown
    for shape, put in ((_COMMENT, ""), (_LINE, "\n"), (_NOTE, " "), (_MARK, "")):
        plain = shape.sub(put, plain)
    return of_html(str(reader.render(plain)))


def of_html(page: str) -> Said:
    """A page, without its head."""
    tree = BeautifulSoup(page, "html.parser")
    body = tree.body or tree
    for image in body("img"):
        image.replace_with(f" {image.get('alt', '')} ")
    for block in body(_BLOCKS):
        block.insert_before(" ")
        block.insert_after(" ")
    headings = [squeezed(each.get_text()) for each in body(re.compile(r"h[1-6]"))]
    links = {str(each["href"]) for each in body("a") if each.get("href")}
    return Said(words_of(body.get_text()), headings, links)


def of_docx(made: bytes) -> Said:
    """A Word file, by python-docx."""
    document = docx.Document(BytesIO(made))
    headings = [
        squeezed(each.text)
        for each in document.paragraphs
        if each.style is not None and str(each.style.name).startswith("Heading")
    ]
    parts = [document.part, *(rel.target_part for rel in _notes(document))]
    roots = [document.element, *(parse_xml(part.blob) for part in parts[1:])]
    text = " ".join(
        "".join(part.text or " " for part in line.iter(*_SHOWN))
        for root in roots
        for line in root.iter(qn("w:p"))
    )
    links = {rel.target_ref for part in parts for rel in part.rels.values() if rel.is_external}
    return Said(words_of(text), headings, links)


def _notes(document: docx.document.Document) -> list[Any]:
    """The footnotes, which python-docx has no name for."""
    return [
        rel for rel in document.part.rels.values() if rel.reltype == RELATIONSHIP_TYPE.FOOTNOTES
    ]


def words_of(text: str) -> Counter[str]:
    """The words, however their characters are composed."""
    return Counter(_WORD.findall(unicodedata.normalize("NFKC", text)))


def squeezed(text: str) -> str:
    """Letters and digits alone, for readers that break lines inside of words."""
    return "".join(_WORD.findall(unicodedata.normalize("NFKC", text)))


def lost_words(said: Said, read: Counter[str]) -> Counter[str]:
    """The words that are not there as often as they should be."""
    return said.words - read


def lost_letters(said: Said, text: str) -> Counter[str]:
    """As `lost_words`, by letters: for texts that are set in lines."""
    wanted: Counter[str] = Counter()
    for word, count in said.words.items():
        for letter in word:
            wanted[letter] += count
    return wanted - Counter(squeezed(text))


def run(*words: str | Path, data: bytes | None = None) -> str:
    """What a program prints. Raises `CalledProcessError`."""
    done = subprocess.run(
        [str(word) for word in words], input=data, capture_output=True, check=True, timeout=600
    )
    return done.stdout.decode("utf-8", "replace")
