"""The SEO research agent: keyphrase, title, slug, and the questions readers ask."""

import re
from typing import Any

from langgraph.runtime import Runtime

from marketer_desktop.domain.screening import Vocabulary
from marketer_desktop.domain.titles import (
    LONGEST_TITLE,
    content_words,
    derived_keyphrase,
    plain_title,
    slug,
)
from marketer_desktop.domain.words import contains_phrase, count_words
from marketer_desktop.workflow.context import RunContext
from marketer_desktop.workflow.prompts import prompt
from marketer_desktop.workflow.relevance import similarities
from marketer_desktop.workflow.state import RunState

AGENT = "seo_research"
LONGEST_QUESTION = 12  # words
QUESTION_RELEVANCE = 0.4
TITLE_RELEVANCE = 0.7
_LISTED = re.compile(r"^\s*(?:\d+[.)]|[-*•])?\s*[\"“*]*([A-Z][^?\n]{8,}\?)", re.MULTILINE)


async def questions(context: RunContext, keyphrase: str) -> list[str]:
    """What readers ask, from the model; only short questions about the topic stay."""
    brief = context.brief
    asked = prompt("questions", brief)
    text = await context.calls.ask(AGENT, "seo_research/questions", asked, 140)
    known = Vocabulary([brief.topic, *brief.keywords, brief.audience])
    listed = list(dict.fromkeys(" ".join(q.split()) for q in _LISTED.findall(text)))
    fitting = [
        question
        for question in listed
        if count_words(question) <= LONGEST_QUESTION
        and not known.invented(question)
        and set(content_words(question)) & set(content_words(f"{brief.topic} {keyphrase}"))
    ]
    near = await similarities(context.embeddings, fitting, [brief.topic, keyphrase])
    return [q for q, score in zip(fitting, near, strict=True) if score >= QUESTION_RELEVANCE]


async def title(context: RunContext, keyphrase: str) -> str:
    """A title with the keyphrase: the model's if it is sound, else the topic itself."""
    brief = context.brief
    asked = prompt("title", brief, keyphrase=keyphrase)
    answer = await context.calls.ask(AGENT, "seo_research/title", asked, 28)
    proposed = answer.strip().split("\n")[0].strip(' "“”*#.')
    known = Vocabulary([brief.topic.title(), *brief.keywords, brief.audience])
    sound = (
        len(proposed) <= LONGEST_TITLE
        and contains_phrase(proposed, keyphrase)
        and len(known.invented(proposed.casefold())) == 0
    )
    near = await similarities(context.embeddings, [proposed], [brief.topic]) if sound else [0.0]
    return proposed if near[0] >= TITLE_RELEVANCE else plain_title(brief.topic, keyphrase)


async def seo_research(state: RunState, runtime: Runtime[RunContext]) -> dict[str, Any]:
    """Decide what the piece is to be found by."""
    context = runtime.context
    context.progress.expect(2)
    keyphrase = (context.brief.keywords or [derived_keyphrase(context.brief.topic)])[0]
    return {
        "seo": {
            "keyphrase": keyphrase,
            "slug": slug(keyphrase),
            "title": await title(context, keyphrase),
            "questions": await questions(context, keyphrase),
        }
    }
