"""Posts and mails that their platforms accept."""

import re
from collections.abc import Iterator

from marketer_desktop.domain.checks.check import Subject
from marketer_desktop.domain.checks.email import LONGEST_PREVIEW, LONGEST_SUBJECT
from marketer_desktop.domain.checks.social import hashtags_in, shown
from marketer_desktop.domain.cohesion import leans
from marketer_desktop.domain.descriptions import preview_of
from marketer_desktop.domain.hashtags import MOST, distinct, hashtags
from marketer_desktop.domain.links import visible
from marketer_desktop.domain.piece import Piece, Sentence
from marketer_desktop.domain.plain import TAG, without_markup
from marketer_desktop.domain.posts import (
    HOOK_CHARACTERS,
    LINKEDIN_CHARACTERS,
    POST_CHARACTERS,
    weight,
)
from marketer_desktop.domain.repairs.sentences import (
    Change,
    changed,
    opened_with,
    with_sections,
    without_all,
    without_unfit,
)
from marketer_desktop.domain.titles import plain_title, sentence_case, shortened
from marketer_desktop.domain.words import count_words

MOST_MOVES = 6
SHORTEST_PART = 4  # words
_CLAUSE = re.compile(r"[,;:]?\s+(?:[–—]\s+|(?:and|but|so|while|which means)\s+)|;\s+")


def tagged(subject: Subject) -> Iterator[Piece]:
    """Three to five tags: those that are there, then the keywords and the topic's words.

    Tags inside sentences become words.
    """
    piece = subject.piece
    own = distinct(piece.hashtags)
    filled = distinct([*own, *hashtags(subject.brief, f"{piece.title} {subject.body}")])
    loose = changed(piece, lambda text: re.sub(r"(?<![\w&/#])#(?=\w)", "", text))
    least = hashtags(subject.brief, subject.body)
    tags = filled[: min(max(len(own), len(least)), MOST)]
    for kept in (piece, loose):
        yield kept.model_copy(update={"hashtags": tags})


def unmarked(subject: Subject) -> Iterator[Piece]:
    """Plain words in every sentence; then without what stands between angle brackets, too."""
    plain = _plain_words(subject.piece, without_markup)
    yield plain
    yield _plain_words(plain, lambda text: TAG.sub("", text))


def _plain_words(piece: Piece, change: Change) -> Piece:
    call = change(piece.call_to_action)
    return changed(piece, change).model_copy(update={"call_to_action": call})


def cut_to_size(subject: Subject) -> Iterator[Piece]:
    """Without its last sentences, as many as are too much for LinkedIn."""
    piece = subject.piece
    excess = len(shown(subject)) - LINKEDIN_CHARACTERS
    gone: list[Sentence] = []
    for sentence in reversed(list(piece.sentences())):
        if excess <= 0:
            break
        gone.append(sentence)
        excess -= len(sentence.text) + 1
    yield without_all(piece, gone)


def hooked(subject: Subject) -> Iterator[Piece]:
    """A sentence that feeds show whole moves to the beginning."""
    short = [
        s
        for s in subject.piece.sentences()
        if len(s.text) <= HOOK_CHARACTERS and not leans(s.text) and not hashtags_in(s.text[:1])
    ]
    for sentence in short[:MOST_MOVES]:
        yield opened_with(subject.piece, sentence)


def fitting_posts(subject: Subject) -> Iterator[Piece]:
    """Sentences that fit into no post become two; what still fits nowhere is left out."""
    piece = subject.piece
    sections = [
        section.model_copy(
            update={"paragraphs": [[h for s in p for h in _parts(s)] for p in section.paragraphs]}
        )
        for section in piece.sections
    ]
    divided = with_sections(piece, sections)
    yield divided
    yield without_unfit(divided, lambda text: weight(visible(text)) > POST_CHARACTERS)


def _parts(sentence: Sentence) -> list[Sentence]:
    """The sentence, or its clauses as sentences where it is too heavy for a post."""
    text = sentence.text
    if weight(visible(text)) <= POST_CHARACTERS:
        return [sentence]
    for cut in sorted(_CLAUSE.finditer(text), key=lambda m: abs(2 * m.start() - len(text))):
        first, second = text[: cut.start()], sentence_case(text[cut.end() :])
        if min(count_words(first), count_words(second)) >= SHORTEST_PART:
            return [
                sentence.model_copy(update={"text": f"{first}."}),
                *_parts(sentence.model_copy(update={"text": second})),
            ]
    return [sentence]


def renumbered(subject: Subject) -> Iterator[Piece]:
    """The same sentences: put into posts anew, they are numbered in order."""
    yield subject.piece.model_copy()


def with_subject_line(subject: Subject) -> Iterator[Piece]:
    """The subject cut between words, or the topic if there is none."""
    title = " ".join(subject.piece.title.split())
    title = title or plain_title(subject.brief.topic, subject.keyphrase)
    yield subject.piece.model_copy(update={"title": shortened(title, LONGEST_SUBJECT)})


def with_preview(subject: Subject) -> Iterator[Piece]:
    """The preview cut between words, or a sentence of the mail."""
    piece = subject.piece
    own = " ".join(piece.preview.split())
    if own:
        yield piece.model_copy(update={"preview": f"{shortened(own, LONGEST_PREVIEW - 1)}…"})
    said = [" ".join(without_markup(s.text).split()) for s in piece.sentences()]
    yield piece.model_copy(update={"preview": preview_of(said, LONGEST_PREVIEW)})
