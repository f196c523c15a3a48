"""The piece under the editor's hand: measured, changed, and kept only where it gets better."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from marketer_desktop.domain.body import body_text
from marketer_desktop.domain.brief import LONG_FORM
from marketer_desktop.domain.checks.check import Check, Subject, subject_of
from marketer_desktop.domain.checks.headings import LONGEST_SECTION
from marketer_desktop.domain.checks.report import report
from marketer_desktop.domain.cohesion import restates
from marketer_desktop.domain.fitting import trimmed, with_sentence, without, without_repetition
from marketer_desktop.domain.grounding import Screen
from marketer_desktop.domain.piece import Piece, Section, Sentence, Source
from marketer_desktop.domain.repairs.repair import better, repaired
from marketer_desktop.domain.words import count_words, folded, split_sentences
from marketer_desktop.workflow.context import RunContext
from marketer_desktop.workflow.prompts import instructions

ROOM_KEPT = 40  # words under a heading that are left for what is still to come


@dataclass
class Edit:
    """A piece with what it may draw on.

    `spare` are sound sentences that found no place, each with the section that it belongs to;
    `budgets` are the words that each section should have.
    """

    context: RunContext
    piece: Piece
    sources: Sequence[Source]
    screen: Screen
    keyphrase: str
    questions: list[str] = field(default_factory=list)
    budgets: list[int] = field(default_factory=list)
    spare: list[tuple[int | None, Sentence]] = field(default_factory=list)
    # The last report: of what has just been mended or offered it is asked for again.
    _reported: tuple[Piece, list[Check]] | None = field(default=None, init=False)

    @property
    def words(self) -> int:
        """Words of the body as the brief counts them."""
        return self.measured(self.piece)

    def measured(self, piece: Piece) -> int:
        """Words of another piece's body."""
        return count_words(body_text(self.context.brief.type, piece))

    @property
    def excess(self) -> int:
        """How many times more than is good the body has the keyphrase; fewer than none if less."""
        lines = body_text(self.context.brief.type, self.piece).splitlines()
        sentences = [sentence for line in lines for sentence in split_sentences(line)]
        budget = self.context.keyphrase_budget(self.keyphrase)
        return budget.uses(sentences) - budget.most(self.context.brief.words)

    def has_keyphrase(self, sentence: Sentence) -> bool:
        """Whether the scorer finds the keyphrase in a sentence."""
        return self.context.keyphrase_budget(self.keyphrase).uses([sentence.text]) > 0

    def subject(self, piece: Piece) -> Subject:
        """What the checks look at."""
        return subject_of(
            self.context.brief,
            piece,
            self.sources,
            voice=self.context.voice,
            prompts=instructions(),
        )

    async def failing(self) -> list[Check]:
        """The hard checks that the piece does not pass as it stands."""
        checks = await self.report(self.piece)
        return [check for check in checks if check.hard and not check.passed]

    async def report(self, piece: Piece) -> list[Check]:
        """All checks of a piece, in a thread: they look at every word of a long text."""
        if self._reported is None or self._reported[0] != piece:
            self._reported = piece, await asyncio.to_thread(report, self.subject(piece))
        return self._reported[1]

    async def offer(self, piece: Piece) -> bool:
        """Take `piece`, brought to its length, if the report says that it is better."""
        fitted = self.trimmed(piece)
        before, after = await self.report(self.piece), await self.report(fitted)
        if not better(after, before):
            self._reported = self.piece, before
            return False
        self.piece = fitted
        return True

    async def mend(self) -> None:
        """What rules alone can repair; a thread, as this takes seconds for a long text."""
        checks = await self.report(self.piece)
        self._reported = await asyncio.to_thread(repaired, self.subject(self.piece), checks)
        self.piece = self._reported[0]

    def trimmed(self, piece: Piece) -> Piece:
        """The piece without what is too long."""
        brief = self.context.brief
        return trimmed(piece, self.measured, brief.words, brief.keywords)

    def tidy(self) -> None:
        """Leave out what is said twice."""
        self.piece = without_repetition(self.piece, self.context.brief.keywords)

    def said(self, sentence: Sentence) -> bool:
        """Whether the piece says that already."""
        present = [s.text for s in self.piece.sentences()]
        again = sentence.origin != "source" and restates(sentence.text, present)
        return again or folded(sentence.text) in map(folded, present)

    def stuffed(self, sentence: Sentence) -> bool:
        """Whether the piece has the keyphrase so often that one more is too much."""
        if self.context.brief.type not in LONG_FORM or not self.has_keyphrase(sentence):
            return False
        return self.excess >= 0

    def add(self, sentence: Sentence, section: int | None = None) -> None:
        """Put a sentence into `section`, or into the shortest one; twice is never."""
        if not self.said(sentence):
            self.piece = self.with_sentence(sentence, section)

    def with_sentence(self, sentence: Sentence, section: int | None = None) -> Piece:
        """The piece with a sentence more, in `section` if that has room, else where most lacks."""
        lengths = [part.word_count for part in self.piece.sections]
        fits = section is not None and lengths[section] + ROOM_KEPT <= LONGEST_SECTION
        place = section if section is not None and fits else self._neediest()
        return with_sentence(self.piece, place, sentence)

    def _lack(self, section: int) -> int:
        """How many words a section has less than it should have; fewer than none if more."""
        budget = self.budgets[section] if section < len(self.budgets) else 0
        return budget - self.piece.sections[section].word_count

    def _neediest(self) -> int:
        return max(range(len(self.piece.sections)), key=self._lack)

    def opened_by(self, sentence: Sentence, piece: Piece | None = None) -> Piece:
        """The piece, or another, with a sentence in front of its first paragraph."""
        whole = piece or self.piece
        first, *others = whole.sections or [Section()]
        opening, *rest = first.paragraphs or [[]]
        begun = first.model_copy(update={"paragraphs": [[sentence, *opening], *rest]})
        return whole.model_copy(update={"sections": [begun, *others]})

    def moved_to_front(self, sentence: Sentence) -> Piece:
        """The piece with one of its sentences as the very first."""
        without_it = without(self.piece, sentence)
        return self.opened_by(sentence, without_it)

    def draw(self, fewest: int, *, stuffing: bool = False) -> None:
        """Lengthen with sound sentences that were left over.

        With `stuffing` also with those that have the keyphrase once more than is good.
        """
        kept: list[tuple[int | None, Sentence]] = []
        while self.words < fewest and self.spare:
            section, sentence = self.spare.pop(self._next())
            if not stuffing and self.stuffed(sentence):
                kept.append((section, sentence))
            else:
                self.add(sentence, section)
        self.spare = kept + self.spare

    def _next(self) -> int:
        """Which spare sentence comes next: the first one of the section that lacks most."""
        lacks = [self._lack(s) if s is not None else 0 for s, _ in self.spare]
        return lacks.index(max(lacks))
