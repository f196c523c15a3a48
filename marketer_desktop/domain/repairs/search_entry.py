"""Title, meta description and slug that fit, out of what the piece and the brief say."""

import re
from collections.abc import Iterator

from marketer_desktop.domain.checks.check import Subject
from marketer_desktop.domain.checks.search_entry import LONGEST_SLUG, WIDEST_TITLE
from marketer_desktop.domain.descriptions import descriptions
from marketer_desktop.domain.piece import Piece
from marketer_desktop.domain.plain import without_markup
from marketer_desktop.domain.scoring.pixel_width import pixel_width
from marketer_desktop.domain.titles import (
    LONGEST_TITLE,
    plain_title,
    says_keyphrase,
    shortened,
    slug,
    title_case,
)
from marketer_desktop.domain.words import contains_phrase, folded

NARROWEST = 20  # characters below which a title is not cut for its width
MOST_DESCRIPTIONS = 8
_CLAUSE = re.compile(r"\s*(?:[:;|(]|[–—]\s|,\s|\s-\s)")


def fitted_title(title: str, keyphrase: str) -> str:
    """`title` cut between words to 60 characters and 600 pixels, with the keyphrase in it."""
    text = " ".join(title.split())
    for longest in range(LONGEST_TITLE, NARROWEST, -2):
        cut = shortened(text, longest)
        if keyphrase and not contains_phrase(cut, keyphrase):
            cut = shortened(f"{title_case(keyphrase)}: {text}", longest)
        if pixel_width(cut) <= WIDEST_TITLE:
            return cut
    return shortened(text, NARROWEST)


def titles(subject: Subject) -> Iterator[Piece]:
    """Up to the end of a clause; the topic, if it fits whole; then what is cut between words."""
    piece, phrase = subject.piece, subject.keyphrase
    topic = plain_title(subject.brief.topic, phrase)
    fitting = [text for text in (_clause(piece.title), topic) if _shows(text, phrase)]
    proposals = (
        *fitting,
        fitted_title(piece.title, phrase),
        fitted_title(f"{title_case(phrase)}: {piece.title}", phrase),
        fitted_title(topic, phrase),
    )
    for title in dict.fromkeys(proposals):
        yield piece.model_copy(update={"title": title})


def found_first(subject: Subject) -> Iterator[Piece]:
    """The keyphrase at the beginning of the title, where it counts most."""
    title = fitted_title(
        f"{title_case(subject.keyphrase)}: {subject.piece.title}", subject.keyphrase
    )
    yield subject.piece.model_copy(update={"title": title})


def _clause(title: str) -> str:
    """The longest beginning of a title that ends where a clause does and fits."""
    ends = [m.start() for m in _CLAUSE.finditer(title) if NARROWEST <= m.start() <= LONGEST_TITLE]
    return title[: ends[-1]].rstrip() if ends else ""


def _shows(title: str, keyphrase: str) -> bool:
    """Whether `title` fits, has the keyphrase and was not cut."""
    whole = shortened(title, LONGEST_TITLE) == title and pixel_width(title) <= WIDEST_TITLE
    return bool(title) and whole and contains_phrase(title, keyphrase)


def described(subject: Subject) -> Iterator[Piece]:
    """Sentences of the piece as its description."""
    piece = subject.piece
    said = [" ".join(without_markup(s.text).split()) for s in piece.sentences()]
    for number, text in enumerate(descriptions(said, subject.keyphrase)):
        if number == MOST_DESCRIPTIONS:
            return
        yield piece.model_copy(update={"description": text})


def described_by_keyphrase(subject: Subject) -> Iterator[Piece]:
    """Of those, the ones with the keyphrase."""
    for piece in described(subject):
        if says_keyphrase(piece.description, subject.keyphrase):
            yield piece


def slugged(subject: Subject) -> Iterator[Piece]:
    """The keyphrase as an address; in letters of its own where it has no others."""
    phrase = subject.keyphrase or subject.piece.title
    for text in (slug(phrase), "-".join(folded(phrase)).replace("'", "")):
        if text and text != "piece":
            cut = text[: LONGEST_SLUG + 1].rpartition("-")[0] if len(text) > LONGEST_SLUG else text
            yield subject.piece.model_copy(update={"slug": cut[:LONGEST_SLUG]})
