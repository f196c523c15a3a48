"""The paper as every check sees it: its keyphrase, sentences and words, found once."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from marketer_desktop.domain.scoring.keyphrase_forms import Keyphrase, keyphrase
from marketer_desktop.domain.scoring.language import Language
from marketer_desktop.domain.scoring.paper import Block, Paper
from marketer_desktop.domain.scoring.sentences import sentences
from marketer_desktop.domain.scoring.seo.text_words import count_parts, count_words
from marketer_desktop.domain.scoring.verdict import Position, ScoredCheck

UNSCORED = ("quote", "code")


@dataclass(frozen=True)
class Sentence:
    """A sentence of a block; `start` and `end` are characters of the block's text."""

    block: Block
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words as they are shown."""
        return self.block.text[self.start : self.end]

    def position(self, start: int = 0, end: int | None = None) -> Position:
        """The place of the sentence in the source, or of the characters in it."""
        stop = self.end if end is None else self.start + end
        first, last = self.block.place(self.start + start, stop)
        return Position(start=first, end=last, text=self.block.text[self.start + start : stop])


@dataclass(frozen=True)
class Subject:
    """One paper in one language; without a language there are no function words."""

    paper: Paper
    language: Language | None

    @cached_property
    def keyphrase(self) -> Keyphrase:
        """What people should find the text by."""
        return keyphrase(self.paper.keyphrase, self.function_words)

    @property
    def function_words(self) -> frozenset[str]:
        """Words that say nothing by themselves."""
        return self.language.function_words if self.language else frozenset()

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks that count: neither quotes nor code."""
        return tuple(b for b in self.paper.text.blocks if b.kind not in UNSCORED)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences in reading order."""
        return tuple(sentence for block in self.blocks for sentence in self.sentences_of(block))

    @cached_property
    def words(self) -> int:
        """How many words the text has."""
        return sum(count_words(block.text) for block in self.blocks)

    @cached_property
    def parts(self) -> int:
        """How many words a keyphrase is measured against: hyphens part them."""
        return sum(count_parts(block.text) for block in self.blocks)

    def sentences_of(self, block: Block) -> Iterable[Sentence]:
        """The sentences of one block."""
        return (Sentence(block, start, end) for start, end in self.spans(block.text))

    def spans(self, text: str) -> list[tuple[int, int]]:
        """The places of the sentences of any text."""
        return sentences(text, self.language.abbreviations if self.language else ())


def verdict(
    check: str, score: int, message: str, positions: Iterable[Position] = ()
) -> ScoredCheck:
    """What a check of this group says."""
    return ScoredCheck(
        id=check, group="seo", score=score, message=message, positions=list(positions)
    )


def block_position(block: Block) -> Position:
    """The place of a whole block."""
    return Position(start=block.start, end=block.end, text=block.text)
