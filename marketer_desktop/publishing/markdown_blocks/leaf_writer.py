"""Writes one block as lines."""

import re
from functools import lru_cache

from marketer_desktop.publishing.markdown_blocks.checked_writer import (
    References,
    checked_line,
    checked_lines,
)
from marketer_desktop.publishing.markdown_blocks.code_lines import code_lines
from marketer_desktop.publishing.markdown_blocks.leaf import Kind, Leaf
from marketer_desktop.publishing.markdown_blocks.source import SourceLeaf
from marketer_desktop.publishing.markdown_blocks.table_lines import table_lines

UNDERLINE = re.compile(r"[ \t]*(=+|-+)[ \t]*$")
BOX = re.compile(r"\[[ xX]\](?:[ \t]|$)")
SETEXT_LEVELS = 2


@lru_cache(maxsize=512)
def leaf_lines(leaf: Leaf, source: SourceLeaf | None, references: References) -> tuple[str, ...]:
    """The lines of a block without what stands around it, in the manner of its source."""
    before = source.leaf if source and source.leaf.kind is leaf.kind else None
    rests = source.rests if source and before else ()
    if leaf.kind is Kind.RULE:
        return ("___" if leaf.path else "---",)  # `- ---` would be one rule, and no item
    if leaf.kind is Kind.SOURCE:
        return tuple(leaf.text.split("\n"))
    if leaf.kind is Kind.CODE:
        return tuple(code_lines(leaf, before, rests))
    if leaf.kind is Kind.TABLE:
        return tuple(table_lines(leaf, before, rests, references))
    if leaf.kind is Kind.HEADING:
        return tuple(_heading(leaf, rests, references))
    return tuple(_paragraph(leaf, references))


def _paragraph(leaf: Leaf, references: References) -> list[str]:
    lines = list(checked_lines(leaf.runs, references)) or [""]
    if leaf.task:
        return [f"[{leaf.task}] {lines[0]}" if lines[0] else f"[{leaf.task}]", *lines[1:]]
    is_in_item = bool(leaf.path) and leaf.path[-1].is_item
    return [f"\\{lines[0]}", *lines[1:]] if is_in_item and BOX.match(lines[0]) else lines


def _heading(leaf: Leaf, rests: tuple[str, ...], references: References) -> list[str]:
    if len(rests) > 1 and UNDERLINE.match(rests[-1]) and leaf.level <= SETEXT_LEVELS:
        lines = checked_lines(leaf.runs, references)
        if lines:
            dashes = rests[-1]
            if ("=" in dashes) != (leaf.level == 1):
                dashes = ("=" if leaf.level == 1 else "-") * len(dashes.strip())
            return [*lines, dashes]
    text = checked_line(leaf.runs, references)
    text = re.sub(r"(^|\s)(#+)$", r"\1\\\2", text)
    return [f"{'#' * leaf.level} {text}".rstrip()]
