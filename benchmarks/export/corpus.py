"""Real Markdown that others wrote: what installed packages say of themselves."""

import re
from importlib.metadata import Distribution, distributions
from typing import NamedTuple

LEAST, MOST = 1_500, 60_000
FEATURES = {
    "heading": re.compile(r"^#", re.MULTILINE),
    "nested list": re.compile(r"^(?: {2,}|\t)[-*+] ", re.MULTILINE),
    "numbers": re.compile(r"^\d+\. ", re.MULTILINE),
    "table": re.compile(r"^\|?[ :-]+\|[ :|-]+$", re.MULTILINE),
    "code": re.compile(r"^```", re.MULTILINE),
    "link": re.compile(r"\]\(http"),
    "image": re.compile(r"!\["),
    "html": re.compile(r"^<\w", re.MULTILINE),
    "emoji": re.compile("[\U0001f300-\U0001faff]"),
    "other script": re.compile("[\u0400-\u04ff\u0590-\u06ff\u3040-\u30ff\u4e00-\u9fff]"),
}


class Real(NamedTuple):
    """A document, with the package that it came with."""

    name: str
    markdown: str

    @property
    def features(self) -> set[str]:
        """What it has in it."""
        return {name for name, shape in FEATURES.items() if shape.search(self.markdown)}


def documents(count: int) -> list[Real]:
    """The `count` documents that have the most in them, the same on every run."""
    found = {each.name: each for each in map(_read, distributions()) if each is not None}
    rich = sorted(found.values(), key=lambda each: (-len(each.features), each.name))
    return rich[:count]


def _read(package: Distribution) -> Real | None:
    told = package.metadata
    if "markdown" not in str(told["Description-Content-Type"]).lower():
        return None
    text = str(told.get_payload() or told["Description"] or "")
    text = text.replace("\r\n", "\n")
    return Real(str(told["Name"]), text) if LEAST <= len(text) <= MOST else None
