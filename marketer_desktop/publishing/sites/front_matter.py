"""The head of a Markdown file by which generators of static sites know a page."""

import json
from datetime import datetime

from marketer_desktop.publishing.sites.post import Post

FENCE = "---"


def front_matter(post: Post, *, key: str, date: datetime, draft: bool) -> str:
    """YAML that Hugo, Jekyll, Astro and Eleventy read; each value is written as JSON, which it is.

    `key` says whose file it is.
    """
    fields = {
        "title": post.title,
        "description": post.description,
        "slug": post.slug,
        "date": date.isoformat(timespec="seconds"),
        "draft": draft,
        "tags": list(post.tags),
        "categories": list(post.categories),
        "image": post.cover.path if post.cover else "",
        "marketer": key,
    }
    told = {name: value for name, value in fields.items() if value not in ("", [])}
    lines = (f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in told.items())
    return "\n".join((FENCE, *lines, FENCE, ""))
