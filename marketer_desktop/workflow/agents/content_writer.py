"""The writer: an outline, its sections in parallel, and the draft put together from them."""

import asyncio
from typing import Any

from langgraph.runtime import Runtime
from langgraph.types import Send

from marketer_desktop.domain.cohesion import leans, restates
from marketer_desktop.domain.fitting import joined
from marketer_desktop.domain.grounding import Screen
from marketer_desktop.domain.outline import SectionPlan, plan
from marketer_desktop.domain.piece import Fact, Piece, Section, Sentence, Source
from marketer_desktop.domain.words import count_words, folded
from marketer_desktop.workflow.context import RunContext
from marketer_desktop.workflow.state import RunState, SectionTask

AGENT = "content_writer"
SENTENCES_PER_FACT = 2
MOST_ATTEMPTS = 4
INTRODUCTION_SENTENCES = 3
INTRODUCTION_ATTEMPTS = 4


async def outline(state: RunState, runtime: Runtime[RunContext]) -> dict[str, Any]:
    """Plan the sections; no model call is needed where documents give headings."""
    brief, seo = runtime.context.brief, state["seo"]
    sources = [Source(**source) for source in state["sources"]]
    facts = [Fact(**fact) for fact in state["facts"]]
    plans = plan(brief, seo["questions"], facts, sources, seo["keyphrase"])
    calls = sum(max(1, len(section.facts)) for section in plans) + 1
    runtime.context.progress.expect(calls)
    return {"outline": [section.model_dump() for section in plans]}


def to_sections(state: RunState) -> list[Send]:
    """One parallel branch for the introduction and each planned section."""
    sources = state["sources"]
    tasks: list[SectionTask] = [
        {"index": index, "plan": planned, "sources": sources}
        for index, planned in enumerate(state["outline"])
    ]
    return [Send("introduction", state), *(Send("section", task) for task in tasks)]


async def introduction(state: RunState, runtime: Runtime[RunContext]) -> dict[str, Any]:
    """Open the piece: what it is about and for whom."""
    context = runtime.context
    found: list[Sentence] = []
    for attempt in range(1, INTRODUCTION_ATTEMPTS + 1):
        found = found or await context.sentences(
            AGENT,
            "writing/introduction",
            "introduction",
            context.screen([]),
            [context.brief.topic, state["seo"]["keyphrase"]],
            attempt=attempt,
        )
    opening, rest = found[:INTRODUCTION_SENTENCES], found[INTRODUCTION_SENTENCES:]
    return {"written": [_written(-1, Section(paragraphs=[opening] if opening else []), rest)]}


async def section(state: SectionTask, runtime: Runtime[RunContext]) -> dict[str, Any]:
    """Write one section: each fact quoted and explained, then what the question still asks."""
    planned = SectionPlan(**state["plan"])
    sources = [Source(**source) for source in state["sources"]]
    place = f"writing/section:{state['index']}"
    screen = runtime.context.screen(sources)
    explained = await asyncio.gather(
        *(
            _explained(runtime.context, f"{place}/fact:{number}", fact, screen)
            for number, fact in enumerate(planned.facts)
        )
    )
    done = Section(heading=planned.heading, paragraphs=[kept for kept, _ in explained])
    done, _ = _extended(done, [quoted(fact) for fact in planned.spare], planned.words)
    reserve = [sentence for _, spare in explained for sentence in spare]
    for attempt in range(1, MOST_ATTEMPTS + 1):
        if done.word_count >= planned.words:
            break
        more = await _answered(runtime.context, place, planned, screen, attempt)
        done, spare = _extended(done, more, planned.words)
        reserve += spare
    return {"written": [_written(state["index"], done, reserve)]}


async def _explained(
    context: RunContext, node: str, fact: Fact, screen: Screen
) -> tuple[list[Sentence], list[Sentence]]:
    """The fact with the model's best sentences about it, and the sentences left over."""
    found = await context.sentences(
        AGENT, node, "explain", screen, [fact.text, context.brief.topic], fact=fact.text
    )
    said = folded(fact.text)
    fresh = [s for s in found if folded(s.text) != said and not restates(s.text, [fact.text])]
    spare = [s for s in fresh[SENTENCES_PER_FACT:] if not leans(s.text)]
    return [quoted(fact), *fresh[:SENTENCES_PER_FACT]], spare


def quoted(fact: Fact) -> Sentence:
    """The fact as it stands in its source."""
    return Sentence(text=fact.text, origin="source", source=fact.source)


async def _answered(
    context: RunContext, place: str, planned: SectionPlan, screen: Screen, attempt: int
) -> list[Sentence]:
    asked = planned.question if attempt == 1 or not planned.heading else planned.heading
    return await context.sentences(
        AGENT,
        f"{place}/answer",
        "answer",
        screen,
        [context.brief.topic, planned.heading or planned.question],
        attempt=attempt,
        max_tokens=160,
        question=asked,
    )


def _extended(done: Section, more: list[Sentence], words: int) -> tuple[Section, list[Sentence]]:
    """Add sentences as one more paragraph until the budget is reached; return what is left."""
    present = [sentence.text for sentence in done.sentences()]
    fresh = [s for s in more if s.origin == "source" or not restates(s.text, present)]
    taken: list[Sentence] = []
    room = words - done.word_count
    while fresh and room > 0:
        taken.append(fresh.pop(0))
        room -= count_words(taken[-1].text)
    if not taken:
        return done, [s for s in fresh if not leans(s.text)]
    fresh = [s for s in fresh if not leans(s.text)]
    return done.model_copy(update={"paragraphs": [*done.paragraphs, taken]}), fresh


def _written(index: int, written: Section, reserve: list[Sentence]) -> dict[str, Any]:
    spare = [sentence.model_dump() for sentence in reserve]
    return {"index": index, "section": written.model_dump(), "reserve": spare}


async def assemble(state: RunState, runtime: Runtime[RunContext]) -> dict[str, Any]:
    """Put the sections in order; what found no place is kept for the editor."""
    parts = sorted(state["written"], key=lambda part: part["index"])
    sections = [joined(Section(**part["section"])) for part in parts]
    piece = Piece(title=state["seo"]["title"], sections=sections)
    reserve = [
        {**sentence, "section": position}
        for position, part in enumerate(parts)
        for sentence in part["reserve"]
    ]
    return {"piece": piece.model_dump(), "reserve": reserve}
