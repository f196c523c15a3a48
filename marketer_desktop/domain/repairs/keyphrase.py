"""Brings the keyphrase where it belongs, with words that the piece already has."""

import math
import re
from collections.abc import Iterator

from marketer_desktop.domain.brief import ContentType
from marketer_desktop.domain.checks.check import Subject
from marketer_desktop.domain.checks.keyphrase_places import share_fits
from marketer_desktop.domain.checks.webpage import LONGEST_SUBHEADLINE
from marketer_desktop.domain.cohesion import leans
from marketer_desktop.domain.links import visible
from marketer_desktop.domain.piece import Piece, Section, Sentence
from marketer_desktop.domain.repairs.sentences import (
    opened_with,
    spare_sentences,
    swapped,
    with_sections,
    without_all,
)
from marketer_desktop.domain.titles import (
    content_words,
    says_keyphrase,
    sentence_case,
    title_case,
)
from marketer_desktop.domain.words import contains_phrase, folded

MOST_MOVES = 6
MOST_DROPS = 8


def introduced(subject: Subject) -> Iterator[Piece]:
    """A sentence with the keyphrase moves to the beginning, or changes places with the first."""
    having = [
        s
        for s in subject.piece.sentences()
        if says_keyphrase(visible(s.text), subject.keyphrase) and not leans(s.text)
    ]
    having.sort(key=lambda s: not contains_phrase(s.text, subject.keyphrase))
    for sentence in having[:MOST_MOVES]:
        if subject.kind is ContentType.WEBPAGE and len(sentence.text) <= LONGEST_SUBHEADLINE:
            yield with_subheadline(subject.piece, sentence)
        yield opened_with(subject.piece, sentence)
    opening = next(subject.piece.sentences(), None)
    for sentence in having[:MOST_MOVES]:
        if opening is not None:
            yield swapped(subject.piece, opening, sentence)


def with_subheadline(piece: Piece, sentence: Sentence) -> Piece:
    """The piece with one of its sentences as its sub-headline; the old one opens the text."""
    rest = without_all(piece, [sentence])
    if piece.subheadline and rest.sections:
        first = rest.sections[0]
        opening = [Sentence(text=piece.subheadline)]
        opened = first.model_copy(update={"paragraphs": [opening, *first.paragraphs]})
        rest = with_sections(rest, [opened, *rest.sections[1:]])
    return rest.model_copy(update={"subheadline": visible(sentence.text)})


def with_heading_share(subject: Subject) -> Iterator[Piece]:
    """The keyphrase in about half of the subheadings, then in any share that is right."""
    piece, phrase = subject.piece, subject.keyphrase
    places = [i for i, s in enumerate(piece.sections) if s.heading and s.level in (2, 3)]
    having = [i for i in places if contains_phrase(piece.sections[i].heading, phrase)]
    counts = [n for n in range(len(places) + 1) if share_fits(n, len(places))]
    for wanted in sorted(counts, key=lambda n: (abs(n - len(having)), n)):
        sections = list(piece.sections)
        if wanted >= len(having):
            _add(sections, [i for i in places if i not in having], wanted - len(having), phrase)
        else:
            _remove(sections, having, len(having) - wanted, phrase)
        yield with_sections(piece, sections)


def _add(sections: list[Section], places: list[int], count: int, phrase: str) -> None:
    """Put the keyphrase before the shortest headings, those with a colon last."""
    plainest = sorted(places, key=lambda i: (":" in sections[i].heading, len(sections[i].heading)))
    for place in plainest[:count]:
        heading = f"{title_case(phrase)}: {sentence_case(sections[place].heading)}"
        sections[place] = sections[place].model_copy(update={"heading": heading})


def _remove(sections: list[Section], places: list[int], count: int, phrase: str) -> None:
    """Take the keyphrase out of the last headings that still mean something without it."""
    taken = {folded(section.heading) for section in sections}
    for place in reversed(places):
        heading = heading_without(sections[place].heading, phrase)
        if count and heading and folded(heading) not in taken:
            taken.add(folded(heading))
            sections[place] = sections[place].model_copy(update={"heading": heading})
            count -= 1


def heading_without(heading: str, phrase: str) -> str:
    """The heading without the keyphrase; empty if nothing sound is left."""
    parts = [re.escape(word).replace("'", "['’]") for word in phrase.split()]
    said = r"(?:\b(?:the|a|an|your|our)\s+)?\b" + r"[\s-]+".join(parts) + r"\b"
    question = heading.rstrip().endswith("?")
    if leading := re.match(rf"\W*{said}\s*[:–—-]\s*", heading, re.IGNORECASE):
        rest = heading[leading.end() :]
    elif question:
        rest = re.sub(said, "it", heading, flags=re.IGNORECASE)
    else:
        tail = rf"\s+(?:of|for|with|in|about|to|on|by|from|using)\s+{said}\W*\Z"
        rest = re.sub(tail, "", heading, flags=re.IGNORECASE)
    sound = bool(content_words(rest)) and not contains_phrase(rest, phrase)
    return sentence_case(rest.strip()) if sound else ""


def balanced(subject: Subject) -> Iterator[Piece]:
    """Fewer uses where there are too many, more headings with the keyphrase where too few."""
    found = subject.score.checks if subject.score else []
    density = next((check.score for check in found if check.id == "keyphraseDensity"), 0)
    yield from thinned(subject) if density < 0 else spread(subject)


def spread(subject: Subject) -> Iterator[Piece]:
    """The keyphrase in as many more headings as are right, one more each time."""
    piece, phrase = subject.piece, subject.keyphrase
    places = [i for i, s in enumerate(piece.sections) if s.heading and s.level in (2, 3)]
    lacking = [i for i in places if not contains_phrase(piece.sections[i].heading, phrase)]
    for count in range(1, len(lacking) + 1):
        if share_fits(len(places) - len(lacking) + count, len(places)):
            sections = list(piece.sections)
            _add(sections, lacking, count, phrase)
            yield with_sections(piece, sections)


def thinned(subject: Subject) -> Iterator[Piece]:
    """Fewer sentences with the keyphrase where it stands too often: the last ones go first."""
    piece, phrase = subject.piece, subject.keyphrase
    first = next((s for s in piece.sentences() if contains_phrase(s.text, phrase)), None)
    users = [
        s for s in spare_sentences(piece) if s is not first and contains_phrase(s.text, phrase)
    ]
    steps = range(1, MOST_DROPS + 1)
    for count in sorted({math.ceil(len(users) * step / MOST_DROPS) for step in steps}):
        if count:
            yield without_all(piece, users[-count:])
