"""Sub-headline and call to action, out of sentences that the piece already has."""

from collections.abc import Iterator

from marketer_desktop.domain.checks.check import Subject
from marketer_desktop.domain.checks.webpage import LONGEST_CALL, LONGEST_SUBHEADLINE
from marketer_desktop.domain.cohesion import leans
from marketer_desktop.domain.links import visible
from marketer_desktop.domain.piece import Piece
from marketer_desktop.domain.plain import without_markup
from marketer_desktop.domain.repairs.keyphrase import with_subheadline
from marketer_desktop.domain.repairs.sentences import spare_sentences, without_all
from marketer_desktop.domain.titles import says_keyphrase, shortened
from marketer_desktop.domain.words import count_words, folded

MOST_MOVES = 6
SHORTEST_LINE = 5  # words of a sub-headline
# What a sentence begins with that asks its reader for something.
_ASKING = frozenset(
    """
    ask book browse buy call choose compare contact discover download explore find get join learn
    look order plan read register request reserve schedule see send shop sign start subscribe talk
    taste test try visit watch write
    """.split()
)


def with_line(subject: Subject) -> Iterator[Piece]:
    """The sub-headline cut between words; else a short sentence of the text moves there."""
    piece = subject.piece
    own = " ".join(piece.subheadline.split())
    if own:
        yield piece.model_copy(update={"subheadline": shortened(own, LONGEST_SUBHEADLINE)})
        piece = piece.model_copy(update={"subheadline": ""})
    short = [
        s
        for s in spare_sentences(piece)
        if len(visible(s.text)) <= LONGEST_SUBHEADLINE
        and count_words(s.text) >= SHORTEST_LINE
        and not leans(s.text)
    ]
    short.sort(key=lambda s: not says_keyphrase(s.text, subject.keyphrase))
    for sentence in short[:MOST_MOVES]:
        yield with_subheadline(piece, sentence)


def with_call(subject: Subject) -> Iterator[Piece]:
    """One call, cut between words; else a sentence that asks for something becomes the call."""
    piece = subject.piece
    lines = [line.strip() for line in piece.call_to_action.splitlines() if line.strip()]
    for line in lines:
        yield piece.model_copy(update={"call_to_action": shortened(line, LONGEST_CALL)})
    for sentence in reversed(spare_sentences(piece)):
        text = without_markup(sentence.text)
        asking = folded(text)[:1] and folded(text)[0] in _ASKING
        if asking and len(text) <= LONGEST_CALL:
            yield without_all(piece, [sentence]).model_copy(update={"call_to_action": text})
