"""Markdown that people have edited, read back as a piece: the way back from `rendering`."""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from marketer_desktop.domain.brief import LONG_FORM, ContentType
from marketer_desktop.domain.piece import Piece, Section, Sentence
from marketer_desktop.domain.words import split_sentences

SOURCES = "Sources"
WEBPAGE = ContentType.WEBPAGE
_CITED = re.compile(r"\[(\d+)\]")
_NUMBERED = re.compile(r"\A\d+/\d+ ")
_TAGS = re.compile(r"\A#\w+(?:\s+#\w+)*\Z")


def read_piece(content_type: ContentType, markdown: str, title: str = "") -> Piece:
    """The piece that `markdown` shows, code and the list of sources left out.

    Every sentence counts as written by hand; `title` is for the types whose text has none. On a
    web page a first paragraph in italics is the sub-headline, and there as in a mail a paragraph
    in bold is the call to action; several make several lines of it.
    """
    piece = Piece(title="" if content_type in LONG_FORM else title, sections=[])
    for kind, text in _blocks(markdown):
        if kind == "h1" and not piece.title and content_type in LONG_FORM:
            piece.title = text
        elif kind.startswith("h"):
            piece.sections.append(Section(heading=text, level=int(kind[1:])))
        elif kind == "em" and content_type is WEBPAGE and not (piece.sections or piece.subheadline):
            piece.subheadline = text
        elif kind == "strong" and content_type in (WEBPAGE, ContentType.EMAIL):
            piece.call_to_action = "\n".join(filter(None, (piece.call_to_action, text)))
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
    """The blocks with words in them: their tag, such as `h2` or `p`, and the words.

    A paragraph that is all in italics or in bold has the tag `em` or `strong`.
    """
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    for place, token in enumerate(tokens):
        if token.type != "inline":
            continue
        text = _words(token)
        tag = tokens[place - 1].tag
        dress = _dress(token)
        if text == SOURCES and dress == "strong":
            return
        if text.strip():
            yield (dress if dress and tag == "p" and token.level == 1 else tag), text


def _dress(token: Token) -> str:
    """`strong` or `em` if all of a paragraph is set so."""
    children = [child for child in token.children or [] if child.content or child.nesting]
    if len(children) < 2 or children[0].tag not in {"strong", "em"}:
        return ""
    first, last = children[0], children[-1]
    depth = 0
    for child in children[:-1]:
        depth += child.nesting
        if depth == 0:  # the first marks end before the paragraph does
            return ""
    return first.tag if last.tag == first.tag and depth == 1 else ""


def _words(token: Token) -> str:
    return "".join(_word(child) for child in token.children or [])


def _word(token: Token) -> str:
    breaks = {"softbreak": " ", "hardbreak": "\n"}
    written = token.content if token.type in {"text", "code_inline"} else ""
    return breaks.get(token.type, written)
