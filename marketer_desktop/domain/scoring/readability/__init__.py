"""How easily a text reads: its checks, their total, and its figures."""

from collections.abc import Iterable

from marketer_desktop.domain.scoring.language import Language
from marketer_desktop.domain.scoring.paper import Text
from marketer_desktop.domain.scoring.readability.beginnings import sentence_beginnings
from marketer_desktop.domain.scoring.readability.figures import (
    Statistics,
    flesch,
    reading_time_minutes,
    statistics,
)
from marketer_desktop.domain.scoring.readability.layout import paragraphs, presence, subheadings
from marketer_desktop.domain.scoring.readability.prose import prose
from marketer_desktop.domain.scoring.readability.shares import (
    passive_voice,
    sentence_length,
    transition_words,
)
from marketer_desktop.domain.scoring.verdict import ScoredCheck

__all__ = [
    "Statistics",
    "flesch",
    "readability",
    "readability_total",
    "reading_time_minutes",
    "statistics",
    "unavailable",
]

_OF_A_LANGUAGE = (transition_words, passive_voice, sentence_beginnings)


def readability(text: Text, language: Language | None) -> list[ScoredCheck]:
    """The checks in their order; without a language, those that need none (see `unavailable`)."""
    read = prose(text, language)
    found = [presence(read), subheadings(read), paragraphs(read), sentence_length(read)]
    if language:
        found += [check(read, language) for check in _OF_A_LANGUAGE]
    return [check for check in found if check]


def unavailable(language: Language | None) -> tuple[str, ...]:
    """The ids of the checks that need a language the scorer does not know."""
    return () if language else ("textTransitionWords", "passiveVoice", "sentenceBeginnings")


def readability_total(checks: Iterable[ScoredCheck]) -> int:
    """90, 60 or 30: a bad check weighs 3, a middling one 2; over 4 is 60, over 6 is 30."""
    weights = [3 if check.score <= 4 else 2 if check.score <= 7 else 0 for check in checks]
    penalty = sum(weights)
    return 30 if penalty > 6 else 60 if penalty > 4 else 90
