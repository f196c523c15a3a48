"""Repairs that need words: each asks the model, and keeps what makes the report better."""

from collections.abc import Awaitable, Callable, Mapping

from marketer_desktop.domain.checks.keywords import missing_keywords
from marketer_desktop.domain.descriptions import descriptions
from marketer_desktop.domain.fitting import without
from marketer_desktop.domain.grounding import Screen
from marketer_desktop.domain.piece import Sentence
from marketer_desktop.domain.titles import says_keyphrase, sentence_case
from marketer_desktop.domain.words import contains_phrase
from marketer_desktop.workflow.agents.furnishing import call_to_action, subheadline
from marketer_desktop.workflow.agents.lengthening import lengthen
from marketer_desktop.workflow.context import Ask
from marketer_desktop.workflow.edit import Edit

AGENT = "editor"
ATTEMPTS = 4  # a round
DESCRIPTION_TOKENS = 60


def openings(keyword: str) -> tuple[str, ...]:
    """How a sentence with the keyword may begin, in the order in which they are tried."""
    whole = sentence_case(keyword)
    return whole, f"{whole} is", f"With {keyword},", f"When it comes to {keyword},"


async def keyword_sentences(
    edit: Edit, keyword: str, screen: Screen, number: int
) -> list[Sentence]:
    """Sentences with the keyword in them: quoted facts first, then the model's."""
    context = edit.context
    begun = openings(keyword)
    asked = Ask(
        AGENT,
        f"editing/keyword:{keyword}",
        "keyword",
        [context.brief.topic, keyword],
        number,
        opening=begun[(number - 1) % len(begun)],
    )
    found = await context.sentences(asked, screen, edit.sources, keyword=keyword)
    return [s for s in found if contains_phrase(s.text, keyword) and not edit.said(s)]


async def keywords(edit: Edit, attempt: int) -> None:
    """Work each missing keyword into a sentence."""
    brief = edit.context.brief
    for keyword in missing_keywords(edit.subject(edit.piece).body, brief.required_keywords):
        await _work_in(edit, keyword, attempt)


async def _work_in(edit: Edit, keyword: str, attempt: int) -> None:
    quotes = [s for _, s in edit.spare if contains_phrase(s.text, keyword) and not edit.said(s)]
    for quote in quotes[:ATTEMPTS]:
        if await edit.offer(edit.with_sentence(quote)):
            return
    for number in _numbers(attempt):
        for sentence in await keyword_sentences(edit, keyword, edit.screen, number):
            if await edit.offer(edit.with_sentence(sentence)):
                return


def _numbers(attempt: int) -> range:
    """The attempts of one round; those of the next round go on from there."""
    return range((attempt - 1) * ATTEMPTS + 1, attempt * ATTEMPTS + 1)


async def introduction(edit: Edit, attempt: int) -> None:
    """Open with a sentence that has the keyphrase: one of the text, else a new one."""
    for sentence in edit.piece.sentences():
        alone = says_keyphrase(sentence.text, edit.keyphrase) and sentence.origin == "model"
        if alone and await edit.offer(edit.moved_to_front(sentence)):
            return
    only_documents = edit.context.brief.only_documents
    screen = edit.screen if only_documents else edit.context.screen([])
    for number in _numbers(attempt):
        for sentence in await keyword_sentences(edit, edit.keyphrase, screen, number):
            if await edit.offer(edit.opened_by(sentence)):
                return


async def description(edit: Edit, attempt: int) -> None:
    """A sentence for search results, alone or with one of the text."""
    context = edit.context
    texts = [s.text for s in edit.piece.sentences() if s.source is None or s.origin == "source"]
    proposed: list[str] = []
    for number in _numbers(attempt):
        begun = openings(edit.keyphrase)
        asked = Ask(
            AGENT,
            "editing/description",
            "description",
            [context.brief.topic, edit.keyphrase],
            number,
            max_tokens=DESCRIPTION_TOKENS,
            opening=begun[(number - 1) % len(begun)],
        )
        found = await context.sentences(asked, edit.screen, edit.sources, keyphrase=edit.keyphrase)
        proposed += [sentence.text for sentence in found]
        made = next(descriptions([*proposed, *texts], edit.keyphrase), "")
        if made and await edit.offer(edit.piece.model_copy(update={"description": made})):
            return


async def density(edit: Edit, attempt: int) -> None:
    """Sentences with the keyphrase for others where it is too often, one more where too seldom."""
    if edit.excess > 0:
        await _thin_out(edit, attempt)
        return
    for number in _numbers(attempt)[:2]:
        for sentence in await keyword_sentences(edit, edit.keyphrase, edit.screen, number):
            if await edit.offer(edit.with_sentence(sentence)):
                break


async def _thin_out(edit: Edit, attempt: int) -> None:
    """Put other sentences in the place of the last ones with the keyphrase, all at once."""
    having = [s for s in edit.piece.sentences() if s.origin == "model" and edit.has_keyphrase(s)]
    piece = edit.piece
    for sentence in having[1:][-edit.excess :]:
        piece = without(piece, sentence)
    before = edit.piece
    edit.piece = piece
    await lengthen(edit, edit.context.brief.words, attempt)
    thinned, edit.piece = edit.piece, before
    await edit.offer(thinned)


async def line_under_title(edit: Edit, attempt: int) -> None:
    """Another sub-headline."""
    await edit.offer(edit.piece.model_copy(update={"subheadline": await subheadline(edit)}))


async def call(edit: Edit, attempt: int) -> None:
    """Another call to action."""
    await edit.offer(edit.piece.model_copy(update={"call_to_action": await call_to_action(edit)}))


Repair = Callable[[Edit, int], Awaitable[None]]
MODEL_REPAIRS: Mapping[str, Repair] = {
    "keywords": keywords,
    "keyphrase_in_introduction": introduction,
    "introductionKeyword": introduction,
    "description_length": description,
    "keyphrase_in_description": description,
    "metaDescriptionKeyword": description,
    "seo_score": density,
    "keyphraseDensity": density,
    "subheadline": line_under_title,
    "call_to_action": call,
}
