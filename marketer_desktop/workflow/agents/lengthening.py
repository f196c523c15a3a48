"""Brings a piece that is too short to its length: with what is left over, then with the model."""

import asyncio

from marketer_desktop.domain.checks.length import bounds
from marketer_desktop.domain.cohesion import leans
from marketer_desktop.domain.piece import Sentence
from marketer_desktop.domain.rest import EDITOR_AT_ONCE, EDITOR_ROUNDS, answers_rest
from marketer_desktop.workflow.context import Ask
from marketer_desktop.workflow.edit import Edit

AGENT = "editor"
AT_ONCE = EDITOR_AT_ONCE
ATTEMPTS = EDITOR_ROUNDS * AT_ONCE
ANSWER_TOKENS = 160


async def lengthen(edit: Edit, target: int, round_: int = 1) -> None:
    """Add sentences up to `target` words, a bounded number of times; each round asks anew."""
    edit.draw(target)
    first = (round_ - 1) * ATTEMPTS
    for start in range(first, first + ATTEMPTS, AT_ONCE):
        rounds = (first + ATTEMPTS - start) // AT_ONCE
        lacking = target - edit.words
        rest = answers_rest(lacking, rounds, AT_ONCE)
        edit.context.progress.rest("editing", rest)
        if edit.words >= target:
            break
        for found in await asyncio.gather(
            *(_more(edit, attempt) for attempt in range(start, start + AT_ONCE))
        ):
            edit.spare += [(None, sentence) for sentence in found if not leans(sentence.text)]
        edit.tidy()
        edit.draw(target)
    edit.draw(bounds(target)[0], stuffing=True)


async def _more(edit: Edit, attempt: int) -> list[Sentence]:
    """What the model says to one more question."""
    asked = Ask(
        AGENT,
        "editing/length",
        "answer",
        [edit.context.brief.topic],
        attempt + 1,
        max_tokens=ANSWER_TOKENS,
    )
    question = edit.questions[attempt % len(edit.questions)]
    return await edit.context.sentences(asked, edit.screen, edit.sources, question=question)
