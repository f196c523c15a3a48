"""Takes a Markdown text apart into its blocks."""

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from markdown_it.token import Token

from marketer_desktop.publishing.markdown_blocks.inline_reader import runs_of
from marketer_desktop.publishing.markdown_blocks.leaf import (
    BULLETS,
    NUMBERS,
    QUOTE,
    Kind,
    Leaf,
    Path,
    Step,
    fresh_id,
)
from marketer_desktop.publishing.markdown_blocks.line_prefix import LinePrefix, Straddled
from marketer_desktop.publishing.markdown_blocks.parser import parser
from marketer_desktop.publishing.markdown_blocks.runs import PLAIN, Run, Runs, normalised
from marketer_desktop.publishing.markdown_blocks.source import (
    ItemStyle,
    Line,
    ListStyle,
    Source,
    SourceLeaf,
    lines_of,
)

TASK = re.compile(r"\[([ xX])\](?:[ \t]+|$)")
ALIGN = re.compile(r"text-align:(\w+)")
BOM = "\ufeff"


def split(text: str) -> Source:
    """The blocks of `text`, in order, each with its lines."""
    mark = BOM if text.startswith(BOM) else ""
    lines = lines_of(text.removeprefix(BOM))
    env: dict[str, Any] = {}
    tokens = parser().parse("\n".join(line.text for line in lines), env)
    return _Splitter(lines, tokens, env).source(mark)


@dataclass
class _Container:
    """A quote or an item that is being read; `start` is its first line."""

    step: Step
    start: int
    width: int | None = None
    is_list_tight: bool = True


@dataclass
class _List:
    """A list that is being read."""

    id: int
    marker: str
    is_ordered: bool
    tight: set[bool] = field(default_factory=set)
    numbers: list[int] = field(default_factory=list)


class _Splitter:
    def __init__(self, lines: tuple[Line, ...], tokens: list[Token], env: dict[str, Any]) -> None:
        self._lines, self._tokens, self._env = lines, tokens, env
        self._stack: list[_Container] = []
        self._open_lists: list[_List] = []
        self._leaves: list[SourceLeaf] = []
        self._lists: dict[int, ListStyle] = {}
        self._items: dict[int, ItemStyle] = {}
        self._begun: set[int] = set()
        self._labels = {
            token.meta["id"]: token.meta["label"] for token in tokens if token.type == "definition"
        }

    def source(self, mark: str) -> Source:
        index = 0
        while index < len(self._tokens):
            index = self._take(index)
        self._fill_holes()
        return Source(
            lines=self._lines,
            leaves=tuple(self._leaves),
            lists=self._lists,
            items=self._items,
            references=self._env.get("references", {}),
            mark=mark,
            positions={leaf.id: n for n, leaf in enumerate(self._leaves)},
        )

    def _take(self, index: int) -> int:
        """Read what starts at a token; the index of the next one."""
        token = self._tokens[index]
        if token.type in ("bullet_list_open", "ordered_list_open"):
            self._open_list(token)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self._close_list()
        elif token.type in ("blockquote_open", "list_item_open"):
            return self._open_container(index)
        elif token.type in ("blockquote_close", "list_item_close"):
            self._stack.pop()
        elif token.type == "table_open":
            return self._table(index)
        elif token.type in ("paragraph_open", "heading_open"):
            self._text_block(token, self._tokens[index + 1])
            return index + 3
        else:
            self._other(token)
        return index + 1

    def _open_list(self, token: Token) -> None:
        is_ordered = token.type == "ordered_list_open"
        self._open_lists.append(_List(fresh_id(), token.markup, is_ordered))

    def _close_list(self) -> None:
        read = self._open_lists.pop()
        self._lists[read.id] = ListStyle(
            marker=read.marker,
            is_tight=False not in read.tight,
            start=read.numbers[0] if read.numbers else 1,
            numbering=_numbering(read.numbers),
        )

    def _open_container(self, index: int) -> int:
        token = self._tokens[index]
        assert token.map
        item = fresh_id()
        if token.type == "blockquote_open":
            step = Step(QUOTE, item, item)
        else:
            read = self._open_lists[-1]
            step = Step(NUMBERS if read.is_ordered else BULLETS, read.id, item)
            if read.is_ordered:
                read.numbers.append(int(token.info))
        self._stack.append(_Container(step, token.map[0]))
        if self._tokens[index + 1].type in ("blockquote_close", "list_item_close"):
            self._add(Leaf(Kind.PARAGRAPH, self._path()), token.map[0], token.map[0] + 1)
        return index + 1

    def _text_block(self, token: Token, inline: Token) -> None:
        assert token.map
        runs, task = runs_of(inline, self._labels), ""
        if token.type == "heading_open":
            leaf = Leaf(Kind.HEADING, self._path(), runs, level=int(token.tag[1]))
        else:
            self._note_tightness(token)
            if self._is_first_in_item():
                runs, task = _without_box(runs)
            leaf = Leaf(Kind.PARAGRAPH, self._path(), runs, task=task)
        self._add(leaf, *token.map)

    def _note_tightness(self, token: Token) -> None:
        if self._stack and self._stack[-1].step.is_item:
            self._open_lists[-1].tight.add(token.hidden)

    def _is_first_in_item(self) -> bool:
        return bool(
            self._stack
            and self._stack[-1].step.is_item
            and self._stack[-1].step.item not in self._begun
        )

    def _table(self, index: int) -> int:
        token = self._tokens[index]
        assert token.map
        rows: list[list[Runs]] = []
        aligns: list[str] = []
        while self._tokens[index].type != "table_close":
            inner = self._tokens[index]
            if inner.type == "tr_open":
                rows.append([])
            elif inner.type == "inline":
                rows[-1].append(runs_of(inner, self._labels))
            elif inner.type == "th_open":
                match = ALIGN.search(str(inner.attrGet("style") or ""))
                aligns.append(match[1] if match else "")
            index += 1
        leaf = Leaf(
            Kind.TABLE,
            self._path(),
            rows=tuple(tuple(row) for row in rows),
            aligns=tuple(aligns),
        )
        self._add(leaf, token.map[0], self._last_line(token.map))
        return index + 1

    def _other(self, token: Token) -> None:
        assert token.map
        first, end = token.map
        if token.type == "hr":
            self._add(Leaf(Kind.RULE, self._path()), first, end)
        elif token.type in ("fence", "code_block"):
            text = token.content.removesuffix("\n")
            info = token.info.strip()
            self._add(Leaf(Kind.CODE, self._path(), text=text, info=info), first, end)
        else:
            self._add(Leaf(Kind.SOURCE, self._path()), first, self._last_line(token.map))

    def _last_line(self, span: list[int]) -> int:
        """The end of a block without the blank lines after it."""
        first, end = span
        blank = "> \t" if self._stack else " \t"
        while end > first + 1 and not self._lines[end - 1].text.strip(blank):
            end -= 1
        return end

    def _path(self) -> Path:
        return tuple(container.step for container in self._stack)

    def _add(self, leaf: Leaf, first: int, end: int) -> None:
        lines = tuple(line.text for line in self._lines[first:end])
        opened = frozenset(step.item for step in leaf.path if step.item not in self._begun)
        marked = frozenset(box.step.item for box in self._stack if box.start == first) & opened
        self._measure_items(first)
        prefixes = self._prefixes(first, lines)
        rests = tuple(
            line[len(prefix) :] for line, prefix in zip(lines, prefixes or lines, strict=True)
        )
        if leaf.kind is Kind.SOURCE:
            leaf = Leaf(Kind.SOURCE, leaf.path, text="\n".join(rests if prefixes else lines))
        self._begun |= opened
        self._leaves.append(
            SourceLeaf(fresh_id(), leaf, first, end, lines, rests, prefixes, opened, marked)
        )

    def _measure_items(self, first: int) -> None:
        """Read the markers of items on their first line, outermost first."""
        for depth, box in enumerate(self._stack):
            if box.width is not None or not box.step.is_item:
                continue
            try:
                reader = LinePrefix(self._lines[box.start].text)
                for outer in self._stack[:depth]:
                    _pass(reader, outer, box.start)
                marker, width, number = reader.item_start()
            except Straddled:
                return
            box.width = width
            self._items[box.step.item] = ItemStyle(marker, width, number)

    def _prefixes(self, first: int, lines: tuple[str, ...]) -> tuple[str, ...] | None:
        if any(box.step.is_item and box.width is None for box in self._stack):
            return None
        try:
            return tuple(self._prefix(first + n, line) for n, line in enumerate(lines))
        except Straddled:
            return None

    def _prefix(self, number: int, line: str) -> str:
        reader = LinePrefix(line)
        for box in self._stack:
            if not _pass(reader, box, number):
                break  # a lazy line, or a blank one
        return line[: reader.position]

    def _fill_holes(self) -> None:
        """Lines outside of lists and quotes that no block covers are shown as they are."""
        found, self._leaves, self._stack = self._leaves, [], []
        at = 0
        for leaf in found:
            if not leaf.leaf.path:
                self._fill(at, leaf.first)
            self._leaves.append(leaf)
            at = leaf.end
        self._fill(at, len(self._lines))

    def _fill(self, first: int, end: int) -> None:
        hole = [n for n in range(first, end) if self._lines[n].text.strip("> \t")]
        if hole:
            self._add(Leaf(Kind.SOURCE), hole[0], hole[-1] + 1)


def _pass(reader: LinePrefix, box: _Container, number: int) -> bool:
    if not box.step.is_item:
        return reader.quote()
    if box.start == number:
        reader.item_start()
        return True
    assert box.width is not None
    return reader.item_indent(box.width)


def _without_box(runs: Runs) -> tuple[Runs, str]:
    """Take the box of a task off the start of its text."""
    match = TASK.match(runs[0].text) if runs else None
    if not match or runs[0].marks != PLAIN or (match[0].endswith("]") and len(runs) > 1):
        return runs, ""
    return normalised([Run(runs[0].text[match.end() :]), *runs[1:]]), match[1]


def _numbering(numbers: list[int]) -> str:
    if all(b - a == 1 for a, b in pairwise(numbers)):
        return "sequence"
    return "same" if len(set(numbers)) == 1 else "odd"
