"""A text for the site generator Hugo: front matter, then Markdown."""

import re
from datetime import datetime
from typing import Any

from marketer_desktop.publishing.front_matter import fields_of, page_file
from marketer_desktop.publishing.manuscript import Manuscript

_TITLE = re.compile(r"\A\s*#[ \t]+([^\n]+?)[ \t]*#*[ \t]*(?:\n+|\Z)")


def file_of(manuscript: Manuscript) -> bytes:
    """The post; what its own front matter says stays as it is, and ours is added."""
    given = manuscript.document.front_matter
    body = manuscript.markdown.removeprefix("\ufeff").replace("\r\n", "\n").removeprefix(given)
    fields = {**_ours(manuscript), **fields_of(given)}
    return page_file(fields, _without_title(body, manuscript.title))


def _ours(manuscript: Manuscript) -> dict[str, Any]:
    return {
        "title": " ".join(manuscript.title.split()),
        "date": _moment(manuscript.written),
        "lastmod": _moment(manuscript.changed),
        "description": " ".join(manuscript.description.split()),
        "slug": manuscript.slug,
        "keywords": list(manuscript.keywords),
        "tags": list(manuscript.keywords),
        "draft": not manuscript.is_published,
    }


def _moment(moment: datetime | None) -> str:
    return moment.isoformat(timespec="seconds") if moment else ""


def _without_title(body: str, title: str) -> str:
    """The text without its title: Hugo's themes show that of the front matter."""
    found = _TITLE.match(body)
    same = found is not None and found[1].strip() == title.strip()
    return body[found.end() :] if found and same else body.lstrip("\n")
