"""A text without its markup, for places that show plain words."""

import re

from marketer_desktop.domain.links import read_inline
from marketer_desktop.domain.piece import Piece

# What Markdown would read as more than words.
MARKUP = re.compile(
    r"^[^\S\n]{0,3}#{1,6}[^\S\n]|^[^\S\n]{0,3}(?:[*+-]|\d{1,9}[.)])[^\S\n]+\S|^[^\S\n]{0,3}>[^\S\n]"
    r"|^[^\S\n]{0,3}(?:```|~~~)|\*\*[^*\n]+\*\*|__[^_\n]+__|(?<![\w*])\*[^*\s][^*\n]*\*(?![\w*])"
    r"|`[^`\n]+`|\]\(|^[^\S\n]{0,3}(?:-{3,}|\*{3,}|_{3,})[^\S\n]*$",
    re.MULTILINE,
)
TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,200}>|&(?:[a-z]{2,8}|#\d{1,6});")
_LINE_MARKS = re.compile(
    r"^[^\S\n]{0,3}(?:#{1,6}[^\S\n]+|(?:[*+-]|\d{1,9}[.)])[^\S\n]+(?=\S)|>[^\S\n]+"
    r"|(?:```|~~~)[^\n]*|(?:-{3,}|\*{3,}|_{3,})[^\S\n]*$)",
    re.MULTILINE,
)
_INLINE_MARKS = re.compile(
    r"\*\*([^*\n]+)\*\*|__([^_\n]+)__|(?<![\w*])\*([^*\s][^*\n]*)\*(?![\w*])|`([^`\n]+)`"
)


def without_markup(text: str) -> str:
    """The words of `text` without Markdown; what a link leads to stands behind its words."""
    text = _spelled_out(text)
    for _ in range(4):  # marks inside marks
        lines = _LINE_MARKS.sub("", text)
        plain = _INLINE_MARKS.sub(lambda m: next(filter(None, m.groups()), ""), lines)
        if plain == text:
            break
        text = plain
    return text


def _spelled_out(text: str) -> str:
    shown, found = read_inline(text)
    for link in reversed(found):
        address = f" ({link.address})" if link.address and not link.image else ""
        shown = shown[: link.end] + address + shown[link.end :]
    return shown


def plain_text(piece: Piece) -> str:
    """A mail for readers that show no markup: its paragraphs and its call to action."""
    paragraphs = [
        " ".join(without_markup(sentence.text) for sentence in paragraph)
        for section in piece.sections
        for paragraph in section.paragraphs
    ]
    blocks = [*paragraphs, without_markup(piece.call_to_action)]
    return "\n\n".join(block for block in blocks if block.strip()) + "\n"
