"""All that a page shows, code and quotes with it, and its lines that hold nothing but markup."""

import re

# These part no runs of text for the open analysis; between their words stands a blank.
_LOOSE = frozenset(
    {"thead", "tbody", "tfoot", "tr", "th", "td", "dt", "center", "details", "summary"}
)
_UNMARKED = frozenset({"img", "code", "pre", "blockquote", "script", "style"})
_NEVER_SHOWN = frozenset({"script", "style", "template", "title"})


_TAG = "\x1f"
_AROUND_TAG = re.compile(r"[\x1f\n]*\x1f[\x1f\n]*")


def _blank(found: re.Match[str]) -> str:
    return "\n" if "\n" in found[0] else " "


class Lines:
    """Told of tags and texts in their order; `runs` and `bare` are what came of them."""

    def __init__(self, parting: frozenset[str]) -> None:
        self.runs: list[str] = []
        self.bare = 0
        self._parting = parting - _LOOSE
        self._parts: list[str] = []
        self._marked = self._said = False

    def tag(self, name: str, *, hidden: bool) -> None:
        """A tag begins or ends; `hidden` when it stands in code or a quote."""
        if name in self._parting or name == "br":
            self.end()
            return
        if name in _LOOSE:
            self._parts.append(_TAG)
        if not hidden and name not in _UNMARKED:
            self._marked = True

    def text(self, words: str, inside: list[str], *, hidden: bool) -> None:
        """Text in the tags `inside`."""
        if _NEVER_SHOWN.isdisjoint(inside):
            self._parts.append(words)
        if hidden:
            return
        first, *more = words.split("\n")
        self._said |= bool(first.strip())
        for line in more:
            self._end_line()
            self._said = bool(line.strip())

    def end(self) -> None:
        """A run of text is over."""
        self._end_line()
        whole, self._parts = "".join(self._parts), []
        if run := _AROUND_TAG.sub(_blank, whole).strip():
            self.runs.append(run)

    def _end_line(self) -> None:
        self.bare += self._marked and not self._said
        self._marked = self._said = False
