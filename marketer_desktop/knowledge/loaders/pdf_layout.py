"""Turns the pieces of text on a PDF page into lines, and lines into paragraphs."""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import NamedTuple

from marketer_desktop.knowledge.loaders.cleaning import join_lines

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

FIRST_OF_BULLETS = frozenset("•‣▪▸►●○◦■□–—∙·*-")
BULLET = re.compile(r"[•‣▪▸►●○◦■□–—∙·*-]\s+(?=\S)|[•‣▪▸►●◦■]")
NUMBERED = re.compile(r"(\d{1,2}|[a-z])[.)]\s")
NUMBER = re.compile(r"\d+")
ENDS_SENTENCE, CLOSING = tuple(".!?:;…"), "\"'”’)]"
PAGE_NUMBER = re.compile(r"\W*(page|seite|p\.)?\s*\d{1,4}(\s*(of|von|/)\s*\d{1,4})?\W*", re.I)


class Line(NamedTuple):
    """One line of text; `x` and `y` of its beginning and its font `size` in points."""

    text: str
    x: float
    y: float
    size: float
    bold: bool


def without_running_lines(pages: Sequence[list[Line]]) -> list[list[Line]]:
    """The pages without page numbers and without headers and footers that repeat."""
    outermost = [{line: _key(line) for line in _outermost(lines)} for lines in pages]
    times = Counter(key for keys in outermost for key in set(keys.values()))
    repeated = {key for key, count in times.items() if count >= REPEATED}
    largest = _usual_size(pages) * SIZE_CHANGE
    kept: list[list[Line]] = []
    for lines, keys in zip(pages, outermost, strict=True):
        running = {
            line for line, key in keys.items() if _is_running(line, key in repeated, largest)
        }
        kept.append([line for line in lines if line not in running] if running else lines)
    return kept


def _usual_size(pages: Iterable[list[Line]]) -> float:
    """The size of most letters."""
    sizes: Counter[float] = Counter()
    for line in itertools.chain.from_iterable(pages):
        sizes[line.size] += len(line.text)
    return max(sizes, key=lambda size: sizes[size], default=0.0)


def _outermost(lines: list[Line]) -> list[Line]:
    by_height = sorted(lines, key=attrgetter("y"))
    return by_height[:OUTERMOST] + by_height[-OUTERMOST:]


def _key(line: Line) -> str:
    return NUMBER.sub("#", line.text.casefold())


def _is_running(line: Line, repeated: bool, largest: float) -> bool:
    """Whether it is one; in larger letters it is a heading, as of a slide or of each chapter."""
    return (repeated and line.size <= largest) or bool(PAGE_NUMBER.fullmatch(line.text))


def leading_of(pages: Iterable[list[Line]]) -> float:
    """The commonest distance between lines of a document, as a multiple of the font size."""
    exact = Counter(
        (above.y - below.y) / below.size
        for lines in pages
        for above, below in itertools.pairwise(lines)
    )
    ratios: Counter[float] = Counter()
    for ratio, times in exact.items():
        if SAME_LINE < ratio <= WIDEST_LEADING:
            ratios[round(ratio, 1)] += times
    return max(ratios, key=lambda ratio: ratios[ratio], default=USUAL_LEADING)


def join_paragraphs(lines: Sequence[Line], leading: float) -> list[str]:
    """The paragraphs that `lines` make, each as one line of text without its bullet."""
    groups: list[list[Line]] = []
    widest = 0
    for line in lines:
        if widest < len(line.text):
            widest = len(line.text)
        if groups and not _starts_paragraph(groups[-1][-1], line, leading, widest):
            groups[-1].append(line)
        else:
            groups.append([line])
            widest = len(line.text)
    return [_joined(group) for group in groups]


def _joined(group: list[Line]) -> str:
    first, *others = (line.text for line in group)
    return join_lines([BULLET.sub("", first, count=1) if _has_bullet(first) else first, *others])


def _has_bullet(text: str) -> bool:
    return text[:1] in FIRST_OF_BULLETS and bool(BULLET.match(text))


def _starts_paragraph(previous: Line, line: Line, leading: float, widest: int) -> bool:
    """Whether `line` begins one; `widest` counts letters, of its group with it."""
    larger, smaller = previous.size, line.size
    if larger < smaller:
        larger, smaller = smaller, larger
    drop = (previous.y - line.y) / larger
    if abs(drop) <= SAME_LINE:
        return False
    if larger > smaller * SIZE_CHANGE or previous.bold != line.bold or _has_bullet(line.text):
        return True
    ended = previous.text.rstrip(CLOSING).endswith(ENDS_SENTENCE)
    if drop < 0:
        # The text goes on higher up: a new column, perhaps in the middle of a sentence.
        return ended or not line.text[:1].islower()
    if drop > leading * PARAGRAPH_GAP + 0.05:
        return True
    return ended and (len(previous.text) < SHORT * widest or bool(NUMBERED.match(line.text)))
