"""Drops what models leave behind, repeated sentences and forbidden phrases."""

from collections.abc import Iterator
from functools import partial

from marketer_desktop.domain.checks.check import Subject
from marketer_desktop.domain.checks.forbidden_phrases import forbidden_phrases
from marketer_desktop.domain.checks.residue import ai_talk, echo, placeholder, reasoning
from marketer_desktop.domain.fitting import without_repetition, without_worn_runs
from marketer_desktop.domain.links import visible
from marketer_desktop.domain.piece import Piece, Sentence
from marketer_desktop.domain.repairs.sentences import (
    Unfit,
    with_headings,
    without_all,
    without_unfit,
)
from marketer_desktop.domain.titles import content_words, plain_title, undangled
from marketer_desktop.domain.variants import built
from marketer_desktop.domain.words import contains_phrase, folded


def _rid_of(subject: Subject, unfit: Unfit) -> Iterator[Piece]:
    """Without the sentences that are unfit, with what is sound of the headings; then without them.

    Title, description and variants that are unfit are made anew.
    """
    for partly in (True, False):
        change = partial(_heading_without, unfit, partly)
        piece = with_headings(subject.piece, change)
        yield _entry_without(subject, without_unfit(piece, unfit), unfit)


def _heading_without(unfit: Unfit, partly: bool, heading: str) -> str:
    """The heading if it is sound; else, if `partly`, what of it means something; else nothing."""
    hit = unfit(heading)
    return heading if not hit else _sound_part(heading, str(hit)) if partly else ""


def _sound_part(heading: str, hit: str) -> str:
    """What of a heading means something without what was found in it."""
    before, _, after = heading.partition(hit)
    return next((undangled(part) for part in (before, after) if content_words(part)), "")


def _entry_without(subject: Subject, piece: Piece, unfit: Unfit) -> Piece:
    if unfit(piece.title):
        title = plain_title(subject.brief.topic, subject.keyphrase)
        piece = piece.model_copy(update={"title": title})
    if unfit(piece.description):
        piece = piece.model_copy(update={"description": ""})
    if any(unfit(text) for text in piece.variants.values()):
        fresh = built(subject.brief, piece)
        variants = {k: fresh.get(k, v) if unfit(v) else v for k, v in piece.variants.items()}
        piece = piece.model_copy(update={"variants": variants})
    return piece


def without_placeholders(subject: Subject) -> Iterator[Piece]:
    """Drop what has a gap in it."""
    yield from _rid_of(subject, placeholder)


def without_echoes(subject: Subject) -> Iterator[Piece]:
    """Drop instructions to the writer."""
    yield from _rid_of(subject, lambda text: echo(text, subject.prompts))


def without_ai_talk(subject: Subject) -> Iterator[Piece]:
    """Drop what a model says of itself."""
    yield from _rid_of(subject, ai_talk)


def without_reasoning(subject: Subject) -> Iterator[Piece]:
    """Drop a model's thoughts, and all between their beginning and their end."""
    inside, thoughts = False, list[Sentence]()
    for sentence in subject.piece.sentences():
        opens, closes = sentence.text.rfind("<think"), sentence.text.rfind("</think")
        if inside or reasoning(sentence.text):
            thoughts.append(sentence)
        if max(opens, closes) >= 0:
            inside = opens > closes
    if not inside:
        kept = without_all(subject.piece, thoughts)
        yield from _rid_of(subject.with_piece(kept), reasoning)
    yield from _rid_of(subject, reasoning)


def without_forbidden_phrases(subject: Subject) -> Iterator[Piece]:
    """Drop the sentences that say what the voice forbids."""
    phrases = forbidden_phrases(subject)
    yield from _rid_of(subject, lambda text: _said(text, phrases))


def _said(text: str, phrases: list[str]) -> str:
    """The first phrase that `text` says, as it is written there if it is written plainly."""
    found = next((phrase for phrase in phrases if contains_phrase(text, phrase)), "")
    at = text.casefold().find(found.casefold())
    return text[at : at + len(found)] if at >= 0 else found


def without_repeats(subject: Subject) -> Iterator[Piece]:
    """Keep the first of equal sentences, else the last, else drop all that says the same again."""
    keywords = subject.brief.keywords
    sentences = list(subject.piece.sentences())
    for order in (sentences, sentences[::-1]):
        kept = without_all(subject.piece, _again(subject.piece, order))
        yield without_worn_runs(kept, keywords)
    yield without_repetition(subject.piece, keywords)


def _again(piece: Piece, sentences: list[Sentence]) -> list[Sentence]:
    """Those that say what one before them in this order says."""
    seen = {folded(piece.subheadline), folded(piece.call_to_action)}
    again = []
    for sentence in sentences:
        words = folded(visible(sentence.text))
        if words and words in seen:
            again.append(sentence)
        seen.add(words)
    return again
