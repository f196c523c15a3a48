"""A line of rich text: runs of characters with the marks they carry."""

import html
import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from functools import lru_cache

BREAK = "\u2028"  # a hard break inside a paragraph, as Qt has it
OBJECT = "\ufffc"  # stands for an image, as in Qt
SOFT = "soft"
BACKSLASH, SPACES = "\\", "  "  # what a hard break is written with
TAG = re.compile(r"(<!--.*?-->|<[?!/]?[A-Za-z][^<>]*>)")


@dataclass(frozen=True, slots=True)
class Marks:
    """What a run looks like, and the characters it was or is to be written with.

    `bold`, `italic`, `strike`, `underline`: the opening marker, empty if off. `link`: target,
    title, form, where the form is empty, `<` for `<target>` or the label of a definition.
    `image`: source, alternative text as written, title, label. `raw`: the character reference
    or escape behind the text. `line`: `soft` for a line end in the source that shows as a
    space; for a hard break what it is written with.
    """

    bold: str = ""
    italic: str = ""
    strike: str = ""
    underline: str = ""
    code: bool = False
    html: bool = False
    link: tuple[str, str, str] | None = None
    image: tuple[str, str, str, str] | None = None
    raw: str = ""
    line: str = ""


PLAIN = Marks()


@dataclass(frozen=True, slots=True)
class Run:
    """Characters with the same marks."""

    text: str
    marks: Marks = PLAIN


Runs = tuple[Run, ...]


@lru_cache(maxsize=4096)
def encoded(marks: Marks) -> str:
    """Marks as a short text, the same for equal marks; plain ones as an empty text."""
    held = {name: value for name, value in asdict(marks).items() if value not in ("", None, False)}
    return json.dumps(held, separators=(",", ":"), ensure_ascii=False) if held else ""


@lru_cache(maxsize=4096)
def decoded(text: str) -> Marks:
    """The marks behind a text made by `encoded`."""
    if not text:
        return PLAIN
    held = json.loads(text)
    for name in ("link", "image"):
        if name in held:
            held[name] = tuple(held[name])
    return Marks(**held)


def shown(raw: str) -> str:
    """The character that a reference or an escape stands for."""
    return raw[1:] if raw.startswith("\\") else html.unescape(raw)


def normalised(runs: Iterable[Run]) -> Runs:
    """The same text in one way: equal neighbours joined, marks only where they mean something."""
    joined: list[Run] = []
    for run in runs:
        for part in _parts(run):
            if joined and joined[-1].marks == part.marks and _may_join(part):
                joined[-1] = Run(joined[-1].text + part.text, part.marks)
            else:
                joined.append(part)
    return tuple(joined)


def plain_text(runs: Iterable[Run]) -> str:
    """The characters alone."""
    return "".join(run.text for run in runs)


def without_form(runs: Iterable[Run]) -> Runs:
    """Runs reduced to what a reader sees, however they are written."""
    return normalised(Run(run.text, _seen(run.marks)) for run in runs)


def _seen(marks: Marks) -> Marks:
    on = {name: "x" for name in ("bold", "italic", "strike", "underline") if getattr(marks, name)}
    return Marks(
        **on,
        code=marks.code,
        html=marks.html,
        link=(marks.link[0], marks.link[1], "") if marks.link else None,
        image=(*marks.image[:3], "") if marks.image else None,
        line=SOFT if marks.line == SOFT else "",
    )


def _may_join(run: Run) -> bool:
    return not run.marks.image and not run.marks.line


def _parts(run: Run) -> Iterable[Run]:
    """One run as several where a mark belongs to some of its characters only."""
    marks = run.marks
    if marks.line == SOFT and run.text.startswith(" "):
        yield Run(" ", marks)
        yield from _parts(Run(run.text[1:], replace(marks, line="")))
        return
    bare = replace(marks, line="", image=None) if marks.line or marks.image else marks
    if bare.raw and not _is_repeated(run.text, shown(bare.raw)):
        bare = replace(bare, raw="")
    for piece in re.split(f"([{BREAK}{OBJECT}])", run.text):
        if piece == BREAK:
            line = marks.line if marks.line not in ("", SOFT) else SPACES
            yield Run(BREAK, replace(bare, line=line, raw="", code=False, html=False))
        elif piece == OBJECT:
            if marks.image:
                yield Run(OBJECT, replace(bare, image=marks.image))
        elif piece and bare.html:
            yield from _tags(piece, bare)
        elif piece:
            yield Run(piece, bare)


def _tags(text: str, marks: Marks) -> Iterable[Run]:
    """What was typed beside a tag is text."""
    for n, piece in enumerate(TAG.split(text)):
        if piece:
            yield Run(piece, marks if n % 2 else replace(marks, html=False))


def _is_repeated(text: str, unit: str) -> bool:
    return bool(unit) and text == unit * (len(text) // len(unit)) and len(text) >= len(unit)
