"""The head of a Markdown file by which generators of static sites know a page."""

import re
import tomllib
from collections.abc import Mapping
from typing import Any

import yaml

FENCE = "---"
_SHORTCODE = re.compile(r"\{\{([<%])(?!/\*)(.*?)([>%])\}\}", re.DOTALL)


def page_file(fields: Mapping[str, Any], body: str) -> bytes:
    """YAML that Hugo, Jekyll, Astro and Eleventy read, of what is known, and then the text.

    What looks like a command to Hugo is shown, not carried out.
    """
    told = {name: value for name, value in fields.items() if value not in ("", [], None)}
    front = yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=10_000)
    harmless = _SHORTCODE.sub(r"{{\1/*\2*/\3}}", body)
    return f"{FENCE}\n{front}{FENCE}\n\n{harmless}".encode()


def fields_of(front_matter: str) -> dict[str, Any]:
    """What a page's front matter says, fences and all; nothing if it cannot be read."""
    fence, _, rest = front_matter.partition("\n")
    inside = rest.rstrip().rsplit("\n", 1)[0] if rest.strip() else ""
    try:
        told = tomllib.loads(inside) if fence.startswith("+++") else yaml.safe_load(inside)
    except (tomllib.TOMLDecodeError, yaml.YAMLError):
        return {}
    return told if isinstance(told, dict) else {}
