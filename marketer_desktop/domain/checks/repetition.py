"""No sentence twice, and no run of five words more than three times."""

from collections import Counter

from marketer_desktop.domain.checks.check import Check, Subject, places, verdict
from marketer_desktop.domain.links import visible
from marketer_desktop.domain.piece import Piece
from marketer_desktop.domain.words import folded, repeated_ngrams

RUN, MOST = 5, 3


def spoken(piece: Piece) -> list[str]:
    """The sentences of the body as they are read, the calls of a page or mail with them."""
    calls = [text for text in (piece.subheadline, piece.call_to_action) if text]
    return [*calls, *(visible(sentence.text) for sentence in piece.sentences())]


def said_twice(piece: Piece) -> list[str]:
    """Sentences that came before, whatever their case; signs without words are none."""
    texts = spoken(piece)
    times = Counter(map(folded, texts))
    seen: set[tuple[str, ...]] = set()
    again = []
    for text in texts:
        words = folded(text)
        if words and times[words] > 1 and words in seen:
            again.append(text)
        seen.add(words)
    return again


def worn_runs(piece: Piece, keywords: list[str]) -> list[tuple[str, ...]]:
    """The 5-grams of title, headings and sentences that occur too often."""
    headings = [section.heading for section in piece.sections]
    return repeated_ngrams([piece.title, *headings, *spoken(piece)], RUN, MOST, keywords)


def check_repetition(subject: Subject) -> Check:
    """Repeated sentences and 5-grams; those inside a keyword do not count."""
    twice = said_twice(subject.piece)
    runs = worn_runs(subject.piece, subject.brief.keywords)
    problem = ""
    if twice:
        problem = f"A sentence stands there twice: “{' '.join(folded(twice[0]))}”."
    elif runs:
        problem = f"“{' '.join(runs[0])}” stands there more than {MOST} times."
    positions = places(subject.body, twice)
    return verdict("repetition", problem, "Nothing is repeated.", positions=positions)
