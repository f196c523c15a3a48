"""Holds a model's sentence against the passages: what it says of the subject must stand there."""

from collections.abc import Sequence

from marketer_desktop.domain.piece import Sentence, Source
from marketer_desktop.domain.screening import Vocabulary, figures, objection
from marketer_desktop.domain.titles import content_words

LEAST_SHARED = 0.6  # of the sentence's content words, for a passage to count as its source


def supporting(sentence: str, sources: Sequence[Source]) -> int | None:
    """The number of the passage that says what `sentence` says, None if none does."""
    wanted = set(content_words(sentence))
    best: tuple[float, int] | None = None
    for source in sources:
        if not figures(sentence) <= figures(source.text):
            continue
        shared = len(wanted & set(content_words(source.text))) / max(len(wanted), 1)
        best = max(best or (0.0, source.n), (shared, source.n))
    return best[1] if best and best[0] >= LEAST_SHARED else None


class Screen:
    """Decides about a model's sentences for one brief and its sources."""

    def __init__(self, brief_texts: Sequence[str], sources: Sequence[Source]) -> None:
        self._sources = sources
        self._brief = Vocabulary(brief_texts)
        self._all = Vocabulary([*brief_texts, *(source.text for source in sources)])

    def admitted(self, text: str) -> Sentence | None:
        """The sentence, cited where it states figures or names of the sources; None if unfit."""
        if objection(text, self._all):
            return None
        if not self._brief.invented(text):
            return Sentence(text=text)
        number = supporting(text, self._sources)
        return Sentence(text=text, source=number) if number is not None else None
