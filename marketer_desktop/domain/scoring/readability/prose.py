"""A text taken apart once for all readability checks."""

from dataclasses import dataclass

from marketer_desktop.domain.scoring.language import Language
from marketer_desktop.domain.scoring.paper import Block, Text
from marketer_desktop.domain.scoring.sentences import sentences
from marketer_desktop.domain.scoring.tokens import count_words, tokens, words
from marketer_desktop.domain.scoring.verdict import Position


@dataclass(frozen=True)
class Sentence:
    """One sentence of a block: its lower-case words, and with the marks that part clauses."""

    block: Block
    start: int
    end: int
    tokens: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def position(self) -> Position:
        """Where the sentence stands in the source."""
        start, end = self.block.place(self.start, self.end)
        text = " ".join(self.block.text[self.start : self.end].split())
        return Position(start=start, end=end, text=text)


@dataclass(frozen=True)
class Passage:
    """A block that is read, with its sentences, and with those that no line feed is in."""

    block: Block
    sentences: tuple[Sentence, ...]
    lines: tuple[Sentence, ...]

    @property
    def words(self) -> int:
        """How many words the sentences have."""
        return sum(len(sentence.words) for sentence in self.sentences)

    @property
    def position(self) -> Position:
        """Where the block stands in the source."""
        start, end = self.block.place(0, len(self.block.text))
        return Position(start=start, end=end, text=" ".join(self.block.text.split()))


@dataclass(frozen=True)
class Prose:
    """The passages in reading order, and the lines of markup without words between them."""

    passages: tuple[Passage, ...]
    bare_lines: int = 0

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences, headings and list items among them."""
        return tuple(one for passage in self.passages for one in passage.sentences)

    @property
    def paragraphs(self) -> tuple[Passage, ...]:
        """All passages but the headings."""
        return tuple(one for one in self.passages if one.block.kind != "heading")

    @property
    def words(self) -> int:
        """How many words the text has, as its length is counted."""
        return sum(count_words(passage.block.text) for passage in self.passages)


def prose(text: Text, language: Language | None) -> Prose:
    """`text` without quotes and code, in sentences; no sentence crosses a block."""
    abbreviations = language.abbreviations if language else frozenset[str]()
    return Prose(
        tuple(_passage(block, abbreviations) for block in text.blocks if is_read(block)),
        text.bare_lines,
    )


def is_read(block: Block) -> bool:
    """Whether a block is the author's own prose, or a heading, even without words."""
    return block.kind not in {"quote", "code"} and (bool(block.text.strip()) or block.level > 0)


def _passage(block: Block, abbreviations: frozenset[str]) -> Passage:
    found = tuple(_sentences(block, block.text, 0, abbreviations))
    if "\n" not in block.text and "\v" not in block.text:
        return Passage(block, found, found)
    lines: list[Sentence] = []
    start = 0
    for line in block.text.replace("\v", " ").split("\n"):
        lines += _sentences(block, line, start, abbreviations)
        start += len(line) + 1
    return Passage(block, found, tuple(lines))


def _sentences(
    block: Block, text: str, offset: int, abbreviations: frozenset[str]
) -> list[Sentence]:
    found: list[Sentence] = []
    for start, end in sentences(text, abbreviations):
        parts = tokens(text[start:end])
        if said := words(parts):
            found.append(Sentence(block, offset + start, offset + end, parts, said))
    return found
