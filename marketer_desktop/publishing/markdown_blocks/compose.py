"""Puts an edited text together: untouched blocks with their bytes, the others written anew."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from marketer_desktop.publishing.markdown_blocks.checked_writer import References
from marketer_desktop.publishing.markdown_blocks.leaf import (
    NUMBERS,
    QUOTE,
    Kind,
    Leaf,
    Path,
    Placed,
    Step,
    shared,
)
from marketer_desktop.publishing.markdown_blocks.leaf_writer import leaf_lines
from marketer_desktop.publishing.markdown_blocks.runs import Marks, Run, Runs, normalised
from marketer_desktop.publishing.markdown_blocks.source import (
    ItemStyle,
    Line,
    ListStyle,
    Source,
    SourceLeaf,
)

MARK_ENDS = ("-", "*", "+", ".", ")", ">")
BULLETS_IN_TURN, DELIMITERS_IN_TURN = "-*", ".)"


class Book:
    """The text that was opened, and those that were put into it later."""

    def __init__(self, main: Source) -> None:
        self.main = main
        self._sources: dict[int, Source] = {}
        self.lists: dict[int, ListStyle] = {}
        self.items: dict[int, ItemStyle] = {}
        self.references = References(dict(main.references))
        self.add(main)

    def add(self, source: Source) -> None:
        """Know the blocks of `source`, too."""
        self._sources |= dict.fromkeys(source.positions, source)
        self.lists |= source.lists
        self.items |= source.items

    def leaf(self, leaf_id: int) -> SourceLeaf | None:
        """The source block with an id."""
        source = self._sources.get(leaf_id)
        return source.leaves[source.positions[leaf_id]] if source else None

    def are_neighbours(self, one: SourceLeaf, other: SourceLeaf) -> bool:
        """Whether `other` comes right after `one` in the text that was opened."""
        at = self.main.positions.get(one.id)
        return at is not None and self.main.positions.get(other.id) == at + 1


def composed(book: Book, blocks: Sequence[Placed]) -> str:
    """The Markdown of `blocks`."""
    return _Composer(book).compose(list(_kept(book, blocks)))


def fragment(book: Book, blocks: Sequence[Placed]) -> str:
    """The Markdown of blocks taken out of a text, without a line end after the last."""
    loose = [Placed(0, _self_contained(block.leaf)) for block in blocks]
    composer = _Composer(book)
    return composer.compose(loose).rstrip("\r\n")


def _kept(book: Book, blocks: Sequence[Placed]) -> Iterable[Placed]:
    """Blocks worth writing; where two claim the same source, the one that still equals it."""
    owners: dict[int, int] = {}
    for n, block in enumerate(blocks):
        source = book.leaf(block.id)
        if source and (block.id not in owners or block.leaf == source.leaf):
            owners[block.id] = n
    for n, block in enumerate(blocks):
        source = book.leaf(block.id) if owners.get(block.id) == n else None
        is_original = source is not None and source.leaf == block.leaf
        leaf = _with_own_task(blocks, n)
        may_be_empty = is_original or (leaf.path and leaf.path[-1].is_item)
        if not leaf.is_empty or (may_be_empty and _stands_alone(blocks, n)):
            yield Placed(block.id if source else 0, leaf)


def _with_own_task(blocks: Sequence[Placed], n: int) -> Leaf:
    """Only the first block of an item can have a box."""
    leaf = blocks[n].leaf
    before = blocks[n - 1].leaf.path if n else ()
    is_first = bool(leaf.path) and leaf.path[-1] not in before
    return leaf if not leaf.task or is_first else replace(leaf, task="")


def _stands_alone(blocks: Sequence[Placed], n: int) -> bool:
    """Whether a block is all that there is in its item or quote."""
    path = blocks[n].leaf.path
    neighbours = [block.leaf.path for block in (*blocks[max(0, n - 1) : n], *blocks[n + 1 : n + 2])]
    return bool(path) and not any(path[-1] in neighbour for neighbour in neighbours)


class _Composer:
    def __init__(self, book: Book) -> None:
        self._book = book
        self._out: list[Line] = []
        self._end = book.main.line_end
        self._pads: dict[int, str] = {}  # item or quote to what its later lines start with
        self._faithful: set[int] = set()  # items and quotes that begin with their own marker
        self._numbers: dict[int, int] = {}
        self._markers: dict[int, str] = {}
        self._before: tuple[Placed, SourceLeaf | None] | None = None

    def compose(self, blocks: list[Placed]) -> str:
        main = self._book.main
        if not blocks and not main.leaves:
            return main.mark + _joined(main.lines)
        self._out += main.lines[: main.leaves[0].first] if main.leaves else ()
        for block in blocks:
            self._add(block, self._book.leaf(block.id))
        if self._before and self._before[1] and main.leaves and self._before[1] is main.leaves[-1]:
            self._end_line()
            self._out += main.lines[main.leaves[-1].end :]
        self._finish(main)
        return main.mark + _joined(self._out)

    def _finish(self, main: Source) -> None:
        if not self._out:
            return
        if main.ends_with_line_end:
            self._end_line()
        elif self._out[-1].end:
            self._out[-1] = Line(self._out[-1].text, "")

    def _end_line(self) -> None:
        if self._out and not self._out[-1].end:
            self._out[-1] = Line(self._out[-1].text, self._end)

    def _add(self, block: Placed, source: SourceLeaf | None) -> None:
        path = block.leaf.path
        old_path = self._before[0].leaf.path if self._before else ()
        common = shared(old_path, path)
        follows = self._follows(block, source)
        numbers_fit = [self._count(step) for step in path[common:]]
        is_own = all(numbers_fit) and self._is_own(block, source, path[common:], follows)
        if follows and source:
            self._own_gap(block, source)
        else:
            self._new_gap(block.leaf, common)
        self._write(block, source, path[common:], is_own)
        self._before = (block, source)

    def _follows(self, block: Placed, source: SourceLeaf | None) -> bool:
        """Whether the source's lines between the last block and this one still fit."""
        if source is None or not self._stands_where_it_was(block, source):
            return False
        if self._before is None:
            return bool(self._book.main.leaves) and source is self._book.main.leaves[0]
        last, last_source = self._before
        return (
            last_source is not None
            and self._book.are_neighbours(last_source, source)
            and self._stands_where_it_was(last, last_source)
        )

    def _stands_where_it_was(self, block: Placed, source: SourceLeaf) -> bool:
        outer = {step.item for step in block.leaf.path} - source.opened
        return block.leaf.path == source.leaf.path and outer <= self._faithful

    def _is_own(
        self, block: Placed, source: SourceLeaf | None, opening: Path, follows: bool
    ) -> bool:
        """Whether the source's own prefixes serve: same place, same markers."""
        if source is None or not self._stands_where_it_was(block, source):
            return False
        if _needs_fence(source) and not follows:
            return False
        if source.prefixes is None:
            return follows and block.leaf == source.leaf
        opened = {step.item for step in opening}
        is_marked = opened == source.marked or (follows and opened == source.opened)
        outer = block.leaf.path[: len(block.leaf.path) - len(opening)]
        return is_marked and self._markers_fit(opening, outer)

    def _markers_fit(self, opening: Path, outer: Path) -> bool:
        """Whether lists go on with the marker they began with, and apart from the one before."""
        for n, step in enumerate(opening):
            if step.is_item:
                begun = self._markers.get(step.group) or self._marker_apart(
                    step, (*outer, *opening[:n])
                )
                if begun != self._style(step).marker:
                    return False
        return True

    def _count(self, step: Step) -> bool:
        """Give an item its number; whether that is the one it had."""
        if step.sort != NUMBERS:
            return True
        style, item = self._style(step), self._book.items.get(step.item)
        last = self._numbers.get(step.group)
        if style.numbering == "odd" and item:
            number = item.number
        elif last is None:
            number = style.start
        else:
            number = last if style.numbering == "same" else last + 1
        self._numbers[step.group] = number
        return item is not None and item.number == number

    def _style(self, step: Step) -> ListStyle:
        marker = DELIMITERS_IN_TURN[0] if step.sort == NUMBERS else BULLETS_IN_TURN[0]
        return self._book.lists.get(step.group) or ListStyle(marker)

    def _own_gap(self, block: Placed, source: SourceLeaf) -> None:
        if self._before is None:
            return
        last, last_source = self._before
        assert last_source
        self._end_line()
        gap = self._book.main.lines[last_source.end : source.first]
        has_changed = _sort(last.leaf) != _sort(last_source.leaf) or _sort(block.leaf) != _sort(
            source.leaf
        )
        if not gap and has_changed and last.leaf.path == block.leaf.path:
            self._put(self._pad(block.leaf.path).rstrip())
        self._out += gap

    def _new_gap(self, leaf: Leaf, common: int) -> None:
        if self._before is None:
            return
        last = self._before[0].leaf
        self._end_line()
        if not self._is_tight(last, leaf, common):
            self._put(self._pad(leaf.path[:common]).rstrip())

    def _is_tight(self, last: Leaf, leaf: Leaf, common: int) -> bool:
        """Whether no blank line stands between two blocks of a list."""
        if len(leaf.path) <= common or not leaf.path[common].is_item:
            return False
        step = leaf.path[common]
        if len(last.path) > common:
            return last.path[common].group == step.group and self._style(step).is_tight
        in_item = bool(last.path) and last.path[-1].is_item
        may_interrupt = step.sort != NUMBERS or self._numbers[step.group] == 1
        is_text = last.kind is Kind.PARAGRAPH and not leaf.is_empty
        return in_item and may_interrupt and is_text and self._style(step).is_tight

    def _write(self, block: Placed, source: SourceLeaf | None, opening: Path, is_own: bool) -> None:
        leaf = block.leaf
        if is_own:
            self._keep_markers(opening)
            first = ""
        else:
            first = self._new_first(leaf.path, opening)
        pad = self._pad(leaf.path)
        if source and leaf == source.leaf and is_own:
            self._out += self._book_lines(source)
            return
        if source and leaf == source.leaf and source.prefixes and not _needs_fence(source):
            lines = source.rests
        else:
            lines = leaf_lines(leaf, _unindented(source, is_own), self._book.references)
        prefixes = (source.prefixes or ()) if is_own and source else (first,)
        for n, line in enumerate(lines):
            prefix = prefixes[n] if n < len(prefixes) else pad
            if prefix.endswith(MARK_ENDS) and line:
                prefix += " "  # the mark stood alone before
            self._put(prefix + line if line else prefix.rstrip())

    def _book_lines(self, source: SourceLeaf) -> Iterable[Line]:
        if source.id in self._book.main.positions:
            return self._book.main.lines[source.first : source.end]
        return [Line(line, self._end) for line in source.lines]

    def _keep_markers(self, opening: Path) -> None:
        for step in opening:
            self._faithful.add(step.item)
            item = self._book.items.get(step.item)
            self._pads[step.item] = " " * item.width if item else "> "
            if step.is_item:
                self._markers[step.group] = self._style(step).marker

    def _new_first(self, path: Path, opening: Path) -> str:
        """The prefix of a first line with new markers for what opens there."""
        first = self._pad(path[: len(path) - len(opening)])
        for n, step in enumerate(opening):
            marker = self._new_marker(step, path[: len(path) - len(opening) + n])
            self._pads[step.item] = "> " if step.sort == QUOTE else " " * len(marker)
            first += marker
        return first

    def _new_marker(self, step: Step, outer: Path) -> str:
        if step.sort == QUOTE:
            return "> "
        marker = self._markers.get(step.group) or self._marker_apart(step, outer)
        self._markers[step.group] = marker
        if step.sort == NUMBERS:
            return f"{self._numbers[step.group]}{marker} "
        item = self._book.items.get(step.item)
        held = item.marker.lstrip() if item else ""
        return held if held.startswith(marker) and held.endswith(" ") else f"{marker} "

    def _marker_apart(self, step: Step, outer: Path) -> str:
        """A marker that does not continue the list right before."""
        marker = self._style(step).marker
        last = self._before[0].leaf.path if self._before else ()
        depth = len(outer)
        if len(last) <= depth or shared(last, outer) < depth:
            return marker
        neighbour = last[depth]
        if neighbour.sort != step.sort or neighbour.group == step.group:
            return marker
        if self._markers.get(neighbour.group) != marker:
            return marker
        turns = DELIMITERS_IN_TURN if step.sort == NUMBERS else BULLETS_IN_TURN
        return turns[1] if marker == turns[0] else turns[0]

    def _pad(self, path: Path) -> str:
        return "".join(self._pads[step.item] for step in path)

    def _put(self, text: str) -> None:
        self._out.append(Line(text, self._end))


def _joined(lines: Iterable[Line]) -> str:
    parts: list[str] = []
    before = ""
    for line in lines:
        # After a lone carriage return, an empty line's feed would make one line end of both.
        end = "\r" if before == "\r" and not line.text and line.end == "\n" else line.end
        parts += (line.text, end)
        before = end
    return "".join(parts)


def _self_contained(leaf: Leaf) -> Leaf:
    """A block that needs no definitions from elsewhere."""
    rows = tuple(tuple(_without_labels(cell) for cell in row) for row in leaf.rows)
    return replace(leaf, runs=_without_labels(leaf.runs), rows=rows)


def _without_labels(runs: Runs) -> Runs:
    return normalised(Run(run.text, _without_label(run.marks)) for run in runs)


def _without_label(marks: Marks) -> Marks:
    link, image = marks.link, marks.image
    if link and link[2] not in ("", "<"):
        marks = replace(marks, link=(*link[:2], ""))
    return replace(marks, image=(*image[:3], "")) if image and image[3] else marks


def _sort(leaf: Leaf) -> tuple[Kind, int]:
    return leaf.kind, leaf.level


def _needs_fence(source: SourceLeaf) -> bool:
    """Indented code depends on what stands before it."""
    return source.leaf.kind is Kind.CODE and not source.rests[0].lstrip().startswith(("`", "~"))


def _unindented(source: SourceLeaf | None, is_own: bool) -> SourceLeaf | None:
    if source and not is_own and source.leaf.kind is Kind.CODE and _needs_fence(source):
        return replace(source, rests=())
    return source
