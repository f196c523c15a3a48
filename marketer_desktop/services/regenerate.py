"""Write again: one section as a proposal, or the whole text in a new run of the same brief."""

import re
from dataclasses import dataclass
from uuid import UUID

from pydantic import BaseModel

from marketer_desktop.domain.brief import LONG_FORM
from marketer_desktop.domain.cohesion import restates
from marketer_desktop.domain.grounding import Screen
from marketer_desktop.domain.instructions import plain_text
from marketer_desktop.domain.piece import Sentence, Source
from marketer_desktop.domain.titles import content_words
from marketer_desktop.domain.words import split_sentences
from marketer_desktop.publishing.reading import citations
from marketer_desktop.services.activity_text import markdown_of
from marketer_desktop.services.call import Call, Emit, ServiceError
from marketer_desktop.services.model_answers import Writing, answer, answering, writing_of
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import NotFound
from marketer_desktop.services.rewrite import Rewritten
from marketer_desktop.services.write_anew import free_to_write, write_anew
from marketer_desktop.workflow.lexicon import common_words
from marketer_desktop.workflow.prompts import prompt

ATTEMPTS = 3
SECTION_TOKENS = 320
FACTS = 3
FACT_CHARACTERS = 500
PARAGRAPH_SENTENCES = 3
_HEADING = re.compile(r"^(#{1,6})[ \t]+(.*?)[ \t#]*$", re.MULTILINE)


class StartedAgain(BaseModel):
    """The activity whose run has begun, and the run."""

    activity_id: int
    run_id: UUID


class RegenerateSection(Call[Rewritten]):
    """Write the text below a heading anew. The stored text stays as it is."""

    activity_id: int
    heading: str


class RegenerateActivity(Call[StartedAgain]):
    """Write the whole text anew from its brief; the present one stays among the revisions."""

    activity_id: int


@dataclass(frozen=True)
class _Task:
    """A section to be written, and what may be said in it."""

    writing: Writing
    heading: str
    sources: list[Source]
    before: str


async def regenerate_section(call: RegenerateSection, parts: Parts, emit: Emit) -> Rewritten:
    """Ask the chosen model until sentences come that hold; they replace all below the heading.

    `emit` hears `{"kind": "delta", "text": …}`, and `{"kind": "restart"}` before another attempt.
    """
    writing = await writing_of(parts, call.activity_id)
    assert writing.row is not None  # it is the activity's
    before = section_text(markdown_of(writing.row), call.heading)
    if before is None:
        raise NotFound(
            f"There is no section “{call.heading}” in the saved text. Wait for “Saved”, then try "
            "again."
        )
    task = _Task(writing, call.heading, _sources(writing, call.heading, before), before)
    async with answering(parts) as model:
        for attempt in range(ATTEMPTS):
            if attempt:
                emit({"kind": "restart"})
            asked = _prompt(task)
            said = await answer(parts, writing, model, asked, SECTION_TOKENS, emit)
            sentences = _admitted(task, said.text)
            if sentences:
                return _rewritten(task, sentences)
    raise ServiceError(
        "The model wrote nothing that your documents or your brief support. The section is as it "
        "was. Try again, or choose a larger model."
    )


def section_text(markdown: str, heading: str) -> str | None:
    """What stands below the first heading of that name, up to the next one of its level."""
    found = list(_HEADING.finditer(markdown))
    for number, mark in enumerate(found):
        if mark[2].strip() == heading.strip():
            following = (m for m in found[number + 1 :] if len(m[1]) <= len(mark[1]))
            end = next((m.start() for m in following), len(markdown))
            return markdown[mark.end() : end].strip()
    return None


def _sources(writing: Writing, heading: str, section: str) -> list[Source]:
    """The passages cited in the section, else those that speak most of its heading."""
    stored = ((writing.row and writing.row.content) or {}).get("research_sources", [])
    sources = [Source(**source) for source in stored]
    cited = set(citations(section))
    wanted = set(content_words(heading))
    near = sorted(sources, key=lambda s: -len(wanted & set(content_words(s.text))))
    return ([s for s in sources if s.n in cited] or near)[:FACTS]


def _prompt(task: _Task) -> tuple[str, str]:
    facts = [plain_text(source.text)[:FACT_CHARACTERS] for source in task.sources]
    return prompt(
        "section",
        task.writing.brief,
        task.writing.voice.line(),
        heading=task.heading,
        facts="Facts:\n" + "\n".join(facts) + "\n\n" if facts else "",
    )


def _admitted(task: _Task, said: str) -> list[Sentence]:
    """The sentences that claim nothing of their own, each once, cited where a passage has them."""
    brief = task.writing.brief
    known = [brief.topic, *brief.keywords, brief.audience, task.heading]
    screen = Screen(
        known,
        task.sources,
        only_documents=brief.only_documents,
        common=common_words(brief.language),
    )
    kept: list[Sentence] = []
    for text in split_sentences(said):
        sentence = None if task.writing.voice.forbids(text) else screen.admitted(text)
        if sentence is not None and not restates(text, (s.text for s in kept)):
            kept.append(sentence)
    return kept


def _rewritten(task: _Task, sentences: list[Sentence]) -> Rewritten:
    marked = task.writing.brief.type in LONG_FORM
    texts = [s.marked if marked else s.text for s in sentences]
    paragraphs = [
        " ".join(texts[start : start + PARAGRAPH_SENTENCES])
        for start in range(0, len(texts), PARAGRAPH_SENTENCES)
    ]
    new = {s.source for s in sentences}
    lost = [n for n in dict.fromkeys(citations(task.before)) if n not in new]
    return Rewritten(text="\n\n".join(paragraphs), invented=[], lost_citations=lost)


async def regenerate_activity(call: RegenerateActivity, parts: Parts, emit: Emit) -> StartedAgain:
    """Queue a new run, in one transaction with the status; the run's end replaces the text."""
    async with parts.database.unit_of_work() as work:
        row = await free_to_write(work, call.activity_id)
        run_id = await write_anew(parts, work, row, choice=None)
        await work.commit()
    parts.bus.changed("activities")
    return StartedAgain(activity_id=call.activity_id, run_id=run_id)
