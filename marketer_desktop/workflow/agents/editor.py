"""The editor: brings the piece to its length and repairs what its checks object to."""

from typing import Any

from langgraph.runtime import Runtime

from marketer_desktop.domain.brief import ContentType
from marketer_desktop.domain.checks.email import LONGEST_PREVIEW
from marketer_desktop.domain.checks.length import bounds
from marketer_desktop.domain.descriptions import descriptions, preview_of
from marketer_desktop.domain.hashtags import hashtags
from marketer_desktop.domain.outline import SectionPlan, fallback_questions
from marketer_desktop.domain.piece import Fact, Piece, Sentence, Source
from marketer_desktop.domain.rest import REPAIR_WORK, Rest
from marketer_desktop.domain.words import folded
from marketer_desktop.workflow.agents.content_writer import quoted, silent
from marketer_desktop.workflow.agents.furnishing import call_to_action, subheadline
from marketer_desktop.workflow.agents.lengthening import lengthen
from marketer_desktop.workflow.agents.model_repairs import MODEL_REPAIRS
from marketer_desktop.workflow.context import RunContext
from marketer_desktop.workflow.edit import Edit
from marketer_desktop.workflow.state import RunState

ROUNDS = 3
INTRODUCTION_WORDS = 50
WITH_CALL = frozenset({ContentType.WEBPAGE, ContentType.EMAIL})


async def _furnish(edit: Edit) -> None:
    """Give the piece what its platform asks for besides the text."""
    brief = edit.context.brief
    changes: dict[str, Any] = {}
    if brief.type is ContentType.LINKEDIN:
        changes["hashtags"] = hashtags(brief)
    if brief.type is ContentType.WEBPAGE:
        changes["subheadline"] = await subheadline(edit)
    if brief.type in WITH_CALL:
        changes["call_to_action"] = await call_to_action(edit)
    edit.piece = edit.piece.model_copy(update=changes)


def _describe(edit: Edit) -> None:
    """The description and the preview, from what the piece says."""
    texts = [sentence.text for sentence in edit.piece.sentences()]
    preview = preview_of(texts, LONGEST_PREVIEW)
    found = next(descriptions(texts, edit.keyphrase), preview)
    edit.piece = edit.piece.model_copy(update={"description": found, "preview": preview})


async def _repair(edit: Edit) -> None:
    """Rules first, then the model, for failing checks only."""
    for attempt in range(1, ROUNDS + 1):
        await edit.mend()
        failing = [check.id for check in await edit.failing()]
        wordy = dict.fromkeys(MODEL_REPAIRS[check] for check in failing if check in MODEL_REPAIRS)
        edit.context.progress.rest("editing", Rest(len(wordy), REPAIR_WORK))
        if not wordy:
            return
        for repair in wordy:
            await repair(edit, attempt)
        if "word_count" in failing:
            await lengthen(edit, edit.context.brief.words, attempt + 1)
    await edit.mend()


async def editing(state: RunState, runtime: Runtime[RunContext]) -> dict[str, Any]:
    """Measure, lengthen or trim, then repair; each of it is bounded."""
    context, brief = runtime.context, runtime.context.brief
    sources = [Source(**source) for source in state["sources"]]
    edit = Edit(
        context=context,
        piece=Piece(**{**state["piece"], "slug": state["seo"]["slug"]}),
        sources=sources,
        screen=context.screen(sources),
        keyphrase=state["seo"]["keyphrase"],
        questions=_questions(state),
        budgets=[INTRODUCTION_WORDS, *(section["words"] for section in state["outline"])],
        spare=_spare(state),
    )
    if silent(state):
        return {"piece": edit.piece.model_dump()}
    await _furnish(edit)
    edit.tidy()
    await lengthen(edit, brief.words)
    edit.tidy()
    edit.draw(bounds(brief.words)[0])
    edit.tidy()
    edit.piece = edit.trimmed(edit.piece)
    _describe(edit)
    await _repair(edit)
    return {"piece": edit.piece.model_dump()}


def _questions(state: RunState) -> list[str]:
    """What is asked where the piece is too short: of readers, of sections, of any topic."""
    planned = [SectionPlan(**section).question for section in state["outline"]]
    general = fallback_questions(state["seo"]["keyphrase"])
    return list(dict.fromkeys([*state["seo"]["questions"], *planned, *general]))


def _spare(state: RunState) -> list[tuple[int | None, Sentence]]:
    """The writer's left-over sentences, then facts that no section quotes yet."""
    left: list[tuple[int | None, Sentence]] = [
        (part["section"], Sentence(**part)) for part in state["reserve"]
    ]
    used = {folded(s.text) for s in Piece(**state["piece"]).sentences()}
    facts = [Fact(**fact) for fact in state["facts"]]
    return left + [(None, quoted(fact)) for fact in facts if folded(fact.text) not in used]
