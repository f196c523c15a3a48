"""Finds in a text document what a check speaks of: it knows the source, not the document."""

import re
from collections import defaultdict
from collections.abc import Sequence

from PySide6.QtGui import QTextDocument

from marketer_desktop.domain.scoring.verdict import Position
from marketer_desktop.domain.words import words
from marketer_desktop.ui.widgets.editor.marking import Span
from marketer_desktop.ui.widgets.editor.offsets import to_units, units


def spans_of(document: QTextDocument, places: Sequence[Position], source: str) -> list[Span]:
    """Where the passages of `places` stand, in order; what is not found is left out.

    `source` is the text which the places are counted in, or one like it: where a passage stands
    more than once, the one nearest to its place is taken, each only once.
    """
    asked: dict[str, list[Position]] = defaultdict(list)
    for place in places:
        asked[place.text].append(place)
    found: list[Span] = []
    for text, positions in asked.items():
        pattern = _pattern(text)
        if pattern is not None:
            found += _chosen(_occurrences(document, pattern), pattern, positions, source)
    return sorted(found)


def _chosen(
    spans: list[Span], pattern: re.Pattern[str], positions: list[Position], source: str
) -> list[Span]:
    """As many of the spans as there are positions: of the source's occurrences the nearest."""
    if len(spans) <= len(positions):
        return spans
    left = list(enumerate(match.start() for match in pattern.finditer(source)))
    taken = []
    for position in positions:
        if left:
            nearest = min(left, key=lambda each: abs(each[1] - position.start))
            left.remove(nearest)
            taken += spans[nearest[0] : nearest[0] + 1]
    return taken


def _pattern(text: str) -> re.Pattern[str] | None:
    """The words of `text`, one after another, whatever is between them; None if it has none."""
    parts = [re.escape(word) for word in words(text)]
    # Marks of citations, addresses of links and marks of Markdown are not part of what is said.
    between = r"(?:\[\d+\]|\]\([^()\n]*\)|[\W_])+"
    return re.compile(rf"(?<!\w){between.join(parts)}(?!\w)", re.IGNORECASE) if parts else None


def _occurrences(document: QTextDocument, pattern: re.Pattern[str]) -> list[Span]:
    spans = []
    block = document.begin()
    while block.isValid():
        content, start = block.text(), block.position()
        for match in pattern.finditer(content):
            spans.append(
                (start + to_units(content, match.start()), start + to_units(content, match.end()))
            )
        block = block.next()
    return spans


def span_at(text: str, place: Position) -> Span:
    """The place in a document that holds the source itself, as `text`."""
    start = units(text[: place.start])
    return start, start + units(text[place.start : place.end])
