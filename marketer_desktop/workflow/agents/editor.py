"""The editor: removes repetition, works in missing keywords, brings the piece to its length."""

from dataclasses import dataclass, field
from typing import Any

from langgraph.runtime import Runtime

from marketer_desktop.domain.body import body_text
from marketer_desktop.domain.brief import LONG_FORM, ContentType
from marketer_desktop.domain.checks.headings import LONGEST_SECTION
from marketer_desktop.domain.checks.keywords import lacks_heading, missing_keywords
from marketer_desktop.domain.checks.length import bounds
from marketer_desktop.domain.cohesion import leans, restates
from marketer_desktop.domain.fitting import trimmed, with_sentence, without_repetition
from marketer_desktop.domain.grounding import Screen
from marketer_desktop.domain.hashtags import hashtags
from marketer_desktop.domain.piece import Fact, Piece, Sentence, Source
from marketer_desktop.domain.titles import sentence_case, title_case
from marketer_desktop.domain.words import contains_phrase, count_words, folded
from marketer_desktop.workflow.agents.content_writer import quoted
from marketer_desktop.workflow.context import RunContext
from marketer_desktop.workflow.state import RunState

AGENT = "editor"
KEYWORD_ATTEMPTS = 6
LENGTH_ATTEMPTS = 8


@dataclass
class Edit:
    """The piece under the editor's hand, with what it may draw on."""

    context: RunContext
    piece: Piece
    screen: Screen
    questions: list[str]
    spare: list[tuple[int, Sentence]] = field(default_factory=list)

    @property
    def words(self) -> int:
        """Words of the body as the brief counts them."""
        return count_words(body_text(self.context.brief.type, self.piece))

    def add(self, sentence: Sentence, section: int | None = None) -> None:
        """Put a sentence into `section`, or into the shortest one; twice is never."""
        said = [s.text for s in self.piece.sentences()]
        new = sentence.origin == "source" or not restates(sentence.text, said)
        if not new or folded(sentence.text) in map(folded, said):
            return
        lengths = [part.word_count for part in self.piece.sections]
        shortest = lengths.index(min(lengths))
        fits = section is not None and lengths[section] + 40 <= LONGEST_SECTION
        place = section if section is not None and fits else shortest
        self.piece = with_sentence(self.piece, place, sentence)


async def _work_in(edit: Edit, keyword: str) -> None:
    """A quoted fact with the keyword, else a sentence of the model's, else a heading carries it."""
    context = edit.context
    quotes = [s for _, s in edit.spare if contains_phrase(s.text, keyword)]
    if quotes:
        edit.add(quotes[0])
        return
    for attempt in range(1, KEYWORD_ATTEMPTS + 1):
        found = await context.sentences(
            AGENT,
            f"editing/keyword:{keyword}",
            "keyword",
            edit.screen,
            [context.brief.topic, keyword],
            attempt=attempt,
            keyword=keyword,
        )
        with_keyword = [s for s in found if contains_phrase(s.text, keyword)]
        if with_keyword:
            edit.add(with_keyword[0], 0)
            return
    if context.brief.type in LONG_FORM:
        _into_heading(edit, keyword)


def _into_heading(edit: Edit, keyword: str) -> None:
    """Put the keyword before the shortest heading."""
    headed = [i for i, section in enumerate(edit.piece.sections) if section.heading]
    place = min(headed, key=lambda i: len(edit.piece.sections[i].heading))
    sections = list(edit.piece.sections)
    heading = f"{title_case(keyword)}: {sentence_case(sections[place].heading)}"
    sections[place] = sections[place].model_copy(update={"heading": heading})
    edit.piece = edit.piece.model_copy(update={"sections": sections})


def _draw(edit: Edit, fewest: int) -> None:
    """Lengthen with sound sentences that were left over."""
    while edit.words < fewest and edit.spare:
        section, sentence = edit.spare.pop(0)
        edit.add(sentence, section)


async def _lengthen(edit: Edit, target: int) -> None:
    """Left-over sentences first, then the model, a bounded number of times."""
    context = edit.context
    _draw(edit, target)
    for attempt in range(1, LENGTH_ATTEMPTS + 1):
        if edit.words >= target:
            return
        found = await context.sentences(
            AGENT,
            "editing/length",
            "answer",
            edit.screen,
            [context.brief.topic],
            attempt=attempt,
            max_tokens=200,
            question=edit.questions[(attempt - 1) % len(edit.questions)],
        )
        last = len(edit.piece.sections) - 1
        edit.spare += [(last, sentence) for sentence in found if not leans(sentence.text)]
        edit.piece = without_repetition(edit.piece, context.brief.keywords)
        _draw(edit, target)


async def editing(state: RunState, runtime: Runtime[RunContext]) -> dict[str, Any]:
    """Repair what the checks would object to; each repair is bounded."""
    context = runtime.context
    brief = context.brief
    sources = [Source(**source) for source in state["sources"]]
    edit = Edit(
        context=context,
        piece=Piece(**state["piece"]),
        screen=context.screen(sources),
        questions=[*state["seo"]["questions"], f"Why does {brief.topic} matter?"],
        spare=_spare(state),
    )
    if brief.type is ContentType.LINKEDIN:
        edit.piece = edit.piece.model_copy(update={"hashtags": hashtags(brief)})
    edit.piece = without_repetition(edit.piece, brief.keywords)
    for keyword in missing_keywords(body_text(brief.type, edit.piece), brief.required_keywords):
        await _work_in(edit, keyword)
    if lacks_heading(edit.piece, brief.heading_keyphrase):
        _into_heading(edit, brief.heading_keyphrase)
    await _lengthen(edit, brief.words)
    edit.piece = without_repetition(edit.piece, brief.keywords)
    _draw(edit, bounds(brief.words)[0])
    edit.piece = without_repetition(edit.piece, brief.keywords)
    measure = _measure(brief.type)
    edit.piece = trimmed(edit.piece, measure, brief.words, brief.keywords)
    return {"piece": edit.piece.model_dump()}


def _measure(content_type: ContentType) -> Any:
    return lambda piece: count_words(body_text(content_type, piece))


def _spare(state: RunState) -> list[tuple[int, Sentence]]:
    """The writer's left-over sentences, then facts that no section quotes yet."""
    left = [(part["section"], Sentence(**part)) for part in state["reserve"]]
    used = {folded(s.text) for s in Piece(**state["piece"]).sentences()}
    last = len(state["piece"]["sections"]) - 1
    facts = [Fact(**fact) for fact in state["facts"]]
    unused = [(last, quoted(fact)) for fact in facts if folded(fact.text) not in used]
    return [*left, *unused]
