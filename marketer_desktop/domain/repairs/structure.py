"""Headings that nest, sections and paragraphs that are not too long, marks that are closed."""

import re
from collections.abc import Iterator

from marketer_desktop.domain.checks.check import Subject
from marketer_desktop.domain.checks.headings import LEAST_SECTIONS, LONGEST_SECTION
from marketer_desktop.domain.links import visible
from marketer_desktop.domain.piece import Piece, Section, Sentence, Source
from marketer_desktop.domain.plain import TAG, without_markup
from marketer_desktop.domain.repairs.sentences import changed, joined, with_headings, with_sections
from marketer_desktop.domain.titles import plain_title, sentence_case, title_case
from marketer_desktop.domain.words import count_words, folded

MOST_SPLITS = 24
LONGEST_PARAGRAPH = 150  # words
_EDGE = re.compile(r"\A\s*(?:#{1,6}\s*|```|~~~|[-=*]{3,}\s*\Z)+|\s*#+\s*\Z")


def nested(piece: Piece) -> Piece:
    """Levels from 2 on that never skip one."""
    above, sections = 1, []
    for section in piece.sections:
        level = min(max(section.level, 2), above + 1, 6) if section.heading else 2
        above = level if section.heading else above
        sections.append(section.model_copy(update={"level": level}))
    return with_sections(piece, sections)


def flat(piece: Piece) -> Piece:
    """Every heading of level 2."""
    return with_sections(piece, [s.model_copy(update={"level": 2}) for s in piece.sections])


def with_clean_marks(subject: Subject) -> Iterator[Piece]:
    """Levels that nest; first the broken marks go, then all of them."""
    for clean in (_closed, lambda text: TAG.sub("", without_markup(text))):
        piece = with_headings(nested(changed(subject.piece, clean)), _one_line)
        calls = {
            name: clean(getattr(piece, name)) for name in ("title", "subheadline", "call_to_action")
        }
        yield piece.model_copy(update=calls)


def _one_line(heading: str) -> str:
    return " ".join(_closed(heading).split())


def _closed(text: str) -> str:
    """`text` without marks that have no partner."""
    plain = TAG.sub("", _EDGE.sub("", text))
    plain = plain.replace("**", "") if plain.count("**") % 2 else plain
    plain = plain.replace("`", "") if plain.count("`") % 2 else plain
    return plain.replace("]()", "").replace("](", " ") if "](" in visible(plain) else plain


def structured(subject: Subject) -> Iterator[Piece]:
    """A title, levels that nest, no heading twice, no section too long, three at least."""
    piece = subject.piece
    if not piece.title:
        title = plain_title(subject.brief.topic, subject.keyphrase)
        piece = piece.model_copy(update={"title": title})
    for levelled in (nested(piece), flat(piece)):
        for distinct in (_merged(levelled), _renamed(levelled)):
            split = _all_split(distinct, subject)
            yield split
            if split is not distinct:
                yield distinct


def _merged(piece: Piece) -> Piece:
    """Sections with the heading of an earlier one join it."""
    sections: list[Section] = []
    for section in piece.sections:
        name = section.heading.casefold()
        twin = next((i for i, s in enumerate(sections) if s.heading.casefold() == name), None)
        if name and twin is not None:
            sections[twin] = joined(sections[twin], section)
        else:
            sections.append(section)
    return with_sections(piece, sections)


def _renamed(piece: Piece) -> Piece:
    """A heading that was there before says that it goes on."""
    taken: set[str] = set()
    sections = []
    for section in piece.sections:
        heading = _free(section.heading, taken) if section.heading else ""
        taken.add(heading.casefold())
        sections.append(section.model_copy(update={"heading": heading}))
    return with_sections(piece, sections)


def _free(heading: str, taken: set[str]) -> str:
    names = [heading, *(f"{heading} ({n})" for n in range(2, MOST_SPLITS + 2))]
    return next((name for name in names if name.casefold() not in taken), heading)


def _all_split(piece: Piece, subject: Subject) -> Piece:
    """Sections over 300 words in two, and long ones where there are too few."""
    for _ in range(MOST_SPLITS):
        sections = piece.sections
        long = next((i for i, s in enumerate(sections) if s.word_count > LONGEST_SECTION), None)
        few = sum(1 for s in sections if s.heading) < LEAST_SECTIONS
        if long is None and few:
            dividable = [i for i, s in enumerate(sections) if len(list(s.sentences())) > 1]
            long = max(dividable, key=lambda i: sections[i].word_count, default=None)
        halves = _halves(sections[long], piece, subject) if long is not None else None
        if long is None or halves is None:
            break
        piece = with_sections(piece, [*sections[:long], *halves, *sections[long + 1 :]])
    return piece


def _halves(section: Section, piece: Piece, subject: Subject) -> tuple[Section, Section] | None:
    """The section in two where a paragraph ends next to its middle; None if it is one sentence."""
    paragraphs = section.paragraphs
    if len(paragraphs) == 1:
        middle = _middle([count_words(visible(s.text)) for s in paragraphs[0]])
        paragraphs = [paragraphs[0][:middle], paragraphs[0][middle:]]
    middle = _middle([sum(count_words(visible(s.text)) for s in p) for p in paragraphs])
    first, second = paragraphs[:middle], paragraphs[middle:]
    if not any(first) or not any(second):
        return None
    heading = _heading_for(second, section.heading, piece, subject)
    level = section.level if section.heading else 2
    return (
        section.model_copy(update={"paragraphs": first}),
        Section(heading=heading, level=level, paragraphs=second),
    )


def _middle(weights: list[int]) -> int:
    """How many of `weights` make up about half of them; at least one, and never all."""
    total, run, best = sum(weights), 0, 1
    for count, weight in enumerate(weights[:-1], 1):
        run += weight
        if abs(2 * run - total) <= abs(2 * sum(weights[:best]) - total):
            best = count
    return best


def _heading_for(
    paragraphs: list[list[Sentence]], before: str, piece: Piece, subject: Subject
) -> str:
    """The heading of a passage that is cited there, if it is free; else the one before goes on."""
    taken = {section.heading.casefold() for section in piece.sections}
    sources: dict[int, Source] = {source.n: source for source in subject.sources}
    cited = [sources.get(s.source) for p in paragraphs for s in p if s.source is not None]
    for source in cited:
        heading = sentence_case(" ".join(source.heading.split())) if source else ""
        if heading and heading.casefold() not in taken and len(folded(heading)) <= 12:
            return heading
    return _free(before or f"About {title_case(subject.keyphrase)}", taken)


def with_short_paragraphs(subject: Subject) -> Iterator[Piece]:
    """Paragraphs over 150 words in two, as often as it takes."""
    sections = []
    for section in subject.piece.sections:
        paragraphs = [part for p in section.paragraphs for part in _parts(p)]
        sections.append(section.model_copy(update={"paragraphs": paragraphs}))
    yield with_sections(subject.piece, sections)


def _parts(paragraph: list[Sentence]) -> list[list[Sentence]]:
    weights = [count_words(visible(s.text)) for s in paragraph]
    if sum(weights) <= LONGEST_PARAGRAPH or len(paragraph) < 2:
        return [paragraph]
    middle = _middle(weights)
    return [*_parts(paragraph[:middle]), *_parts(paragraph[middle:])]
