"""The outline: how many sections, what each is about, and which facts it carries."""

import math
from collections.abc import Sequence

from pydantic import BaseModel, Field

from marketer_desktop.domain.brief import LONG_FORM, Brief
from marketer_desktop.domain.checks.headings import LEAST_SECTIONS
from marketer_desktop.domain.piece import Fact, Source
from marketer_desktop.domain.titles import sentence_case, title_case
from marketer_desktop.domain.words import contains_phrase, folded

WORDS_PER_SECTION = 150
WORDS_PER_FACT = 45  # a quoted sentence and what the model says about it
MOST_SECTIONS = 24
FACTS_FOR_A_SECTION = 2  # a single fact does not carry one


class SectionPlan(BaseModel):
    """What one section is to hold; `words` is its budget, headings not counted.

    `facts` are quoted and explained, `spare` ones quoted where there is room.
    """

    heading: str
    question: str
    words: int
    facts: list[Fact] = Field(default_factory=list)
    spare: list[Fact] = Field(default_factory=list)


def section_count(brief: Brief) -> int:
    """Sections with a heading; short forms have a single one without."""
    if brief.type not in LONG_FORM:
        return 1
    return min(max(LEAST_SECTIONS, round(brief.words / WORDS_PER_SECTION)), MOST_SECTIONS)


def grouped(facts: Sequence[Fact], sources: Sequence[Source]) -> list[list[Fact]]:
    """Facts that stand under one heading of one document, best group first.

    Documents take turns, so that each one that was named has its say.
    """
    document = {source.n: source.document_id for source in sources}
    groups: dict[tuple[int, str], list[Fact]] = {}
    for fact in facts:
        key = (document[fact.source], fact.heading.casefold() or f"#{fact.source}")
        groups.setdefault(key, []).append(fact)
    queues: dict[int, list[list[Fact]]] = {}
    for (owner, _), group in groups.items():
        queues.setdefault(owner, []).append(group)
    for queue in queues.values():
        queue.sort(key=lambda group: len(group) < FACTS_FOR_A_SECTION)  # stable: best first
    ordered: list[list[Fact]] = []
    while any(queues.values()):
        ordered += [queue.pop(0) for queue in queues.values() if queue]
    return ordered


def in_order(facts: Sequence[Fact]) -> list[Fact]:
    """Facts as they stand in their document, so that one leads to the next."""
    return sorted(facts, key=lambda fact: fact.place)


def heading_for(index: int, own: str, keyphrase: str) -> str:
    """A heading; every other one carries the keyphrase."""
    plain = ":" not in own and not contains_phrase(own, keyphrase)
    if index % 2 == 0 and plain:
        return f"{title_case(keyphrase)}: {sentence_case(own)}"
    return sentence_case(own)


def fallback_questions(keyphrase: str) -> list[str]:
    """Questions that any topic answers, for when neither documents nor model give any."""
    forms = (
        "Why does {} matter?",
        "How does {} work?",
        "How do you get started with {}?",
        "What should you look for in {}?",
        "Who benefits most from {}?",
        "Which mistakes should you avoid with {}?",
        "How do you measure the results of {}?",
        "What comes next for {}?",
    )
    return [form.format(keyphrase) for form in forms]


def plan(
    brief: Brief,
    seo_questions: list[str],
    facts: Sequence[Fact],
    sources: Sequence[Source],
    keyphrase: str,
) -> list[SectionPlan]:
    """Sections with headings from the documents where they have some, else from questions."""
    count = section_count(brief)
    budget = math.ceil(brief.words / (count + 0.5))
    per_section = max(1, round(budget / WORDS_PER_FACT))
    groups = grouped(facts, sources)
    if count == 1:
        best = [fact for group in groups for fact in group[:1]] or []
        rest = [fact for fact in facts if fact not in best]
        question = (seo_questions or fallback_questions(keyphrase))[0]
        ranked = [*best, *rest]
        chosen, spare = ranked[:per_section], ranked[per_section : 2 * per_section]
        return [
            SectionPlan(heading="", question=question, words=brief.words, facts=chosen, spare=spare)
        ]
    questions = iter([*seo_questions, *fallback_questions(keyphrase)])
    plans: list[SectionPlan] = []
    taken: set[tuple[str, ...]] = set()
    while len(plans) < count:
        whole = groups[len(plans)] if len(plans) < len(groups) else []
        group, spare = in_order(whole[:per_section]), in_order(whole[per_section:])
        question = next(questions, f"What else matters about {keyphrase} ({len(plans) + 1})?")
        heading = heading_for(len(plans), group[0].heading if group else "", keyphrase)
        if not group or not group[0].heading or folded(heading) in taken:
            heading = question
        if folded(heading) in taken:
            continue
        taken.add(folded(heading))
        plans.append(
            SectionPlan(heading=heading, question=question, words=budget, facts=group, spare=spare)
        )
    return plans
