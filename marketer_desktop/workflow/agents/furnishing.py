"""Short lines around a text: the sub-headline of a page, the one thing that it asks for."""

from marketer_desktop.domain.checks.webpage import LONGEST_CALL, LONGEST_SUBHEADLINE
from marketer_desktop.domain.screening import Vocabulary
from marketer_desktop.domain.titles import content_words, shortened
from marketer_desktop.domain.words import count_words
from marketer_desktop.workflow.context import Ask
from marketer_desktop.workflow.edit import Edit
from marketer_desktop.workflow.lexicon import common_words

AGENT = "editor"
ATTEMPTS = 3
FEWEST_CALL_WORDS, MOST_CALL_WORDS = 3, 11
OPENINGS = ("Discover", "Try", "Learn more about")
LONGEST_LINE = 110  # characters of a sub-headline that still reads as one


async def subheadline(edit: Edit) -> str:
    """What readers gain, in a sentence: the model's, else the nearest one of the text."""
    context = edit.context
    anchors = [context.brief.topic, edit.keyphrase]
    for attempt in range(1, ATTEMPTS + 1):
        asked = Ask(AGENT, "editing/subheadline", "subheadline", anchors, attempt, max_tokens=40)
        found = await context.sentences(asked, edit.screen, edit.sources)
        short = [s.text for s in found if len(s.text) <= LONGEST_SUBHEADLINE and s.source is None]
        if short:
            return short[0]
    texts = [s.text for s in edit.piece.sentences()]
    whole = [text for text in texts if len(text) <= LONGEST_SUBHEADLINE]
    return whole[0] if whole else shortened(texts[0], LONGEST_LINE) if texts else ""


async def call_to_action(edit: Edit) -> str:
    """One line that asks for one thing."""
    context, brief = edit.context, edit.context.brief
    known = Vocabulary(context.asked, common=common_words(brief.language))
    for attempt in range(1, ATTEMPTS + 1):
        opening = OPENINGS[(attempt - 1) % len(OPENINGS)]
        asked = Ask(
            AGENT,
            "editing/call_to_action",
            "call_to_action",
            [brief.topic],
            attempt,
            max_tokens=20,
            opening=opening,
        )
        line = _first_line(await context.text(asked))
        strange = known.strange(line) or context.voice.forbids(line) or not _about(line, edit)
        if count_words(line) >= FEWEST_CALL_WORDS and not strange:
            return line
    return f"{OPENINGS[-1]} {edit.keyphrase}"


def _about(line: str, edit: Edit) -> bool:
    """Whether a line names something of the topic."""
    named = content_words(f"{edit.context.brief.topic} {edit.keyphrase}")
    return bool(set(content_words(line)) & set(named))


def _first_line(answer: str) -> str:
    """The first line without its full stop, if it is one whole request that fits a button."""
    line = answer.strip().split("\n")[0].strip(' "“”*#').rstrip(".!").strip()
    fits = len(line) <= LONGEST_CALL and count_words(line) <= MOST_CALL_WORDS
    return line if fits and not set(line) & set('.!?:;[]"“”') else ""
