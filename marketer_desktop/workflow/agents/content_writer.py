"""The writer: the sections of an outline in parallel, and the draft put together from them."""

import asyncio
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from langgraph.runtime import Runtime
from langgraph.types import Send

from marketer_desktop.domain.brief import LONG_FORM
from marketer_desktop.domain.cohesion import leans, restates
from marketer_desktop.domain.fitting import PARAGRAPH_SENTENCES, joined, without_sentence
from marketer_desktop.domain.grounding import Screen
from marketer_desktop.domain.outline import (
    SectionPlan,
    heading_for,
)
from marketer_desktop.domain.piece import Fact, Piece, Section, Sentence, Source
from marketer_desktop.domain.rest import Rest
from marketer_desktop.domain.titles import says_keyphrase, sentence_case
from marketer_desktop.domain.words import contains_phrase, count_words, folded
from marketer_desktop.workflow.agents.foretelling import (
    AT_ONCE,
    INTRODUCTION,
    MOST_ATTEMPTS,
    TOLERATED,
    RoundOutlook,
    SectionOutlook,
    foretell,
    foretell_introduction,
    place_of,
    tell_rest,
)
from marketer_desktop.workflow.context import Ask, RunContext
from marketer_desktop.workflow.state import RunState, SectionTask

AGENT = "content_writer"
SENTENCES_PER_FACT = 2
INTRODUCTION_SENTENCES = 3
INTRODUCTION_ATTEMPTS = 4
TOKENS_PER_WORD = 1.6
LEADING = "This is what the documents say about {}."
NOTHING_FOUND = "No source found: none of the documents speaks of {}."


def silent(state: RunState) -> bool:
    """Whether nothing may be said: only the documents count, and none speaks of the topic."""
    return state["only_documents"] and not state["facts"]


def to_sections(state: RunState) -> list[Send]:
    """One parallel branch for the introduction and each planned section."""
    if silent(state):
        return [Send("introduction", state)]
    sources = state["sources"]
    tasks: list[SectionTask] = [
        {
            "index": index,
            "plan": planned,
            "sources": sources,
            "keyphrase": state["seo"]["keyphrase"],
        }
        for index, planned in enumerate(state["outline"])
    ]
    return [Send("introduction", state), *(Send("section", task) for task in tasks)]


async def introduction(state: RunState, runtime: Runtime[RunContext]) -> dict[str, Any]:
    """Open the piece: what it is about and for whom, with the keyphrase in its first paragraph."""
    context, keyphrase = runtime.context, state["seo"]["keyphrase"]
    if not silent(state):
        foretell(context, [SectionPlan(**section) for section in state["outline"]])
    if state["only_documents"]:
        return {"written": [_written(-1, _documented(context, state, keyphrase), [])]}
    found: list[Sentence] = []
    for attempt in range(1, INTRODUCTION_ATTEMPTS + 1):
        foretell_introduction(context)
        asked = Ask(
            AGENT,
            INTRODUCTION,
            "introduction",
            [context.brief.topic, keyphrase],
            attempt,
            opening=sentence_case(keyphrase),
        )
        answer = await context.sentences(asked, context.screen([]), keyphrase=keyphrase)
        named = [n for n, s in enumerate(answer) if contains_phrase(s.text, keyphrase)]
        found = answer[named[0] :] if named else found or answer
        if named:
            break
    tell_rest(context, INTRODUCTION, Rest())
    opening, rest = found[:INTRODUCTION_SENTENCES], found[INTRODUCTION_SENTENCES:]
    return {"written": [_written(-1, Section(paragraphs=[opening] if opening else []), rest)]}


def _documented(context: RunContext, state: RunState, keyphrase: str) -> Section:
    """An opening that a document gives, or that says that none does."""
    facts = [Fact(**fact) for fact in state["facts"]]
    named = [fact for fact in facts if says_keyphrase(fact.text, keyphrase)]
    if not facts:
        nothing = Sentence(text=NOTHING_FOUND.format(context.brief.topic))
        return Section(paragraphs=[[nothing]])
    # A connective that claims nothing, where no document uses the words of the keyphrase.
    leading = [] if named else [Sentence(text=LEADING.format(keyphrase))]
    return Section(paragraphs=[[*leading, quoted([*named, *facts][0])]])


async def section(state: SectionTask, runtime: Runtime[RunContext]) -> dict[str, Any]:
    """Write one section, measure it, and ask on until it has its length."""
    context, planned = runtime.context, SectionPlan(**state["plan"])
    sources = [Source(**source) for source in state["sources"]]
    place, screen = place_of(state["index"]), context.screen(sources)
    write = _in_steps if context.small else _at_once
    done, reserve = await write(context, place, planned, screen, sources)
    done, _ = _extended(done, [quoted(fact) for fact in planned.spare], planned.words)
    done, reserve = _unstuffed(context, planned, state["keyphrase"], done, reserve)
    at_once = AT_ONCE if context.small else 1
    for first in range(1, MOST_ATTEMPTS + 1, at_once):
        lacking = planned.words - done.word_count - TOLERATED
        if lacking <= 0:
            break
        outlook = RoundOutlook(context, place, lacking, MOST_ATTEMPTS + 1 - first)
        outlook.tell()
        named = heading_for(0, planned.heading or planned.question, state["keyphrase"])
        answers = await asyncio.gather(
            *(
                _answered(context, place, planned.question, named, screen, attempt, outlook)
                for attempt in range(first, first + at_once)
            )
        )
        more = [sentence for answer in answers for sentence in answer]
        done, spare = _extended(done, more, planned.words)
        done, reserve = _unstuffed(context, planned, state["keyphrase"], done, reserve + spare)
    tell_rest(context, place, Rest())
    return {"written": [_written(state["index"], done, reserve)]}


async def _at_once(
    context: RunContext,
    place: str,
    planned: SectionPlan,
    screen: Screen,
    sources: Sequence[Source],
) -> tuple[Section, list[Sentence]]:
    """The whole section in one answer; what the model leaves unsaid of the facts is quoted."""
    heading = planned.heading or context.brief.topic
    asked = Ask(
        AGENT,
        f"{place}/text",
        "write_section",
        [context.brief.topic, heading, *(fact.text for fact in planned.facts)],
        max_tokens=round(planned.words * TOKENS_PER_WORD) + 60,
    )
    found = await context.sentences(
        asked,
        screen,
        sources,
        heading=heading,
        words=str(planned.words),
        points=_listed("Say:", [planned.question, *planned.points]),
        facts=_listed(
            "Facts, to be cited by their numbers:",
            [f"[{fact.source}] {fact.text}" for fact in planned.facts],
        ),
    )
    done, spare = _extended(Section(heading=planned.heading), found, planned.words)
    cited = {sentence.source for sentence in done.sentences()}
    unsaid = [quoted(fact) for fact in planned.facts if fact.source not in cited]
    done, _ = _extended(done, unsaid, planned.words)
    return done, spare


def _listed(label: str, lines: Sequence[str]) -> str:
    return "\n".join([label, *(f"- {line}" for line in lines)]) + "\n" if lines else ""


async def _in_steps(
    context: RunContext,
    place: str,
    planned: SectionPlan,
    screen: Screen,
    sources: Sequence[Source],
) -> tuple[Section, list[Sentence]]:
    """Each fact quoted and explained, each point answered, one small request after another."""
    outlook = SectionOutlook(context, place, planned)
    outlook.tell()  # the introduction may have been before a crash
    explained, told = await asyncio.gather(
        asyncio.gather(
            *(
                _explained(context, f"{place}/fact:{number}", fact, screen, outlook)
                for number, fact in enumerate(planned.facts)
            )
        ),
        asyncio.gather(
            *(
                _pointed(context, f"{place}/point:{number}", point, screen, outlook)
                for number, point in enumerate(planned.points)
            )
        ),
    )
    done = Section(heading=planned.heading, paragraphs=[kept for kept, _ in explained])
    reserve = [sentence for _, spare in explained for sentence in spare]
    for sentences in told:
        done, spare = _extended(done, sentences, planned.words)
        reserve += spare
    return done, reserve


async def _explained(
    context: RunContext, node: str, fact: Fact, screen: Screen, outlook: SectionOutlook
) -> tuple[list[Sentence], list[Sentence]]:
    """The fact with the model's best sentences about it, and the sentences left over."""
    asked = Ask(AGENT, node, "explain", [fact.text, context.brief.topic])
    found = await context.sentences(asked, screen, fact=fact.text)
    said = folded(fact.text)
    fresh = [s for s in found if folded(s.text) != said and not restates(s.text, [fact.text])]
    kept, others = fresh[:SENTENCES_PER_FACT], fresh[SENTENCES_PER_FACT:]
    outlook.said([s.text for s in kept])
    return [quoted(fact), *kept], [s for s in others if not leans(s.text)]


async def _pointed(
    context: RunContext, node: str, point: str, screen: Screen, outlook: SectionOutlook
) -> list[Sentence]:
    asked = Ask(AGENT, node, "point", [context.brief.topic, point])
    found = await context.sentences(asked, screen, point=point)
    outlook.said([s.text for s in found])
    return found


def quoted(fact: Fact) -> Sentence:
    """The fact as it stands in its source."""
    return Sentence(text=fact.text, origin="source", source=fact.source)


async def _answered(
    context: RunContext,
    place: str,
    question: str,
    named: str,
    screen: Screen,
    attempt: int,
    outlook: RoundOutlook,
) -> list[Sentence]:
    """What the model says to the question, then to the heading, which names its subject."""
    asked = Ask(
        AGENT,
        f"{place}/answer",
        "answer",
        [context.brief.topic, named],
        attempt,
        max_tokens=160,
    )
    asked_for = question if attempt % 2 else named
    found = await context.sentences(asked, screen, question=asked_for)
    outlook.said([s.text for s in found])
    return found


def _extended(done: Section, more: list[Sentence], words: int) -> tuple[Section, list[Sentence]]:
    """Add sentences as more paragraphs until the budget is reached; return what is left."""
    present = [sentence.text for sentence in done.sentences()]
    fresh = [s for s in more if s.origin == "source" or not restates(s.text, present)]
    taken: list[Sentence] = []
    room = words - done.word_count
    while fresh and room > 0:
        taken.append(fresh.pop(0))
        room -= count_words(taken[-1].text)
    fresh = [s for s in fresh if not leans(s.text)]
    added = _paragraphs(taken)
    return done.model_copy(update={"paragraphs": [*done.paragraphs, *added]}), fresh


def _unstuffed(
    context: RunContext,
    planned: SectionPlan,
    keyphrase: str,
    done: Section,
    reserve: list[Sentence],
) -> tuple[Section, list[Sentence]]:
    """A section of a long form says the keyphrase as often as its length bears."""
    if context.brief.type not in LONG_FORM:
        return done, reserve
    budget = context.keyphrase_budget(keyphrase)
    most = max(0, budget.most(planned.words) - budget.uses([planned.heading]))
    sentences = list(done.sentences())
    needed = {id(before) for before, after in pairwise(sentences) if leans(after.text)}
    having = [s for s in sentences if budget.uses([s.text])]
    excess = [s for s in having[most:] if s.origin == "model" and id(s) not in needed]
    for sentence in excess:
        done = without_sentence(done, sentence)
    return done, [*reserve, *excess]


def _paragraphs(sentences: Sequence[Sentence]) -> list[list[Sentence]]:
    """Paragraphs of up to four sentences; one that leans stays with the one before it."""
    found: list[list[Sentence]] = []
    for sentence in sentences:
        full = bool(found) and len(found[-1]) >= PARAGRAPH_SENTENCES and not leans(sentence.text)
        if not found or full:
            found.append([])
        found[-1].append(sentence)
    return found


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
