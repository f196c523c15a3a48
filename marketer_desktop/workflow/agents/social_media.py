"""The social media agent: posts that lead to a long piece, each under its platform's contract."""

from collections.abc import Sequence
from typing import Any

from langgraph.runtime import Runtime

from marketer_desktop.domain.brief import LONG_FORM
from marketer_desktop.domain.cohesion import leans, restates
from marketer_desktop.domain.internal_links import with_internal_links
from marketer_desktop.domain.piece import Piece, Sentence, Source
from marketer_desktop.domain.posts import HOOK_CHARACTERS
from marketer_desktop.domain.repairs.repair import better
from marketer_desktop.domain.titles import sentence_case
from marketer_desktop.domain.variants import built
from marketer_desktop.workflow.agents.content_writer import silent
from marketer_desktop.workflow.context import Ask, RunContext
from marketer_desktop.workflow.edit import Edit
from marketer_desktop.workflow.state import RunState

AGENT = "social_media"
ATTEMPTS = 2


async def hook(context: RunContext, sources: Sequence[Source], keyphrase: str) -> str:
    """A sentence of the model's that a feed shows whole; empty if none was sound."""
    screen = context.screen(sources)
    for attempt in range(1, ATTEMPTS + 1):
        asked = Ask(
            AGENT,
            "social_media/hook",
            "hook",
            [context.brief.topic],
            attempt,
            max_tokens=60,
            opening=sentence_case(keyphrase) if attempt > 1 else "",
        )
        for sentence in await context.sentences(asked, screen, sources):
            if _opens(sentence):
                return sentence.text
    return ""


def _opens(sentence: Sentence) -> bool:
    """Whether a post, which shows no sources, may begin with it."""
    free = sentence.source is None
    return free and len(sentence.text) <= HOOK_CHARACTERS and not leans(sentence.text)


async def social_media(state: RunState, runtime: Runtime[RunContext]) -> dict[str, Any]:
    """Write the posts that go with a long piece; a hook stays only where it does no harm."""
    context, piece = runtime.context, Piece(**state["piece"])
    if context.brief.type not in LONG_FORM or silent(state):
        return {"piece": piece.model_dump()}
    sources, keyphrase = [Source(**s) for s in state["sources"]], state["seo"]["keyphrase"]
    edit = Edit(context, piece, sources, context.screen(sources), keyphrase)
    opening = await hook(context, sources, keyphrase)
    if opening and restates(opening, (s.text for s in piece.sentences())):
        opening = ""
    plain = piece.model_copy(update={"variants": built(context.brief, piece)})
    edit.piece = plain
    if opening:
        variants = built(context.brief, piece, opening=opening)
        hooked = piece.model_copy(update={"variants": variants})
        worse = better(await edit.report(plain), await edit.report(hooked))
        edit.piece = plain if worse else hooked
    await edit.mend()
    done = edit.piece
    linked = with_internal_links(done, context.pages, keyphrase)
    harmed = better(await edit.report(done), await edit.report(linked))
    return {"piece": (done if harmed else linked).model_dump()}
