"""Writes a table so that rows and cells that did not change keep their characters."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from marketer_desktop.publishing.markdown_blocks.checked_writer import References, checked_line
from marketer_desktop.publishing.markdown_blocks.leaf import Leaf
from marketer_desktop.publishing.markdown_blocks.runs import Runs

DASHES = {"": "---", "left": ":---", "center": ":---:", "right": "---:"}

BAR = re.compile(r"((?<!\\)(?:\\\\)*)\|")  # that no backslash takes already

Row = tuple[Runs, ...]


def table_lines(
    leaf: Leaf, before: Leaf | None, lines: Sequence[str], references: References
) -> list[str]:
    """The lines of a table; `lines` are those that the table `before` was written on."""
    return _TableWriter(references).write(leaf, before, lines)


def _share_cell(one: Row, other: Row) -> bool:
    return any(a == b and a for a, b in zip(one, other, strict=False))


class _TableWriter:
    def __init__(self, references: References) -> None:
        self._references = references

    def write(self, leaf: Leaf, before: Leaf | None, lines: Sequence[str]) -> list[str]:
        if before is None or before.aligns != leaf.aligns or len(lines) != len(before.rows) + 1:
            return self._anew(leaf)
        row_lines = [lines[0], *lines[2:]]
        rows: list[str] = []
        matcher = SequenceMatcher(None, before.rows, leaf.rows, autojunk=False)
        for what, a, b, c, d in matcher.get_opcodes():
            if what == "equal":
                rows += row_lines[a:b]
            else:
                rows += self._changed(before.rows[a:b], row_lines[a:b], leaf.rows[c:d])
        return [rows[0], lines[1], *rows[1:]]

    def _changed(self, old: Sequence[Row], lines: Sequence[str], new: Sequence[Row]) -> list[str]:
        """Rows in place of others: patched where they are still the same row."""
        if len(old) == len(new):
            return list(map(self._patched, lines, old, new))
        rows: list[str] = []
        at = 0
        for row in new:
            same = next((n for n in range(at, len(old)) if _share_cell(old[n], row)), None)
            if same is None:
                rows.append(self._row(row))
            else:
                rows.append(self._patched(lines[same], old[same], row))
                at = same + 1
        return rows

    def _anew(self, leaf: Leaf) -> list[str]:
        dashes = "| " + " | ".join(DASHES[align] for align in leaf.aligns) + " |"
        return [self._row(leaf.rows[0]), dashes, *(self._row(row) for row in leaf.rows[1:])]

    def _row(self, row: Row) -> str:
        return "| " + " | ".join(self._cell(runs) for runs in row) + " |"

    def _cell(self, runs: Runs) -> str:
        return BAR.sub(r"\1\\|", checked_line(runs, self._references))

    def _patched(self, line: str, old: Row, new: Row) -> str:
        """The line with only the cells that differ written anew, as wide as they were."""
        spans = _cells(line)
        has_bars = line.strip().startswith("|") and line.strip().endswith("|")
        if len(spans) != len(new) or not (has_bars or (new[0] and new[-1])):
            return self._row(new)
        for (start, end), one, other in reversed(list(zip(spans, old, new, strict=True))):
            if one != other:
                text = line[start:end]
                left = len(text) - len(text.lstrip()) if text.strip() else 1
                cell = " " * left + self._cell(other)
                room = len(text) if len(text) > len(cell) else len(cell) + (1 if left else 0)
                line = line[:start] + cell.ljust(room) + line[end:]
        return line


def _cells(line: str) -> list[tuple[int, int]]:
    """Where the cells of a row lie between its bars."""
    bars = [n for n, character in enumerate(line) if character == "|" and not _is_escaped(line, n)]
    text = line.strip()
    start = line.index(text) if text else 0
    edges = [*([] if text.startswith("|") else [start - 1]), *bars]
    if not text.endswith("|") or _is_escaped(line, start + len(text) - 1):
        edges.append(start + len(text))
    return [(a + 1, b) for a, b in pairwise(edges)]


def _is_escaped(line: str, at: int) -> bool:
    slashes = len(line[:at]) - len(line[:at].rstrip("\\"))
    return slashes % 2 == 1
