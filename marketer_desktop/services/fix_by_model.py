"""Has the model say passages in another way, one at a time, until a check is content."""

import asyncio
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from marketer_desktop.domain.answers import cleaned
from marketer_desktop.domain.brand_voice import BrandVoice
from marketer_desktop.domain.brief import Brief
from marketer_desktop.domain.checks.keywords import missing_keywords
from marketer_desktop.domain.screening import Vocabulary
from marketer_desktop.domain.words import contains_phrase
from marketer_desktop.llm.budget import estimate_tokens
from marketer_desktop.services.call import Emit
from marketer_desktop.services.check_text import (
    CheckedText,
    TextReport,
    report_on,
    subject_for,
)
from marketer_desktop.services.fix_verdict import Attempt, Progress, hurts, is_good, progress
from marketer_desktop.services.model_answers import (
    Writing,
    answer,
    answering,
    finished,
    writing_of,
)
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.text_score import paper_of
from marketer_desktop.workflow.prompts import prompt

MOST_PASSAGES = 4
ROOM, LEAST_TOKENS = 2.0, 60  # how much longer an answer may be, and a little for the shortest
_CITED = re.compile(r"\[(\d+)\]")
Passage = tuple[int, int]
Passages = Callable[[CheckedText, TextReport, str], Iterator[Passage]]


@dataclass(frozen=True)
class Rewrite:
    """What to ask for, and of which passages; `{phrase}` is what the text lacks."""

    instruction: str
    passages: Passages


def marked(text: CheckedText, report: TextReport, check_id: str) -> Iterator[Passage]:
    """The passages that the check points at."""
    for check in report.score.checks:
        if check.id == check_id:
            yield from ((place.start, place.end) for place in check.positions)


def paragraphs(text: CheckedText, report: TextReport, check_id: str) -> Iterator[Passage]:
    """All paragraphs, the longest first."""
    blocks = paper_of(text.type, text.markdown, text.keyphrase).text.blocks
    prose = [block for block in blocks if block.kind == "paragraph"]
    for block in sorted(prose, key=lambda block: -len(block.text)):
        yield block.start, block.end


def first_paragraph(text: CheckedText, report: TextReport, check_id: str) -> Iterator[Passage]:
    """The introduction."""
    blocks = paper_of(text.type, text.markdown, text.keyphrase).text.blocks
    yield from ((block.start, block.end) for block in blocks if block.kind == "paragraph")


def lacking(text: CheckedText, report: TextReport, check_id: str) -> Iterator[Passage]:
    """Paragraphs without the words that are to stand in more of them."""
    phrase = _phrase(text, check_id)
    for start, end in paragraphs(text, report, check_id):
        if phrase and not contains_phrase(text.markdown[start:end], phrase):
            yield start, end


_USE = "Say the same and use the words “{phrase}” in it once."
REWRITES: Mapping[str, Rewrite] = {
    "textSentenceLength": Rewrite(
        "Say the same in short sentences of at most 15 words each.", marked
    ),
    "passiveVoice": Rewrite("Say the same in the active voice.", marked),
    "sentenceBeginnings": Rewrite("Say the same, but begin with another word.", marked),
    "textTransitionWords": Rewrite(
        "Say the same and link the sentences with words such as because, therefore, however or "
        "for example.",
        paragraphs,
    ),
    "introductionKeyword": Rewrite(_USE, first_paragraph),
    "keyphrase_in_introduction": Rewrite(_USE, first_paragraph),
    "keyphraseDensity": Rewrite(_USE, lacking),
    "keyphraseDistribution": Rewrite(_USE, lacking),
    "keywords": Rewrite(_USE, lacking),
    "word_count": Rewrite("Say the same at more length, with one sentence more.", paragraphs),
}


async def rewritten(
    text: CheckedText,
    check_id: str,
    voice: BrandVoice,
    before: TextReport,
    parts: Parts,
    emit: Emit,
) -> Attempt:
    """Rewrite passages; what hurts another check, invents or loses a source is not kept."""
    state = _State(text, check_id, voice, before)
    async with answering(parts) as model:
        writing = await _writing(text, voice, parts)
        for _ in range(MOST_PASSAGES):
            passage = state.next_passage()
            if passage is None:
                break
            asked = state.prompt(writing, passage)
            said = state.text.markdown[slice(*passage)]
            room = round(estimate_tokens(said) * ROOM) + LEAST_TOKENS
            new = cleaned(finished(await answer(parts, writing, model, asked, room, emit)), said)
            await asyncio.to_thread(state.take, passage, new)
            if state.is_done:
                break
    return state.attempt()


async def _writing(text: CheckedText, voice: BrandVoice, parts: Parts) -> Writing:
    if text.activity_id is not None:
        return await writing_of(parts, text.activity_id)
    brief = Brief.model_construct(type=text.type, topic=text.topic or text.title)
    return Writing(None, brief, voice)


def _phrase(text: CheckedText, check_id: str) -> str:
    """What the text is to say more often."""
    if check_id != "keywords":
        return text.keyphrase
    return next(iter(missing_keywords(subject_for(text).body, text.keywords)), "")


class _State:
    """The text as it is so far, and which passages were tried."""

    def __init__(
        self, text: CheckedText, check_id: str, voice: BrandVoice, before: TextReport
    ) -> None:
        self.text, self._check_id, self._voice = text, check_id, voice
        self._before = self._report = before
        self._tried: set[str] = set()
        self._hurt = False

    @property
    def is_done(self) -> bool:
        """Whether the check is content."""
        return is_good(self._report, self._check_id)

    def _progress(self, report: TextReport) -> Progress:
        return progress(report, self._check_id)

    def next_passage(self) -> Passage | None:
        """The next one that was not tried yet."""
        rewrite = REWRITES[self._check_id]
        for start, end in rewrite.passages(self.text, self._report, self._check_id):
            said = self.text.markdown[start:end]
            if said.strip() and said not in self._tried:
                self._tried.add(said)
                return start, end
        return None

    def prompt(self, writing: Writing, passage: Passage) -> tuple[str, str]:
        """What the model is asked for."""
        phrase = _phrase(self.text, self._check_id)
        return prompt(
            "rewrite_own",
            writing.brief,
            self._voice.line(),
            instruction=REWRITES[self._check_id].instruction.format(phrase=phrase),
            around="",
            text=self.text.markdown[slice(*passage)],
        )

    def take(self, passage: Passage, new: str) -> None:
        """Put the answer in the place of the passage if it may stand there."""
        start, end = passage
        markdown = self.text.markdown
        if not new or not _is_sound(markdown[start:end], new, [markdown, self.text.keyphrase]):
            return
        text = self.text.model_copy(update={"markdown": f"{markdown[:start]}{new}{markdown[end:]}"})
        report = report_on(text, self._voice)
        if hurts(report, self._before, self._check_id):
            self._hurt = True
        elif self._progress(report) >= self._progress(self._report):
            self.text, self._report = text, report

    def attempt(self) -> Attempt:
        """How it ended."""
        is_better = self._progress(self._report) > self._progress(self._before)
        return Attempt(self.text if is_better else None, self._report, self._hurt)


def _is_sound(old: str, new: str, known: list[str]) -> bool:
    """Whether nothing was invented, and every source is still cited."""
    lost = set(_CITED.findall(old)) - set(_CITED.findall(new))
    return not lost and not Vocabulary(known).invented(_CITED.sub("", new))
