"""Brings a piece to its length and rids it of repetition, by leaving out or adding sentences."""

from collections import Counter
from collections.abc import Callable
from itertools import pairwise

from marketer_desktop.domain.checks.repetition import RUN, worn_runs
from marketer_desktop.domain.cohesion import leans, restates
from marketer_desktop.domain.links import visible
from marketer_desktop.domain.piece import Piece, Section, Sentence
from marketer_desktop.domain.words import contains_phrase, count_words, folded, ngrams

Measure = Callable[[Piece], int]
PARAGRAPH_SENTENCES = 4


def joined(section: Section) -> Section:
    """The section with runs of one-sentence paragraphs made into paragraphs of up to four."""
    paragraphs: list[list[Sentence]] = []
    for paragraph in section.paragraphs:
        lonely = bool(paragraphs) and len(paragraph) == 1 and not leans(paragraph[0].text)
        if lonely and _all_quoted([*paragraphs[-1], *paragraph]):
            paragraphs[-1] = [*paragraphs[-1], *paragraph]
        else:
            paragraphs.append(paragraph)
    return section.model_copy(update={"paragraphs": paragraphs})


def _all_quoted(sentences: list[Sentence]) -> bool:
    return len(sentences) <= PARAGRAPH_SENTENCES and all(s.origin == "source" for s in sentences)


def without_sentence(section: Section, unwanted: Sentence) -> Section:
    """The section without one sentence (the very object); an empty paragraph goes with it."""
    kept = [[s for s in paragraph if s is not unwanted] for paragraph in section.paragraphs]
    return section.model_copy(update={"paragraphs": [paragraph for paragraph in kept if paragraph]})


def without(piece: Piece, unwanted: Sentence) -> Piece:
    """The piece without one sentence (the very object); empty paragraphs go with it."""
    sections = [without_sentence(section, unwanted) for section in piece.sections]
    return piece.model_copy(update={"sections": sections})


def without_repetition(piece: Piece, keywords: list[str]) -> Piece:
    """Leave out what was said before, then sentences that overuse a run of words."""
    seen = {folded(piece.subheadline), folded(piece.call_to_action)}
    said: list[str] = []
    for sentence in list(piece.sentences()):
        stale = sentence.origin == "model" and restates(sentence.text, said)
        if stale or folded(sentence.text) in seen:
            piece = without(piece, sentence)
        else:
            said.append(sentence.text)
        seen.add(folded(sentence.text))
    return without_worn_runs(piece, keywords)


def without_worn_runs(piece: Piece, keywords: list[str]) -> Piece:
    """Leave out the last sentences that overuse a run of five words."""
    while runs := set(worn_runs(piece, keywords)):
        users = [s for s in piece.sentences() if runs & set(ngrams(folded(visible(s.text)), RUN))]
        if not users:  # headings alone overuse it
            break
        piece = without(piece, users[-1])
    return piece


def _removable(piece: Piece, keywords: list[str]) -> list[Sentence]:
    """Sentences that may go: none that alone carries a keyword, introduces the keyphrase, is all
    that a section has, or is what the next one leans on.
    """
    needed = {id(s) for section in piece.sections for s in _only(section)}
    users = [s for s in piece.sentences() if keywords and contains_phrase(s.text, keywords[0])]
    needed |= {id(s) for s in users[:1]}
    needed |= {
        id(before)
        for section in piece.sections
        for paragraph in section.paragraphs
        for before, after in pairwise(paragraph)
        if leans(after.text)
    }
    uses = Counter(k for s in piece.sentences() for k in keywords if contains_phrase(s.text, k))
    return [
        s
        for s in piece.sentences()
        if id(s) not in needed
        and not any(uses[k] == 1 and contains_phrase(s.text, k) for k in keywords)
    ]


def _only(section: Section) -> list[Sentence]:
    sentences = list(section.sentences())
    return sentences if len(sentences) == 1 else []


def trimmed(piece: Piece, measure: Measure, target: int, keywords: list[str]) -> Piece:
    """Leave out sentences while that brings the length nearer to `target` words.

    A model's sentences go before quoted ones, later ones before earlier ones.
    """
    while (excess := measure(piece) - target) > 0:
        candidates = [s for s in _removable(piece, keywords) if count_words(s.text) < 2 * excess]
        if not candidates:
            break
        models = [s for s in candidates if s.origin == "model"]
        pool = models or candidates
        piece = without(piece, min(reversed(pool), key=lambda s: abs(count_words(s.text) - excess)))
    return piece


def with_sentence(piece: Piece, section: int, sentence: Sentence) -> Piece:
    """The piece with `sentence` at the end of a section; a full paragraph starts a new one."""
    sections = list(piece.sections)
    paragraphs = [list(paragraph) for paragraph in sections[section].paragraphs]
    quoted = sentence.origin == "source"
    if paragraphs and len(paragraphs[-1]) < PARAGRAPH_SENTENCES and not quoted:
        paragraphs[-1].append(sentence)
    else:
        paragraphs.append([sentence])
    sections[section] = sections[section].model_copy(update={"paragraphs": paragraphs})
    return piece.model_copy(update={"sections": sections})
