"""Whether a text is laid out for reading: subheadings, paragraphs, and any text at all."""

from collections.abc import Sequence
from dataclasses import dataclass

from marketer_desktop.domain.scoring.readability.prose import Passage, Prose
from marketer_desktop.domain.scoring.tokens import count_words
from marketer_desktop.domain.scoring.verdict import Position, ScoredCheck

LONG_SECTION, TOO_LONG_SECTION = 300, 350
LONG_PARAGRAPH, TOO_LONG_PARAGRAPH = 150, 200
FEWEST_CHARACTERS = 50


@dataclass(frozen=True)
class _Section:
    heading: Passage | None
    passages: tuple[Passage, ...]

    @property
    def words(self) -> int:
        return sum(count_words(passage.block.text) for passage in self.passages)


def subheadings(prose: Prose) -> ScoredCheck:
    """No more than 300 words without a heading."""
    sections = _sections(prose)
    longest = max((section.words for section in sections), default=0)
    long = [section for section in sections if section.words > LONG_SECTION]
    if not long:
        return _check("subheadingsTooLong", 9, "No section is over 300 words.")
    positions = [_start(section) for section in long]
    if all(section.heading is None for section in sections):
        message = f"{longest} words without a subheading: add one at least every 300 words."
        return _check("subheadingsTooLong", 2, message, positions)
    message = (
        f"{_many(len(long), 'section')} over 300 words, the longest has {longest}: "
        "part them with subheadings."
    )
    score = 3 if longest > TOO_LONG_SECTION else 6
    return _check("subheadingsTooLong", score, message, positions)


def paragraphs(prose: Prose) -> ScoredCheck:
    """No paragraph over 150 words."""
    long = [passage for passage in prose.paragraphs if passage.words > LONG_PARAGRAPH]
    if not long:
        return _check("textParagraphTooLong", 9, "No paragraph is over 150 words.")
    longest = max(passage.words for passage in long)
    message = (
        f"{_many(len(long), 'paragraph')} over 150 words, the longest has {longest}: "
        "part them where a new thought begins."
    )
    score = 3 if longest > TOO_LONG_PARAGRAPH else 6
    return _check("textParagraphTooLong", score, message, [one.position for one in long])


def presence(prose: Prose) -> ScoredCheck | None:
    """Whether there is enough text to judge; None when there is."""
    if sum(len(passage.block.text.strip()) for passage in prose.passages) >= FEWEST_CHARACTERS:
        return None
    return _check("textPresence", 3, "There is hardly any text to judge: write some first.")


def _sections(prose: Prose) -> list[_Section]:
    starts = [at for at, one in enumerate(prose.passages) if one.block.kind == "heading"]
    bounds = [*starts, len(prose.passages)]
    found = [_Section(None, prose.passages[: bounds[0]])] if bounds[0] else []
    for start, end in zip(starts, bounds[1:], strict=True):
        found.append(_Section(prose.passages[start], prose.passages[start + 1 : end]))
    return found


def _start(section: _Section) -> Position:
    return (section.heading or section.passages[0]).position


def _many(count: int, noun: str) -> str:
    return f"One {noun} is" if count == 1 else f"{count} {noun}s are"


def _check(
    check_id: str, score: int, message: str, positions: Sequence[Position] = ()
) -> ScoredCheck:
    return ScoredCheck(
        id=check_id, group="readability", score=score, message=message, positions=list(positions)
    )
