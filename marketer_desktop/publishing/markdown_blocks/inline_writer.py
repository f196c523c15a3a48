"""Writes runs as Markdown, marks nested the way they extend."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from marketer_desktop.publishing.markdown_blocks.escaping import (
    code_span,
    destination,
    escaped,
    title,
)
from marketer_desktop.publishing.markdown_blocks.inline_reader import same_label
from marketer_desktop.publishing.markdown_blocks.runs import (
    BREAK,
    OBJECT,
    PLAIN,
    SOFT,
    Marks,
    Run,
    Runs,
    normalised,
    shown,
)

TAGS = {"bold": "strong", "italic": "em", "strike": "s", "underline": "u"}
DEFAULT = {"bold": "**", "italic": "*", "strike": "~~", "underline": "<u>"}
NAMES = ("link", "bold", "italic", "strike", "underline")

Mark = tuple[str, object]


@lru_cache(maxsize=1024)
def written(runs: Runs, *, thoroughly: bool = False) -> str:
    """Runs as Markdown; lines end where they did. `thoroughly`: escape all, marks as tags."""
    return _InlineWriter(ready(runs), thoroughly).write()


class _InlineWriter:
    def __init__(self, runs: Sequence[Run], thoroughly: bool) -> None:
        self._runs, self._thoroughly = runs, thoroughly
        self._marks = [_marks_of(run.marks) for run in runs]
        self._open: list[Mark] = []
        self._starts: list[int] = []  # where in `_out` each open mark begins
        self._out: list[str] = []

    def write(self) -> str:
        for index, run in enumerate(self._runs):
            self._turn_to(index)
            if self._is_autolink(index):
                self._open.pop()
                self._out[self._starts.pop() :] = [f"<{run.text}>"]
            else:
                self._out.append(self._text(run))
        self._close(0)
        return "".join(self._out)

    def _is_autolink(self, index: int) -> bool:
        run = self._runs[index]
        link = run.marks.link
        return bool(
            link
            and link[2] == "<"
            and link[0] in (run.text, f"mailto:{run.text}")
            and self._open[-1] == ("link", link)
            and self._starts[-1] == len(self._out) - 1
            and self._extent(("link", link), index) == index + 1
        )

    def _turn_to(self, index: int) -> None:
        wanted = self._marks[index]
        keep = next((n for n, mark in enumerate(self._open) if mark not in wanted), None)
        if keep is not None:
            self._close(keep)
        opening = [mark for mark in wanted if mark not in self._open]
        for mark in sorted(opening, key=lambda mark: -self._extent(mark, index)):
            self._open.append(mark)
            self._starts.append(len(self._out))
            self._out.append(self._opening(mark))

    def _extent(self, mark: Mark, index: int) -> int:
        end = index
        while end < len(self._runs) and mark in self._marks[end]:
            end += 1
        return end

    def _close(self, keep: int) -> None:
        while len(self._open) > keep:
            name, value = self._open.pop()
            self._out.append(self._closing(name, value, self._starts.pop()))

    def _opening(self, mark: Mark) -> str:
        name, value = mark
        return "[" if name == "link" else self._marker(name, str(value))

    def _closing(self, name: str, value: object, start: int) -> str:
        if name != "link":
            marker = self._marker(name, str(value))
            return marker.replace("<", "</") if marker.startswith("<") else marker
        assert isinstance(value, tuple)
        href, text, form = value
        if form and form != "<":
            text = "".join(self._out[start + 1 :])
            return "]" if same_label(text, form) else f"][{form}]"
        return f"]({destination(href)}{title(text)})"

    def _marker(self, name: str, value: str) -> str:
        is_tag = value.startswith("<")
        if self._thoroughly and not is_tag:
            return f"<{TAGS[name]}>"
        return value if is_tag or value in ("**", "__", "*", "_", "~~", "~") else DEFAULT[name]

    def _text(self, run: Run) -> str:
        marks = run.marks
        if run.text == BREAK:
            return f"{marks.line}\n"
        if marks.line == SOFT:
            return "\n"
        if marks.image:
            return _image(marks.image)
        if marks.code:
            return code_span(run.text)
        if marks.html:
            return run.text
        if marks.raw:
            return marks.raw * (len(run.text) // len(shown(marks.raw)))
        return escaped(run.text, thoroughly=self._thoroughly)


def _image(image: tuple[str, str, str, str]) -> str:
    source, alt, caption, label = image
    if label:
        return f"![{alt}]" if same_label(alt, label) else f"![{alt}][{label}]"
    return f"![{alt}]({destination(source)}{title(caption)})"


def _marks_of(marks: Marks) -> list[Mark]:
    return [(name, getattr(marks, name)) for name in NAMES if getattr(marks, name)]


def ready(runs: Runs) -> list[Run]:
    """Runs without blanks at the edges of the text, of lines and of what is emphasised."""
    moved: list[Run] = []
    for run in normalised(runs):
        moved += _blanks_out(run)
    return _trimmed(_joined(moved))


def _blanks_out(run: Run) -> list[Run]:
    """Markers must touch a character: blanks at the edge of emphasis stand outside of it."""
    marks = run.marks
    outside = replace(marks, bold="", italic="", strike="")
    if marks.code or marks.raw or outside == marks or run.text in (OBJECT, BREAK):
        return [run]
    core = run.text.strip()
    if not core or core == run.text or marks.line:
        return [run]
    start = run.text.index(core)
    pieces = (run.text[:start], core, run.text[start + len(core) :])
    return [Run(piece, marks) for piece in pieces if piece]


def _joined(runs: list[Run]) -> list[Run]:
    """Take emphasis off blanks that are not inside of it on both sides."""
    freed: list[Run] = []
    for n, run in enumerate(runs):
        if _is_blank(run):
            before = next((other.marks for other in runs[n::-1] if not _is_blank(other)), PLAIN)
            after = next((other.marks for other in runs[n:] if not _is_blank(other)), PLAIN)
            run = Run(run.text, _only_inside(run.marks, before, after))
        freed.append(run)
    return freed


def _is_blank(run: Run) -> bool:
    return not run.text.strip() and not run.marks.code


def _only_inside(marks: Marks, before: Marks, after: Marks) -> Marks:
    return replace(
        marks,
        bold=marks.bold if marks.bold == before.bold == after.bold else "",
        italic=marks.italic if marks.italic == before.italic == after.italic else "",
        strike=marks.strike if marks.strike == before.strike == after.strike else "",
    )


def _trimmed(runs: list[Run]) -> list[Run]:
    """No blanks and no breaks at either end, and no blanks around a line's end."""
    trimmed: list[Run] = []
    at_line_start = True
    for run in runs:
        is_break = run.text == BREAK or run.marks.line == SOFT
        if is_break:
            while trimmed and not _strip_last(trimmed):
                trimmed.pop()
            if trimmed:
                trimmed.append(run)
            at_line_start = True
        elif run.marks.code or run.marks.image or run.marks.raw:
            trimmed.append(run)
            at_line_start = False
        else:
            text = run.text.lstrip(" \t") if at_line_start else run.text
            if text:
                trimmed.append(Run(text, run.marks))
                at_line_start = False
    while trimmed and (_is_break(trimmed[-1]) or not _strip_last(trimmed)):
        trimmed.pop()
    return _without_double_breaks(trimmed)


def _is_break(run: Run) -> bool:
    return run.text == BREAK or run.marks.line == SOFT


def _strip_last(runs: list[Run]) -> bool:
    """Strip the last run's trailing blanks; False if nothing is left of it."""
    if not runs:
        return True
    last = runs[-1]
    if last.marks.code or last.marks.image or last.marks.raw or _is_break(last):
        return True
    text = last.text.rstrip(" \t")
    if text:
        runs[-1] = Run(text, last.marks)
    return bool(text)


def _without_double_breaks(runs: list[Run]) -> list[Run]:
    """An empty line would end the paragraph."""
    kept: list[Run] = []
    for run in runs:
        if kept and _is_break(run) and _is_break(kept[-1]):
            continue
        kept.append(run)
    return kept
