"""The text of an activity as the post that sites are given."""

import re
from collections.abc import Sequence
from pathlib import Path

from marketer_desktop.domain.titles import slug
from marketer_desktop.publishing.html import to_fragment
from marketer_desktop.publishing.sites.inline_images import pictures_of
from marketer_desktop.publishing.sites.post import Picture, Post
from marketer_desktop.services.activity_text import markdown_of, metadata_of, revision_of
from marketer_desktop.storage.tables import ActivityRow

LONGEST_SLUG = 100
_TITLE = re.compile(r"\A\s*# [^\n]*\n*")


def post_of(
    row: ActivityRow,
    folder: Path,
    *,
    slug: str,
    tags: Sequence[str],
    categories: Sequence[str],
    image: str | None,
) -> Post:
    """The stored text with its images out of `folder`. Raises `OSError`.

    The title is no part of the body: sites show it themselves.
    """
    markdown = _TITLE.sub("", markdown_of(row), count=1)
    html = to_fragment(markdown)
    pictures = pictures_of(html, folder)
    seo = (row.content or {}).get("seo_data", {})
    return Post(
        activity_id=row.id,
        revision=revision_of(row),
        type=row.type,
        language=(row.brief or {}).get("language", "en"),
        title=title_of(row),
        slug=slug,
        description=seo.get("meta_description") or "",
        keyphrase=seo.get("keyphrase") or "",
        markdown=markdown,
        html=html,
        tags=tuple(tags),
        categories=tuple(categories),
        pictures=pictures,
        cover=_cover(pictures, image),
    )


def title_of(row: ActivityRow) -> str:
    """What the text is called; before it has a title, by its topic."""
    return str(metadata_of(row).get("title") or row.topic)


def usual_slug(row: ActivityRow) -> str:
    """The slug that was chosen for search results, else the title as one."""
    chosen = (row.content or {}).get("seo_data", {}).get("slug")
    return slug(str(chosen or title_of(row)))[:LONGEST_SLUG].strip("-")


def _cover(pictures: Sequence[Picture], image: str | None) -> Picture | None:
    return next((each for each in pictures if each.path == image), None)
