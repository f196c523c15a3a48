"""Puts another version of the whole text in, changing only the blocks that differ."""

from collections.abc import Sequence
from dataclasses import dataclass

from marketer_desktop.publishing.markdown_blocks.leaf import Kind, Leaf


@dataclass(frozen=True)
class Difference:
    """The blocks that differ: from `start` up to `old_end` in one text, `new_end` in the other."""

    start: int
    old_end: int
    new_end: int


def difference(old: Sequence[Leaf], new: Sequence[Leaf]) -> Difference | None:
    """What differs; None if nothing does.

    Lists and quotes are taken whole, and neither side is empty as long as there is a block
    beside it: so whatever is put in has a block to begin in.
    """
    most = min(len(old), len(new))
    start = next((n for n in range(most) if not _alike(old[n], new[n])), most)
    rest = most - start
    tail = next((n for n in range(rest) if not _alike(old[-1 - n], new[-1 - n])), rest)
    if start + tail == len(old) == len(new):
        return None
    start, tail = _widened(old, new, start, tail)
    return Difference(start, len(old) - tail, len(new) - tail)


def _widened(old: Sequence[Leaf], new: Sequence[Leaf], start: int, tail: int) -> tuple[int, int]:
    """The same difference with whole lists, and with a neighbour where a side is empty."""

    def lacks_a_side() -> bool:
        return start + tail in (len(old), len(new))

    while start and (lacks_a_side() or _goes_on(old, start) or _goes_on(new, start)):
        start -= 1
    while tail and (
        lacks_a_side() or _goes_on(old, len(old) - tail) or _goes_on(new, len(new) - tail)
    ):
        tail -= 1
    return start, tail


def _goes_on(side: Sequence[Leaf], place: int) -> bool:
    """Whether a list or quote goes on across the border before a block."""
    return 0 < place < len(side) and bool(side[place - 1].path and side[place].path)


def _alike(one: Leaf, other: Leaf) -> bool:
    """Whether two blocks look the same; the numbers of lists and items do not count."""
    return _face(one) == _face(other)


def _face(leaf: Leaf) -> tuple[object, ...]:
    path = tuple(step.sort for step in leaf.path)
    inner = (leaf.runs, leaf.text, leaf.level, leaf.info, leaf.task, leaf.rows, leaf.aligns)
    return (leaf.kind, path, *inner)


def has_table(leaves: Sequence[Leaf]) -> bool:
    """Whether a table is among these: its cells cannot be selected as blocks are."""
    return any(leaf.kind is Kind.TABLE for leaf in leaves)
