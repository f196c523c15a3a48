"""Make posts and a mail of an article: its own sentences, each under its platform's contract."""

import asyncio
import random
from typing import Literal, Self

from pydantic import BaseModel, Field, ValidationError, model_validator

from marketer_desktop.domain.brand_voice import NO_VOICE, BrandVoice
from marketer_desktop.domain.brief import Brief, ContentType
from marketer_desktop.domain.checks.check import Check, subject_of
from marketer_desktop.domain.checks.variants import check_variant
from marketer_desktop.domain.cohesion import leans, restates
from marketer_desktop.domain.grounding import Screen
from marketer_desktop.domain.piece import Piece, Section, Sentence
from marketer_desktop.domain.posts import HOOK_CHARACTERS
from marketer_desktop.domain.variants import built
from marketer_desktop.domain.words import count_words, split_sentences
from marketer_desktop.llm.budget import check_budget
from marketer_desktop.publishing.reading import read_piece
from marketer_desktop.services.activities import existing
from marketer_desktop.services.activity_text import markdown_of, metadata_of
from marketer_desktop.services.call import Call, Emit, WrongUse, said_plainly
from marketer_desktop.services.import_activity import title_of
from marketer_desktop.services.model_answers import (
    TEMPERATURE,
    answering,
    count_answer,
    writer_of,
)
from marketer_desktop.services.parts import Parts
from marketer_desktop.services.refusals import Conflict
from marketer_desktop.services.run_journal import read_brief
from marketer_desktop.storage.tables import ActivityRow
from marketer_desktop.workflow.lexicon import common_words
from marketer_desktop.workflow.prompts import prompt

Kind = Literal["linkedin", "twitter", "thread", "email"]
HOOK_TOKENS = 60
HOOK_ATTEMPTS = 2


class Variant(BaseModel):
    """A post, a thread (posts parted by blank lines) or a mail, and whether it may go out.

    `text` is empty where the article has no sentence that fits; the check says so.
    """

    kind: Kind
    text: str
    check: Check


class Repurposed(BaseModel):
    """One variant for each kind asked for; `opening` is the model's sentence, if one was sound."""

    title: str
    opening: str
    variants: list[Variant]


class RepurposeActivity(Call[Repurposed]):
    """An activity as it stands now, or a text in Markdown with its keywords."""

    activity_id: int | None = None
    text: str | None = None
    keywords: list[str] = Field(default_factory=list)
    into: list[Kind] = Field(min_length=1)

    @model_validator(mode="after")
    def _is_one_of_both(self) -> Self:
        if (self.activity_id is None) == (self.text is None):
            raise ValueError("Name an activity or give a text, one of both.")
        return self


async def repurpose_activity(call: RepurposeActivity, parts: Parts, emit: Emit) -> Repurposed:
    """Nothing is stored. The model adds no more than one opening sentence, and only a sound one."""
    brief, piece, voice = await _article(call, parts)
    opening = await _opening(parts, brief, piece, voice)
    plain, hooked = built(brief, piece), built(brief, piece, opening)
    variants = []
    for kind in dict.fromkeys(call.into):
        # What the article itself gives nothing for is not filled up with the model's opening.
        texts = [hooked.get(kind, ""), plain[kind]] if kind in plain else [""]
        judged = [_judged(kind, text, brief, piece) for text in texts]
        variants.append(next((v for v in judged if v.check.passed), judged[-1]))
    return Repurposed(title=piece.title, opening=opening, variants=variants)


def _judged(kind: Kind, text: str, brief: Brief, piece: Piece) -> Variant:
    made = piece.model_copy(update={"variants": {kind: text}})
    return Variant(kind=kind, text=text, check=check_variant(kind, subject_of(brief, made)))


async def _article(call: RepurposeActivity, parts: Parts) -> tuple[Brief, Piece, BrandVoice]:
    if call.activity_id is None:
        assert call.text is not None
        return await asyncio.to_thread(_of_text, call.text, call.keywords)
    async with parts.database.unit_of_work() as work:
        row = await existing(work, call.activity_id)
        place = await work.workspaces.of_campaign(row.campaign_id)
        project = await work.projects.get(place.organization_id, place.project_id)
    voice = BrandVoice.model_validate((project and project.brand_voice) or {})
    return (*await asyncio.to_thread(_of_activity, row), voice)


def _of_activity(row: ActivityRow) -> tuple[Brief, Piece]:
    markdown = markdown_of(row)
    if not count_words(markdown):
        raise Conflict(f"Activity {row.id} has no text yet, so there is nothing to make of it.")
    brief = read_brief(row.brief)
    title = metadata_of(row).get("title") or row.topic
    return brief, _sourced(read_piece(brief.type, markdown, title))


def _of_text(text: str, keywords: list[str]) -> tuple[Brief, Piece, BrandVoice]:
    if not count_words(text):
        raise WrongUse("There is no text yet. Give one with some sentences.")
    title = title_of(text)
    piece = _sourced(read_piece(ContentType.BLOG, text, title))
    titled = piece if piece.title else piece.model_copy(update={"title": title})
    topic = title if len(title) >= 3 else f"“{title}”"
    try:
        return Brief(topic=topic, keywords=keywords), titled, NO_VOICE
    except ValidationError as error:
        raise WrongUse(said_plainly(error)) from error


def _sourced(piece: Piece) -> Piece:
    """Sentences with a source count as quoted: posts begin with what says most."""

    def told(sentence: Sentence) -> Sentence:
        origin = "model" if sentence.source is None else "source"
        return sentence.model_copy(update={"origin": origin})

    def read(section: Section) -> Section:
        return section.model_copy(
            update={"paragraphs": [[told(s) for s in p] for p in section.paragraphs]}
        )

    return piece.model_copy(update={"sections": [read(section) for section in piece.sections]})


async def _opening(parts: Parts, brief: Brief, piece: Piece, voice: BrandVoice) -> str:
    """A sentence of the model's that says nothing the article does not; empty if none was sound."""
    said = [sentence.text for sentence in piece.sentences()]
    screen = Screen(
        [brief.topic, *brief.keywords, brief.audience, *said], [], common=common_words()
    )
    asked = prompt("hook", brief, voice.line())
    async with answering(parts) as model:
        check_budget(list(asked), HOOK_TOKENS, model.context_tokens)
        for _ in range(HOOK_ATTEMPTS):
            seed = random.getrandbits(28)
            options = {"max_tokens": HOOK_TOKENS, "seed": seed, "temperature": TEMPERATURE}
            hook = await writer_of(parts, model).write(asked, options, _unheard, _unheard)
            await count_answer(parts, model.choice, hook)
            for sentence in split_sentences(hook.text):
                if _opens(sentence, screen, voice) and not restates(sentence, said):
                    return sentence
    return ""


def _unheard(text: str) -> None:
    """Nobody watches a hook being written."""


def _opens(sentence: str, screen: Screen, voice: BrandVoice) -> bool:
    plain = len(sentence) <= HOOK_CHARACTERS and not leans(sentence)
    return plain and not voice.forbids(sentence) and screen.admitted(sentence) is not None
