"""The length asked for, within ten percent."""

import math

from marketer_desktop.domain.checks.check import Check, Subject, verdict
from marketer_desktop.domain.words import count_words

TOLERANCE = 0.10


def bounds(words: int) -> tuple[int, int]:
    """The fewest and the most words that still count as `words`."""
    return math.ceil(words * (1 - TOLERANCE)), math.floor(words * (1 + TOLERANCE))


def check_length(subject: Subject) -> Check:
    """Words of the body against the brief."""
    got, wanted = count_words(subject.body), subject.brief.words
    fewest, most = bounds(wanted)
    said = f"{got} words for {wanted} asked"
    if got < fewest:
        return verdict("word_count", f"{said}: add at least {fewest - got}.", said)
    if got > most:
        return verdict("word_count", f"{said}: cut at least {got - most}.", said)
    return verdict("word_count", "", f"{said}.")
