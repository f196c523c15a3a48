"""Reads Markdown: its words without the marks, one paragraph for each block."""

import html
import itertools
import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

from marketer_desktop.knowledge.loaders.cleaning import clean, paragraphs
from marketer_desktop.knowledge.loaders.decoding import decode
from marketer_desktop.knowledge.loaders.document import (
    MOST_CHARACTERS,
    FileType,
    LoadedDocument,
    PageText,
    too_long,
)

UNSEEN_HTML = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)", re.S | re.I)
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
FRONT_MATTER = re.compile(r"\A---\n.*?\n(---|\.\.\.)\n", re.S)


def load_markdown(data: bytes) -> LoadedDocument:
    """The document in `data`; front matter and HTML tags are left out."""
    raw = decode(data)
    if len(raw) > MOST_CHARACTERS:
        raise too_long()
    source = FRONT_MATTER.sub("", raw.replace("\r\n", "\n").removeprefix("\ufeff"))
    tokens = MarkdownIt("commonmark").enable("table").parse(source)
    page = PageText(page=None, text=paragraphs(_blocks(tokens)))
    return LoadedDocument(file_type=FileType.MARKDOWN, pages=[page], title=_title(tokens))


def _title(tokens: list[Token]) -> str | None:
    for opening, content in itertools.pairwise(tokens):
        if opening.type == "heading_open" and opening.tag == "h1":
            return clean(_words(content)) or None
    return None


def _blocks(tokens: list[Token]) -> list[str]:
    blocks: list[str] = []
    cells: list[str] | None = None
    for token in tokens:
        if token.type == "tr_open":
            cells = []
        elif token.type == "tr_close" and cells is not None:
            blocks.append(" | ".join(cells))
            cells = None
        elif token.type in {"inline", "fence", "code_block"}:
            (blocks if cells is None else cells).append(_words(token))
        elif token.type == "html_block":
            blocks.append(html.unescape(TAG.sub(" ", UNSEEN_HTML.sub(" ", token.content))))
    return blocks


def _words(token: Token) -> str:
    if token.type != "inline":
        return token.content
    return "".join(_word(child) for child in token.children or [])


def _word(token: Token) -> str:
    if token.type in {"softbreak", "hardbreak"}:
        return " "
    return token.content if token.type in {"text", "code_inline"} else ""
