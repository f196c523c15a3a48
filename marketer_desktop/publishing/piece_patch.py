"""Carries what was changed in a piece into the Markdown it was read from; the rest stays."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from marketer_desktop.domain.brief import LONG_FORM, ContentType
from marketer_desktop.domain.piece import Piece
from marketer_desktop.domain.words import words

Kind = Literal["heading", "subheadline", "call", "sentence", "break"]
_BETWEEN = r"(?:\[\d+\]|\]\([^()\n]*\)|[\W_])+"  # marks of citations, links and Markdown
_BEFORE = re.compile(r"[^\w\s#>]*\Z")
_BEHIND = re.compile(r"(?:\[\d+\]|[^\w\s#\[(<]|\]\([^)\n]*\))*")
_LINE_MARKS = re.compile(r"[ \t]*(?:[-*+>]|\d+[.)])?[ \t]*\Z")


@dataclass(frozen=True)
class Item:
    """A heading, a line, a sentence, or the border between two paragraphs."""

    kind: Kind
    text: str = ""
    level: int = 0
    marked: str = ""  # a sentence with its citation

    @property
    def identity(self) -> tuple[str, str, int]:
        """What makes two items the same."""
        return self.kind, self.text, self.level


@dataclass(frozen=True)
class Found:
    """An item with its characters in the Markdown."""

    item: Item
    start: int
    end: int


class NotFound(ValueError):
    """A part of the piece is not in the Markdown as it says."""


def patched(content_type: ContentType, markdown: str, before: Piece, after: Piece) -> str:
    """`markdown`, which shows `before`, as it has to be to show `after`.

    Raises `NotFound` where the Markdown says something in another way than the piece.
    """
    old = list(_items(content_type, before))
    new = list(_items(content_type, after))
    found = _located(markdown, old)
    matcher = SequenceMatcher(
        None, [each.identity for each in old], [each.identity for each in new], autojunk=False
    )
    text = markdown
    for tag, a, b, c, d in reversed(matcher.get_opcodes()):
        if tag != "equal":
            text = _changed(text, found, (a, b), new[c:d])
    return text


def _items(content_type: ContentType, piece: Piece) -> Iterator[Item]:
    if content_type in LONG_FORM and piece.title:
        yield Item("heading", piece.title, 1)
    if content_type is ContentType.WEBPAGE and piece.subheadline:
        yield Item("subheadline", piece.subheadline)
    if content_type is ContentType.WEBPAGE and piece.call_to_action:
        yield Item("call", piece.call_to_action)
    for section in piece.sections:
        if section.heading:
            yield Item("heading", section.heading, section.level)
        for number, paragraph in enumerate(section.paragraphs):
            if number:
                yield Item("break")
            for sentence in paragraph:
                yield Item("sentence", sentence.text, 0, sentence.marked)


def _located(markdown: str, items: Sequence[Item]) -> list[Found]:
    """Where the items stand, one after another."""
    found: list[Found] = []
    place = 0
    for item in items:
        if item.kind == "break":
            found.append(Found(item, place, place))
            continue
        start, end = _span(markdown, item, place)
        found.append(Found(item, start, end))
        place = end
    return found


def _span(markdown: str, item: Item, place: int) -> tuple[int, int]:
    parts = [re.escape(word) for word in words(item.text)]
    pattern = rf"(?<!\w){_BETWEEN.join(parts)}(?!\w)" if parts else re.escape(item.text.strip())
    match = re.compile(pattern).search(markdown, place)
    if match is None:
        raise NotFound(item.text)
    if item.kind == "sentence":
        before = _BEFORE.search(markdown, place, match.start())
        behind = _BEHIND.match(markdown, match.end())
        assert before is not None  # it may be empty
        return before.start(), behind.end() if behind else match.end()
    return _lines(markdown, match.start(), match.end(), place)


def _lines(markdown: str, start: int, end: int, place: int) -> tuple[int, int]:
    """The whole lines of a heading, the line under it included."""
    first = max(markdown.rfind("\n", 0, start) + 1, place)
    last = markdown.find("\n", end)
    last = len(markdown) if last < 0 else last
    under = re.compile(r"\n(?:=+|-+)[ \t]*(?=\n|\Z)").match(markdown, last)
    return first, under.end() if under else last


def _changed(text: str, found: list[Found], gone: tuple[int, int], new: list[Item]) -> str:
    """`text` with the items from `gone[0]` to before `gone[1]` replaced by `new`."""
    first, last = gone
    old = [each for each in found[first:last] if each.item.kind != "break"]
    before, behind = _shown(reversed(found[:first])), _shown(found[last:])
    if old:
        start, end = old[0].start, old[-1].end
        said = _written(new, None)
        return text[:start] + said + text[end:] if said else _without(text, start, end)
    if not new:  # two paragraphs become one
        return f"{text[: before.end]} {text[behind.start :]}" if before and behind else text
    begins = first == 0 or found[first - 1].item.kind != "sentence"
    if behind and begins and new[-1].kind == found[last].item.kind == "sentence":
        return f"{text[: behind.start]}{_written(new, None)} {text[behind.start :]}"
    start = before.end if before else 0
    said = _written(new, before.item if before else None)
    if new[-1].kind == "break":
        return text[:start] + said + text[start:].lstrip(" \t")
    return text[:start] + said + ("" if before else "\n\n") + text[start:]


def _shown(found: Iterator[Found] | Sequence[Found]) -> Found | None:
    return next((each for each in found if each.item.kind != "break"), None)


def _written(new: list[Item], before: Item | None) -> str:
    """The Markdown of `new`, kept apart from what stands before."""
    said, last = "", before
    for item in new:
        if item.kind == "break":
            said, last = f"{said}\n\n", None
            continue
        said += _gap(last, item) + _markdown(item)
        last = item
    return said


def _gap(last: Item | None, item: Item) -> str:
    if last is None:
        return ""
    return " " if last.kind == item.kind == "sentence" else "\n\n"


def _markdown(item: Item) -> str:
    shown = {
        "heading": f"{'#' * item.level} {item.text}",
        "subheadline": f"*{item.text}*",
        "call": f"**{item.text}**",
        "sentence": item.marked,
    }
    return shown[item.kind]


def _without(text: str, start: int, end: int) -> str:
    """`text` without a passage, and without the blanks and empty lines that it leaves."""
    before, behind = text[:start], text[end:]
    line = before.rsplit("\n", 1)[-1]
    if (not behind.strip() or behind.lstrip(" \t").startswith("\n")) and _LINE_MARKS.match(line):
        before = before[: len(before) - len(line)].rstrip("\n")
        behind = behind.lstrip()
        return f"{before}\n\n{behind}" if before and behind else (before or behind) + "\n"
    if behind.lstrip(" \t").startswith("\n") or not behind:
        return before.rstrip(" \t") + behind.lstrip(" \t")
    return before + behind.lstrip(" \t")
