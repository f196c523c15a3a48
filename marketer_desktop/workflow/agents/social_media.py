"""The social media agent: posts that lead to a long piece, and the parts a platform asks for."""

from typing import Any

from langgraph.runtime import Runtime

from marketer_desktop.domain.brief import LONG_FORM, ContentType
from marketer_desktop.domain.cohesion import leans
from marketer_desktop.domain.hashtags import hashtags
from marketer_desktop.domain.piece import Piece, Sentence, Source
from marketer_desktop.domain.posts import POST_CHARACTERS, packed
from marketer_desktop.domain.titles import LONGEST_DESCRIPTION, LONGEST_TITLE, shortened
from marketer_desktop.workflow.context import RunContext
from marketer_desktop.workflow.state import RunState

AGENT = "social_media"
LINKEDIN_SENTENCES = 5


async def hooks(context: RunContext, state: RunState) -> list[Sentence]:
    """Opening sentences for posts, from the model."""
    sources = [Source(**source) for source in state["sources"]]
    found = await context.sentences(
        AGENT,
        "social_media/hook",
        "answer",
        context.screen(sources),
        [context.brief.topic],
        question=f"Why should {context.brief.audience or 'readers'} care about "
        f"{context.brief.topic}?",
    )
    return [sentence for sentence in found if not leans(sentence.text)]


def linkedin_post(opening: list[str], body: list[str], tags: list[str]) -> str:
    """A post of a few short paragraphs and its tags; no Markdown."""
    lines = [*opening[:1], *body][:LINKEDIN_SENTENCES]
    return "\n\n".join([*dict.fromkeys(lines), " ".join(tags)])


async def social_media(state: RunState, runtime: Runtime[RunContext]) -> dict[str, Any]:
    """Write what goes with the piece on its platform."""
    context = runtime.context
    piece = Piece(**state["piece"])
    sentences = [sentence.text for sentence in piece.sentences()]
    description = shortened(" ".join(sentences[:2]), LONGEST_DESCRIPTION)
    result: dict[str, Any] = {"description": description, "variants": {}}
    if context.brief.type in LONG_FORM:
        opening = [hook.text for hook in await hooks(context, state)]
        quoted = [s.text for s in piece.sentences() if s.origin == "source"]
        best = quoted or sentences
        tags = hashtags(context.brief)
        post = linkedin_post(opening, best, tags)
        short = packed([*opening[:1], *best], POST_CHARACTERS)
        result["variants"] = {"linkedin": post, "twitter": short[0] if short else ""}
    if context.brief.type is ContentType.EMAIL:
        subject = shortened(piece.title, LONGEST_TITLE)
        result["variants"] = {"subject": subject, "preview": shortened(description, 110)}
    return result
