"""Figures of a text: reading ease, reading time, how many words and sentences."""

import math
import re

from pydantic import BaseModel

from marketer_desktop.domain.scoring.language import Language
from marketer_desktop.domain.scoring.paper import Text
from marketer_desktop.domain.scoring.readability.prose import is_read, prose
from marketer_desktop.domain.scoring.sentences import sentences
from marketer_desktop.domain.scoring.tokens import count_words, shown_words

WORDS_A_MINUTE = 228
SECONDS_A_PICTURE = 12
_LINE = re.compile(r"(?<=\S)\n(?=\S)")
_NUMBER = re.compile(r"[\d.,:-]+")


class Statistics(BaseModel):
    """How much there is to read."""

    words: int
    sentences: int
    paragraphs: int
    words_per_sentence: float
    words_per_paragraph: float


def statistics(text: Text, language: Language | None) -> Statistics:
    """The figures of `text`; headings are sentences and no paragraphs."""
    read = prose(text, language)
    said = read.sentences
    words, paragraphs = sum(len(one.words) for one in said), read.paragraphs
    return Statistics(
        words=read.words,
        sentences=len(said),
        paragraphs=len(paragraphs),
        words_per_sentence=round(words / len(said), 1) if said else 0.0,
        words_per_paragraph=round(sum(one.words for one in paragraphs) / len(paragraphs), 1)
        if paragraphs
        else 0.0,
    )


def flesch(text: Text, language: Language) -> float:
    """The Flesch reading ease, 0 to 100, of all that is shown; an empty text has 0.

    As in the open analysis, code and quotes count, a line is a sentence at least, a line of mere
    markup is one too, and figures are no words.
    """
    lines = [line for run in _runs(text) for line in _LINE.split(run)]
    spans = [(line, span) for line in lines for span in sentences(line, language.abbreviations)]
    words = [
        word
        for line, (start, end) in spans
        for word in shown_words(line[start:end].lower())
        if not _NUMBER.fullmatch(word)
    ]
    if not words:
        return 0.0
    start, length, weight = language.ease
    of_length = length * len(words) / (len(spans) + text.bare_lines)
    of_syllables = weight * sum(map(language.syllables, words)) / len(words)
    return round(min(100.0, max(0.0, start - of_length - of_syllables)), 1)


def _runs(text: Text) -> tuple[str, ...]:
    return text.runs or tuple(block.text for block in text.blocks)


def reading_time_minutes(text: Text) -> int:
    """Whole minutes, begun ones counted: 228 words a minute, 12 seconds for a picture."""
    words = sum(count_words(block.text) for block in text.blocks if is_read(block))
    return math.ceil(words / WORDS_A_MINUTE + len(text.images) * SECONDS_A_PICTURE / 60)
