"""Turns the pieces of text on a PDF page into lines, and lines into paragraphs."""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from marketer_desktop.knowledge.loaders.cleaning import clean, join_lines

# Of the distance between lines: more than this is the gap before a new paragraph.
PARAGRAPH_GAP = 1.2
# Distances between lines as multiples of the font size: the usual one, and the widest believed.
USUAL_LEADING, WIDEST_LEADING = 1.2, 1.7
# Of the font size: text at this distance in height still stands on the same line.
SAME_LINE = 0.5
SIZE_CHANGE = 1.08
# Of the widest line: a shorter one that ends a sentence ends its paragraph.
SHORT = 0.8
# A running header or footer stands among the outermost lines of at least this many pages.
OUTERMOST, REPEATED = 2, 3

BULLET = re.compile(r"[•‣▪▸►●○◦■□–—∙·*-]\s+(?=\S)|[•‣▪▸►●◦■]")
NUMBERED = re.compile(r"(\d{1,2}|[a-z])[.)]\s")
ENDS_SENTENCE = re.compile(r"[.!?:;…][\"'”’)\]]*$")
PAGE_NUMBER = re.compile(r"\W*(page|seite|p\.)?\s*\d{1,4}(\s*(of|von|/)\s*\d{1,4})?\W*", re.I)


@dataclass(frozen=True)
class Line:
    """One line of text; `x` and `y` of its beginning and its font `size` in points."""

    text: str
    x: float
    y: float
    size: float
    bold: bool


class LineCollector:
    """Collects the pieces that pypdf reports for a page (`visitor_text`) into lines."""

    def __init__(self) -> None:
        self._lines: list[Line] = []
        self._pieces: list[Line] = []

    def visit(self, text: str, cm: Any, tm: Any, font: Any, size: float) -> None:
        """Take one piece: text, the two matrices, the font dictionary, the font size."""
        for number, part in enumerate(text.split("\n")):
            if number:
                self._end_line()
            if part.strip():
                self._pieces.append(_piece(part, cm, tm, font, size))
            elif part and self._pieces and not self._pieces[-1].text.endswith(" "):
                last = self._pieces[-1]
                self._pieces[-1] = replace(last, text=last.text + part)

    def finished(self) -> list[Line]:
        """The lines of the page, in reading order."""
        self._end_line()
        return self._lines

    def _end_line(self) -> None:
        pieces, self._pieces = self._pieces, []
        if text := clean("".join(piece.text for piece in pieces)):
            main = max(pieces, key=lambda piece: len(piece.text))
            first, bold = pieces[0], all(piece.bold for piece in pieces)
            self._lines.append(Line(text, first.x, first.y, main.size, bold))


def _piece(text: str, cm: Any, tm: Any, font: Any, size: float) -> Line:
    x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
    y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
    scale = abs(tm[3] * cm[3] + tm[2] * cm[1]) or 1.0
    name = str(font.get("/BaseFont", "")) if font else ""
    return Line(text, x, y, abs(size) * scale or 1.0, "bold" in name.lower())


def without_running_lines(pages: Sequence[list[Line]]) -> list[list[Line]]:
    """The pages without page numbers and without headers and footers that repeat."""
    outermost = [_outermost(lines) for lines in pages]
    repeated = Counter(key for lines in outermost for key in {_key(line) for line in lines})
    return [
        [line for line in lines if line not in outer or not _is_running(line, repeated)]
        for lines, outer in zip(pages, outermost, strict=True)
    ]


def _outermost(lines: list[Line]) -> set[Line]:
    by_height = sorted(lines, key=lambda line: line.y)
    return {*by_height[:OUTERMOST], *by_height[-OUTERMOST:]}


def _key(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text.casefold())


def _is_running(line: Line, repeated: Counter[str]) -> bool:
    return repeated[_key(line)] >= REPEATED or bool(PAGE_NUMBER.fullmatch(line.text))


def leading_of(pages: Iterable[list[Line]]) -> float:
    """The commonest distance between lines of a document, as a multiple of the font size."""
    ratios = Counter(
        round((above.y - below.y) / below.size, 1)
        for lines in pages
        for above, below in itertools.pairwise(lines)
        if SAME_LINE < (above.y - below.y) / below.size <= WIDEST_LEADING
    )
    return ratios.most_common(1)[0][0] if ratios else USUAL_LEADING


def join_paragraphs(lines: Sequence[Line], leading: float) -> list[str]:
    """The paragraphs that `lines` make, each as one line of text without its bullet."""
    groups: list[list[Line]] = []
    widest = 0
    for line in lines:
        widest = max(widest, len(line.text))
        if groups and not _starts_paragraph(groups[-1][-1], line, leading, widest):
            groups[-1].append(line)
        else:
            groups.append([line])
            widest = len(line.text)
    return [_joined(group) for group in groups]


def _joined(group: list[Line]) -> str:
    text = BULLET.sub("", group[0].text, count=1) if BULLET.match(group[0].text) else group[0].text
    return join_lines([text, *(line.text for line in group[1:])])


def _starts_paragraph(previous: Line, line: Line, leading: float, widest: int) -> bool:
    """Whether `line` begins one; `widest` counts letters, of its group with it."""
    larger, smaller = max(previous.size, line.size), min(previous.size, line.size)
    drop = (previous.y - line.y) / larger
    if abs(drop) <= SAME_LINE:
        return False
    if larger > smaller * SIZE_CHANGE or previous.bold != line.bold or BULLET.match(line.text):
        return True
    ended = bool(ENDS_SENTENCE.search(previous.text))
    if drop < 0:
        # The text goes on higher up: a new column, perhaps in the middle of a sentence.
        return ended or not line.text[:1].islower()
    if drop > leading * PARAGRAPH_GAP + 0.05:
        return True
    return ended and (len(previous.text) < SHORT * widest or bool(NUMBERED.match(line.text)))
