"""An edited text as the scorer sees it, and its score."""

import re
from typing import Any

from marketer_desktop.domain.brief import LONG_FORM, ContentType
from marketer_desktop.domain.scoring.paper import Paper
from marketer_desktop.domain.scoring.remembered import remembered_score
from marketer_desktop.publishing.paper_text import markdown_text
from marketer_desktop.publishing.reading import SOURCES

_CITED = re.compile(r"\[\d+\]")
_SOURCE_LIST = re.compile(rf"^(?:---[ \t]*\n\s*)?\*\*{SOURCES}\*\*[ \t]*$", re.MULTILINE)


def paper_of(
    content_type: ContentType,
    markdown: str,
    keyphrase: str,
    title: str = "",
    description: str = "",
    slug: str = "",
) -> Paper:
    """The list of sources and the marks of citations are no text; posts have no search entry.

    Offsets stay those of the Markdown: marks give way to blanks.
    """
    shown = _SOURCE_LIST.split(markdown, maxsplit=1)[0]
    text = markdown_text(_CITED.sub(lambda mark: " " * len(mark[0]), shown))
    if content_type not in LONG_FORM:
        return Paper(text=text, keyphrase=keyphrase)
    return Paper(text=text, keyphrase=keyphrase, title=title, description=description, slug=slug)


def seo_score(paper: Paper, content_type: ContentType, language: str) -> int | None:
    """The SEO score that lists show; None where there is nothing to be found by."""
    if content_type not in LONG_FORM or not paper.keyphrase.strip():
        return None
    return remembered_score(paper, language).seo


def with_score(content: dict[str, Any], content_type: str, language: str) -> dict[str, Any]:
    """The content of an activity with the SEO score of its text among its metadata."""
    seo, kind = content.get("seo_data", {}), ContentType(content_type)
    metadata = content.get("metadata", {})
    paper = paper_of(
        kind,
        content.get("final_content") or "",
        seo.get("keyphrase") or "",
        metadata.get("title") or "",
        seo.get("meta_description") or "",
        seo.get("slug") or "",
    )
    return {**content, "metadata": {**metadata, "seo_score": seo_score(paper, kind, language)}}
