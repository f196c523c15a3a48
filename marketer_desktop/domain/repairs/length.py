"""Leaves out sentences where the piece is longer than asked, or than any text may be."""

from collections.abc import Iterator
from functools import partial

from marketer_desktop.domain.body import body_text
from marketer_desktop.domain.brief import ContentType
from marketer_desktop.domain.checks.check import Subject
from marketer_desktop.domain.checks.size import MOST_CHARACTERS
from marketer_desktop.domain.fitting import trimmed
from marketer_desktop.domain.piece import Piece
from marketer_desktop.domain.repairs.keyphrase import thinned
from marketer_desktop.domain.repairs.sentences import without_all
from marketer_desktop.domain.words import count_words


def words_of(content_type: ContentType, piece: Piece) -> int:
    """Words of the body as the brief counts them."""
    return count_words(body_text(content_type, piece))


def shortened_text(subject: Subject) -> Iterator[Piece]:
    """Without the sentences that matter least; a text that is too short stays as it is.

    Where that breaks something, sentences with the keyphrase go first, which stands there often.
    """
    words = subject.brief.words
    measure = partial(words_of, subject.kind)
    if words and measure(subject.piece) > words:
        for piece in (subject.piece, *thinned(subject)):
            yield trimmed(piece, measure, words, subject.brief.keywords)


def cut_to_limit(subject: Subject) -> Iterator[Piece]:
    """Without the last sentences that go beyond the limit of characters."""
    excess = len(subject.body) - MOST_CHARACTERS
    gone = []
    for sentence in reversed(list(subject.piece.sentences())):
        if excess <= 0:
            break
        gone.append(sentence)
        excess -= len(sentence.text) + 1
    yield without_all(subject.piece, gone)
