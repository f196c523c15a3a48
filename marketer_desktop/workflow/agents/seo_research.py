"""The SEO research agent: keyphrase, slug, headlines, and the questions readers ask."""

import asyncio
import re
from typing import Any

from langgraph.runtime import Runtime
from pydantic import BaseModel, Field

from marketer_desktop.domain.headlines import fits, ranked, with_keyphrase, worded
from marketer_desktop.domain.outline import fallback_headings
from marketer_desktop.domain.screening import Vocabulary
from marketer_desktop.domain.titles import (
    LONGEST_TITLE,
    content_words,
    derived_keyphrase,
    plain_title,
    sentence_case,
    slug,
    title_case,
)
from marketer_desktop.domain.words import contains_phrase, count_words
from marketer_desktop.workflow.context import RunContext
from marketer_desktop.workflow.lexicon import common_words
from marketer_desktop.workflow.prompts import prompt
from marketer_desktop.workflow.relevance import similarities
from marketer_desktop.workflow.state import RunState
from marketer_desktop.workflow.structured import structured

AGENT = "seo_research"
LONGEST_QUESTION = 12  # words
QUESTION_RELEVANCE = 0.5
TITLE_RELEVANCE = 0.7
HEADLINE_RELEVANCE = 0.3
HEADLINE_CALLS = 5
STRUCTURED_TOKENS = 240
HEADLINE_TEMPERATURE = 0.7  # the same request five times has to give five answers
_LISTED = re.compile(r"^\s*(?:\d+[.)]|[-*•])?\s*[\"“*]*([A-Z][^?\n]{8,}\?)", re.MULTILINE)
_QUOTED = re.compile(r"[\"“”]")
_PRIVATE = re.compile(r"\b(?:I|me|my|mine|we|us|our)\b", re.IGNORECASE)
_MARKER = re.compile(r"^\s*(?:\d+[.)]|[-*•])\s*")


class Questions(BaseModel):
    """What readers ask."""

    questions: list[str] = Field(min_length=1, max_length=12)


class Titles(BaseModel):
    """What the text may be called."""

    titles: list[str] = Field(min_length=1, max_length=12)


def _known(context: RunContext) -> Vocabulary:
    brief = context.brief
    texts = [*context.asked, *context.voice.preferred]
    return Vocabulary(texts, common=common_words(brief.language))


async def questions(context: RunContext, keyphrase: str) -> list[str]:
    """What readers ask, from the model; only short questions about the topic stay."""
    brief = context.brief
    known = _known(context)
    listed = await _listed(context)
    fitting = [
        question
        for question in dict.fromkeys(" ".join(question.split()) for question in listed)
        if count_words(question) <= LONGEST_QUESTION
        and not known.strange(question)
        and not _PRIVATE.search(question)
        and set(content_words(question)) & set(content_words(f"{brief.topic} {keyphrase}"))
    ]
    near = await similarities(context.embeddings, fitting, [brief.topic, keyphrase])
    return [q for q, score in zip(fitting, near, strict=True) if score >= QUESTION_RELEVANCE]


async def _listed(context: RunContext) -> list[str]:
    """Lines that are questions: a list of a large model's, what looks like one of a small one's."""
    node, asked = "seo_research/questions", prompt("questions", context.brief)
    if not context.small:
        found = await structured(
            context.calls, context.brief, (AGENT, node), asked, STRUCTURED_TOKENS, Questions
        )
        if found is not None:
            return [question for question in found.questions if question.strip().endswith("?")]
    text = await context.calls.ask(AGENT, node, asked, 140)
    return [str(question) for question in _LISTED.findall(text)]


async def proposals(context: RunContext, keyphrase: str) -> list[tuple[str, float]]:
    """Sound headlines of the model's with how near each is to the topic, the nearest first."""
    known = _known(context)
    lines = [_QUOTED.sub("", _MARKER.sub("", line)) for line in await _asked(context, keyphrase)]
    lines = [line.strip(" *#.") for line in lines]
    named = [with_keyphrase(line, keyphrase) for line in lines if line]
    sound = [
        line
        for line in dict.fromkeys(named)
        if len(line) <= LONGEST_TITLE
        and contains_phrase(line, keyphrase)
        and not known.strange(line)
        and not _stammers(line)
        and not context.voice.forbids(line)
    ]
    near = await similarities(context.embeddings, sound, [context.brief.topic])
    # With the keyphrase in it everything sounds near: what is said of it counts by itself.
    own = [line.partition(":")[2] or line for line in sound]
    said = await similarities(context.embeddings, own, [context.brief.topic])
    fitting = zip(sound, near, said, strict=True)
    pairs = [(line, whole) for line, whole, part in fitting if part >= HEADLINE_RELEVANCE]
    return sorted(pairs, key=lambda pair: -pair[1])


def _stammers(title: str) -> bool:
    """Whether a title says a word twice, or has more than one colon."""
    said = content_words(title)
    return len(set(said)) < len(said) or title.count(":") > 1


async def _asked(context: RunContext, keyphrase: str) -> list[str]:
    """Lines that may be headlines: one answer of a large model, several of a small one."""
    node = "seo_research/title"
    if not context.small:
        asked = prompt("titles", context.brief, keyphrase=keyphrase)
        found = await structured(
            context.calls, context.brief, (AGENT, node), asked, STRUCTURED_TOKENS, Titles
        )
        if found is not None:
            return [line for title in found.titles for line in title.splitlines()]
        return (await context.calls.ask(AGENT, node, asked, 120)).splitlines()
    asked = prompt("title", context.brief, keyphrase=keyphrase)
    answers = await asyncio.gather(
        *(
            context.calls.ask(
                AGENT,
                f"{node}:{number}",
                asked,
                22,
                opening=f"{title_case(keyphrase)}:",
                temperature=HEADLINE_TEMPERATURE,
            )
            for number in range(HEADLINE_CALLS)
        )
    )
    return [answer.strip().split("\n")[0] for answer in answers]


def _title(context: RunContext, keyphrase: str, proposed: list[tuple[str, float]]) -> str:
    """The model's nearest headline if it is near enough, else the topic, whole if it can be.

    What a small model makes of a topic may be about another one: the user's own words come first.
    """
    topic = worded(context.brief.topic, keyphrase)
    whole = fits(with_keyphrase(topic, keyphrase))
    near = proposed[0][1] if proposed and not (whole and context.small) else 0.0
    if near >= (TITLE_RELEVANCE if whole else HEADLINE_RELEVANCE):
        return proposed[0][0]
    return plain_title(topic, keyphrase)


async def seo_research(state: RunState, runtime: Runtime[RunContext]) -> dict[str, Any]:
    """Decide what the piece is to be found by."""
    context, brief = runtime.context, runtime.context.brief
    context.progress.expect(1 + (HEADLINE_CALLS if context.small else 1))
    keyphrase = (brief.keywords or [derived_keyphrase(brief.topic)])[0]
    proposed, asked = await asyncio.gather(
        proposals(context, keyphrase), questions(context, keyphrase)
    )
    title = _title(context, keyphrase, proposed)
    topic = worded(brief.topic, keyphrase)
    plain = [text for text in (topic, with_keyphrase(topic, keyphrase)) if fits(text)]
    own = [title_case(text) for text in plain]
    others = [*own, *(text for text, _ in proposed), *asked, *fallback_headings(keyphrase)]
    named = [text for text in others if contains_phrase(text, keyphrase)]
    headlines = ranked(title, [sentence_case(text) for text in named], keyphrase, brief.language)
    return {
        "seo": {
            "keyphrase": keyphrase,
            "slug": slug(keyphrase),
            "title": title,
            "questions": asked,
            "headlines": [headline.model_dump() for headline in headlines],
        }
    }
