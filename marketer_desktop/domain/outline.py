"""The outline: how many sections, what each is about, and which facts it carries."""

import math
from collections.abc import Sequence

from pydantic import BaseModel, Field

from marketer_desktop.domain.brief import LONG_FORM, Brief
from marketer_desktop.domain.checks.headings import LEAST_SECTIONS
from marketer_desktop.domain.piece import Fact, Source
from marketer_desktop.domain.titles import content_words, sentence_case, title_case
from marketer_desktop.domain.words import contains_phrase, folded

WORDS_PER_SECTION = 150
WORDS_PER_FACT = 45  # a quoted sentence and what the model says about it
MOST_SECTIONS = 24
FACTS_FOR_A_SECTION = 2  # a single fact does not carry one


class OutlineSection(BaseModel):
    """A section as people see and change it: `points` is what it should say."""

    heading: str = ""
    points: list[str] = Field(default_factory=list, max_length=20)
    words: int = Field(ge=10, le=5000)


class SectionPlan(BaseModel):
    """What one section is to hold; `words` is its budget, headings not counted.

    `facts` are quoted and explained, `spare` ones quoted where there is room. `points` are what
    somebody has asked the section to say besides.
    """

    heading: str
    question: str
    words: int
    facts: list[Fact] = Field(default_factory=list)
    spare: list[Fact] = Field(default_factory=list)
    points: list[str] = Field(default_factory=list)

    def shown(self) -> OutlineSection:
        """The section for people: its question, what else it should say, and its facts."""
        asked = [] if folded(self.question) == folded(self.heading) else [self.question]
        points = [*asked, *self.points, *(fact.text for fact in self.facts)]
        return OutlineSection(heading=self.heading, points=points[:20], words=max(self.words, 10))


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
    if set(content_words(own)) <= set(content_words(keyphrase)):
        return title_case(keyphrase) if index % 2 == 0 else sentence_case(own)
    plain = ":" not in own and not contains_phrase(own, keyphrase)
    if index % 2 == 0 and plain:
        return f"{title_case(keyphrase)}: {sentence_case(own)}"
    return sentence_case(own)


# What any topic can be asked, and a heading for it that needs no article and no plural.
_FORMS = (
    ("What is at stake with {}?", "What is at stake"),
    ("How do you begin with {}?", "How to begin"),
    ("What should you look for in {}?", "What to look for"),
    ("Who benefits most from {}?", "Who benefits"),
    ("Which mistakes should you avoid with {}?", "Mistakes to avoid"),
    ("How do you measure the results of {}?", "Measuring results"),
    ("How does {} work in practice?", "In practice"),
    ("What comes next for {}?", "The next steps"),
)


def fallback_questions(keyphrase: str) -> list[str]:
    """Questions for when neither documents nor model give any."""
    return [form.format(keyphrase) for form, _ in _FORMS]


def fallback_headings(keyphrase: str) -> list[str]:
    """What sections that answer these questions are called, with the keyphrase."""
    return [f"{title_case(keyphrase)}: {short}" for _, short in _FORMS]


class _Questions:
    """Headings with the questions behind them: as many with the keyphrase as without."""

    def __init__(self, asked: Sequence[str], keyphrase: str) -> None:
        self._keyphrase = keyphrase
        self._named = [q for q in asked if contains_phrase(q, keyphrase)]
        self._others = [q for q in asked if not contains_phrase(q, keyphrase)]
        self._given = 0

    def next(self, index: int) -> tuple[str, str]:
        """Heading and question of the section at `index`; every other one has the keyphrase."""
        pool = self._others if index % 2 else self._named
        if pool:
            question = pool.pop(0)
            return sentence_case(question), question
        number, self._given = self._given, self._given + 1
        whole, short = _FORMS[number % len(_FORMS)]
        again = f" ({number // len(_FORMS) + 1})" if number >= len(_FORMS) else ""
        named = short if index % 2 else f"{title_case(self._keyphrase)}: {short}"
        return f"{named}{again}", whole.format(self._keyphrase)


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
    questions = _Questions(seo_questions, keyphrase)
    plans: list[SectionPlan] = []
    taken: set[tuple[str, ...]] = set()
    while len(plans) < count:
        whole = groups[len(plans)] if len(plans) < len(groups) else []
        group, spare = in_order(whole[:per_section]), in_order(whole[per_section:])
        heading = heading_for(len(plans), group[0].heading if group else "", keyphrase)
        question = heading  # what the documents say under it
        if not group or not group[0].heading or folded(heading) in taken:
            heading, question = questions.next(len(plans))
        if folded(heading) in taken:
            continue
        taken.add(folded(heading))
        plans.append(
            SectionPlan(heading=heading, question=question, words=budget, facts=group, spare=spare)
        )
    return plans


def objection(brief: Brief, sections: Sequence[OutlineSection]) -> str:
    """Why a piece cannot be written after this outline; empty if it can."""
    headings = [folded(section.heading) for section in sections]
    if brief.type not in LONG_FORM:
        return "" if len(sections) == 1 else "A text of this type has exactly one section."
    if len(sections) < LEAST_SECTIONS:
        return f"The outline has {len(sections)} sections: at least {LEAST_SECTIONS} are needed."
    if len(sections) > MOST_SECTIONS:
        return f"The outline has {len(sections)} sections: at most {MOST_SECTIONS} are possible."
    if not all(headings):
        return "A section has no heading. Give it one, or remove the section."
    if len(set(headings)) < len(headings):
        return "Two sections have the same heading: rename one."
    return ""


def approved(
    brief: Brief,
    sections: Sequence[OutlineSection],
    proposed: Sequence[SectionPlan],
    facts: Sequence[Fact],
) -> list[SectionPlan]:
    """The plan after an outline that somebody has edited.

    Points that are facts of the documents are quoted, the others are written about. The budgets
    are scaled so that all sections make up the length of the brief.
    """
    known = {folded(fact.text): fact for fact in facts}
    spare = {folded(plan.heading): plan.spare for plan in proposed}
    room = sum(plan.words for plan in proposed) or brief.words
    scale = room / sum(section.words for section in sections)
    plans: list[SectionPlan] = []
    for section in sections:
        heading = " ".join(section.heading.split())
        points = [" ".join(point.split()) for point in section.points if point.strip()]
        told = [point for point in points if folded(point) not in known]
        plans.append(
            SectionPlan(
                heading=heading,
                question=told[0] if told else heading or brief.topic,
                words=max(10, round(section.words * scale)),
                facts=[known[folded(point)] for point in points if folded(point) in known],
                spare=spare.get(folded(heading), []),
                points=told[1:],
            )
        )
    return plans
