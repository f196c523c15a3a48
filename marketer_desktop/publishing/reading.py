"""Markdown that people have edited, read back as a piece: the way back from `rendering`."""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from marketer_desktop.domain.brief import LONG_FORM, ContentType
from marketer_desktop.domain.piece import Piece, Section, Sentence
from marketer_desktop.domain.words import split_sentences

SOURCES = "Sources"
_CITED = re.compile(r"\[(\d+)\]")
_NUMBERED = re.compile(r"\A\d+/\d+ ")
_TAGS = re.compile(r"\A#\w+(?:\s+#\w+)*\Z")


def read_piece(content_type: ContentType, markdown: str, title: str = "") -> Piece:
    """The piece that `markdown` shows, code and the list of sources left out.

    Every sentence counts as written by hand; `title` is for the types whose text has none.
    """
    piece = Piece(title="" if content_type in LONG_FORM else title, sections=[])
    for kind, text in _blocks(markdown):
        if kind == "h1" and not piece.title and content_type in LONG_FORM:
            piece.title = text
        elif kind.startswith("h"):
            piece.sections.append(Section(heading=text))
        elif _TAGS.match(text) and content_type not in LONG_FORM:
            piece.hashtags += text.split()
        else:
            if not piece.sections:
                piece.sections.append(Section())
            piece.sections[-1].paragraphs.append(_sentences(content_type, text))
    return piece


def citations(markdown: str) -> list[int]:
    """The numbers of all citation marks, in order; the list of sources does not count."""
    return [int(n) for _, text in _blocks(markdown) for n in _CITED.findall(text)]


def _sentences(content_type: ContentType, paragraph: str) -> list[Sentence]:
    if content_type is ContentType.TWITTER:
        paragraph = _NUMBERED.sub("", paragraph)
    return [_sentence(text) for text in split_sentences(paragraph)]


def _sentence(text: str) -> Sentence:
    cited = _CITED.search(text)
    return Sentence(text=_CITED.sub("", text), source=int(cited.group(1)) if cited else None)


def _blocks(markdown: str) -> Iterator[tuple[str, str]]:
    """The blocks with words in them: their tag, such as `h2` or `p`, and the words."""
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    for place, token in enumerate(tokens):
        if token.type != "inline":
            continue
        text = _words(token)
        if text == SOURCES and _is_bold(token):
            return
        if text.strip():
            yield tokens[place - 1].tag, text


def _is_bold(token: Token) -> bool:
    children = [child for child in token.children or [] if child.content or child.nesting]
    return bool(children) and children[0].type == "strong_open"


def _words(token: Token) -> str:
    return "".join(_word(child) for child in token.children or [])


def _word(token: Token) -> str:
    breaks = {"softbreak": " ", "hardbreak": "\n"}
    written = token.content if token.type in {"text", "code_inline"} else ""
    return breaks.get(token.type, written)
