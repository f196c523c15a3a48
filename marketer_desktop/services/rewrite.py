"""Rewrite a passage of a text as asked: shorter, longer, in other words, in another tone."""

import re
from typing import Literal, Self

from pydantic import BaseModel, Field, model_validator

from marketer_desktop.domain.answers import cleaned
from marketer_desktop.domain.screening import Vocabulary
from marketer_desktop.llm.budget import estimate_tokens
from marketer_desktop.services.call import Call, Emit, ServiceError
from marketer_desktop.services.model_answers import (
    Writing,
    answer,
    answering,
    finished,
    writing_of,
)
from marketer_desktop.services.parts import Parts
from marketer_desktop.workflow.prompts import prompt

Command = Literal["shorten", "expand", "rephrase", "tone", "own"]
# How much longer than the passage an answer may get, and a little for the shortest ones.
ROOM = {"shorten": 1.0, "expand": 2.6, "rephrase": 1.5, "tone": 1.5, "own": 2.0}
LEAST_TOKENS = 60
CONTEXT_CHARACTERS = 300  # of the text before and after the passage
_CITED = re.compile(r"\[(\d+)\]")


class Rewritten(BaseModel):
    """The proposal, in Markdown.

    `invented` are the figures and names that nothing before it mentions, `lost_citations` the
    marks of the passage that the proposal has not. A `cut` one ends with its last whole sentence:
    the model had more to say than there was room for.
    """

    text: str
    invented: list[str]
    lost_citations: list[int]
    cut: bool = False


class Passage(BaseModel):
    """A passage in Markdown, what to do with it, and the text around it."""

    command: Command
    text: str = Field(min_length=1)
    instruction: str = Field(default="", max_length=500)
    tone: str = Field(default="", max_length=50)
    context_before: str = ""
    context_after: str = ""

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        if self.command == "own" and not self.instruction.strip():
            raise ValueError("Say what is to be done with the passage.")
        if self.command == "tone" and not self.tone.strip():
            raise ValueError("Choose a tone.")
        return self


class RewritePassage(Passage, Call[Rewritten]):
    """A passage of an activity's text."""

    activity_id: int


async def rewrite_passage(call: RewritePassage, parts: Parts, emit: Emit) -> Rewritten:
    """Ask the chosen model; `emit` hears `{"kind": "delta", "text": …}` as it writes.

    Nothing is stored. Cancelling the call stops the model.
    """
    writing = await writing_of(parts, call.activity_id)
    asked = _prompt(call, writing)
    room = round(estimate_tokens(call.text) * ROOM[call.command]) + LEAST_TOKENS
    async with answering(parts) as model:
        said = await answer(parts, writing, model, asked, room, emit)
    text = cleaned(finished(said), call.text)
    if not text:
        raise ServiceError("The model gave no answer. Your text is as it was; try again.")
    known = Vocabulary([call.text, call.context_before, call.context_after, call.instruction])
    cited = {int(n) for n in _CITED.findall(call.text)}
    return Rewritten(
        text=text,
        invented=sorted(_as_written(text, word) for word in known.invented(_CITED.sub("", text))),
        lost_citations=sorted(cited - {int(n) for n in _CITED.findall(text)}),
        cut=said.cut,
    )


def _as_written(text: str, word: str) -> str:
    """The word with the capitals that it has in `text`."""
    found = re.search(re.escape(word), text, re.IGNORECASE)
    return found[0] if found else word


def _prompt(call: RewritePassage, writing: Writing) -> tuple[str, str]:
    return prompt(
        f"rewrite_{call.command}",
        writing.brief,
        writing.voice.line(),
        tone=call.tone.strip() or writing.brief.tone,
        instruction=_sentence(call.instruction),
        around=_around(call),
        text=call.text,
    )


def _sentence(instruction: str) -> str:
    said = instruction.strip()
    return said if said[-1:] in ".!?" else f"{said}."


def _around(call: RewritePassage) -> str:
    """What stands before and after, so that the passage still fits; not to be rewritten."""
    before = call.context_before.strip()[-CONTEXT_CHARACTERS:]
    after = call.context_after.strip()[:CONTEXT_CHARACTERS]
    lines = [f"Before it stands: …{before}"] if before else []
    lines += [f"After it stands: {after}…"] if after else []
    return "\n".join(lines) + "\n\n" if lines else ""
