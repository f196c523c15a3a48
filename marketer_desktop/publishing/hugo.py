"""A text for the site generator Hugo: front matter, then Markdown."""

import re
import tomllib
from datetime import datetime
from typing import Any

import yaml

from marketer_desktop.publishing.manuscript import Manuscript

_SHORTCODE = re.compile(r"\{\{([<%])(?!/\*)(.*?)([>%])\}\}", re.DOTALL)
_TITLE = re.compile(r"\A\s*#[ \t]+([^\n]+?)[ \t]*#*[ \t]*(?:\n+|\Z)")


def file_of(manuscript: Manuscript) -> bytes:
    """The post; what its own front matter says stays as it is, and ours is added."""
    told = {name: value for name, value in _ours(manuscript).items() if value not in ("", [], None)}
    given = manuscript.document.front_matter
    front = yaml.safe_dump(told | _read(given), allow_unicode=True, sort_keys=False, width=10_000)
    body = manuscript.markdown.removeprefix("\ufeff").replace("\r\n", "\n").removeprefix(given)
    return f"---\n{front}---\n\n{_harmless(_without_title(body, manuscript.title))}".encode()


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


def _read(front_matter: str) -> dict[str, Any]:
    """What a text's own front matter says; nothing if it cannot be read."""
    fence, _, rest = front_matter.partition("\n")
    inside = rest.rstrip().rsplit("\n", 1)[0] if rest.strip() else ""
    try:
        told = tomllib.loads(inside) if fence.startswith("+++") else yaml.safe_load(inside)
    except (tomllib.TOMLDecodeError, yaml.YAMLError):
        return {}
    return told if isinstance(told, dict) else {}


def _without_title(body: str, title: str) -> str:
    """The text without its title: Hugo's themes show that of the front matter."""
    found = _TITLE.match(body)
    same = found is not None and found[1].strip() == title.strip()
    return body[found.end() :] if found and same else body.lstrip("\n")


def _harmless(text: str) -> str:
    """What looks like a command to Hugo is shown, not carried out."""
    return _SHORTCODE.sub(r"{{\1/*\2*/\3}}", text)
