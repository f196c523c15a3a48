"""The names that links inside a text know its headings by."""

import re
from urllib.parse import unquote

_LEFT_OUT = re.compile(r"[^\w\- ]")


class Anchors:
    """Names headings as the usual Markdown sites do; each name is given once."""

    def __init__(self) -> None:
        self._used: dict[str, int] = {}

    def name(self, heading: str) -> str:
        """The next heading's name."""
        plain = _LEFT_OUT.sub("", heading.strip().lower()).replace(" ", "-") or "section"
        number = self._used.get(plain, 0)
        self._used[plain] = number + 1
        name = f"{plain}-{number}" if number else plain
        return self.name(name) if number and name in self._used else self._noted(name)

    def leads_nowhere(self, link: str) -> bool:
        """Whether a link means a heading that is not there."""
        return link.startswith("#") and unquote(link[1:]) not in self._used

    def _noted(self, name: str) -> str:
        self._used.setdefault(name, 1)
        return name
