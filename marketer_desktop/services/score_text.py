"""Score any text: how well it can be found, and how easily it reads. Nothing is stored."""

import asyncio
from typing import TYPE_CHECKING

from marketer_desktop.domain.scoring.paper import Paper
from marketer_desktop.domain.scoring.remembered import remembered_score
from marketer_desktop.domain.scoring.verdict import Score
from marketer_desktop.publishing.paper_text import html_text, markdown_text
from marketer_desktop.services.call import Call, Emit

if TYPE_CHECKING:  # the command that scores without an engine must not wait for one's imports
    from marketer_desktop.services.parts import Parts


class ScoreText(Call[Score]):
    """A text in Markdown or HTML; without `title_width`, the width of the title is measured."""

    markdown: str = ""
    html: str = ""
    keyphrase: str = ""
    title: str = ""
    title_width: float | None = None
    description: str = ""
    slug: str = ""
    permalink: str = ""
    language: str = "en"


async def score_text(call: ScoreText, parts: "Parts", emit: Emit) -> Score:
    """All checks of the text with their places in its source."""
    return await asyncio.to_thread(scored, call)


def scored(call: ScoreText) -> Score:
    """The same without an engine."""
    text = html_text(call.html) if call.html else markdown_text(call.markdown)
    paper = Paper(
        text=text,
        keyphrase=call.keyphrase,
        title=call.title,
        title_width=call.title_width,
        description=call.description,
        slug=call.slug,
        permalink=call.permalink,
    )
    return remembered_score(paper, call.language)
