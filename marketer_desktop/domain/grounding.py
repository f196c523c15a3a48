"""Holds a model's sentence against the passages: what it says of the subject must stand there."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from marketer_desktop.domain.instructions import plain_text
from marketer_desktop.domain.piece import Sentence, Source
from marketer_desktop.domain.screening import Vocabulary, objection
from marketer_desktop.domain.titles import content_words

LEAST_SHARED = 0.6  # of the sentence's content words, for a passage to count as its source

# What a sentence without a source may not claim where nothing but the documents counts.
_CLAIM = re.compile(
    r"\b(?:best|better|worst|worse|most|least|more|less|fewer|only|first|leading|largest|smallest|"
    r"fastest|faster|cheapest|cheaper|safest|safer|highest|lowest|proven|proves?|guarantee[sd]?|"
    r"always|never|every|all|none|unique|award\w*|certified|patented|founded|invented|since|"
    r"increas\w+|reduc\w+|improv\w+|doubl\w+|sav(?:es?|ed|ing)|boosts?|cures?|prevents?|causes?|"
    r"lead(?:s|ing)? to|results? in)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Passage:
    """A source as it may be believed: its words, figures and names without instructions."""

    number: int
    words: frozenset[str]
    vocabulary: Vocabulary


def _passages(sources: Sequence[Source], brief_texts: Sequence[str]) -> list[_Passage]:
    plain = [(source.n, plain_text(source.text)) for source in sources]
    return [
        _Passage(number, frozenset(content_words(text)), Vocabulary([*brief_texts, text]))
        for number, text in plain
    ]


def _supporting(sentence: str, passages: Sequence[_Passage]) -> int | None:
    wanted = set(content_words(sentence))
    best: tuple[float, int] | None = None
    for passage in passages:
        if passage.vocabulary.invented(sentence):
            continue
        shared = len(wanted & passage.words) / max(len(wanted), 1)
        best = max(best or (0.0, passage.number), (shared, passage.number))
    return best[1] if best and best[0] >= LEAST_SHARED else None


def supporting(
    sentence: str, sources: Sequence[Source], brief_texts: Sequence[str] = ()
) -> int | None:
    """The number of the passage that says what `sentence` says, None if none does.

    Its figures and names stand in that passage, or in the brief.
    """
    return _supporting(sentence, _passages(sources, brief_texts))


def neutral(sentence: str) -> bool:
    """Whether `sentence` makes no claim that would need a source."""
    return not _CLAIM.search(sentence)


class Screen:
    """Decides about a model's sentences for one brief and its sources.

    With `only_documents` a sentence needs a passage that says it; where there is no passage at
    all, only neutral sentences without figures and names stay. `common` are everyday words.
    """

    def __init__(
        self,
        brief_texts: Sequence[str],
        sources: Sequence[Source],
        *,
        only_documents: bool = False,
        common: Collection[str] = frozenset(),
    ) -> None:
        self._only_documents = only_documents
        self._brief_texts, self._sources = tuple(brief_texts), tuple(sources)
        self._brief = Vocabulary(brief_texts, common)
        plain = (plain_text(source.text) for source in sources)
        self._all = Vocabulary([*brief_texts, *plain], common)

    @cached_property
    def _passages(self) -> list[_Passage]:
        return _passages(self._sources, self._brief_texts)

    def admitted(self, text: str) -> Sentence | None:
        """The sentence, cited where it states figures or names of the sources; None if unfit."""
        if objection(text, self._all):
            return None
        own = not self._brief.invented(text)
        if own and not self._only_documents:
            return Sentence(text=text)
        if own and not self._passages:
            return Sentence(text=text) if neutral(text) else None
        number = _supporting(text, self._passages)
        return Sentence(text=text, source=number) if number is not None else None
