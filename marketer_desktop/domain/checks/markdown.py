"""Valid Markdown: headings that nest, and no marks that would change what follows."""

import re
from collections.abc import Iterator
from itertools import pairwise

from marketer_desktop.domain.checks.check import Check, Subject, places, verdict
from marketer_desktop.domain.piece import Piece
from marketer_desktop.domain.plain import TAG

DEEPEST = 6
_BLOCK_MARK = re.compile(r"\A\s{0,3}(?:#{1,6}(?:\s|\Z)|```|~~~|(?:-{3,}|={3,}|\*{3,})\s*\Z)")
_OPEN_LINK = re.compile(r"\]\([^)\n]*\Z|\[[^\[\]\n]*\]\(\s*\)")


def heading_problem(piece: Piece) -> tuple[str, str]:
    """What is wrong with the levels of the headings, and in which heading; empty if nothing."""
    headed = [section for section in piece.sections if section.heading]
    for section in headed:
        if "\n" in section.heading or not section.heading.strip():
            return "A heading is one line of words.", section.heading
        if not 2 <= section.level <= DEEPEST:
            return (
                f"“{section.heading}” has level {section.level}: make it level 2.",
                section.heading,
            )
    levels = [1, *(section.level for section in headed)]
    for place, (above, level) in enumerate(pairwise(levels)):
        if level > above + 1:
            name = headed[place].heading
            wrong = f"“{name}” has level {level} under level {above}: make it level {above + 1}."
            return wrong, name
    return "", ""


def mark_problem(text: str) -> str:
    """What in a paragraph or title would be read as markup, and is none; empty if nothing."""
    if _BLOCK_MARK.match(text):
        return "begins with a mark of headings, code or lines: delete the mark"
    if text.count("**") % 2:
        return "has a ** without its partner: close or delete it"
    if text.count("`") % 2:
        return "has a ` without its partner: close or delete it"
    if _OPEN_LINK.search(text):
        return "has a link without an address or an end: complete or delete it"
    if TAG.search(text):
        return "has HTML in it: delete the tags"
    return ""


def _texts(piece: Piece) -> Iterator[str]:
    yield from (piece.title, piece.subheadline, piece.call_to_action)
    for section in piece.sections:
        yield section.heading
        for paragraph in section.paragraphs:
            yield " ".join(sentence.text for sentence in paragraph)


def check_markdown(subject: Subject) -> Check:
    """Levels of headings, then marks in titles, headings and paragraphs."""
    problem, place = heading_problem(subject.piece)
    if not problem:
        for text in _texts(subject.piece):
            wrong = mark_problem(text)
            if wrong:
                problem, place = f"“{text.strip()[:60]}” {wrong}.", text
                break
    positions = places(subject.body, [place])
    return verdict("markdown", problem, "The Markdown is valid.", positions=positions)
